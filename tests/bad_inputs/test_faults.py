"""
Each bad input of the list is refused in one line, published with exactly the rejects that an independent reader names,
or published whole because it only looks bad. Nothing is lost, nothing is half done, and no traceback is seen.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from every_fault import FAULTS, MODULES, variants_of
from fault import Elsewhere, File, Outcome, Published, Refused, Stopped
from oracle import oracle
from program import HOUSE, Done, ask, load, process, published, state
from strict_reader import comparable

pytestmark = pytest.mark.xdist_group("bad inputs")
BETWEEN = "expect_column_values_to_be_between"
SECTIONS = {"A": 38, "B": 25, "C": 18, "D": 9}
FILES = variants_of(File)


def test_all_ninety_faults_are_there() -> None:
    assert sorted(FAULTS) == list(range(1, 91))
    counted = [one.section for one in FAULTS.values()]
    assert {name: counted.count(name) for name in SECTIONS} == SECTIONS
    assert {module.__name__ for module in MODULES} == {path.stem for path in Path(__file__).parent.glob("section_*.py")}


@pytest.mark.parametrize("number", range(1, 91))
def test_every_fault_has_three_variants_or_a_reason_why_not(number: int) -> None:
    one = FAULTS[number]
    names = [name for name, _, _ in one.variants]
    assert len(names) == len(set(names)) and one.name
    assert len(names) >= 3 or one.elsewhere or number in FEWER, f"{one.name}: {names}"
    for where in one.elsewhere:
        assert where.why and there_is(where), where.test


FEWER = {52: "there is a customer whom nobody knows, and there is none"}


def there_is(where: Elsewhere) -> bool:
    path, _, function = where.test.partition("::")
    return f"def {function}(" in (HOUSE / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(("sent", "outcome"), FILES)
def test_the_independent_reader_says_what_the_list_says(sent: File, outcome: Outcome) -> None:
    """Where the two differ, one of them is wrong: neither is judged by the program."""
    if isinstance(outcome, Refused):
        assert not of_text(sent) or oracle(sent).refused
        return
    found = oracle(sent)
    assert not found.refused
    assert found.lines == len(found.rows) + len(found.rejected) + found.blank
    if isinstance(outcome, Published):
        assert (len(found.rows), found.rejected, found.blank) == (outcome.loaded, outcome.rejects, outcome.blank)


def of_text(sent: File) -> bool:
    """Signatures of other formats are refused before anybody reads text in them."""
    return not sent.bytes.startswith((b"PK", b"PAR1", b"\x1f\x8b", b"%PDF", b"MZ", b"\xd0\xcf\x11"))


@pytest.mark.parametrize(("sent", "outcome"), FILES)
def test_a_bad_file_comes_to_what_it_must(workspace: Path, sent: File, outcome: Outcome) -> None:
    tables, known = state(workspace), loads_published(workspace)
    before = published(workspace, sent.source)
    done = load(workspace, sent)
    assert "Traceback" not in done.stdout + done.stderr
    assert all(line.isprintable() and line.startswith("clauselight: ") for line in done.lines)
    if isinstance(outcome, Refused):
        is_refused(done, sent, outcome)
        assert (state(workspace), loads_published(workspace)) == (tables, known)
    elif isinstance(outcome, Stopped):
        is_stopped(done, outcome)
        assert state(workspace) == tables
    else:
        assert isinstance(outcome, Published)
        is_published(workspace, done, sent, outcome, before)
    assert ask(workspace, "verify") == {"ok": True, "damage": []}


def loads_published(workspace: Path) -> list[str]:
    return [one["load"] for one in ask(workspace, "loads") if one["published"]]


def is_refused(done: Done, sent: File, outcome: Refused) -> None:
    assert (done.code, len(done.lines)) == (2, 1), done.stderr
    assert len(done.lines[0]) < 700
    assert re.search(outcome.told, done.lines[0]), done.lines[0]
    (found,) = done.answer
    assert (found["published"], found["version"], found["lines"], found["loaded"]) == (False, None, 0, 0)


def is_stopped(done: Done, outcome: Stopped) -> None:
    assert (done.code, len(done.lines)) == (1, 1), done.stderr
    assert "stopped by the gate" in done.lines[0] and outcome.column in done.lines[0]
    (found,) = done.answer
    assert (found["published"], found["version"]) == (False, None)
    assert found["lines"] == found["loaded"] + found["rejected"] + found["blank"]


def is_published(workspace: Path, done: Done, sent: File, outcome: Published, before: dict[str, Any]) -> None:
    judge, (found,) = oracle(sent), done.answer
    assert (done.code, len(done.lines)) == ((2, 1) if outcome.rejects else (0, 0)), done.stderr
    assert re.search(outcome.told, done.stderr), done.stderr
    counted = (found["lines"], found["loaded"], found["rejected"], found["blank"])
    assert counted == (judge.lines, outcome.loaded, len(outcome.rejects), outcome.blank)
    assert tuple(found["ignored"]) == outcome.ignored
    between = {one["column"] for one in found["gate"] if (one["expectation"], one["outcome"]) == (BETWEEN, "failed")}
    assert between == ({outcome.warned} if outcome.warned else set())
    assert (found["published"], found["version"] is not None) == (bool(judge.rows), bool(judge.rows))
    rejects = ask(workspace, "rejects", found["load"])
    assert {one["line"]: one["column"] for one in rejects} == judge.rejected == outcome.rejects
    assert len(rejects) == len(outcome.rejects)
    table = published(workspace, sent.source)
    kept = table.pop(found["load"], {})
    wanted = {line: {name: masked(value, outcome) for name, value in row.items()} for line, row in judge.rows.items()}
    assert comparable(kept, sent.source) == comparable(wanted, sent.source)
    assert table == before, "rows of other loads stay as they were"


def masked(value: Any, outcome: Published) -> Any:
    return outcome.masked.get(value, value) if isinstance(value, str) else value


SAMPLES = {"A14 a quote": Refused, "B48 a score": Published, "C64 a zip bomb": Refused}


def samples() -> list[Any]:
    return [
        next(one for one in FILES if one.id.startswith(name) and isinstance(one.values[1], kind))
        for name, kind in SAMPLES.items()
    ]


@pytest.mark.parametrize(("sent", "outcome"), samples())
def test_a_process_of_its_own_says_the_same(workspace: Path, sent: File, outcome: Outcome) -> None:
    done = load(workspace, sent, process)
    if isinstance(outcome, Refused):
        is_refused(done, sent, outcome)
    else:
        assert isinstance(outcome, Published)
        assert (done.code, len(done.lines)) == (2, 1)
        assert done.answer[0]["loaded"] == outcome.loaded and re.search(outcome.told, done.lines[0])
    assert "Traceback" not in done.stderr


def test_the_list_is_mostly_of_faults_and_partly_of_what_only_looks_like_one() -> None:
    refused = [one for one in FILES if isinstance(one.values[1], Refused)]
    fine = [one for one in FILES if isinstance(one.values[1], Published) and not one.values[1].rejects]
    assert len(FILES) >= 200 and len(refused) >= 60 and len(fine) >= 60
