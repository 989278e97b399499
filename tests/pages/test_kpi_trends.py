"""One figure over time: the page claims what the run measured, and what is not evaluated is shown as no value."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from audit.quantity import number
from pages.components.chart.point import Point
from pages.components.trends.pair_table import _picture
from pages.components.words import plain
from pipelines import definitions
from pipelines.runs import results
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def measured(folder: Path, kpi: str, grain: str) -> pd.DataFrame:
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run is not None
    return results.measurements(workspace, run.id, kpi=kpi, grain=grain, by="").sort_values("ends")


def chart(app: AppTest) -> dict[str, list[dict[str, object]]]:
    specification: dict[str, list[dict[str, object]]] = json.loads(app.get("plotly_chart")[0].proto.spec)
    return specification


def test_the_title_is_the_latest_value_with_its_interval_and_records(opened: Open, demo: Path) -> None:
    last = measured(demo, "csat_top_2_box", "rolling_12_months").iloc[-1]
    app = opened(demo, "kpi_trends", kpi="csat_top_2_box", grain="rolling_12_months")
    value, low, high = (number(figure, "%", aligned=True) for figure in (last.value, last.low, last.high))
    said = f"{value} % ({low}–{high}) in the 12 months to Oct 2026, from {last.n:,} records"
    assert app.title[0].value == plain(f"Satisfied customers (top 2 of 5): {said}")


@pytest.mark.parametrize("grain", ["month", "quarter", "year", "rolling_12_months"])
@pytest.mark.parametrize("kpi", ["csat_top_2_box", "nps", "complaint_close_days_p90", "overdue_open_complaints"])
def test_the_table_has_every_period_of_the_run(opened: Open, demo: Path, kpi: str, grain: str) -> None:
    app = opened(demo, "kpi_trends", kpi=kpi, grain=grain)
    assert not app.error
    table = app.table[0].value
    assert table["n"].tolist() == [f"{n:,}" for n in measured(demo, kpi, grain)["n"].iloc[::-1]]


def test_a_period_that_is_not_evaluated_is_named_with_its_reason(opened: Open, demo: Path, words: Words) -> None:
    rows = measured(demo, "complaint_close_days_p90", "month")
    held_back = rows[rows["not_evaluated_en"].notna()]
    assert len(held_back) > 0
    app = opened(demo, "kpi_trends", kpi="complaint_close_days_p90")
    notes = app.table[0].value["Note"]
    assert notes.str.contains("Not evaluated").sum() == len(held_back)
    assert plain(str(held_back["not_evaluated_en"].iloc[-1])) in words(app)


def test_no_line_runs_through_a_period_that_is_not_evaluated(opened: Open, demo: Path) -> None:
    rows = measured(demo, "complaint_close_days_p90", "month")
    app = opened(demo, "kpi_trends", kpi="complaint_close_days_p90")
    (line,) = [trace for trace in chart(app)["data"] if trace.get("mode") == "lines+markers"]
    drawn = line["y"]
    assert isinstance(drawn, list)
    assert [value is not None for value in drawn] == rows["not_evaluated_en"].isna().tolist()


def test_every_group_of_a_dimension_has_a_chart(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "kpi_trends", kpi="csat_top_2_box", by="segment", grain="quarter")
    assert len(app.get("plotly_chart")) == 1 + len({"Industry", "Municipal", "Private"})
    labels = {link.label for link in links(app)}
    assert {"**Industry**", "**Municipal**", "**Private**"} <= labels
    assert "The same measure by segment" in words(app)


@pytest.mark.parametrize(
    ("query", "kpi", "grain", "by"),
    [
        ({"kpi": "nps"}, "nps", "month", "whole"),
        ({"kpi": "nps", "grain": "year", "by": "region"}, "nps", "year", "region"),
        ({"kpi": "nps", "grain": "decade", "by": "1; drop table"}, "nps", "month", "whole"),
        # a dimension that this measure does not have
        ({"kpi": "retention_rate", "by": "channel"}, "retention_rate", "month", "whole"),
    ],
)
def test_the_address_says_what_is_shown(
    opened: Open, demo: Path, query: dict[str, str], kpi: str, grain: str, by: str
) -> None:
    app = opened(demo, "kpi_trends", **query)
    assert (app.selectbox(key="kpi").value, app.segmented_control(key="grain").value) == (kpi, grain)
    assert app.segmented_control(key="by").value == by


@pytest.mark.parametrize("asked", ["", "<script>", "customer_retention"])
def test_an_address_without_a_known_measure_shows_all_of_them(opened: Open, demo: Path, asked: str) -> None:
    app = opened(demo, "kpi_trends", **({"kpi": asked} if asked else {}))
    assert f"of {len(definitions.kpis())} measures" in app.title[0].value


def test_a_choice_goes_into_the_address_as_a_code_that_works_in_either_language(opened: Open, demo: Path) -> None:
    app = opened(demo, "kpi_trends", kpi="mean_satisfaction")
    app.selectbox(key="kpi").set_value("nps").run()
    app.segmented_control(key="grain").set_value("quarter").run()
    asked = {name: "".join(app.query_params[name]) for name in ("kpi", "grain")}
    assert asked == {"kpi": "nps", "grain": "quarter"}
    assert "净推荐值" in opened(demo, "kpi_trends", lang="zh", **asked).title[0].value


def test_every_measure_can_be_shown(opened: Open, demo: Path) -> None:
    app = opened(demo, "kpi_trends", kpi="nps")
    for name in definitions.kpis():
        app.selectbox(key="kpi").set_value(name).run()
        assert not app.error and not app.exception, name


def test_the_figures_can_be_downloaded(opened: Open, demo: Path) -> None:
    app = opened(demo, "kpi_trends", kpi="nps", grain="year")
    assert [button.label for button in app.download_button] == ["Download CSV"]


def test_one_group_is_shown_in_full_by_its_own_address(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "kpi_trends", kpi="csat_top_2_box", by="segment", group="Industry", grain="quarter")
    assert app.title[0].value.startswith(plain("Satisfied customers (top 2 of 5) (segment: Industry)"))
    assert len(app.get("plotly_chart")) == 1
    workspace = open_workspace(demo)
    run = results.latest(workspace)
    assert run
    rows = results.measurements(workspace, run.id, "csat_top_2_box", "quarter", "segment")
    own = rows[rows["group"] == "Industry"].sort_values("ends", ascending=False)
    assert app.table[0].value["n"].tolist() == [f"{n:,}" for n in own["n"]]


NO_ROWS = ("2025-Q3", "2025-Q4", "2026-Q4", "2026-08", "2026-09", "2026-10")


@pytest.fixture
def gap(own_demo: Path) -> Path:
    """Of one group the run has no rows in some quarters, in the middle and at the end, and in the last months."""
    (file,) = own_demo.glob("runs/*/measurements.parquet")
    rows = pd.read_parquet(file)
    own = (rows["by"] == "segment") & (rows["group"] == "Industry")
    rows[~(own & rows["period"].isin(NO_ROWS))].to_parquet(file)
    return own_demo


def test_a_gap_of_a_group_is_a_gap_in_its_chart(opened: Open, gap: Path, words: Words) -> None:
    app = opened(gap, "kpi_trends", kpi="csat_top_2_box", by="segment", group="Industry", grain="quarter")
    (line,) = [trace for trace in chart(app)["data"] if trace.get("mode") == "lines+markers"]
    drawn, periods = line["y"], measured(gap, "csat_top_2_box", "quarter")["period"]
    assert isinstance(drawn, list)
    empty = [period for period, value in zip(periods, drawn, strict=True) if value is None]
    assert empty == list(NO_ROWS[:3])
    assert app.title[0].value.endswith("is not evaluated in Q4 2026")
    assert "Q3 2025, Q4 2025, Q4 2026\\: there are no records in the period" in words(app)


def test_the_page_of_a_figure_knows_that_its_group_is_silent(opened: Open, gap: Path, words: Words) -> None:
    app = opened(gap, "measure", kpi="csat_top_2_box", by="segment", group="Industry", grain="month")
    assert "cannot be trusted (there are no records in the period)" in words(app).replace("\\", "")


def test_an_unknown_group_shows_the_groups(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "kpi_trends", kpi="csat_top_2_box", by="segment", group="Martians")
    assert "The same measure by segment" in words(app)


def test_a_figure_leads_to_its_explanation(opened: Open, demo: Path) -> None:
    app = opened(demo, "kpi_trends", kpi="nps", grain="quarter")
    (link,) = [link for link in links(app) if link.label.startswith("How this figure is made")]
    assert "kpi=nps" in link.query_string and "period=2026-Q4" in link.query_string
    shown = opened(demo, "measure", kpi="nps", grain="quarter", period="2026-Q4")
    assert shown.title[0].value == app.title[0].value


def links(app: AppTest) -> list[Any]:
    return [element.proto for element in app.get("page_link")]


def test_the_axes_of_a_pair_are_named() -> None:
    day = dt.date(2026, 1, 1)
    one = Point("%", "month", day, day, 50.0, 40.0, 60.0, 90, "", "")
    chart = _picture({("Private", "North"): one, ("Industry", "South"): one}, "Segment <b>", "Region")
    assert chart.layout.yaxis.title.text == "Segment &lt;b&gt;" and chart.layout.xaxis.title.text == "Region"
