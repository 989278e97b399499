"""The methods on customers on the command line: from a file or the last run, or one line that says why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main
from pipelines.methods.ladder import STEPS


def asked(capsys: pytest.CaptureFixture[str], *options: str) -> Any:
    assert main(["method", *options, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def written(folder: Path, *lines: str) -> str:
    file = folder / "given.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


def test_survival_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Forty watched from the start, of whom ten leave at 3; twenty who enter at 4."""
    rows = [*["3,yes,,a"] * 10, *["6,no,0,a"] * 30, *["6,no,4,b"] * 20]
    found = asked(capsys, "survival", "--csv", written(tmp_path, "stay,left,entered,group", *rows))
    points = {point["time"]: point for point in found["points"]}
    assert points[2]["survival"] == 100 and points[3]["survival"] == pytest.approx(75)
    assert points[6]["at_risk"] == 50 and (found["n"], found["left"], found["entered_late"]) == (60, 10, 20)
    assert found["groups"]["b"] is None and "because" in found["log_rank"]  # twenty are too few


def test_cohorts_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [
        *["2026-01-10,"] * 6,
        *["2026-01-20,2026-02-20"] * 2,
        *["2026-02-03,2026-02-28"] * 5,
        "2026-03-30,",
        ",2026-01-01",
    ]
    found = asked(capsys, "cohorts", "--csv", written(tmp_path, "customer_since,left_on", *rows), "--to", "2026-04-09")
    assert (found["months"], [one["name"] for one in found["cohorts"]]) == (
        1,
        ["2026-01", "2026-02", "2026-03", "2026-04"],
    )
    january, february, march, _april = (one["cells"] for one in found["cohorts"])
    # who left on 20 February had not completed the month that began on 20 January
    assert [(cell["count"], cell["n"]) for cell in january[:2] if cell] == [(6, 8), (6, 8)]
    assert february[0]["count"] == 0 and february[0]["share"] == 0
    assert march == [None] * len(march)


def test_pareto_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = written(tmp_path, "customer,spent", *["a,5"] * 30, *["b,60"] * 10, "c,")
    found = asked(capsys, "pareto", "--csv", file, "--value", "spent")
    assert (found["n"], found["needed_count"], found["total"]) == (41, 10, 750)


def test_ladder_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    head = "orders,lately,before_record,in_touch,promoter,referred"
    rows = [
        *["0,no,,,,"] * 10,
        *["1,yes,no,,,"] * 10,
        *["2,yes,,,yes,"] * 10,
        "0,,,yes,,",
        "3,no,,,,",
        "3,yes,,,,yes",
        "2,1,0,0,0,0",
    ]
    found = asked(capsys, "ladder", "--csv", written(tmp_path, head, *rows))
    assert {one["step"]: one["count"] for one in found["rungs"]} == dict(
        zip(STEPS, (10, 1, 10, 1, 10, 1, 1), strict=True)
    )
    assert found["moves"] == [] and found["n_before"] is None


MISTAKES = [
    ("survival", ["stay,left", "x,yes"], "given.csv:2: 'x' in 'stay' is no number"),
    ("survival", ["stay,left", "2.5,yes"], "given.csv:2: '2.5' in 'stay' is no length of stay"),
    ("survival", ["stay,left", "-1,yes"], "given.csv:2: '-1' in 'stay' is no length of stay"),
    ("survival", ["stay,left", "3,maybe"], "given.csv:2: 'maybe' in 'left' is neither; write yes or no"),
    ("survival", ["stay,left,entered", *["3,no,5"] * 40], "a stay is negative, or ends before it was first watched"),
    ("survival", ["stay,left", *["3,no"] * 29], "only 29 customers were watched"),
    ("survival", ["stay,gone", "3,no"], "there is no column 'left'"),
    ("cohorts", ["customer_since,left_on", "31.12.2026,"], "given.csv:2: '31.12.2026' in 'customer_since' is no day"),
    ("cohorts", ["customer_since,left_on", ",2026-01-01"], "names no day in 'customer_since'"),
    ("cohorts", ["customer_since,left_on", "2026-01-01,"], "no cohort could be watched"),
    ("pareto", ["value", "-3"], "given.csv:2: '-3' in 'value' is negative"),
    ("pareto", ["value", *["0"] * 50], "only 0 customers brought anything"),
    ("ladder", ["orders,lately", "-1,yes"], "given.csv:2: '-1' in 'orders' is no count"),
    ("ladder", ["orders,lately", "1,perhaps"], "given.csv:2: 'perhaps' in 'lately' is neither; write yes or no"),
    ("ladder", ["orders,lately", *["1,yes"] * 29], "only 29 customers are known"),
]


@pytest.mark.parametrize(("method", "lines", "words"), MISTAKES)
def test_a_mistake_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, method: str, lines: list[str], words: str
) -> None:
    assert main(["method", method, "--csv", written(tmp_path, *lines)]) == 2
    told = capsys.readouterr().err
    assert words in told and told.count("\n") == 1


def test_people_read_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["method", "pareto", "--csv", written(tmp_path, "value", *["5"] * 40)]) == 0
    told = capsys.readouterr().out
    assert "% of them that bring four fifths" in told and "Gini" in told
