"""A telecom company's churn, through the whole pipeline, is the published one, overall and by kind of contract."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main

pytestmark = [pytest.mark.real_data, pytest.mark.xdist_group("telco")]
CONTRACTS = {"Month-to-month": 42.7097, "One year": 11.2695, "Two year": 2.8318}
"""The published digits; the last one is cut off and not rounded."""


@pytest.fixture(scope="module")
def workspace(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file says who left within the last month, and no dates: all are customers before it, and leave within it."""
    folder = tmp_path_factory.mktemp("telco")
    (folder / "workspace.yaml").write_text("organisation: A telecom company\n", encoding="utf-8")
    lines = ["customer_id,segment,customer_since,left_on"]
    with open(real_data / "telco" / "Telco-Customer-Churn.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            left = "2018-06-15" if row["Churn"] == "Yes" else ""
            lines.append(f"{row['customerID']},{row['Contract']},2010-01-01,{left}")
    dated = folder / "customers.csv"
    dated.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["load", str(dated), "--source", "customers", "--workspace", str(folder)]) == 0
    assert main(["run", "--from", "2018-06-01", "--to", "2018-06-30", "--workspace", str(folder)]) == 0
    return folder


def figures(capsys: pytest.CaptureFixture[str], folder: Path, kpi: str, by: str) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    asked = ["kpis", "--kpi", kpi, "--grain", "audit_period", "--by", by, "--workspace", str(folder), "--json"]
    assert main(asked) == 0
    return {row["group"]: row for row in json.loads(capsys.readouterr().out)}


def test_churn_is_the_published_one(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = figures(capsys, workspace, "churn_rate", "")[""]
    assert (whole["n"], round(whole["value"], 5)) == (7043, 26.53699)
    assert round(whole["value"] * 70.43, 6) == 1869


def test_churn_by_contract_is_the_published_one(
    workspace: Path, real_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = figures(capsys, workspace, "churn_rate", "segment")
    counted = json.loads((real_data / "reference_telco.json").read_text(encoding="utf-8"))
    assert {name: row["n"] for name, row in found.items()} == counted["n_by_contract"]
    assert {name: row["value"] / 100 for name, row in found.items()} == pytest.approx(counted["churn_by_contract"])
    assert {name: row["value"] for name, row in found.items()} == pytest.approx(CONTRACTS, abs=1e-4)


def test_who_did_not_leave_stayed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone, kept = (figures(capsys, workspace, kpi, "segment") for kpi in ("churn_rate", "retention_rate"))
    for name in CONTRACTS:
        assert gone[name]["value"] + kept[name]["value"] == pytest.approx(100)


SURVIVAL = {1: 0.9459613, 12: 0.8431996, 24: 0.7887364, 72: 0.5927902}


@pytest.fixture(scope="module")
def stays_file(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One row for each customer: how long they stayed, whether they left, and what they paid in all."""
    lines = ["stay,left,group,value"]
    with open(real_data / "telco" / "Telco-Customer-Churn.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lines.append(f"{row['tenure']},{row['Churn']},{row['Contract']},{row['TotalCharges'].strip()}")
    made = tmp_path_factory.mktemp("telco-stays") / "stays.csv"
    made.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(made)


def asked(capsys: pytest.CaptureFixture[str], method: str, file: str) -> Any:
    capsys.readouterr()
    assert main(["method", method, "--csv", file, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_survival_is_the_published_one(stays_file: str, capsys: pytest.CaptureFixture[str], real_data: Path) -> None:
    found = asked(capsys, "survival", stays_file)
    points = {point["time"]: point for point in found["points"]}
    assert {time: points[time]["survival"] / 100 for time in SURVIVAL} == pytest.approx(SURVIVAL, abs=1e-6)
    assert points[12]["error"] / 100 == pytest.approx(0.0044922, abs=1e-6)
    counted = json.loads((real_data / "reference_telco.json").read_text(encoding="utf-8"))["KM"]
    for time, known in counted.items():
        assert points[int(time)]["survival"] / 100 == pytest.approx(known["S"], abs=1e-12)
        assert points[int(time)]["error"] / 100 == pytest.approx(known["greenwood_se"], abs=1e-12)
    assert (found["n"], found["left"]) == (7043, 1869)


def test_contracts_leave_differently(stays_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    from statsmodels.duration.survfunc import survdiff

    found = asked(capsys, "survival", stays_file)
    with open(stays_file, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    times, left = [float(row["stay"]) for row in rows], [int(row["left"] == "Yes") for row in rows]
    statistic, _p = survdiff(times, left, [row["group"] for row in rows])
    assert found["log_rank"]["statistic"] == pytest.approx(statistic) and found["log_rank"]["p"] < 1e-12
    assert set(found["groups"]) == set(CONTRACTS)


def test_the_share_of_customers_that_pays_four_fifths_is_the_published_one(
    stays_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Eleven who have paid nothing yet are customers."""
    found = asked(capsys, "pareto", stays_file)
    assert round(found["needed"]["value"], 2) == 38.36 and found["n"] == 7043
    assert found["total"] == pytest.approx(16056168.7)
