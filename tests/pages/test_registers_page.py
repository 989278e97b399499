"""The registers page: rows are typed, shown before they are saved, mended where they are wrong, and saved as a load."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from audit.load import Load
from audit.mapping import Mapping
from audit.records import loads
from pages.components.register.register_words import head, option
from pages.components.words import plain
from pipelines import definitions
from pipelines.load import load
from pipelines.registers.edit import Edit
from pipelines.registers.register import REGISTERS, read, version_of
from pipelines.registers.typed import save
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
NEW, STANDING = "new ", "rows "
GOOD = {"received_at": "2026-10-30T09:30:00", "category": "Leaking seal", "customer_id": "C-00001"}
"""Cells as the browser sends them."""


def kept(folder: Path) -> list[Load]:
    with open_workspace(folder).open_records() as records:
        return loads.every(records)


def typed(app: AppTest, table: str, row: int, cells: dict[str, Any]) -> AppTest:
    """What the browser sends when cells of one row were typed over; no tool of the test kit types into a table."""
    (editor,) = [each.proto.id for each in app.dataframe if f"-{table}" in each.proto.id]
    states = app._tree.get_widget_states()
    found = [state for state in states.widgets if state.id == editor]
    state = found[0] if found else states.widgets.add(id=editor)
    before = json.loads(state.string_value or '{"edited_rows": {}, "added_rows": [], "deleted_rows": []}')
    before["edited_rows"].setdefault(str(row), {}).update(cells)
    state.string_value = json.dumps(before)
    app._run(states)
    assert not app.exception
    return app


def with_author(app: AppTest, name: str) -> AppTest:
    return app.text_input(key="register_author_field").set_value(name).run()


def check(app: AppTest) -> AppTest:
    return app.button(key="check_register").click().run()


def pressed(app: AppTest, key: str) -> bool:
    return key in {button.key for button in app.button}


def somebody_else_saves(folder: Path, key: str, **cells: Any) -> None:
    workspace = open_workspace(folder)
    row = next(row for row in read(workspace, "complaints", also=[key]).rows if row["complaint_id"] == key)
    with workspace.open_records() as records:
        edit = Edit("complaints", version_of(workspace, "complaints"), changed=({**row, **cells},))
        save(workspace, records, edit, "Bo Li", lambda share, words: None)


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_register_says_what_to_do(
    opened: Open, tmp_path: Path, words: Words, register: str, lang: str
) -> None:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    app = opened(tmp_path / "new", "registers", register=register, lang=lang)
    title = definitions.source(register).title.said("zh" if lang == "zh" else "en")
    assert title in app.title[0].value
    (only,) = app.dataframe
    assert list(only.value) == list(definitions.source(register).columns) and len(only.value) == 3
    assert "2026-10-31 14:05" in words(app) and "03/04/2026" in words(app), "how the browser reads what is pasted"
    assert not pressed(app, "check_register")


def test_the_title_says_how_many_are_open(opened: Open, demo: Path) -> None:
    found = read(open_workspace(demo), "complaints")
    assert f"{found.open} of {found.total} entries are open" in opened(demo, "registers").title[0].value


def test_every_row_says_where_it_came_from(opened: Open, demo: Path) -> None:
    table = opened(demo, "registers").dataframe[1].value
    files = {each.file for each in kept(demo) if each.source == "complaints"}
    assert {origin.split(", line")[0] for origin in table["_from"]} <= files


def test_what_was_typed_is_shown_and_saved_by_two_clicks(opened: Open, own_demo: Path, words: Words) -> None:
    before = kept(own_demo)
    app = opened(own_demo, "registers")
    first = app.dataframe[1].value.iloc[0]
    typed(app, NEW, 0, GOOD)
    typed(app, STANDING, 0, {"correction": "Seal replaced"})
    assert "1 new, 1 changed" in words(app)
    shown = app.table[0].value
    assert shown["Before → after"].tolist()[-1] == ":gray[empty] → **Seal replaced**"
    assert len(shown) == len(GOOD) + 1 and plain(first["complaint_id"]) in shown["Row"].tolist()[-1]
    with_author(app, "Ana Novák")
    assert not pressed(app, "save_register") and kept(own_demo) == before
    check(app)
    assert kept(own_demo) == before
    app.button(key="save_register").click().run()
    assert not app.error and "1 new, 1 changed" in app.success[0].value and "Ana Novák" in app.success[0].value
    newest = kept(own_demo)[0]
    assert (newest.actor, newest.loaded, newest.rejected, newest.published) == ("Ana Novák", 2, 0, True)
    rows = {row["complaint_id"]: row for row in read(open_workspace(own_demo), "complaints").rows}
    assert rows[first["complaint_id"]]["correction"] == "Seal replaced"
    assert "Nothing was typed yet" in words(app)
    listed = opened(own_demo, "data", view="loads").dataframe[0].value
    assert (listed["By"][0], listed["File"][0]) == ("Ana Novák", newest.file)


@pytest.mark.parametrize(
    ("table", "cells", "told"),
    [
        (NEW, {"category": "no date"}, "no value"),
        (STANDING, {"received_at": None}, "no value"),
        (STANDING, {"closed_at": "2020-01-01T09:00:00"}, "closed before it arrived"),
        (NEW, GOOD | {"complaint_id": "K-0001"}, "another row has this number"),
    ],
    ids=["a new row without its date", "a date taken away", "what the gate would stop", "a number that stands"],
)
def test_a_mistake_is_shown_in_words_and_nothing_is_saved(
    opened: Open, own_demo: Path, table: str, cells: dict[str, Any], told: str
) -> None:
    before = kept(own_demo)
    app = check(typed(opened(own_demo, "registers"), table, 0, cells))
    assert "Nothing was saved" in app.error[0].value and not pressed(app, "save_register")
    assert told in "\n".join(str(cell) for shown in app.table for cell in shown.value.to_numpy().ravel())
    assert kept(own_demo) == before


def test_another_cell_after_the_check_needs_another_check(opened: Open, own_demo: Path) -> None:
    app = check(typed(opened(own_demo, "registers"), NEW, 0, GOOD))
    assert pressed(app, "save_register")
    typed(app, NEW, 0, {"category": "Noise"})
    assert not pressed(app, "save_register")


def test_giving_up_takes_the_rows_as_they_stand(opened: Open, demo: Path, words: Words) -> None:
    app = typed(opened(demo, "registers"), STANDING, 0, {"correction": "x"})
    app.button(key="give_up_register").click().run()
    assert "Nothing was typed yet" in words(app)


def test_whoever_is_second_sees_what_changed_and_takes_it_along(opened: Open, own_demo: Path, words: Words) -> None:
    app = opened(own_demo, "registers")
    key = app.dataframe[1].value["complaint_id"][0]
    typed(app, STANDING, 0, {"correction": "mine"})
    somebody_else_saves(own_demo, key, correction="theirs", cause="worn")
    check(app)
    assert "Somebody saved the same rows" in app.error[0].value and not pressed(app, "save_register")
    meanwhile = app.table[-1].value
    assert meanwhile["Now"].tolist() == ["**theirs**", "**worn**"]
    assert meanwhile["Yours"].tolist() == ["mine", "empty"] and set(meanwhile["Saved by"]) == {"Bo Li"}
    app.button(key="rebase_register").click().run()
    assert app.table[0].value["Before → after"].tolist() == [":gray[theirs] → **mine**"]
    check(app).button(key="save_register").click().run()
    row = next(row for row in read(open_workspace(own_demo), "complaints").rows if row["complaint_id"] == key)
    assert (row["correction"], row["cause"]) == ("mine", "worn")


def test_while_nothing_is_typed_the_page_follows_what_others_save(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "registers")
    key = app.dataframe[1].value["complaint_id"][0]
    somebody_else_saves(own_demo, key, correction="theirs")
    app.run()
    assert app.dataframe[1].value["correction"][0] == "theirs"


def test_a_number_with_blanks_around_it_stays_the_same_row(opened: Open, tmp_path: Path) -> None:
    """As some tools write it: nothing is changed that nobody typed, and a change makes no second row."""
    folder, content = tmp_path / "house", b"complaint_id,received_at\n C-1 ,2026-10-30 09:00:00\n"
    make_workspace(folder, SetUp(organisation="House"))
    with open_workspace(folder).open_records() as records:
        load(open_workspace(folder), records, content, "a.csv", "complaints", Mapping(source="complaints"), "Bo Li")
    app = opened(folder, "registers")
    assert not pressed(app, "check_register")
    check(typed(app, STANDING, 0, {"cause": "worn"})).button(key="save_register").click().run()
    (row,) = read(open_workspace(folder), "complaints").rows
    assert (row["complaint_id"], row["cause"]) == (" C-1 ", "worn")


def test_half_an_emoji_is_no_reason_to_fail(opened: Open, own_demo: Path) -> None:
    """As a browser sends it where the other half was deleted."""
    app = check(typed(opened(own_demo, "registers"), NEW, 0, GOOD | {"complaint_id": "N-2", "cause": "worn \ud83d"}))
    app.button(key="save_register").click().run()
    rows = {row["complaint_id"]: row for row in read(open_workspace(own_demo), "complaints").rows}
    assert rows["N-2"]["cause"] == "worn ?"


def test_a_typed_number_has_no_blanks_around_it(opened: Open, own_demo: Path) -> None:
    app = check(typed(opened(own_demo, "registers"), NEW, 0, GOOD | {"complaint_id": "  N-1 "}))
    app.button(key="save_register").click().run()
    assert "N-1" in {row["complaint_id"] for row in read(open_workspace(own_demo), "complaints").rows}


def test_a_search_shows_only_what_has_the_text(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "registers")
    category = app.dataframe[1].value["category"][0]
    app.text_input(key="search_complaints").set_value(category.upper()).run()
    assert 0 < len(app.dataframe[1].value) < read(open_workspace(demo), "complaints").total
    app.text_input(key="search_complaints").set_value("nobody wrote this").run()
    assert "No entry has this text" in words(app) and len(app.dataframe) == 1


def test_what_was_typed_survives_another_page_and_another_language(opened: Open, demo: Path, words: Words) -> None:
    app = typed(typed(opened(demo, "registers"), NEW, 0, GOOD), STANDING, 0, {"correction": "kept"})
    app.switch_page("pages/overview.py").run()
    app.switch_page("pages/registers.py").run()
    assert "1 new, 1 changed" in words(app)


@pytest.mark.parametrize("register", REGISTERS)
def test_heads_and_options_are_short_in_both_languages(register: str) -> None:
    """Outside a page the language is English; the Chinese ones come out of the meaning."""
    source = definitions.source(register)
    heads = [head(name, source) for name in source.columns]
    assert len(set(heads)) == len(heads) and all(len(one) <= 24 for one in heads)
    assert [option(word, column) for column in source.columns.values() for word in column.one_of] == [
        word for column in source.columns.values() for word in column.one_of
    ]
