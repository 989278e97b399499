"""Two at once, where only one may win: each looks at what the other is about to change."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from time import sleep

import pytest
from kinds import an_audit, find, looked_at
from sizes import tried

from audit.auditing.audit_state import State
from audit.errors import KeptAlready, RecordError, Stale
from audit.evidence import Verdict
from audit.records import Records
from audit.records.auditing import audit_steps, audits, decisions
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.finding import findings
from audit.records.signing import signatures
from audit.records.targets import criteria
from audit.records.trail import trail
from audit.signing import signed as meaning
from pipelines.workspace import SetUp, Workspace, make_workspace

Move = Callable[[Records], object]
RACES = tried(50, least=10)
"""Of each kind on each database: 200 in all."""


@pytest.fixture
def workspace(url: str, tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "house", SetUp(organisation="A test", records=url))


@pytest.fixture
def two(workspace: Workspace) -> Iterator[list[Records]]:
    """The same records opened twice, as two programs do."""
    with ExitStack() as opened:
        yield [opened.enter_context(workspace.open_records()) for _ in range(2)]


def race(records: list[Records], moves: list[Move], dice: random.Random) -> list[str]:
    """What each was told; "" for whoever won."""
    start = threading.Barrier(len(moves))

    def run(at: int, move: Move, late: float) -> str:
        start.wait()
        sleep(late)
        try:
            move(records[at % len(records)])
            return ""
        except RecordError as error:
            return f"{type(error).__name__}: {error}"

    with ThreadPoolExecutor(len(moves)) as pool:
        late = [dice.uniform(0, 0.02) for _ in moves]
        return list(pool.map(run, range(len(moves)), moves, late))


def test_closing_an_audit_and_raising_a_finding_cannot_both_win(workspace: Workspace, two: list[Records]) -> None:
    dice, won = random.Random(5), Counter[str]()
    for number in range(RACES):
        id = an_audit(two[0], concluded=True).id
        closed, raised = race(
            two,
            [
                lambda records, id=id: audit_steps.close(records, id, "Ann"),
                lambda records, id=id, name=f"9.1.2-{number}": find(workspace, records, "Ben", name, id),
            ],
            dice,
        )
        into = [each for each in findings.every(two[1]) if each.audit == id]
        assert (closed == "") != (raised == ""), (closed, raised)
        if closed == "":
            assert f"audit '{id}' is closed and takes no findings" in raised and into == []
        else:
            assert "has findings without a grade or a statement" in closed and len(into) == 1
            settle(two[0], id, into[0])
        assert audits.find(two[1], id).state == State.CLOSED
        won["closing" if closed == "" else "raising"] += 1
    assert min(won["closing"], won["raising"]) >= RACES // 10, f"not much of a race: {won}"
    assert trail.verify(two[0]) == []


def settle(records: Records, id: str, finding: findings.Finding) -> None:
    """So that the next audit can begin."""
    given = findings.grade(
        records, finding.id, finding.revision, "Ann", findings.Grade.OBSERVATION, findings.Answers(), "Nothing more"
    )
    assert given.grade
    audit_steps.close(records, id, "Ann")


def test_signing_an_audit_and_raising_a_finding_cannot_both_win(workspace: Workspace, two: list[Records]) -> None:
    dice, won = random.Random(6), Counter[str]()
    for number in range(RACES):
        id = an_audit(two[0], concluded=True).id
        content = looked_at(two[0], id, "")
        signed, raised = race(
            two,
            [
                lambda records, content=content: signatures.sign(
                    records, workspace.store, content, meaning.LEAD, "Ann"
                ),
                lambda records, id=id, name=f"9.1.2-{number}": find(workspace, records, "Ben", name, id),
            ],
            dice,
        )
        into = [each for each in findings.every(two[1]) if each.audit == id]
        assert (signed == "") != (raised == ""), (signed, raised)
        if signed == "":
            assert "signed by Ann as it is report" in raised and into == []
            audit_steps.close(two[0], id, "Ann")
        else:
            assert "changed after you opened it" in signed or "grade it, then sign" in signed
            assert signatures.of(two[1], meaning.AUDIT, id) == [] and len(into) == 1
            settle(two[0], id, into[0])
        won["signing" if signed == "" else "raising"] += 1
    assert min(won["signing"], won["raising"]) >= RACES // 10, f"not much of a race: {won}"
    assert trail.verify(two[0]) == []


def test_of_many_who_change_the_same_revision_one_wins_and_the_others_learn_who(two: list[Records]) -> None:
    documents.register(two[0], NewDocument("survey method", "How we ask"), "Ann")
    names = [f"person{number:02}" for number in range(20)]
    for seen in range(1, tried(20) + 1):
        moves: list[Move] = [
            lambda records, who=who, seen=seen: documents.revise(records, "DOC-001", who, f"By {who}", seen, title=who)
            for who in names
        ]
        told = race(two, moves, random.Random(seen))
        newest = documents.revisions(two[0], "DOC-001")[0]
        winner = names[told.index("")]
        assert (told.count(""), newest.revision, newest.actor, newest.document.title) == (1, seen + 1, winner, winner)
        others = f"{Stale.__name__}: document 'DOC-001' was changed meanwhile by {winner} at"
        assert all(each.startswith(others) for each in told if each)
    assert trail.verify(two[0]) == []


def test_one_filling_of_a_form_that_is_sent_twenty_times_is_kept_once(two: list[Records]) -> None:
    for number in range(tried(20)):
        moves: list[Move] = [
            lambda records, key=f"form-{number}": decisions.conclude(
                records, "9.1.2-a", "run", Verdict.CONFORMS, Verdict.CONFORMS, "Ann", key=key
            )
        ] * 20
        told = race(two, moves, random.Random(number))
        kept = f"{KeptAlready.__name__}: this was kept already, as entry {number + 1} of the trail"
        assert told.count("") == 1 and all(each.startswith(kept) for each in told if each)
        assert len(trail.entries(two[0])) == number + 1
    assert trail.verify(two[0]) == []


def test_two_forms_with_the_same_content_are_two_changes(two: list[Records]) -> None:
    for key in ("first", "second", None, None):
        decisions.conclude(two[0], "9.1.2-a", "run", Verdict.CONFORMS, Verdict.CONFORMS, "Ann", key=key)
    assert len(decisions.history(two[0], "9.1.2-a")) == 4


def test_a_form_that_was_refused_can_be_sent_again(two: list[Records]) -> None:
    """Only what was kept uses its key up."""
    with pytest.raises(RecordError, match="write the reason"):
        decisions.conclude(two[0], "9.1.2-a", "run", Verdict.CONFORMS, Verdict.UNDETERMINED, "Ann", key="form")
    with pytest.raises(KeyError), two[0].change("Ann", "set", key="form"):
        raise KeyError
    decisions.conclude(two[0], "9.1.2-a", "run", Verdict.CONFORMS, Verdict.UNDETERMINED, "Ann", "Too few", key="form")
    assert len(trail.entries(two[1])) == 1


def test_next_numbers_are_given_once(two: list[Records]) -> None:
    moves: list[Move] = [
        lambda records, name=str(number): documents.register(records, NewDocument("survey method", name), "Ann")
        for number in range(20)
    ]
    assert race(two, moves, random.Random(7)) == [""] * 20
    given = [document.id for document in documents.current(two[0])]
    assert given == [f"DOC-{number:03}" for number in range(1, 21)]
    assert criteria.current(two[0]) == {}
