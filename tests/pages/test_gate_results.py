"""What the gate said about a file: the sentence, the count and, on demand, the rows that are not as expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.load import GateResult, Load
from audit.mapping import Mapping
from audit.records import loads
from audit.text import Text
from pages.components.loading.gate_results import ranked
from pages.components.words import plain
from pipelines import definitions
from pipelines.load import load
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
FILE = (
    b"complaint_id,received_at,closed_at,cause\n"
    b"n1,2026-10-30 09:00:00,2026-10-01 09:00:00,[x](http://a.example)\n"
    b"n2,2026-10-30 09:00:00,2026-10-31 09:00:00,fine\n"
    b"n3,2026-10-30 09:00:00,2026-10-02 09:00:00,worn\n"
)


def came_in(folder: Path) -> Load:
    workspace = open_workspace(folder)
    with workspace.open_records() as records:
        return load(workspace, records, FILE, "new.csv", "complaints", Mapping(source="complaints"), "Ana")


def test_what_stopped_the_load_stands_first_with_its_sentence_and_count(
    opened: Open, own_demo: Path, words: Words
) -> None:
    found = came_in(own_demo)
    app = opened(own_demo, "data", view="loads", load=found.id)
    table = next(table.value for table in app.table if "What is expected" in table.value)
    assert len(table) == len(definitions.source("complaints").gate)
    first = table.iloc[0]
    assert "Failed" in first["Outcome"] and "critical" in first["Severity"]
    assert first["What is expected"].startswith(plain("closed_at is not before received_at, where both are there"))
    assert first["Unexpected rows"].startswith("2 of 3") and "lines 2, 4" in first["Unexpected rows"]
    assert table["Outcome"].str.contains("Passed").sum() == len(table) - 2


def test_the_rows_are_read_again_only_when_they_are_asked_for(opened: Open, own_demo: Path) -> None:
    found = came_in(own_demo)
    app = opened(own_demo, "data", view="loads", load=found.id)
    before = len(app.dataframe)
    app.button(key="show_failing_rows").click().run()
    assert not app.exception and not app.error
    shown = app.dataframe[before].value
    assert shown["Line"].tolist() == [2, 4] and shown["complaint_id"].tolist() == ["n1", "n3"]
    assert list(shown)[:3] == ["Line", "closed_at", "received_at"]
    assert "show_failing_rows" not in {button.key for button in app.button}


def test_a_load_whose_mapping_is_not_there_says_that_its_rows_cannot_be_shown(opened: Open, own_demo: Path) -> None:
    found = came_in(own_demo)
    open_workspace(own_demo).store.path(found.mapping).unlink()
    app = opened(own_demo, "data", view="loads", load=found.id)
    app.button(key="show_failing_rows").click().run()
    assert "before mappings were kept" in app.error[0].value and not app.exception


def test_where_every_row_is_as_expected_none_is_offered(opened: Open, demo: Path) -> None:
    with open_workspace(demo).open_records() as records:
        calm = next(each for each in loads.every(records) if each.gate and not any(one.lines for one in each.gate))
    app = opened(demo, "data", view="loads", load=calm.id)
    assert "show_failing_rows" not in {button.key for button in app.button}


RESULT = GateResult("expect_x", "a", "critical", "failed", 1, 9, Text(en="w", zh="文"))


@pytest.mark.parametrize("turned", [False, True])
def test_the_gravest_result_comes_first(turned: bool) -> None:
    in_order = [
        RESULT,
        replace(RESULT, severity="warning"),
        replace(RESULT, outcome="passed"),
        replace(RESULT, severity="warning", outcome="passed"),
    ]
    assert ranked(in_order[::-1] if turned else in_order) == in_order


def test_one_that_could_not_be_checked_stops_too_and_stands_before_warnings() -> None:
    unchecked, warning = replace(RESULT, outcome="could not be checked"), replace(RESULT, severity="warning")
    assert ranked([warning, unchecked]) == [unchecked, warning]
