"""What is found while rows pass into files is what is found in the files; and what must not be believed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from gate_batches import BATCHES, contract_of, frame_of
from gate_cases import EVERY
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.source import Source
from pipelines.gate import answers, passing, validate_files
from pipelines.gating import hashes
from pipelines.gating import passing as passing_
from pipelines.gating.passing import Passing
from pipelines.gating.rows import of_files
from pipelines.staging.parts import Parts
from pipelines.staging.rows import ARROW, Rows

UNIQUE: tuple[str, dict[str, object]] = ("expect_column_values_to_be_unique", {"column": "name"})
FORM: tuple[str, dict[str, object]] = (
    "expect_column_values_to_match_regex",
    {"column": "id", "regex": "^[a-z0-9]{2}$"},
)
WAYS = [(name, "on") for name, rows in BATCHES.items() if any(row.get("on") for row in rows)]
WAYS += [(name, None) for name, rows in BATCHES.items() if rows]


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few rows come at a time."""
    monkeypatch.setattr(passing_, "WORTH", 0)


def table_of(batch: str, contract: Source) -> pa.Table:
    """As staging hands it over: rows with a day, where the contract is dated by one."""
    frame = frame_of(BATCHES[batch])
    frame = frame[frame[contract.dated_by].notna()] if contract.dated_by else frame
    columns = {name: pa.array(frame[name], ARROW[column.type]) for name, column in contract.columns.items()}
    return pa.table(columns | {"line": pa.array(frame["line"])})


def written(folder: Path, rows: pa.Table, contract: Source, passed: Passing, coded: bool = False) -> Rows:
    """In pieces of any size; texts bare or coded."""
    dice, at = random.Random(len(rows)), 0
    for place, field in enumerate(rows.schema):
        if coded and pa.types.is_string(field.type):
            rows = rows.set_column(place, field.name, rows[field.name].dictionary_encode())
    with Parts(folder, contract, "L1", passed.see) as parts:
        while at < len(rows):
            size = dice.randint(1, 60)
            parts.add(rows.slice(at, size))
            at += size
            if dice.random() < 0.5:
                parts._hand_over(dice.choice(list(parts.waiting)))
    return parts.rows()


def made(contract: Source) -> Passing:
    found = passing(contract)
    assert found is not None
    return found


@pytest.mark.parametrize("coded", [False, True], ids=["bare", "coded"])
@pytest.mark.parametrize(("batch", "dated_by"), WAYS)
def test_rows_that_pass_are_answered_as_rows_in_files(
    batch: str, dated_by: str | None, coded: bool, tmp_path: Path
) -> None:
    contract = contract_of(*EVERY, dated_by=dated_by)
    passed = made(contract)
    files = written(tmp_path, table_of(batch, contract), contract, passed, coded).files
    with of_files(files, contract) as opened:
        read = answers(opened, contract, "compiled")
    with of_files(files, contract) as opened:
        found = passed.over(opened)
        assert found is not None
        passed.over = lambda rows: found  # type: ignore[method-assign]  # it gives away what it holds only once
        beside = answers(opened, contract, "compiled", passed)
    for case, one, other in zip(EVERY, beside, read, strict=True):
        assert asdict(one) == asdict(other), case


def test_rows_that_passed_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contract = contract_of(UNIQUE, FORM)
    passed = made(contract)
    files = written(tmp_path, table_of("dirty", contract), contract, passed).files
    expected = validate_files(files, contract)
    monkeypatch.setattr(passing_.Readings, "run", lambda self, rows: pytest.fail("the files were read"))
    assert validate_files(files, contract, passed=passed) == expected
    assert sum(result.unexpected for result in expected) > 0


def test_rows_out_of_which_some_were_taken_are_read(tmp_path: Path) -> None:
    """A key that stands twice is found when all rows are in their files."""
    contract = contract_of(UNIQUE, FORM)
    passed = made(contract)
    rows = written(tmp_path, table_of("dirty", contract), contract, passed)
    before = validate_files(rows.files, contract)
    gone = pq.ParquetFile(rows.files[0]).read()["_line"].to_pylist()[:1]
    left = rows.without(gone)
    assert validate_files(left.files, contract, passed=passed) == validate_files(left.files, contract)
    assert validate_files(left.files, contract)[0].rows == before[0].rows - 1


def test_rows_of_other_files_are_read(tmp_path: Path) -> None:
    contract = contract_of(UNIQUE, FORM)
    passed = made(contract)
    files = written(tmp_path / "one", table_of("dirty", contract), contract, passed).files
    others = written(tmp_path / "other", table_of("dirty", contract), contract, made(contract)).files
    both = (*files, *others)
    assert validate_files(both, contract, passed=passed) == validate_files(both, contract)


def test_more_hashes_than_are_held_are_found_in_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing_, "MOST_HASHES", 50)
    contract = contract_of(UNIQUE, FORM)
    passed = made(contract)
    files = written(tmp_path, table_of("dirty", contract), contract, passed).files
    assert not passed.files
    assert validate_files(files, contract, passed=passed) == validate_files(files, contract)


