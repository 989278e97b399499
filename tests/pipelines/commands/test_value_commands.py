"""Lifetime value, value at stake and the unheard as commands: from a file or a run, or one line that says why not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipelines.__main__ import main
from pipelines.methods.purchase_model import histories, purchase_model
from tests.pipelines.made_purchases import drawn

LAST = dt.date(2026, 6, 30)


def asked(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert main(["method", *options, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two lines on a day now and then, which are one purchase; customers in no order."""
    made, rng = drawn(np.random.default_rng(6), 400, 600), np.random.default_rng(7)
    lines = []
    for at in rng.permutation(400):
        begins = LAST - dt.timedelta(days=int(made.age[at]))
        days = {begins} | {
            begins + dt.timedelta(days=int(day))
            for day in rng.uniform(1, made.recency[at] + 1, int(made.frequency[at]))
        }
        lines += [f"C{at},{day},{made.mean[at] * rng.uniform(0.5, 1.5):.2f}" for day in days]
        lines += [f"C{at},{begins},5"] if at % 5 == 0 else []
    file = tmp_path_factory.mktemp("orders") / "orders.csv"
    file.write_text("\n".join(["customer_id,ordered_on,amount", *lines]) + "\n", encoding="utf-8")
    return file


def test_lifetime_value_of_a_file(capsys: pytest.CaptureFixture[str], orders: Path) -> None:
    found = asked(capsys, "lifetime-value", "--csv", str(orders), "--until", "2026-06-30")
    days: dict[str, set[dt.date]] = {}
    for line in orders.read_text("utf-8").splitlines()[1:]:
        customer, day, _amount = line.split(",")
        days.setdefault(customer, set()).add(dt.date.fromisoformat(day))
    rows = [(len(each) - 1, (max(each) - min(each)).days, (LAST - min(each)).days) for each in days.values()]
    model = purchase_model(histories(*np.array(rows, dtype=float).T))
    assert [one["value"] for one in found["buying"]["estimates"]] == pytest.approx(
        [model.r, model.alpha, model.a, model.b]
    )
    assert found["customers"] == 400 and found["check"]["actual"] > 0 and len(found["coming"]["revenue"]) == 60
    assert main(["method", "lifetime-value", "--csv", str(orders)]) == 0
    told = capsys.readouterr().out
    assert "purchases foretold" in told and "revenue of 12 months" in told


def test_without_amounts_it_still_says_who_buys(
    capsys: pytest.CaptureFixture[str], orders: Path, tmp_path: Path
) -> None:
    lines = [line.rsplit(",", 1)[0] for line in orders.read_text("utf-8").splitlines()]
    (tmp_path / "plain.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = asked(capsys, "lifetime-value", "--csv", str(tmp_path / "plain.csv"))
    assert found["buying"]["estimates"] and "coming" not in found
    assert found["because"].startswith("only 0 customers bought again with an amount on record")


@pytest.mark.parametrize(
    ("lines", "options", "said"),
    [
        (["customer_id,ordered_on", "A,2026-01-31"], [], "only 1 customers bought"),
        (["customer_id,ordered_on", "A,31.1.2026"], [], "orders.csv:2: '31.1.2026' is no date; write it as 2026-10-31"),
        (["customer_id,ordered_on", ",2026-01-31"], [], "orders.csv:2: no customer_id"),
        (["customer_id,ordered", "A,2026-01-31"], [], "there is no column 'ordered_on' (did you mean 'ordered'?)"),
        (["customer_id,ordered_on,amount", "A,2026-01-31,x"], [], "orders.csv:2: 'x' in 'amount' is no number"),
        (
            ["customer_id,ordered_on", "A,2026-01-31"],
            ["--until", "2026-01-30"],
            "--until 2026-01-30 lies before the last",
        ),
        (["customer_id,ordered_on", "A,2026-01-31"], ["--until", "soon"], "--until: 'soon' is no date"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lines: list[str], options: list[str], said: str
) -> None:
    (tmp_path / "orders.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["method", "lifetime-value", "--csv", str(tmp_path / "orders.csv"), *options]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


@pytest.mark.parametrize("name", ["value-at-stake", "unheard"])
@pytest.mark.parametrize(
    ("assume", "said"),
    [
        ("margin=3", "there is no assumption 'margin'"),
        ("horizon=soon", "'soon' is no number; write it as in horizon=35"),
        ("horizon=12.5", "is no whole number"),
        ("contribution_margin=250", "makes no sense for contribution margin"),
        ("discount_rate", "'' is no number"),
    ],
)
def test_an_assumption_that_makes_no_sense_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], name: str, assume: str, said: str
) -> None:
    assert main(["method", name, "--assume", assume]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1
