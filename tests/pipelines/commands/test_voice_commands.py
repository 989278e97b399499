"""servqual, drivers, importance-performance and elements on the command line: files, the last run, and mistakes."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main

SWISS = str(Path(__file__).parents[1] / "swiss.csv")
PROVINCES = "Agriculture,Examination,Education,Catholic,Infant.Mortality"


def asked(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert main(["method", *options, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["method", *options]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1
    return told.err


def written(folder: Path, rows: list[dict[str, object]], seed: int | None = None) -> str:
    """With a seed, columns and rows in another order."""
    names = list(rows[0])
    if seed is not None:
        random.Random(seed).shuffle(names)
        random.Random(seed).shuffle(rows)
    file = folder / "made.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, names)
        writer.writeheader()
        writer.writerows(rows)
    return str(file)


def long(count: int = 6) -> list[dict[str, object]]:
    """Reliability: expected 7, perceived 5 and 6 in turn. Empathy: expected 4, perceived 5; one half is left open."""
    rows: list[dict[str, object]] = []
    for at in range(count):
        rows.append({"response_id": f"r{at}", "question": "on time", "dimension": "reliability", "expected": 7,
                     "perceived": 5 + at % 2, "least_acceptable": 5})  # fmt: skip
        rows.append({"response_id": f"r{at}", "question": "listens", "dimension": "empathy", "expected": 4,
                     "perceived": 5 if at else "", "least_acceptable": ""})  # fmt: skip
    return rows


def wide(count: int = 6) -> list[dict[str, object]]:
    return [
        {"id": at, "on time expected": 7, "listens perceived": 5 if at else "", "on time perceived": 5 + at % 2,
         "Expected_listens": 4, "on time acceptable": 5}
        for at in range(count)
    ]  # fmt: skip


def gaps(found: dict[str, Any]) -> dict[str, tuple[int, float]]:
    return {one["name"]: (one["n"], one["gap"]) for one in found["questions"]}


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_servqual_of_a_file_pairs_by_name(capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int | None) -> None:
    found = asked(capsys, "servqual", "--csv", written(tmp_path, long(), seed))
    assert gaps(found) == {"on time": (6, -1.5), "listens": (5, 1)}
    assert [(one["name"], one["gap"]) for one in found["dimensions"]] == [("reliability", -1.5), ("empathy", 1)]
    assert found["half_pairs"] == 1 and found["weights"] == {"reliability": 50, "empathy": 50}
    assert found["whole"]["n"] == 5 and "read the figures as hints" in found["warning"]
    assert (found["zone"]["whole"]["inside"], found["zone"]["whole"]["below"]) == (100, 0)


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_a_wide_file_says_the_same_wherever_its_columns_stand(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int | None
) -> None:
    file = written(tmp_path, wide(), seed)
    found = asked(capsys, "servqual", "--csv", file, "--dimension", "reliability=on time", "--dimension",
                  "empathy=listens")  # fmt: skip
    assert gaps(found) == {"on time": (6, -1.5), "listens": (5, 1)}


def test_weights_are_points(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Of the five who answered both: -1, -2, -1, -2, -1 at 90 and 1 at 10."""
    file = written(tmp_path, long())
    found = asked(capsys, "servqual", "--csv", file, "--weights", "reliability=90, empathy=10")
    assert found["whole"]["gap"] == pytest.approx(0.9 * -1.4 + 0.1)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--weights", "reliability=90"), "write one for each of reliability, empathy"),
        (("--weights", "reliability"), "no NAME=POINTS; write it as in reliability=32"),
        (("--least", "7"), "6 respondents said both"),
        (("--highest", "6"), "lies outside its scale from 1 to 6"),
    ],
)
def test_what_servqual_refuses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, ...], why: str
) -> None:
    assert why in refused(capsys, "servqual", "--csv", written(tmp_path, long()), *options)


@pytest.mark.parametrize(
    ("rows", "options", "why"),
    [
        ([{"on time expected": 5}], (), "there is no column 'on time perceived'; write both halves"),
        ([{"a": 5, "b": 3}], (), "there is no pair of questions"),
        (wide(), (), "no dimension is known of 'on time'"),
        (wide(), ("--dimension", "empathy"), "no NAME=X,Y"),
        (wide(), ("--dimension", "empathy=lissens"), "names 'lissens'"),
        ([{"a expected": 5, "expected a": 5, "a perceived": 5}], (), "are one half; keep one"),
        ([*long(1), *long(1)], (), "has answered 'on time' in line 2 already"),
        ([long(1)[0] | {"question": ""}], (), "'question' is empty"),
        ([long(1)[0] | {"expected": "much"}], (), "'much' in 'expected' is no number"),
    ],
)
def test_mistakes_in_a_file_of_pairs(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    rows: list[dict[str, object]],
    options: tuple[str, ...],
    why: str,
) -> None:
    assert why in refused(capsys, "servqual", "--csv", written(tmp_path, rows), *options)