@pytest.mark.parametrize(("worth", "asked"), [(0, True), (10**6, False)])
def test_rows_that_come_in_small_numbers_are_left_to_the_gate(
    worth: int, asked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passing_, "WORTH", worth)
    contract = contract_of(UNIQUE, FORM)
    passed = made(contract)
    files = written(tmp_path, table_of("dirty", contract), contract, passed).files
    with of_files(files, contract) as rows:
        assert (passed.over(rows) is not None) == asked
    assert validate_files(files, contract, passed=passed) == validate_files(files, contract)


def ids(*numbers: int) -> list[str | None]:
    return [f"I{number}" for number in numbers]


RISING = ids(*range(90, 130))
PARTS: dict[str, tuple[list[list[str | None]], bool]] = {
    "rise throughout": ([ids(*range(10)), ids(*range(10, 30)), RISING], True),
    "fall throughout": ([RISING[::-1], ids(*range(10, 30))[::-1]], True),
    "rise in each part, the parts in another order": ([RISING, ids(1, 2, 3), ids(50, 60)], True),
    "rise from nine to ten": ([ids(8, 9), ids(10, 11), ids(99), ids(100)], True),
    "rise with gaps that nobody filled in": ([[None, *ids(1, 2), None], [None], ids(3, 4)], True),
    "nothing at all": ([[None, None], [None]], True),
    "parts reach into each other, all different": ([ids(1, 5, 9), ids(2, 6, 7)], False),
    "parts reach into each other, one the same": ([ids(1, 5, 9), ids(2, 5, 7)], False),
    "the last of one is the first of the next": ([ids(1, 2, 3), ids(3, 4, 5)], False),
    "the same once more in another month": ([RISING, ids(200, 201), RISING], False),
    "one part stands still": ([ids(1, 2, 2, 3), RISING], False),
    "one part goes up and down": ([ids(3, 1, 2), ids(9, 7, 8, 7)], True),
    "risen first, mixed later": ([RISING, ids(3, 1, 3)], False),
    "mixed first, risen later": ([ids(103, 1, 3), RISING], False),
    "another length of the same digits": ([ids(1, 2), ["I01", "I02"], ["I001"]], True),
    "other signs": ([["é", "ü"], ["顾客一", "顾客二"], ["e\u0301"]], True),
}


def parted(folder: Path, contract: Source, parts: list[list[str | None]], passed: Passing) -> Rows:
    """Each part is handed over by itself."""
    with Parts(folder, contract, "L1", passed.see) as into:
        for number, part in enumerate(parts):
            lines = range(1_000 * number, 1_000 * number + len(part))
            into.add(
                pa.table({"id": [f"k{line}" for line in lines], "name": pa.array(part, pa.string()), "line": lines})
            )
            into._hand_over("")
    return into.rows()


@pytest.mark.parametrize("sure", [0, 10**6], ids=["no hashes beside", "hashes beside"])
@pytest.mark.parametrize("case", PARTS)
def test_serial_numbers_are_known_to_differ_without_being_hashed(
    case: str, sure: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashes, "SURE", sure)
    parts, told = PARTS[case]
    contract = contract_of(UNIQUE, dated_by=None, types={"id": "text", "name": "text"})
    passed = made(contract)
    files = parted(tmp_path / "one", contract, parts, passed).files
    with of_files(files, contract) as rows:
        assert (passed.over(rows) is not None) == (told or sure > 0)
    passed = made(contract)
    files = parted(tmp_path / "other", contract, parts, passed).files
    (result,) = validate_files(files, contract, passed=passed)
    times = Counter(name for part in parts for name in part if name is not None)
    assert result.unexpected == sum(count for count in times.values() if count > 1)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 30) | st.none(), min_size=1, max_size=8), min_size=1, max_size=5), st.booleans()
)
def test_whatever_rises_or_not_what_stands_twice_is_found(numbers: list[list[int | None]], in_order: bool) -> None:
    drawn = [sorted(part, key=lambda number: number or 0) if in_order else part for part in numbers]
    parts = [[None if number is None else f"I{number}" for number in part] for part in drawn]
    contract = contract_of(UNIQUE, dated_by=None, types={"id": "text", "name": "text"})
    passed = made(contract)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(hashes, "SURE", 3)
        patched.setattr(passing_, "WORTH", 0)
        (result,) = validate_files(parted(Path(folder), contract, parts, passed).files, contract, passed=passed)
    times = Counter(name for part in parts for name in part if name is not None)
    assert result.unexpected == sum(count for count in times.values() if count > 1)


def test_nobody_looks_where_great_expectations_answers_everything() -> None:
    contract = contract_of(UNIQUE)
    assert passing(contract, "gx") is None
    assert passing(contract_of()) is None
    only_gx = contract_of(("expect_column_kl_divergence_to_be_less_than", {"column": "name"}))
    assert passing(only_gx) is None
