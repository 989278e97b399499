"""A real shop's orders and reviews give the figures that were computed independently of this program."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main

HERE = Path(__file__).parent
FILES = {
    "survey_responses": "olist_order_reviews_dataset.csv",
    "orders": "olist_orders_dataset.csv",
    "customers": "olist_customers_dataset.csv",
}
pytestmark = [pytest.mark.real_data, pytest.mark.xdist_group("olist")]


@pytest.fixture(scope="module")
def workspace(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("olist")
    (folder / "workspace.yaml").write_text("organisation: A marketplace\n", encoding="utf-8")
    for source, file in FILES.items():
        mapping = HERE / "olist" / f"{source}.yaml"
        asked = ["load", str(real_data / "olist_sample" / file), "--source", source, "--mapping", str(mapping)]
        assert main([*asked, "--workspace", str(folder)]) == 0
    assert main(["run", "--from", "2016-09-01", "--to", "2018-10-31", "--workspace", str(folder)]) == 0
    return folder


def answer(capsys: pytest.CaptureFixture[str], *asked: str) -> Any:
    capsys.readouterr()
    assert main([*asked, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_8225_records_stand_in_8885_lines(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loads = answer(capsys, "loads", "--workspace", str(workspace))
    reviews = next(load for load in loads if load["source"] == "survey_responses")
    assert reviews["physical_lines"] == 8885
    assert (reviews["lines"], reviews["loaded"], reviews["rejected"], reviews["blank"]) == (8225, 8225, 0, 0)


# Independent figures: reference_olist_sample.json beside the data, and the digits printed with it.
FIGURES = [
    ("csat_top_2_box", 8225, 55.17325, 5),
    ("mean_satisfaction", 8225, 3.27161, 5),
    ("on_time_delivery_by_day", 5164, 93.377, 3),
    ("on_time_delivery_by_timestamp", 5164, 91.983, 3),
    ("repurchase_rate", 8016, 0.9107, 4),
]


@pytest.mark.parametrize(("kpi", "n", "value", "digits"), FIGURES)
def test_figures_agree_to_the_digits_printed(
    workspace: Path, capsys: pytest.CaptureFixture[str], kpi: str, n: int, value: float, digits: int
) -> None:
    found = whole(capsys, workspace, kpi)
    assert found["n"] == n
    assert round(found["value"], digits) == value
    assert found["not_evaluated"] is None


def test_the_interval_of_the_top_2_box_agrees(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = whole(capsys, workspace, "csat_top_2_box")
    assert (round(found["low"], 4), round(found["high"], 4)) == (54.0963, 56.2454)


def test_73_customers_bought_again(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = whole(capsys, workspace, "repurchase_rate")
    assert round(found["value"] * found["n"] / 100, 9) == 73


def test_monthly_means_agree_with_a_count_by_hand(
    workspace: Path, real_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores: dict[str, list[int]] = {}
    with open(real_data / "olist_sample" / FILES["survey_responses"], encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            scores.setdefault(row["review_answer_timestamp"][:7], []).append(int(row["review_score"]))
    asked = ["kpis", "--kpi", "mean_satisfaction", "--grain", "month", "--by", "", "--workspace", str(workspace)]
    found = {row["period"]: row["value"] for row in answer(capsys, *asked) if row["n"]}
    assert found == pytest.approx({month: sum(given) / len(given) for month, given in scores.items()}, abs=1e-9)


@pytest.mark.parametrize("kpi", ["nps", "ces", "complaint_rate", "survey_response_rate", "retention_rate"])
def test_what_the_files_do_not_hold_is_not_evaluated(
    workspace: Path, capsys: pytest.CaptureFixture[str], kpi: str
) -> None:
    found = whole(capsys, workspace, kpi)
    assert found["value"] is None, "what could not be computed must never look like zero"
    assert found["not_evaluated"]


def whole(capsys: pytest.CaptureFixture[str], workspace: Path, kpi: str) -> Any:
    rows = answer(capsys, "kpis", "--kpi", kpi, "--grain", "audit_period", "--by", "", "--workspace", str(workspace))
    assert len(rows) == 1
    return rows[0]