def test_drivers_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "drivers", "--csv", SWISS, "--questions", PROVINCES, "--target", "Fertility", "--times", "50")
    assert {one["driver"]: round(one["lmg"], 7) for one in found["drivers"]} == {
        "Agriculture": 0.0570912, "Examination": 0.1711730, "Education": 0.2601347, "Catholic": 0.1055702,
        "Infant.Mortality": 0.1127659,
    }  # fmt: skip
    assert (found["n"], round(found["r2"], 6), found["times"]) == (47, 0.706735, 50)
    assert "few for so many drivers" in found["warning"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ((), "there is no column 'satisfaction' (did you mean 'Examination'?); name the outcome after --target"),
        (("--target", "Fertilty"), "did you mean 'Fertility'?"),
        (("--target", "Fertility", "--questions", "Education"), "1 drivers were asked about"),
        (("--target", "Fertility", "--times", "0"), "write a number from 1 to 10000"),
    ],
)
def test_what_drivers_refuses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, ...], why: str
) -> None:
    with open(SWISS, encoding="utf-8") as opened:
        rows: list[dict[str, object]] = [
            {k: v for k, v in row.items() if k != "province"} for row in csv.DictReader(opened)
        ]
    assert why in refused(capsys, "drivers", "--csv", written(tmp_path, rows), *options)


def judged() -> list[dict[str, object]]:
    """Means of importance 9 and 3, of performance 2 and 8; the lines lie at 6 and 5."""
    both = {"price": (9, 2), "music": (3, 8)}
    return [
        {"driver": name, "importance": matters + step, "performance": done + step}
        for name, (matters, done) in both.items()
        for step in (-1, 0, 1, 0, -1, 1)
    ]


@pytest.mark.parametrize("seed", [None, 4])
def test_importance_performance_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int | None) -> None:
    found = asked(capsys, "importance-performance", "--csv", written(tmp_path, judged(), seed))
    assert (found["importance_line"], found["performance_line"]) == (6, 5)
    assert {one["driver"]: one["quadrant"] for one in found["drivers"]} == {
        "price": "concentrate here", "music": "possible overkill"
    }  # fmt: skip


def test_lines_at_the_middle_of_the_scale(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = written(tmp_path, judged())
    found = asked(
        capsys, "importance-performance", "--csv", file, "--lines", "middle", "--lowest", "1", "--highest", "17"
    )
    assert (found["importance_line"], found["performance_line"]) == (9, 9)
    assert {one["driver"]: one["quadrant"] for one in found["drivers"]} == {
        "price": "not clear", "music": "low priority"
    }  # fmt: skip
    assert "write --lowest 1" in refused(capsys, "importance-performance", "--csv", file, "--lines", "middle")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (judged()[:7], "'music' has 1 answers in 'importance'; an interval needs at least 2"),
        (judged()[:6], "at least two are needed"),
        ([{"driver": "a", "importance": 9, "performance": 3 + at} for at in range(2)],
         "the 2 answers to 'a' in 'importance' are all alike"),
        ([{"driver": "", "importance": 1, "performance": 1}], "'driver' is empty"),
        ([{"driver": "a", "importance": 1}], "there is no column 'performance'"),
    ],
)  # fmt: skip
def test_what_importance_performance_refuses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, rows: list[dict[str, object]], why: str
) -> None:
    assert why in refused(capsys, "importance-performance", "--csv", written(tmp_path, rows))


@pytest.mark.parametrize(
    ("method", "key"),
    [
        ("servqual", "dimensions"),
        ("drivers", "drivers"),
        ("importance-performance", "stated"),
        ("elements", "branches"),
    ],
)
def test_of_a_run_without_the_data_each_says_why(
    capsys: pytest.CaptureFixture[str], ours: Any, method: str, key: str
) -> None:
    found = asked(capsys, method, "--workspace", str(ours.folder))
    assert key not in found or "because" in found[key]
    assert "nothing is loaded of" in json.dumps(found)
    assert main(["method", method, "--workspace", str(ours.folder)]) == 0
