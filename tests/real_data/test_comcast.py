"""The same complaints in three spellings give the same figures, those that were counted independently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main

MAPPING = Path(__file__).parent / "comcast" / "complaints.yaml"
YEARS = {"comcast_v1.csv": "%d-%m-%y", "comcast_v2.csv": "%d-%m-%Y", "comcast_v3.csv": "%d-%m-%Y"}
pytestmark = [pytest.mark.real_data, pytest.mark.xdist_group("comcast")]


@pytest.fixture(scope="module", params=YEARS)
def workspace(request: pytest.FixtureRequest, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comcast")
    (folder / "workspace.yaml").write_text("organisation: A telecom company\n", encoding="utf-8")
    mapping = folder / "mapping.yaml"
    written = MAPPING.read_text(encoding="utf-8")
    mapping.write_text(written.replace("%d-%m-%y", YEARS[request.param]), encoding="utf-8")
    asked = ["load", str(real_data / "comcast" / request.param), "--source", "complaints", "--mapping", str(mapping)]
    assert main([*asked, "--workspace", str(folder)]) == 0
    assert main(["run", "--from", "2015-01-01", "--to", "2015-12-31", "--workspace", str(folder)]) == 0
    return folder


def figures(capsys: pytest.CaptureFixture[str], folder: Path, *asked: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["kpis", *asked, "--workspace", str(folder), "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_complaints_of_each_month_are_those_counted_independently(
    workspace: Path, real_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    months = figures(capsys, workspace, "--kpi", "complaints_received", "--grain", "month", "--by", "")
    counted = json.loads((real_data / "reference_comcast.json").read_text(encoding="utf-8"))["v1"]["by_month"]
    assert {row["period"]: row["value"] for row in months} == counted
    assert counted["2015-06"] == 1046 and months[-1]["n"] == 2224


def test_complaints_by_channel_are_those_counted_independently(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--kpi", "complaints_received", "--grain", "year", "--by", "channel")
    found = {row["group"]: row["value"] for row in figures(capsys, workspace, *asked)}
    assert found == {"Customer Care Call": 1119, "Internet": 1105}


@pytest.mark.parametrize("kpi", ["open_complaints", "complaints_closed", "complaint_close_days_median"])
def test_without_the_day_of_closing_nothing_is_said_of_what_is_open(
    workspace: Path, capsys: pytest.CaptureFixture[str], kpi: str
) -> None:
    (found,) = figures(capsys, workspace, "--kpi", kpi, "--grain", "year", "--by", "")
    assert found["value"] is None and "closed_at" in found["not_evaluated"]
