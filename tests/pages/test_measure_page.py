"""One figure explained: what stands on the page is what the files of definitions, the run and the records say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.quantity import number
from pages.components.words import plain
from pipelines import definitions
from pipelines.measuring.lineage import read_by
from pipelines.runs import results
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def test_the_definition_its_query_and_its_facts_are_on_the_page(opened: Open, demo: Path, words: Words) -> None:
    app, kpi = opened(demo, "measure", kpi="nps"), definitions.kpis()["nps"]
    assert app.code[0].value == kpi.query
    assert plain(kpi.why.en) in words(app)
    facts = dict(zip(app.table[0].value["Part"], app.table[0].value["What holds here"], strict=True))
    assert facts["**Least records**"].startswith(f"{kpi.least};") and facts["**Better is**"] == "higher"


@pytest.mark.parametrize("kpi", ["csat_top_2_box", "complaint_rate", "on_time_of_orders_due", "overdue_actions"])
def test_every_column_that_decides_the_value_stands_there_with_its_owner(opened: Open, demo: Path, kpi: str) -> None:
    table = opened(demo, "measure", kpi=kpi).table[1].value
    told, owners = " ".join(table["Columns that decide the value"]), set(table["Owner"])
    for source, columns in read_by(kpi).items():
        assert all(f"`{column}`" in told for column in columns)
        assert plain(definitions.sources()[source].owner.en) in owners


def test_the_figure_that_the_address_names_is_the_one_that_was_measured(opened: Open, demo: Path) -> None:
    workspace = open_workspace(demo)
    run = results.latest(workspace)
    assert run
    rows = results.measurements(workspace, run.id, "csat_top_2_box", "year", "segment")
    row = rows[rows["group"] == "Industry"].sort_values("ends").iloc[-1]
    query = {"kpi": "csat_top_2_box", "grain": "year", "by": "segment", "group": "Industry", "period": row["period"]}
    app = opened(demo, "measure", **query)
    value = number(row["value"], "%", aligned=True)
    assert plain(f"(segment: Industry): {value} %") in app.title[0].value
    assert f"from {row['n']:,} records" in app.title[0].value
    assert "'Industry'" in app.code[-1].value


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"kpi": "<script>", "grain": "decade", "by": "moon", "group": "x", "period": "never"},
        {"kpi": "nps", "grain": "audit_period"},
        {"kpi": "csat_top_2_box", "by": "segment", "group": "Martians"},
        {"kpi": "retention_rate", "lang": "zh"},
    ],
)
def test_every_address_shows_a_figure(opened: Open, demo: Path, query: dict[str, str]) -> None:
    app = opened(demo, "measure", **query)
    assert not app.error and len(app.title) == 1 and app.code


def test_the_criteria_that_use_it_lead_to_their_clause(opened: Open, demo: Path) -> None:
    app = opened(demo, "measure", kpi="survey_response_rate")
    asked = [each.proto.query_string for each in app.get("page_link") if "evidence=" in each.proto.query_string]
    wanted = [
        (clause.clause, rule.id)
        for clause, _r, rule in open_workspace(demo).checklist().rules()
        if getattr(rule, "computed", "") == "survey_response_rate"
    ]
    assert wanted
    assert all(any(f"clause={c}" in one and f"evidence={id}" in one for one in asked) for c, id in wanted)


def test_a_figure_without_a_criterion_says_so(opened: Open, demo: Path, words: Words) -> None:
    used = {getattr(rule, "computed", "") for _c, _r, rule in open_workspace(demo).checklist().rules()}
    free = sorted(set(definitions.kpis()) - used)
    assert free
    assert "No criterion of the checklist rests on it." in words(opened(demo, "measure", kpi=free[0]))


def test_rows_behind_it_come_with_file_and_line(opened: Open, demo: Path) -> None:
    app = opened(demo, "measure", kpi="csat_top_2_box", grain="month", period="2026-10")
    app.session_state["figure csat_top_2_box"] = "Rows and files"
    app.run()
    (rows,) = app.dataframe
    assert list(rows.value.columns[:2]) == ["File", "Line"]
    assert "Download all rows (CSV)" in [button.label for button in app.download_button]
