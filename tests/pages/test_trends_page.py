"""All figures at once: those that worsen first, what the address asks for and nothing else, and a download of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.records import utc_now
from pages.components.trends.order import ORDER, SIGNALS
from pages.components.words import plain
from pipelines import definitions, signals
from pipelines.runs import results
from pipelines.signals import Reading
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def readings(folder: Path, grain: str = "month") -> dict[str, Reading]:
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run is not None
    with workspace.open_records(utc_now) as records:
        return signals.readings(workspace, run, records, grain)


def shown(app: AppTest) -> list[str]:
    """Names of the figures on the page, in their order."""
    found = [re.search(r"kpi=(\w+)", each.proto.query_string) for each in app.get("page_link")]
    return [match[1] for match in found if match]


def test_the_title_counts_the_figures_with_a_signal(opened: Open, demo: Path) -> None:
    found = readings(demo)
    count = sum(each.verdict in SIGNALS for each in found.values())
    assert count > 1
    app = opened(demo, "kpi_trends")
    assert app.title[0].value.startswith(plain(f"{count} of {len(found)} measures show a signal: "))


def test_what_worsens_stands_first_and_what_cannot_be_judged_last(opened: Open, demo: Path) -> None:
    found = readings(demo)
    order = [ORDER.index(found[name].verdict) for name in shown(opened(demo, "kpi_trends", show="all"))]
    assert len(order) == len(found) and order == sorted(order)
    assert order[0] == 0 and order[-1] == len(ORDER) - 1


def test_at_first_so_many_are_drawn_as_one_screen_can_hold(opened: Open, demo: Path) -> None:
    app = opened(demo, "kpi_trends")
    assert len(shown(app)) == 24
    app.button(key="show_all").click().run()
    assert len(shown(app)) == len(definitions.kpis()) and "".join(app.query_params["show"]) == "all"


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({"clause": "8.2.1"}, lambda kpi, found: "8.2.1" in kpi.clauses),
        ({"only": "signals"}, lambda kpi, found: found.verdict in SIGNALS),
        ({"find": "net promoter"}, lambda kpi, found: kpi.name == "nps"),
        ({"find": "净推荐值"}, lambda kpi, found: kpi.name == "nps"),
        ({"find": "PROMOTER net"}, lambda kpi, found: kpi.name == "nps"),
        ({"find": "no such figure"}, lambda kpi, found: False),
        ({"find": "<b>*_"}, lambda kpi, found: False),
        # what is not known asks for nothing
        ({"subject": "nobody", "only": "never", "grain": "decade"}, lambda kpi, found: True),
    ],
)
def test_the_address_chooses(opened: Open, demo: Path, query: dict[str, str], fits: Callable[..., bool]) -> None:
    found, kpis = readings(demo), definitions.kpis()
    app = opened(demo, "kpi_trends", show="all", **query)
    assert not app.error
    assert set(shown(app)) == {name for name, each in found.items() if fits(kpis[name], each)}


def test_a_filter_goes_into_the_address_and_an_empty_text_leaves_it(opened: Open, demo: Path) -> None:
    app = opened(demo, "kpi_trends")
    app.text_input(key="find").set_value("promoter").run()
    assert "".join(app.query_params["find"]) == "promoter" and shown(app) == ["nps"]
    app.text_input(key="find").set_value("").run()
    assert "find" not in app.query_params and len(shown(app)) == 24


def test_each_picture_says_in_words_what_it_shows(opened: Open, demo: Path) -> None:
    app, found = opened(demo, "kpi_trends", find="net promoter"), readings(demo)["nps"]
    (html,) = [each.proto.body for each in app.get("html") if '<img class="small-multiple"' in each.proto.body]
    assert found.because.en in html and "Net Promoter Score" in html


def test_the_table_has_every_figure_with_its_reason(opened: Open, demo: Path, words: Words) -> None:
    app, found = opened(demo, "kpi_trends", view="table"), readings(demo)
    (table,) = app.table
    assert len(table.value) == len(found)
    assert sum(table.value["Signal"].str.contains("worsening")) == sum(e.verdict == "worsening" for e in found.values())
    assert [button.label for button in app.download_button] == ["Download CSV"]


@pytest.mark.parametrize("grain", ["quarter", "year", "rolling_12_months"])
def test_every_length_of_period_can_be_looked_at(opened: Open, demo: Path, grain: str) -> None:
    app = opened(demo, "kpi_trends", grain=grain, show="all", lang="zh")
    assert not app.error and len(shown(app)) == len(definitions.kpis())
