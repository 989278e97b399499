"""`method` on the command line: what it prints of a file and of a run, and what it refuses in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main
from pipelines.commands.method import METHODS, named
from pipelines.methods.control_chart import KINDS
from tests.pipelines.conftest import Ours
from tests.pipelines.methods.test_control_chart import RECEIVABLE

Captured = pytest.CaptureFixture[str]
OWN = ("control-chart", "trend", "comparison")


def written(folder: Path, text: str, name: str = "figures.csv") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def column(folder: Path, values: list[Any]) -> str:
    return written(folder, "value\n" + "\n".join(map(str, values)) + "\n")


def asked(capsys: Captured, *words: str) -> Any:
    assert main(["method", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: Captured, *words: str) -> str:
    assert main(["method", *words]) == 2
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.strip().splitlines()) == 1 and "Traceback" not in said.err
    return said.err


def test_every_method_says_what_it_is_about(capsys: Captured) -> None:
    rows = asked(capsys, "--list")
    assert [row["method"] for row in rows] == list(METHODS) and set(OWN) <= set(METHODS)
    assert all(row["about"] and "\n" not in row["about"] for row in rows)
    assert main(["method", "--list"]) == 0 and "control-chart" in capsys.readouterr().out


@pytest.mark.parametrize("name", METHODS)
def test_every_method_explains_its_options(name: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["method", name, "--help"])
    assert ended.value.code == 0 and f"method {name}" in capsys.readouterr().out
    for part in ("about", "add_options", "answer", "told"):
        assert hasattr(named(name), part)


def test_a_control_chart_of_a_file(tmp_path: Path, capsys: Captured) -> None:
    found = asked(capsys, "control-chart", "--csv", column(tmp_path, RECEIVABLE))
    last = found["points"][-1]
    assert (found["kind"], found["verdict"]) == ("XmR", "changed")
    assert (last["centre"], last["low"], last["high"]) == pytest.approx((4135.5, 3188.72, 5082.28), abs=0.005)
    assert last["range_limit"] == pytest.approx(1163.19, abs=0.005) and last["rules"] == [1]
    assert found["signals"] == [{"rule": 1, "first": 15, "last": 15, "above": True, "from": "#16", "to": "#16"}]


def test_the_same_for_people(tmp_path: Path, capsys: Captured) -> None:
    assert main(["method", "control-chart", "--csv", column(tmp_path, RECEIVABLE), "--kind", "xmr"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["period", "value", "n", "centre", "low", "high", "moving", "range", "rules"]
    assert len(lines) == 18 and lines[-1].startswith("Changed: #16 lies at 5,200.00, above the upper limit of 5,082.28")


def test_json_may_stand_before_the_name(tmp_path: Path, capsys: Captured) -> None:
    assert main(["method", "--json", "trend", "--csv", column(tmp_path, RECEIVABLE)]) == 0
    assert json.loads(capsys.readouterr().out)["score"] == -57


def test_options_reach_the_method(tmp_path: Path, capsys: Captured) -> None:
    months = [f"2025-{at:02}" for at in range(1, 13)] + [f"2026-{at:02}" for at in range(1, 13)]
    rows = "\n".join(f"{month},{70 + 15 * (at >= 12) + at % 3},200" for at, month in enumerate(months))
    file = written(tmp_path, f"period,value,n\n{rows}\n")
    words = ["control-chart", "--csv", file, "--unit", "%", "--better", "higher", "--interval", "wilson"]
    plain = asked(capsys, *words)
    assert (plain["kind"], plain["verdict"], plain["kpi"]) == ("p", "improving", "figures")
    changed = asked(capsys, *words, "--baseline", "2026-01-01")
    assert changed["verdict"] == "stable" and [p["frozen_from_day"] for p in changed["phases"]] == [None, "2026-01-01"]
    assert {each["rule"] for each in asked(capsys, *words, "--rules", "3,1")["signals"]} <= {1, 3}
    assert [asked(capsys, *words, "--kind", kind)["kind"] for kind in ("XmR", "xmr-median")] == list(KINDS[:2])


def test_a_row_without_a_value_is_a_gap(tmp_path: Path, capsys: Captured) -> None:
    rows = "".join(f"2025-{at:02},{value}\n" for at, value in enumerate([7, 8, 7, "", 8, 7, 8, 7, 8, 7, 8, 7], 1))
    found = asked(capsys, "control-chart", "--csv", written(tmp_path, f"period,value\n{rows}"))
    gap = found["points"][3]
    assert gap["centre"] is gap["value"] is None and gap["not_evaluated"] == "the file has no value"
    assert found["phases"][0]["points"] == 11


def test_a_trend_of_a_file(tmp_path: Path, capsys: Captured) -> None:
    found = asked(capsys, "trend", "--csv", column(tmp_path, [2 * at for at in range(12)]), "--unit", "days")
    assert (found["slope"], found["points"], found["tau"]) == (2.0, 12, 1.0)
    assert (
        found["because"] == "Changed: over 12 points it rises by 2 days from one to the next (Mann-Kendall, p < 0.001)."
    )
    calm = asked(capsys, "trend", "--csv", column(tmp_path, [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]))
    assert calm["because"].startswith("No trend is shown over 12 points (Mann-Kendall, p = 0.")
    few = asked(capsys, "trend", "--csv", column(tmp_path, [1, 2, 3]))
    assert few["because"] == "Too few points: at least 10 are needed to tell a trend." and "slope" not in few
    assert main(["method", "trend", "--csv", column(tmp_path, [1, 2, 3])]) == 0
    assert "Too few points" in capsys.readouterr().out


EARLY = [100, 101.3, 102, 103.3, 104, 105.3]
LATE = [124, 125.3, 126, 127.3, 128, 129.3, 130, 131.3, 132, 133.3, 134, 135.3]
MONTHS = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]


@pytest.mark.parametrize("options", [[], ["--cycle", "12"]])
def test_rows_that_are_missing_say_the_same_as_rows_without_a_value(
    options: list[str], tmp_path: Path, capsys: Captured
) -> None:
    known = dict(zip([*MONTHS[:6], *MONTHS[24:]], [*EARLY, *LATE], strict=True))
    missing = "".join(f"{period},{value}\n" for period, value in known.items())
    blank = "".join(f"{period},{known.get(period, '')}\n" for period in MONTHS)
    one, other = (
        asked(capsys, "trend", "--csv", written(tmp_path, f"period,value\n{rows}"), *options)
        for rows in (missing, blank)
    )
    assert one == other and (one["points"], one["slope"], one["stretch"]) == (18, pytest.approx(1.0), 1.0)
    assert one["p"] < 1e-12 and one["because"].endswith("it rises by 1 from one to the next (Mann-Kendall, p < 0.001).")


def test_a_gap_between_days_counts_as_one_period_and_is_said_to(tmp_path: Path, capsys: Captured) -> None:
    days = [*range(1, 6), *range(8, 13), *range(15, 20)]
    rows = "".join(f"2024-01-{day:02},{at}\n" for at, day in enumerate(days))
    found = asked(capsys, "trend", "--csv", written(tmp_path, f"period,value\n{rows}"))
    assert found["because"].endswith(" How long a period is cannot be told, so each gap counts as one period.")


SEGMENTS = "group,value,n\nA,80,300\nB,79,400\nC,60,350\n"


def test_a_comparison_of_a_file(tmp_path: Path, capsys: Captured) -> None:
    words = ["comparison", "--csv", written(tmp_path, SEGMENTS), "--unit", "%", "--interval", "wilson"]
    found = asked(capsys, *words)
    assert found["correction"] == "holm" and {row["group"] for row in found["groups"]} == {"A", "B", "C"}
    odd = found["groups"][0]
    assert (
        odd["group"] == "C"
        and odd["differs"]
        and odd["difference"] < 0
        and odd["low"] < odd["difference"] < odd["high"]
    )
    assert "these lie above the others: " in found["because"] and "these below: C" in found["because"]
    by_rate = asked(capsys, *words, "--correction", "benjamini-hochberg")
    assert sum(row["adjusted_p"] for row in by_rate["groups"]) <= sum(row["adjusted_p"] for row in found["groups"])


def test_groups_that_are_alike_are_said_to_be(tmp_path: Path, capsys: Captured) -> None:
    file = written(tmp_path, "group,value,n\nA,80,300\nB,79,400\nC,81,350\n")
    found = asked(capsys, "comparison", "--csv", file, "--unit", "%", "--interval", "wilson")
    assert found["because"] == "Of 3 compared, none differs from the others by more than chance explains."


def test_groups_that_stand_against_an_average_say_so(tmp_path: Path, capsys: Captured) -> None:
    rows = "".join(f"{g},2026-0{m},{v + m % 2},30\n" for g, v in (("A", 5), ("B", 9), ("C", 7)) for m in range(1, 7))
    words = ["comparison", "--csv", written(tmp_path, f"group,period,value,n\n{rows}"), "--unit", "days"]
    found = asked(capsys, *words)
    assert (
        found["rest_is"] == "average of others" and next(g for g in found["groups"] if g["group"] == "A")["rest"] == 8.5
    )
    assert found["because"].endswith(" Each is held against the average of the others.")
    assert main(["method", *words]) == 0
    assert "average of others" in capsys.readouterr().out


def test_where_nothing_varies_nothing_is_compared(tmp_path: Path, capsys: Captured) -> None:
    rows = "".join(f"{g},2026-0{m},{v},30\n" for g, v in (("A", 5), ("B", 9)) for m in range(1, 7))
    found = asked(capsys, "comparison", "--csv", written(tmp_path, f"group,period,value,n\n{rows}"), "--unit", "days")
    assert found["groups"] == [] and [each["group"] for each in found["left_out"]] == ["A", "B"]
    assert found["because"].startswith("Not compared: nothing varies")


def test_a_figure_that_is_no_count_needs_its_periods(tmp_path: Path, capsys: Captured) -> None:
    file = written(tmp_path, "group,value,n\nA,8,300\nB,7,400\n")
    found = asked(capsys, "comparison", "--csv", file, "--unit", "days")
    assert found["groups"] == [] and found["left_out"][0] == {
        "group": "A",
        "because": "only one period; at least 2 are needed",
    }
    assert "fewer than two groups have enough records" in found["because"]


MISTAKES: list[tuple[list[str], str, str]] = [
    ([], "value\n1\n", "no method is named; write one of: control-chart"),
    (["contol-chart"], "value\n1\n", "there is no method 'contol-chart' (did you mean 'control-chart'?)"),
    (["trend"], "value\n1\n", "name a file after --csv, or a figure of the last run after --kpi, and not both"),
    (["trend", "--csv", "FILE", "--kpi", "nps"], "value\n1\n", "and not both"),
    (["trend", "--csv", "FILE"], "wert\n1\n", "figures.csv:1: there is no column 'value'"),
    (["trend", "--csv", "FILE"], "valeu\n1\n", "(did you mean 'valeu'?)"),
    (["trend", "--csv", "FILE"], "value\n1,5\n", "figures.csv:2: 2 cells under a header of 1"),
    (["trend", "--csv", "FILE"], "value\n1\nx\n", "figures.csv:3: 'x' in 'value' is no number; write it with a point"),
    (["trend", "--csv", "FILE"], "value\nnan\n", "'nan' in 'value' is no number"),
    (["trend", "--csv", "FILE"], "value,n\n1,2.5\n", "'2.5' in 'n' is no number of records; write a whole one"),
    (["trend", "--csv", "FILE"], "value,value\n1,2\n", "the column 'value' stands there twice"),
    (["trend", "--csv", "FILE"], "value\n", "figures.csv has no rows below its header"),
    (["trend", "--csv", "FILE"], "", "there is no column 'value'"),
    (["trend", "--csv", "FILE"], 'value\n"1\n', "not readable as CSV"),
    (["trend", "--csv", "nowhere.csv"], "", "nowhere.csv: No such file or directory; name a CSV file after --csv"),
    (["control-chart", "--csv", "FILE", "--kind", "q"], "value\n1\n", "there is no chart 'q'"),
    (["control-chart", "--csv", "FILE", "--kind", "p"], "value\n1\n", "figures cannot have a p chart"),
    (["comparison", "--csv", "FILE"], "value\n1\n", "there is no column 'group'"),
    (["comparison", "--csv", "FILE", "--interval", "nps"], "group,value,n\nA,1,9\n", "needs the columns 'low' and"),
    (["comparison", "--kpi", "nps"], "", "say what is compared: groups, as in --by segment, or --periods quarter"),
    (["control-chart", "--kpi", "npss"], "", "there is no KPI 'npss' (did you mean 'nps'?)"),
    (["control-chart", "--kpi", "nps", "--by", "segment"], "", "the group is half named; write --by and --group"),
    (["control-chart", "--kpi", "nps", "--by", "colour", "--group", "red"], "", "is not measured by 'colour'"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "text", "sentence"), MISTAKES)
def test_a_mistake_is_one_line(words: list[str], text: str, sentence: str, tmp_path: Path, capsys: Captured) -> None:
    file = written(tmp_path, text)
    assert sentence in refused(capsys, *(file if word == "FILE" else word for word in words))


@pytest.mark.parametrize("option", [["--rules", "9"], ["--rules", "x"], ["--baseline", "soon"], ["--unit", "stones"]])
def test_an_option_that_cannot_be_is_refused(option: list[str], tmp_path: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["method", "control-chart", "--csv", column(tmp_path, [1]), *option])
    assert ended.value.code == 2 and "Traceback" not in capsys.readouterr().err


def test_a_file_that_is_not_utf8(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "figures.csv"
    file.write_bytes("value\n1\nü\n".encode("utf-16"))
    assert "figures.csv is not UTF-8; save it as 'CSV UTF-8'" in refused(capsys, "trend", "--csv", str(file))


def test_of_a_run_with_too_few_records_every_period_is_told_and_no_limit(own: Ours, capsys: Captured) -> None:
    found = asked(capsys, "control-chart", "--kpi", "csat_top_2_box", "--workspace", str(own.folder))
    assert (found["kind"], found["verdict"]) == (None, "not evaluated") and found["points"]
    assert all(point["low"] is None and point["not_evaluated"] for point in found["points"])


def test_a_group_that_is_not_there_is_a_mistake(own: Ours, capsys: Captured) -> None:
    words = ["trend", "--kpi", "nps", "--by", "segment", "--group", "Martians", "--workspace", str(own.folder)]
    assert "the last run has no nps for 'Martians'; see 'kpis --kpi nps --by DIM'" in refused(capsys, *words)
