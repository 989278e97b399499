"""The harness: its files are what it says, all ways count the same, and its page keeps what was not measured now."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.bench import files, survey
from tests.bench.agreement import disagreements
from tests.bench.contract import survey_contract
from tests.bench.figures import Ratio, medians, ratios
from tests.bench.page import write_page
from tests.bench.process import HOUSE, Run, run
from tests.bench.rounds import Measurements

SIZE = 2_500
DAY = dt.date(2026, 11, 22)


def rows(path: Path) -> list[list[str]]:
    """By the reader of the standard library, which has no part in writing them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))[1:]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written in blocks that do not divide the size."""
    folder = tmp_path_factory.mktemp("files")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "BLOCK", 700)
        files.write(folder, SIZE, set(files.names(SIZE)))
    return folder


def test_clean_files_hold_as_many_rows_as_they_say_and_each_a_name_of_its_own(made: Path) -> None:
    for name, count in {"survey": 2500, "month": 69, "orders": 2500, "complaints": 125}.items():
        found = rows(made / f"{name}.csv")
        width = len(files.names(SIZE)[f"{name}.csv"][0].split(","))
        assert len(found) == count == len({row[0] for row in found})
        assert {len(row) for row in found} == {width}


def test_headers_name_the_columns_of_the_contracts(made: Path) -> None:
    from pipelines import definitions

    for name in ("survey", "orders", "complaints"):
        header = (made / f"{name}.csv").read_text(encoding="utf-8").split("\n")[0].split(",")
        contract = definitions.source("survey_responses" if name == "survey" else name)
        assert set(header) <= contract.columns.keys()
        assert {name for name, column in contract.columns.items() if column.required} <= set(header)


def test_answers_come_in_the_order_of_thirty_six_months_and_the_next_month_follows(made: Path) -> None:
    days = [row[1] for row in rows(made / "survey.csv")]
    assert days == sorted(days)
    assert len({day[:7] for day in days}) == 36
    assert {row[1][:7] for row in rows(made / "month.csv")} == {"2026-11"}


def test_some_comments_need_quotes(made: Path) -> None:
    comments = [row[7] for row in rows(made / "survey.csv")]
    assert 0.05 < sum(map(bool, comments)) / SIZE < 0.11
    assert any("," in comment for comment in comments) and any('"' in comment for comment in comments)


def test_the_seed_makes_the_same_bytes(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BLOCK", 700)
    files.write(tmp_path, SIZE, {"dirty.csv", "orders.csv"})
    assert all((tmp_path / name).read_bytes() == (made / name).read_bytes() for name in ("dirty.csv", "orders.csv"))


def test_the_dirty_file_is_spoilt_in_the_share_that_it_says(made: Path) -> None:
    found = rows(made / "dirty.csv")
    names = Counter(row[0] for row in found)
    wrong = [row for row in found if len(row) != 10 or names[row[0]] > 1 or not row[0] or not _readable(row)]
    assert len(wrong) == survey.rejected(SIZE) == 19


def _readable(row: list[str]) -> bool:
    try:
        dt.date.fromisoformat(row[1])
        scores = [int(score) if score else 1 for score in row[4:7]]
    except ValueError:
        return False
    return row[1][4] == "-" and scores[2] <= 7


def test_twenty_five_expectations_name_columns_that_there_are() -> None:
    contract = survey_contract()
    assert len(contract.gate) == 25
    named = {name for expectation in contract.gate for name in expectation.column.split(", ")}
    assert named <= contract.columns.keys()


def test_all_ways_do_the_same_work_in_processes_of_their_own(tmp_path: Path) -> None:
    """One round of 400 rows, enough for every planted mistake, as from the command line; times are not looked at."""
    page = tmp_path / "performance.md"
    wanted = ["load", "again", "month", "bare", "hand", "dirty", "suite"]
    command = [sys.executable, "-m", "tests.bench", "--sizes", "400", "--rounds", "1", "--keep", str(tmp_path / "kept")]
    done = subprocess.run([*command, "--only", *wanted, "--page", str(page)], cwd=HOUSE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    written = page.read_text(encoding="utf-8")
    assert "## 400 survey rows" in written and "Not measured" not in written, done.stderr
    assert "load + 25 expectations + publish / bare CSV into Parquet" in written


def measurements(size: int = 10_000, **walls: list[float]) -> Measurements:
    """Of cases with these seconds in each round."""
    counts = {"loaded": size, "expectations": 25, "unexpected": 7}
    runs = {
        case: [Run(wall, wall, wall + 1, wall + 1, 5e8, {"survey": dict(counts)}) for wall in each]
        for case, each in walls.items()
    }
    return Measurements(size, DAY, runs)


def test_a_ratio_is_taken_in_each_round_and_not_of_the_medians() -> None:
    found = measurements(load=[2.0, 15.0, 4.0], bare=[1.0, 3.0, 4.0])
    ratio = ratios(found)[0]
    assert (ratio.median, ratio.lowest, ratio.highest) == (2.0, 1.0, 5.0)
    assert medians(found, "load")["wall"] == 4.0


def test_a_case_that_fails_is_one_line_and_not_the_end_of_the_round(made: Path, tmp_path: Path) -> None:
    told = run("hand", made / "nothing here", tmp_path)
    assert isinstance(told, str) and "survey.csv" in told and "\n" not in told


def test_too_little_room_is_said_before_anything_is_written(tmp_path: Path) -> None:
    assert files.room_missing(tmp_path, 10) == ""
    assert "--keep DIR" in files.room_missing(tmp_path, 10**12)


def test_what_was_not_measured_is_compared_with_nothing() -> None:
    assert ratios(measurements(load=[2.0])) == []


@pytest.mark.parametrize(
    ("case", "figure", "reached"),
    [("bare", 1.6, True), ("bare", 1.61, False), ("suite", 25.0, True), ("suite", 24.9, False)],
)
def test_a_target_is_a_limit_or_a_floor(case: str, figure: float, reached: bool) -> None:
    from tests.bench.cases import COMPARED

    compared = next(each for each in COMPARED if each.under == case)
    assert Ratio(compared, figure, figure, figure).reached is reached


def _changed(found: Measurements, case: str, **counts: Any) -> Measurements:
    found.runs[case][0].told["survey"].update(counts)
    return found


@pytest.mark.parametrize(
    ("case", "counts", "told"),
    [
        ("load", {"loaded": 9_999}, "load: 9,999 rows of survey"),
        ("hand", {"unexpected": 8}, "hand: 8 unexpected of 25 expectations"),
        ("load", {"expectations": 24}, "load: 7 unexpected of 24 expectations"),
        ("load", {"published": False}, "load: not published"),
        ("load", {"unchecked": 1}, "load: 1 expectations not checked"),
    ],
)
def test_a_way_that_counts_otherwise_is_named(case: str, counts: dict[str, Any], told: str) -> None:
    found = measurements(load=[1.0], hand=[1.0], bare=[1.0])
    assert disagreements(found) == []
    assert told in disagreements(_changed(found, case, **counts))


def test_sections_of_other_sizes_stay_on_the_page(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    write_page(page, [measurements(10_000, load=[1.11]), measurements(1_000_000, load=[55.5])])
    write_page(page, [measurements(10_000, load=[2.22])])
    written = page.read_text(encoding="utf-8")
    assert written.count("## 10,000 survey rows") == written.count("## 1,000,000 survey rows") == 1
    assert "| 2.22 |" in written and "| 55.5 |" in written and "| 1.11 |" not in written
    assert written.startswith("# Speed and memory") and "{{" not in written
