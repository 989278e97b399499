"""A guest auditor sees the one audit that was opened to them, until the day given, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from app_server import HOUSE, Served, SignIn
from crew import address_of, make_team
from visit import Tab, opened

from audit.auditing.plan import PlanItem
from audit.evidence import Grade, Verdict
from audit.records import Records
from audit.records.access import people
from audit.records.auditing import audit_steps, audits, decisions
from audit.records.auditing.audits import NewAudit
from audit.records.finding.findings import NewFinding, raise_finding
from pipelines.workspace import Workspace

OTHERS = sorted(path.stem for path in (HOUSE / "pages").glob("[a-z]*.py") if path.stem != "audit_view")
WORDS = ("title", "scope", "interview", "reason", "finding")
OWN, FOREIGN = ([f"Canary {word} {number}" for word in WORDS] for number in ("one", "two"))
GUEST, ENDED, LEAVING = "guest auditor", "guest of last year", "guest who leaves"


def make_audit(records: Records, number: str) -> str:
    new = NewAudit(
        f"Canary title {number}", "iso-9001-2015", objectives="see", scope=f"Canary scope {number}", lead="Ann",
        plan=(PlanItem(None, "9.1.2", "Ann", f"Canary interview {number}"),),
    )  # fmt: skip
    id = audits.create(records, new, "Ann").id
    audit_steps.begin(records, id, ["9.1.2-a", "9.1.2-b"], "Ann")
    proposed, concluded, reason = Verdict.DOES_NOT_CONFORM, Verdict.CONFORMS, f"Canary reason {number}"
    decisions.conclude(records, "9.1.2-a", "run", proposed, concluded, "Ann", reason, id)
    found = NewFinding(
        requirement_id="9.1.2-b", statement=f"Canary finding {number}", criterion="9.1.2 asks for monitoring", audit=id,
        grade=Grade.OBSERVATION, grade_reason="Seen once",
    )  # fmt: skip
    raise_finding(records, found, "Ann")
    return id


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two audits, and guests for the first; the last day of one of them has gone by."""
    made = make_team(tmp_path_factory.mktemp("guests") / "team")
    with made.open_records() as records:
        first = make_audit(records, "one")
        audit_steps.report(records, first, "Ann")
        audit_steps.close(records, first, "Ann", "enough")
        make_audit(records, "two")
        until = records.clock().date() + dt.timedelta(days=30)
        for name in (GUEST, LEAVING):
            people.give(records, address_of(name), name, "guest auditor", "Root", audit=first, until=until)
    long_ago = dt.datetime(2020, 5, 1, tzinfo=dt.UTC)
    with made.open_records(clock=lambda: long_ago) as records:
        until = dt.date(2020, 6, 1)
        people.give(records, address_of(ENDED), ENDED, "guest auditor", "Root", audit=first, until=until)
    return made


@pytest.fixture
def see(served: Served, sign_in: SignIn, tabs: list[Tab]) -> Callable[..., str]:
    """All that the browser of a person receives of a page."""

    def received(name: str, page: str = "audit_view", **query: str) -> str:
        tabs.append(opened(served, sign_in.cookie(name, address_of(name)) if name else ""))
        asked = "&".join(f"{key}={value}" for key, value in {"lang": "en", **query}.items())
        return tabs[-1].ask(page, asked).text

    return received


@pytest.mark.parametrize("query", [{}, {"audit": "AUD-001"}, {"audit": ""}])
def test_a_guest_sees_plan_verdicts_findings_and_documents_of_the_own_audit(
    see: Callable[..., str], query: dict[str, str]
) -> None:
    shown = see(GUEST, **query)
    assert [word for word in OWN if word not in shown] == []
    assert "Verdict on each clause" in shown and "Canary of the survey method" in shown  # the title of a document
    assert [word for word in FOREIGN if word in shown] == []


@pytest.mark.parametrize("asked", ["AUD-002", "AUD-003", "aud-001", "AUD-001%20", "%27%20or%201%3D1", "../AUD-001"])
def test_a_guest_sees_no_other_audit_and_does_not_learn_which_there_are(see: Callable[..., str], asked: str) -> None:
    shown = see(GUEST, audit=asked)
    assert "This audit is not yours to see" in shown
    assert [word for word in (*OWN, *FOREIGN, "AUD-002 ") if word in shown] == []


@pytest.mark.parametrize("page", OTHERS)
def test_a_guest_opens_no_other_page(see: Callable[..., str], page: str) -> None:
    shown = see(GUEST, page, audit="AUD-002")
    assert [word for word in FOREIGN if word in shown] == []
    if page != "overview":  # the guest's first page stands there instead
        assert [word for word in OWN if word in shown] == []


@pytest.mark.parametrize("name", [ENDED, "stranger", ""])
def test_who_is_no_guest_any_more_or_never_was_sees_nothing(see: Callable[..., str], name: str) -> None:
    for query in ({}, {"audit": "AUD-001"}, {"audit": "AUD-002"}):
        shown = see(name, **query)
        assert [word for word in (*OWN, *FOREIGN) if word in shown] == []


def test_a_guest_whose_role_is_taken_away_sees_nothing_at_once(see: Callable[..., str], team: Workspace) -> None:
    assert OWN[0] in see(LEAVING)
    with team.open_records() as records:
        people.end(records, address_of(LEAVING), "Root", "the visit is over")
    assert [word for word in OWN if word in see(LEAVING)] == []


@pytest.mark.parametrize("role", ["viewer", "auditor", "quality manager", "administrator"])
def test_others_read_every_audit(see: Callable[..., str], role: str) -> None:
    for audit, own, foreign in (("AUD-001", OWN, FOREIGN), ("AUD-002", FOREIGN, OWN)):
        shown = see(role, audit=audit)
        assert [word for word in own if word not in shown] == []
        assert [word for word in foreign if word in shown] == []
    assert FOREIGN[0] in see(role)  # without a name, the one that is open
    assert "There is no such audit" in see(role, audit="AUD-009")
