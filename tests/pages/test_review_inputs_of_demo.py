"""What is put before a management review, read again from the demo run's own files."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from pipelines import definitions
from pipelines.auditing.review_inputs import FIGURES, known
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import open_workspace

Told = dict[str, list[str]]


@pytest.fixture(scope="module")
def run(demo: Path) -> Run:
    found = results.latest(open_workspace(demo))
    assert found
    return found


@pytest.fixture(scope="module")
def told(demo: Path, run: Run) -> Told:
    with open_workspace(demo).open_records() as records:
        found = known(open_workspace(demo), run, records)
    return {input: [text.en for text in texts] for input, texts in found.items()}


def test_figures_are_those_of_the_run_with_the_year_before(demo: Path, run: Run, told: Told) -> None:
    table = pd.read_parquet(demo / "runs" / run.id / "measurements.parquet")
    table = table[(table["grain"] == "rolling_12_months") & (table["by"] == "") & (table["ends"] == run.ends)]
    for input, names in FIGURES.items():
        said = told[input]
        for name in names:
            (row,) = table[table["kpi"] == name].to_dict("records")
            (sentence,) = [text for text in said if text.startswith(f"{definitions.kpis()[name].title.en}: ")]
            if isinstance(row["not_evaluated_en"], str):
                assert "not evaluated" in sentence and row["not_evaluated_en"] in sentence
            else:
                assert f"n = {row['n']:,})" in sentence and f"{row['value']:,.0f}"[:-1] in sentence
                assert ("carry a warning" in sentence) == isinstance(row["warning_en"], str)


def test_verdicts_are_counted_as_the_run_proposes_them(demo: Path, run: Run, told: Told) -> None:
    written = json.loads((demo / "runs" / run.id / "assessment.json").read_text("utf-8"))
    counted = Counter(clause["proposed"] for clause in written)
    (sentence,) = told["9.3.2-c6"]
    assert f"{counted['conforms']} conform, {counted['does not conform']} do not" in sentence
    assert f"{counted['undetermined']} are undetermined" in sentence
