"""`scorecard` on the command line and as a file: its JSON, every mistake with its place, and nothing half taken in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit.records import Records
from audit.records.targets import scorecards
from audit.records.trail import trail
from pipelines.__main__ import main
from pipelines.targets.scorecard_file import Listed, mistakes, planned, read, text_of
from pipelines.yaml_file import Page
from tests.pipelines.conftest import Ours

Captured = pytest.CaptureFixture[str]
GOOD = """\
scorecards:
  - title: Service
    department: After-sales
    owner: Ann
    grain: year
    why: yearly talks
    indicators:
      - kpi: csat_top_2_box
        weight: 60
        levels:
          - {word: failing, points: 0}
          - {word: satisfying, points: 70, reaches: 1 %}
          - {word: exceeding, points: 100, reaches: 99.5 %}
      - kpi: csat_top_2_box
        by: channel
        group: web
        weight: 40
        levels:
          - {word: failing, points: 0}
          - {word: satisfying, points: 70, reaches: 0.9 %}
"""
SECOND = """\
  - title: 其他
    department: 装配部
    owner: 安
    grain: quarter
    why: 每年面谈
    most_missing: 50
    indicators:
      - {kpi: nps, weight: 1, levels: [{word: failing, points: 0}, {word: basic, points: 50, reaches: -100 points}]}
"""


def file(folder: Path, text: str = GOOD) -> Path:
    made = folder / "in.yaml"
    made.write_text(text, encoding="utf-8")
    return made


def command(ours: Ours, *words: object, expected: int = 0) -> None:
    assert main(["scorecard", *map(str, words), "--workspace", str(ours.folder)]) == expected


def asked(ours: Ours, capsys: Captured, *words: object, expected: int = 0) -> Any:
    command(ours, *words, "--json", expected=expected)
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("csat_top_2_box", "csat_top2_box", "8:9 there is no KPI 'csat_top2_box' (did you mean"),
        ("1 %", "1 points", "10:9 scorecards.0.indicators.0.levels: one level is in points, another in %"),
        ("reaches: 0.9 %", "reaches: 9 days", "20:44 '9 days' is in days; write it in %"),
        ("reaches: 1 %", "reaches: 99.9 %", "10:9 of csat_top_2_box the higher figure is the better one; turn"),
        ("kpi: csat_top_2_box", "kpi: complaints_received", "8:9 of complaints_received neither the higher"),
        ("group: web", "group: wep", "16:9 nothing is measured of the channel 'wep' (did you mean 'web'?)"),
        ("        group: web\n", "", "14:9 scorecards.0.indicators.1: for whom it is meant is half named"),
        ("grain: year", "grain: fiscal_year", "5:5 the fiscal year is the calendar year here; write 'year'"),
        ("weight: 60", "weight: 0", "9:9 scorecards.0.indicators.0.weight: "),
        ("weight: 60", "wait: 60", "9:9 'wait' is not known here"),
        ("    owner: Ann\n", "", "2:5 'owner' is missing; add it"),
        ("  - title", "  - revision: 3\n    title", "2:5 revisions are counted here and not written"),
        ("{word: failing, points: 0}", "{word: failing, points: many}", "11:29 scorecards.0.indicators.0.levels.0."),
        ("why: yearly talks", "why: *yearly", "6:10 aliases (*name) are not allowed"),
    ],
)
def test_every_mistake_has_its_line_and_column(own: Ours, tmp_path: Path, old: str, new: str, place: str) -> None:
    assert old in GOOD
    made = file(tmp_path, GOOD.replace(old, new, 1))
    try:
        told = [f"{each.line}:{each.column} {each.message}" for each in mistakes(own.workspace, made)]
    except Exception as unreadable:
        told = [f"{unreadable.line}:{unreadable.column} {unreadable.message}"]  # type: ignore[attr-defined]
    assert told and any(line.startswith(place) for line in told), told


def test_what_a_file_says_is_kept_written_and_read_back(
    own: Ours, own_records: Records, capsys: Captured, tmp_path: Path
) -> None:
    command(own, "--from", file(tmp_path, GOOD + SECOND), "--yes", "--reason", "a new year")
    every = scorecards.every(own_records)
    assert [(each.id, each.most_missing) for each in every] == [("SCO-001", 25), ("SCO-002", 50)]
    assert Page(text_of("House 房子", every), "f").as_model(Listed).scorecards == tuple(
        each.model_copy(update={"revision": 0}) for each in every
    )
    command(own, "--to", tmp_path / "out.yaml")
    assert {each.what for each in planned(own_records, read(own.workspace, tmp_path / "out.yaml"))} == {"unchanged"}
    entries = len(trail.entries(own_records))
    capsys.readouterr()
    assert asked(own, capsys, "--from", tmp_path / "out.yaml", "--yes")["kept"] is False
    changed = (tmp_path / "out.yaml").read_text("utf-8").replace("owner: Ann", "owner: Ben")
    (tmp_path / "out.yaml").write_text(changed, encoding="utf-8")
    found = asked(own, capsys, "--from", tmp_path / "out.yaml", "--yes")
    assert [(row["what"], row["scorecard"], row["changed"]) for row in found["planned"]] == [
        ("changed", "SCO-001", "owner"), ("unchanged", "SCO-002", ""),
    ]  # fmt: skip
    assert len(trail.entries(own_records)) == entries + 1


def test_nothing_is_kept_before_somebody_agrees_or_with_a_mistake(
    own: Ours, own_records: Records, capsys: Captured, tmp_path: Path
) -> None:
    found = asked(own, capsys, "--from", file(tmp_path), expected=2)
    assert found["kept"] is False and found["planned"][0]["what"] == "new"
    wrong = file(tmp_path, GOOD + SECOND.replace("nps", "npz"))
    command(own, "--from", wrong, "--yes", expected=2)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2 and "there is no KPI 'npz'" in told[0] and told[1].endswith("nothing was changed")
    assert scorecards.every(own_records) == []


def test_each_period_is_a_row_that_opens_to_its_parts(own: Ours, capsys: Captured, tmp_path: Path) -> None:
    assert asked(own, capsys) == []
    command(own, "--from", file(tmp_path, GOOD + SECOND), "--yes")
    capsys.readouterr()
    rows = asked(own, capsys)
    # the data begins in July 2024 and ends in June 2026: one whole year, and one cut at its beginning
    assert [(row["scorecard"], row["period"]) for row in rows if row["grain"] == "year"] == [
        ("SCO-001", "2024"), ("SCO-001", "2025"),
    ]  # fmt: skip
    cut, whole = rows[:2]
    assert cut["low"] is None and all(part["because"] for part in cut["parts"])
    assert [part["share"] for part in whole["parts"]] == [0.6, 0.4]
    assert whole["parts"][0]["level"] == "satisfying" and whole["parts"][0]["points"] == 70
    assert ("major nonconformit" in whole["because"]) == bool(whole["majors"])
    command(own)
    assert "SCO-002" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("--to", "a", "--from", "b"), "and not both"), (("--from", "missing.yaml"), "there is no such file"),
     (("--to", "no/such/a.yaml"), "does not exist; make it first")],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_line(
    own: Ours, capsys: Captured, words: tuple[str, ...], sentence: str
) -> None:
    command(own, *words, expected=2)
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.strip().splitlines()) == 1 and sentence in said.err
