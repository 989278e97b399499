"""Complaints: the page says what the run found, and holds its tongue where the data cannot be trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.components.complaints.pareto import _sentence
from pages.components.words import plain
from pipelines.complaints.found import FILE, Pareto, Share
from pipelines.runs import results
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
NASTY = "Model_X <b>A</b> [x](y)"


def cases(folder: Path) -> pd.DataFrame:
    """From the table's own files, by pandas."""
    files = sorted((folder / "facts" / "complaints").rglob("*.parquet"))
    return pd.concat(map(pd.read_parquet, files), ignore_index=True)


def test_the_title_counts_the_open_ones(opened: Open, demo: Path) -> None:
    found = cases(demo)
    is_open = found["closed_at"].isna() | (
        pd.to_datetime(found["closed_at"]).dt.date > pd.Timestamp("2026-10-31").date()
    )
    late = is_open & (pd.to_datetime(found["due_on"]) < pd.Timestamp("2026-10-31"))
    words = "none past the promised day" if not late.sum() else f"{late.sum()} past the promised day"
    app = opened(demo, "complaints")
    assert app.title[0].value == f"{is_open.sum()} complaints are open, {words}"
    assert not app.error


def test_each_chart_has_a_sentence_a_table_and_a_file(opened: Open, demo: Path) -> None:
    app = opened(demo, "complaints")
    charts = app.get("plotly_chart")
    assert len(charts) == 4
    assert all(len(chart.proto.alt) > 30 for chart in charts)
    assert len([each for each in app.expander if "behind the chart" in each.label]) == 4
    assert sum("CSV" in each.proto.label for each in app.get("download_button")) == 6


@pytest.mark.parametrize("by", ["category", "product", "channel"])
def test_shares_are_those_of_the_table_of_complaints(opened: Open, demo: Path, by: str) -> None:
    counts = cases(demo)[by].value_counts()
    app = opened(demo, "complaints", about=by)
    table = next(each.value for each in app.table if "Together from the top" in each.value)
    assert sorted(table["Complaints"].astype(int), reverse=True) == sorted(counts, reverse=True)


def test_in_chinese_no_english_is_left(opened: Open, demo: Path) -> None:
    app = opened(demo, "complaints", lang="zh")
    headings = [each.value for each in [*app.title, *app.header]]
    assert len(headings) == 6 and not any(re.search("[a-z]{3}", each) for each in headings)


def test_data_that_cannot_be_trusted_is_not_shown(opened: Open, own_demo: Path, words: Words) -> None:
    file = newest(own_demo)
    told = json.loads(file.read_text("utf-8"))
    file.chmod(0o644)
    file.write_text(json.dumps({**told, "not_evaluated": {"en": "the gate stopped it", "zh": "门"}}), "utf-8")
    app = opened(own_demo, "complaints")
    assert app.title[0].value == "Complaints are not evaluated"
    assert "the gate stopped it" in words(app) and not app.get("plotly_chart")


def test_a_run_of_before_asks_for_a_new_one(opened: Open, own_demo: Path, words: Words) -> None:
    newest(own_demo).unlink()
    app = opened(own_demo, "complaints")
    assert "Run the assessment again" in words(app) + "".join(button.label for button in app.button)
    assert not app.get("plotly_chart")


def test_a_name_of_a_group_is_drawn_letter_by_letter(opened: Open, own_demo: Path) -> None:
    """Plotly reads a little HTML, and no Markdown."""
    file = newest(own_demo)
    told = json.loads(file.read_text("utf-8"))
    (about,) = [each for each in told["paretos"] if each["by"] == "category"]
    about["groups"][0]["group"] = NASTY
    file.chmod(0o644)
    file.write_text(json.dumps(told), "utf-8")
    app = opened(own_demo, "complaints", about="category")
    (chart,) = [each for each in app.get("plotly_chart") if NASTY in each.proto.alt]
    names = json.loads(chart.proto.spec)["data"][0]["y"]
    assert names[0] == "Model_X &lt;b&gt;A&lt;/b&gt; [x](y)"
    table = next(each.value for each in app.table if "Together from the top" in each.value)
    assert table["Category"][0] == plain(NASTY)


def test_where_every_group_is_small_none_is_called_the_largest() -> None:
    one = Pareto("product", 4, tuple(Share(name, 1, 25, 1, 60, 0) for name in "ABCD")).without_small(5)
    assert _sentence(one) == "4 complaints came in; no group has enough of them to be shown."


def newest(folder: Path) -> Path:
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run
    return workspace.runs / run.id / FILE
