"""What browsers are not told: viewers nothing of small groups and no single row, and nobody where the program lies."""

from __future__ import annotations

import io
import re
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
import pytest
from app_server import HOUSE, Served, SignIn
from crew import ROLES, address_of
from streamlit.proto.BackMsg_pb2 import BackMsg
from visit import Tab, opened

from audit.records.access import people
from pipelines.runs import results
from pipelines.workspace import Workspace, open_workspace
from tests.demo_workspaces import Demos

HIDDEN = "fewer than 5 records, in this group or in one beside it"
NO_ROWS = "Single records are shown to people who may look into the data."
ROWS = "Rows and files"
KPI, GRAIN, BY = "csat_top_2_box", "month", "region"


@pytest.fixture(scope="module")
def team(demos: Demos, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = open_workspace(demos.copy("decline", tmp_path_factory.mktemp("small") / "demo"))
    with made.open_records() as records:
        for role in ROLES:
            people.give(records, address_of(role), role.title(), role, "Root")
    return made


@pytest.fixture
def see(served: Served, sign_in: SignIn, tabs: list[Tab]) -> Callable[..., Tab]:
    """All that the browser of somebody in this role receives of a page."""

    def received(role: str, page: str, **query: str) -> Tab:
        tabs.append(opened(served, sign_in.cookie(role, address_of(role))))
        return tabs[-1].ask(page, urlencode({"lang": "en", **query}))

    return received


@pytest.mark.parametrize("page", sorted(path.stem for path in (HOUSE / "pages").glob("[a-z]*.py")))
def test_no_page_tells_in_which_folder_anything_lies(see: Callable[..., Tab], team: Workspace, page: str) -> None:
    shown = see("administrator", page if page != "overview" else "")
    begun = [each.new_session for each in shown.messages if each.WhichOneof("type") == "new_session"]
    assert {each.main_script_path for each in begun} == {"app.py"}
    for folder in (team.folder, HOUSE, Path.home(), Path(sys.prefix), Path(sys.prefix).resolve()):
        assert str(folder) not in shown.text, folder


def measured(team: Workspace, by: str | None = None) -> pd.DataFrame:
    run = results.latest(team)
    assert run
    return results.measurements(team, run.id, KPI, GRAIN, by)


def small(team: Workspace) -> pd.DataFrame:
    found = measured(team, BY)
    return found[(found["n"] > 0) & (found["n"] < 5)]


def downloaded(served: Served, tab: Tab) -> pd.DataFrame:
    (place, *_) = re.findall(r"/media/[0-9a-f]+\.csv", tab.text)
    with urllib.request.urlopen(f"{served.address}{place}", timeout=60) as answer:
        return pd.read_csv(io.BytesIO(answer.read()), keep_default_na=False)


def test_a_viewer_s_file_has_words_in_place_of_small_groups_and_gives_none_away(
    team: Workspace, served: Served, see: Callable[..., Tab]
) -> None:
    """What is left of the whole, once all that is shown is taken from it, is nobody or no small group."""
    file = downloaded(served, see("viewer", "kpi_trends", kpi=KPI, grain=GRAIN, by=BY))
    shown = file[file["by"] == BY].set_index(["period", "group"])
    assert len(small(team)) > 0
    for row in small(team).itertuples():
        cell = shown.loc[(row.period, row.group)]
        assert cell["value"] == cell["n"] == f"suppressed: {HIDDEN}"
        assert cell["low"] == cell["high"] == ""
    whole = measured(team, "").set_index("period")["n"]
    for period, rows in file[file["by"] == BY].groupby("period"):
        told = rows[~rows["n"].str.startswith("suppressed")]
        left, hidden = whole[period] - told["n"].astype(int).sum(), len(rows) - len(told)
        assert (left, hidden) == (0, 0) or (left >= 5 and hidden >= 2)


@pytest.mark.parametrize("role", ["auditor", "quality manager", "administrator"])
def test_others_receive_every_figure(team: Workspace, served: Served, see: Callable[..., Tab], role: str) -> None:
    tab = see(role, "kpi_trends", kpi=KPI, grain=GRAIN, by=BY)
    assert HIDDEN not in tab.text
    file = downloaded(served, tab)
    assert file["n"].astype(int).sum() == measured(team)[lambda rows: rows["by"].isin(["", BY])]["n"].sum()


def test_the_page_of_a_small_group_has_no_figure(team: Workspace, see: Callable[..., Tab]) -> None:
    row = small(team).iloc[0]
    query = {"kpi": KPI, "grain": GRAIN, "by": BY, "group": row["group"], "period": row["period"]}
    shown, known = see("viewer", "measure", **query).text, see("auditor", "measure", **query).text
    assert HIDDEN in shown and "too few records" in shown
    assert HIDDEN not in known and f"n = {row['n']}]" in known and f"n = {row['n']}]" not in shown


@pytest.mark.parametrize("grain", ["month", "quarter"])
def test_the_whole_and_the_groups_that_are_large_stay(see: Callable[..., Tab], team: Workspace, grain: str) -> None:
    assert HIDDEN not in see("viewer", "kpi_trends", kpi=KPI, grain=grain).text
    assert HIDDEN not in see("viewer", "kpi_trends", kpi=KPI, grain="rolling_12_months", by=BY).text


def rows_of(tab: Tab, page: str, query: dict[str, str]) -> str:
    """What comes when the tab with the rows is opened."""
    asked = BackMsg()
    asked.rerun_script.query_string = urlencode({"lang": "en", **query})
    asked.rerun_script.page_name = page
    state = asked.rerun_script.widget_states.widgets.add()
    (id, *_) = re.findall(rf"\$\$ID-[0-9a-f]{{32}}-figure {KPI}", tab.text)
    state.id, state.string_value = id, ROWS
    return tab.send(asked).text


def test_a_viewer_sees_no_single_row(see: Callable[..., Tab]) -> None:
    query = {"kpi": KPI, "grain": GRAIN}
    shown, known = (rows_of(see(role, "measure", **query), "measure", query) for role in ("viewer", "auditor"))
    assert NO_ROWS in shown and "Download all rows" not in shown
    assert NO_ROWS not in known and "Download all rows" in known
