"""Which findings and decisions a pack holds, as of when, and how a forged one is found."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.access.person import Person
from audit.evidence import Verdict
from audit.finding.finding import Review
from audit.records import Records
from audit.records.auditing import audit_steps, decisions
from audit.records.finding import actions, effectiveness, findings, follow_up
from audit.records.finding.actions import NewAction
from audit.records.reviewing import review_decisions, reviews
from audit.records.reviewing.review_decisions import NewDecision
from audit.records.reviewing.reviews import NewReview
from audit.records.trail import trail
from pipelines.reports import archive, origin
from pipelines.reports.pack_findings import FollowedUp, followed_json, followed_up
from pipelines.workspace import Workspace
from tests.pipelines.conftest import Ours, clock
from tests.pipelines.reports.findings_to_tell import (
    DAY,
    DUE,
    SHOWN,
    Files,
    acting,
    begun,
    built,
    chapter,
    held,
    raised,
)


def test_people_are_named_without_what_they_sign_in_with() -> None:
    eva = Person("Eva", "https://id|eva", "eva@example.org")
    review = Review(1, "ACT-001", None, "effective", "Seen", "", True, eva, clock(), "")
    told = followed_json(FollowedUp((), 0, None, (), (), (review,)))
    assert b"eva@" not in b"".join(told.values())
    whole = followed_json(carrying(review))["management-review.json"]
    assert b'"by": "Eva"' in whole and b"eva@" not in whole and b"id|eva" not in whole


def carrying(review: Review) -> FollowedUp:
    """A review whose decision has one action, of which the effect was reviewed."""
    of = reviews.Review(DAY, DAY, DAY, "All", "", id="MR-001")
    decision = review_decisions.Decision("MR-001", "9.3.2-d", "resources", "Train", "Cem", DUE, "MRD-001")
    action = actions.Action(
        "ACT-001", 1, "", "MRD-001", "Train", "Cem", DUE, "", "", "", None, "done", DAY, (), "Cem", clock(), ""
    )
    return FollowedUp((), 0, of, (decision,), (action,), (review,))


@pytest.fixture
def workspace(own: Ours) -> Workspace:
    return own.workspace


def test_an_audit_without_findings_and_no_review_are_said(workspace: Workspace, own_records: Records) -> None:
    begun(own_records)
    files = held(built(workspace, own_records))
    told, spoken = chapter(files, "en"), chapter(files, "zh")
    assert "No finding has been raised in this audit." in told and "No management review is recorded." in told
    assert "本次审核未提出审核发现。" in spoken and "没有管理评审的记录。" in spoken
    assert "not listed here" not in told and "No audit was open" not in told
    assert (json.loads(files["findings.json"]), json.loads(files["management-review.json"])) == ([], {})


def test_without_an_open_audit_it_is_said_and_nothing_is_passed_over(
    workspace: Workspace, own_records: Records
) -> None:
    files = held(built(workspace, own_records))
    assert "No audit was open" in chapter(files, "en") and "No finding is recorded." in chapter(files, "en")
    assert "没有正在进行的审核" in chapter(files, "zh") and "没有审核发现的记录。" in chapter(files, "zh")
    ended(own_records, raised(own_records, begun(own_records)))
    raised(own_records)
    files = held(built(workspace, own_records))
    assert [(each["id"], each["audit"]) for each in json.loads(files["findings.json"])] == [
        ("F-001", "AUD-001"), ("F-002", ""),
    ]  # fmt: skip
    assert "audit AUD-001" in chapter(files, "en", "F-001") and "outside of an audit" in chapter(files, "en", "F-002")


def ended(records: Records, _finding: str) -> None:
    run = "2026"
    decisions.conclude(records, "9.9-a", run, Verdict.CONFORMS, Verdict.CONFORMS, "Ann", audit="AUD-001")
    audit_steps.report(records, "AUD-001", "Ann")
    audit_steps.close(records, "AUD-001", "Ann")


def test_findings_of_other_audits_are_counted_and_not_told(workspace: Workspace, own_records: Records) -> None:
    ended(own_records, raised(own_records, begun(own_records), statement="Former"))
    raised(own_records, statement="Outside")
    raised(own_records, begun(own_records, "Second"), statement="Present")
    files = held(built(workspace, own_records))
    told = chapter(files, "en")
    assert "not listed here: 2" in told and "Present" in told and "Former" not in told and "Outside" not in told
    assert [each["statement"] for each in json.loads(files["findings.json"])] == ["Present"]


def decided(records: Records, held_on: dt.date = DAY, what: str = "Ask private customers, too") -> tuple[str, str]:
    review = reviews.hold(records, NewReview(held_on, DAY, DAY, "Director", "run"), "Cem").id
    new = NewDecision(review, "9.3.2-c1", "improvement", what, "Head of Sales", DUE)
    return review, review_decisions.decide(records, new, "Cem").id


def test_the_last_review_is_told_with_what_it_decided(workspace: Workspace, own_records: Records) -> None:
    """The one that was held last, whenever it was written down."""
    _, carried = decided(own_records)
    _, former = decided(own_records, DAY - dt.timedelta(days=300), "Buy a tool")
    for other in (
        NewAction("Pay it", "Eva", DUE, decision=former),
        NewAction("Fill it", "Eva", DUE, raised(own_records)),
    ):
        actions.plan(own_records, other, "Cem")
    action = actions.plan(own_records, NewAction("Write to them", "Eva", DUE, decision=carried), "Cem")
    actions.done(own_records, action.id, 1, "Eva", DAY, SHOWN)
    effectiveness.review(own_records, action.id, "", "worse", "Fewer answered", "", "Dan")
    review_decisions.drop(own_records, carried, 1, "Cem", "Asked by phone instead")
    files = held(built(workspace, own_records))
    row = "MRD-001 Ask private customers, too {} Head of Sales {}"
    wanted = {
        "en": (
            "opportunity for improvement Asked by phone instead 9.3.2-c1 Satisfaction and feedback",
            "1 Sep 2026 dropped",
        ),
        "zh": ("改进机会 Asked by phone instead 9.3.2-c1 顾客满意和反馈", "2026-09-01 已撤销"),
    }
    for language, parts in wanted.items():
        told = chapter(files, language).partition("MR-001")[2]
        assert row.format(*parts) in told and "Director" in told and "Buy a tool" not in told, told
        assert "Pay it" not in told and "Fill it" not in told
        assert "Fewer answered Dan" in told
        assert f"{action.id} MRD-001 Write to them Eva" in told
    review = json.loads(files["management-review.json"])
    assert (review["id"], review["held_on"], "inputs" in review) == ("MR-001", "2026-06-20", False)
    assert [(each["id"], each["status"]) for each in review["decisions"]] == [("MRD-001", "dropped")]
    assert [each["what"] for each in review["decisions"][0]["actions"]] == ["Write to them"]


def everything(records: Records) -> str:
    audit = begun(records)
    finding = acting(records, audit)
    decided(records)
    return finding


def test_the_same_records_give_the_same_bytes_on_any_day(workspace: Workspace, own_records: Records) -> None:
    """What is late on the day of the reader is not in a pack."""
    everything(own_records)
    before = built(workspace, own_records)
    with workspace.open_records(lambda: dt.datetime(2031, 1, 1, tzinfo=dt.UTC)) as later:
        assert built(workspace, later) == before


def on_it_goes(records: Records) -> Iterator[object]:
    """Each kind of change that a pack tells of, after one was built."""
    yield findings.assign(records, "F-001", 2, "Ann", "Dan", DUE)
    yield raised(records, "AUD-001")
    yield actions.done(records, "ACT-001", 1, "Ben", DAY, SHOWN)
    yield effectiveness.review(records, "F-001", "", "effective", "Seen", "", "Eva")
    yield follow_up.close(records, "F-001", 3, "Ann")
    yield review_decisions.done(records, "MRD-001", 1, "Cem", DAY)
    yield decided(records, DAY + dt.timedelta(days=1))


def test_a_pack_stays_what_it_was_while_the_records_go_on(
    workspace: Workspace, own_records: Records, tmp_path: Path
) -> None:
    everything(own_records)
    file = tmp_path / "pack.zip"
    file.write_bytes(built(workspace, own_records))
    then = [followed_json(followed_up(own_records, "AUD-001"))]
    for _ in on_it_goes(own_records):
        assert origin.compared(workspace, own_records, file).damage == []
        then.append(followed_json(followed_up(own_records, "AUD-001")))
        assert then[-1] != then[-2]
    head = trail.newest(own_records)
    assert head and followed_json(followed_up(own_records, "AUD-001", head.seq)) == then[-1]


def rewritten(name: str, change: Callable[[Any], Any]) -> Callable[[Files], Any]:
    def write(files: Files) -> None:
        content = json.loads(files[name])
        change(content)
        files[name] = json.dumps(content, indent=1, ensure_ascii=False).encode()

    return write


FINDINGS, REVIEW = "findings.json", "management-review.json"
FORGED: list[tuple[str, Callable[[Files], Any], list[str]]] = [
    ("untouched", lambda files: None, []),
    ("written again as it was", rewritten(FINDINGS, lambda told: None), []),
    ("made before there were such files", lambda files: files.pop(FINDINGS), []),
    ("another grade", rewritten(FINDINGS, lambda told: told[0].update(grade="observation")), [FINDINGS]),
    ("a finding taken out", rewritten(FINDINGS, lambda told: told.pop()), [FINDINGS]),
    ("another day", rewritten(FINDINGS, lambda told: told[0]["actions"][0].update(due_on="2030-01-01")), [FINDINGS]),
    ("a list for a head", lambda files: files.update({"trail-head.json": b"[]"}), [FINDINGS, REVIEW]),
    ("a decision taken out", rewritten(REVIEW, lambda told: told["decisions"].pop()), [REVIEW]),
]


@pytest.mark.parametrize(("change", "where"), [each[1:] for each in FORGED], ids=[each[0] for each in FORGED])
def test_what_was_forged_with_fitting_sums_is_found_against_the_records(
    workspace: Workspace, own_records: Records, tmp_path: Path, change: Callable[[Files], Any], where: list[str]
) -> None:
    everything(own_records)
    files = held(built(workspace, own_records))
    del files[archive.SUMS]
    change(files)
    file = tmp_path / "pack.zip"
    file.write_bytes(archive.packed(files))
    assert archive.damage(file) == []
    found = origin.compared(workspace, own_records, file).damage
    assert [each.where for each in found] == where
    seq = (json.loads(files["trail-head.json"]) or {"seq": 0})["seq"]
    assert all(each.what.en == f"is not what was recorded up to entry {seq} of the trail" for each in found)
