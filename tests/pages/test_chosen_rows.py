"""A choice in a table is of places: it must not be read as rows that came into them later."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.records import loads
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
ID = re.compile(r"^\$\$ID-[0-9a-f]+-")


def choose(app: AppTest, row: int) -> str:
    """As a click would, in the only table; gives the key of the table."""
    key = ID.sub("", app.dataframe[0].proto.id)
    app.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return key


def test_no_row_is_taken_as_chosen_when_the_group_changes(opened: Open, demo: Path) -> None:
    query = {"grain": "quarter", "period": "2024-Q4", "by": "product", "group": "Field service"}
    app = opened(demo, "measure", kpi="nps", **query)
    app.session_state["figure nps"] = "Rows and files"
    app.run()
    assert len(app.dataframe[0].value) > 40
    key = choose(app, 40)
    app.session_state["figure nps"] = "Rows and files"
    app.run()
    app.selectbox(key="group").select("Spare parts").run()
    assert not app.error and len(app.dataframe[0].value) <= 40
    assert ID.sub("", app.dataframe[0].proto.id) != key


def listed() -> None:
    """The loads of the workspace; the newest one comes while the page is looked at."""
    import streamlit as st

    from audit.records import loads
    from pages.components import session
    from pages.components.loading.load_list import load_list

    every = loads.every(session.records())
    load_list(session.workspace(), every if st.session_state.get("come") else every[1:])


def test_another_load_does_not_change_which_one_is_shown(
    running: None, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAUSELIGHT_WORKSPACE", str(demo))
    app = AppTest.from_function(listed, default_timeout=60).run()
    choose(app, 2)
    app.run()
    shown, before = app.header[0].value, app.dataframe[0].value
    assert before["File"][2] in shown
    app.session_state["come"] = True
    app.query_params["load"] = load_at(demo, 3)
    app.run()
    assert not app.exception and len(app.dataframe[0].value) == len(before) + 1
    assert app.header[0].value == shown


def load_at(folder: Path, place: int) -> str:
    with open_workspace(folder).open_records() as records:
        return loads.every(records)[place].id
