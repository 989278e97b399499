"""`objectives` on the command line: its JSON, its files, and that nothing changes before somebody agrees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit.records import Records
from audit.records.targets import objectives
from audit.records.trail import trail
from pipelines.__main__ import main
from tests.pipelines.conftest import Ours

Captured = pytest.CaptureFixture[str]
ENTRY = """\
  - title: {title}
    kpi: csat_top_2_box
    grain: year
    owner: Head of Research
    why: They come back.
    targets:
      - {{since: 2024-01-01, at_least: {target}}}
"""


def file(folder: Path, *entries: tuple[str, str]) -> Path:
    made = folder / "in.yaml"
    made.write_text("objectives:\n" + "".join(ENTRY.format(title=t, target=g) for t, g in entries), encoding="utf-8")
    return made


def command(ours: Ours, *words: object, expected: int = 0) -> None:
    assert main(["objectives", *map(str, words), "--workspace", str(ours.folder)]) == expected


def asked(ours: Ours, capsys: Captured, *words: object, expected: int = 0) -> Any:
    command(ours, *words, "--json", expected=expected)
    return json.loads(capsys.readouterr().out)


def test_without_objectives_there_is_nothing_to_tell(own: Ours, capsys: Captured) -> None:
    assert asked(own, capsys) == []


def test_each_period_is_a_row_with_what_design_promises(own: Ours, capsys: Captured, tmp_path: Path) -> None:
    command(own, "--from", file(tmp_path, ("Low", "50 %"), ("High", "99 %")), "--yes")
    capsys.readouterr()
    rows = asked(own, capsys)
    for row in rows:
        assert {"objective", "kpi", "period", "target", "value", "met"} <= row.keys()
    met = {(row["objective"], row["period"]): row["met"] for row in rows}
    # the data begins in July 2024 and ends in June 2026: one whole year, and two that are not
    assert met[("OBJ-001", "2024")] == met[("OBJ-002", "2024")] == "not evaluated"
    assert (met[("OBJ-001", "2025")], met[("OBJ-002", "2025")]) == ("attained", "not attained")
    assert met[("OBJ-001", "2026")] == met[("OBJ-002", "2026")] == "open"
    assert all((row["forecast"] is not None) == (row["met"] == "open") for row in rows)
    whole = next(row for row in rows if row["period"] == "2025")
    assert (
        whole["target"] == "at least 50 %" and whole["at_least"] == 50 and whole["low"] < whole["value"] < whole["high"]
    )
    command(own)
    assert "OBJ-002" in capsys.readouterr().out


def test_nothing_is_kept_before_somebody_agrees(
    own: Ours, own_records: Records, capsys: Captured, tmp_path: Path
) -> None:
    entries = len(trail.entries(own_records))
    found = asked(own, capsys, "--from", file(tmp_path, ("Low", "50 %")), expected=2)
    assert found == {"kept": False, "planned": [{"what": "new", "objective": "", "title": "Low", "changed": ""}]}
    command(own, "--from", file(tmp_path, ("Low", "50 %")), expected=2)
    assert "add --yes to keep this" in capsys.readouterr().err
    assert objectives.every(own_records) == [] and len(trail.entries(own_records)) == entries


def test_one_mistake_keeps_the_whole_file_out(
    own: Ours, own_records: Records, capsys: Captured, tmp_path: Path
) -> None:
    wrong = file(tmp_path, ("Low", "50 %"), ("High", "99 days"))
    found = asked(own, capsys, "--from", wrong, "--yes", expected=2)
    assert found["kept"] is False and [m["line"] for m in found["mistakes"]] == [15]
    command(own, "--from", wrong, "--yes", expected=2)
    told = capsys.readouterr().err.splitlines()
    assert (
        len(told) == 2 and "in.yaml:15:29: '99 days' is in days" in told[0] and told[1].endswith("nothing was changed")
    )
    assert objectives.every(own_records) == []


def test_read_written_and_read_again_nothing_changes(
    own: Ours, own_records: Records, capsys: Captured, tmp_path: Path
) -> None:
    command(own, "--from", file(tmp_path, ("Low", "50 %"), ("High", "99 %")), "--yes", "--reason", "a new year")
    command(own, "--to", tmp_path / "out.yaml")
    entries = len(trail.entries(own_records))
    capsys.readouterr()
    found = asked(own, capsys, "--from", tmp_path / "out.yaml", "--yes")
    assert found["kept"] is False and {row["what"] for row in found["planned"]} == {"unchanged"}
    command(own, "--from", file(tmp_path, ("Low", "55 %")), "--yes")
    assert [(e.object_id, e.reason) for e in trail.entries(own_records)[-3:]] == [
        ("OBJ-001", "a new year"), ("OBJ-002", "a new year"), ("OBJ-001", "read from in.yaml"),
    ]  # fmt: skip
    assert len(trail.entries(own_records)) == entries + 1
    assert objectives.find(own_records, "OBJ-001").revision == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--to", "a.yaml", "--from", "b.yaml"), "and not both"),
        (("--from", "missing.yaml"), "there is no such file"),
        (("--to", "no/such/folder/a.yaml"), "does not exist; make it first or name another"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    own: Ours, capsys: Captured, words: tuple[str, ...], sentence: str
) -> None:
    command(own, *words, expected=2)
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.strip().splitlines()) == 1 and sentence in said.err
