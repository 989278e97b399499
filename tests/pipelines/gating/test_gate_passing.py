"""What is found while rows pass into files is what is found in the files; and what must not be believed."""

from __future__ import annotations

import random
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from gate_batches import BATCHES, contract_of, frame_of
from gate_cases import EVERY

from audit.source import Source
from pipelines.gate import answers, passing, validate_files
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


def test_nobody_looks_where_great_expectations_answers_everything() -> None:
    contract = contract_of(UNIQUE)
    assert passing(contract, "gx") is None
    assert passing(contract_of()) is None
    only_gx = contract_of(("expect_column_kl_divergence_to_be_less_than", {"column": "name"}))
    assert passing(only_gx) is None
