"""The trail as its readers meet it: filtered, page by page, before beside after, taken away, proved and reviewed."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.access.roles import Role
from audit.assumption import KINDS
from audit.records.access import people
from audit.records.tables import RECORDS
from audit.records.targets import criteria
from audit.records.trail import excerpt, trail, trail_reviews
from audit.records.trail.entry import Entry
from audit.records.trail.excerpt import Wanted
from pages.components.trail.entry_words import kinds, subject
from pipelines.reports.trail_export import as_csv, as_lines
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "house", SetUp(organisation="A test"))
    return tmp_path / "house"


@pytest.fixture
def kept(empty: Path) -> Path:
    """Thirty entries: 30 % and 25 % by Ann, then one after the other by Ben."""
    with open_workspace(empty).open_records() as records:
        criteria.set_criterion(records, "9.1.2-a-1", {"at_least": "30 %"}, "Ann", "The board asks for it")
        criteria.set_criterion(records, "9.1.2-a-1", {"at_least": "25 %"}, "Ann", "=cmd|' /C calc'!A0")
        for number in range(28):
            criteria.set_criterion(records, f"8.2.1-{number}", {"at_least": "1 %"}, "Ben", "<b>bold</b> 董事会")
    return empty


def rows(app: AppTest) -> list[str]:
    """The numbers of the entries that stand in the table."""
    return [table.value["No."].tolist() for table in app.table if "No." in table.value][0]


def pressed(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_a_choice_of_an_entry_is_no_markdown(opened: Open, empty: Path) -> None:
    with open_workspace(empty).open_records() as records:
        people.give(records, "ann_b@example.org", "Ann", Role.ADMINISTRATOR, "Ben", "first")
    (option,) = opened(empty, "trail").selectbox(key="trail_entry").options
    assert option.endswith(" ann_b@example.org")


def test_without_an_entry_it_says_what_will_stand_here(opened: Open, empty: Path, words: Words) -> None:
    app = opened(empty, "trail")
    assert app.title[0].value == "Nothing is recorded yet"
    assert "can never be taken back" in words(app) and not app.table


def test_the_newest_entries_come_first_and_the_others_page_by_page(opened: Open, kept: Path) -> None:
    app = opened(kept, "trail")
    assert "30 changes are recorded; the last is by Ben" in app.title[0].value
    assert rows(app) == [str(number) for number in range(30, 5, -1)]
    pressed(app, "older")
    assert rows(app) == ["5", "4", "3", "2", "1"]
    assert app.button(key="older").disabled and not app.button(key="newer").disabled
    assert rows(pressed(app, "newer"))[0] == "30"


@pytest.mark.parametrize(
    ("query", "text", "numbers"),
    [
        ({"actor": "Ann"}, "", ["2", "1"]),
        ({"action": "set", "actor": "Ann"}, "", ["2", "1"]),
        ({}, "BOARD", ["1"]),
        ({}, "25 %", ["2"]),
        ({}, "8.2.1-17", ["20"]),
        ({"object": "criterion"}, "the board", ["1"]),
    ],
)
def test_entries_are_found_by_who_what_and_text(
    opened: Open, kept: Path, query: dict[str, str], text: str, numbers: list[str]
) -> None:
    app = opened(kept, "trail", **query)
    app.text_input(key="trail_text").set_value(text).run()
    assert rows(app) == numbers


def test_what_nobody_did_is_said_and_no_table_is_shown(opened: Open, kept: Path, words: Words) -> None:
    app = opened(kept, "trail")
    app.text_input(key="trail_text").set_value("no such words %").run()
    assert "No entry is like that" in words(app) and not [t for t in app.table if "No." in t.value]


def test_before_and_after_stand_side_by_side(opened: Open, kept: Path, words: Words) -> None:
    app = opened(kept, "trail", actor="Ann")
    both = next(table.value for table in app.table if "Before" in table.value)
    assert both["Before"].tolist() == ["at\\_least\\: 30\N{NO-BREAK SPACE}%"]
    assert both["After"].tolist() == ["at\\_least\\: 25\N{NO-BREAK SPACE}%"]
    assert "Before: entry 1" in words(app)


def test_text_of_people_is_shown_as_text(opened: Open, kept: Path) -> None:
    table = next(table.value for table in opened(kept, "trail").table if "Why" in table.value)
    assert "<b>" not in table["Why"][0] and "bold" in table["Why"][0]


def test_it_is_taken_away_as_safe_cells_and_as_lines_that_prove_themselves(kept: Path) -> None:
    with open_workspace(kept).open_records() as records:
        cells = as_csv(excerpt.every(records, Wanted())).decode("utf-8-sig")
        lines = as_lines(excerpt.every(records, Wanted(actor="Ann"))).decode()
        entries = trail.entries(records)
    table = list(csv.DictReader(io.StringIO(cells)))
    assert len(table) == 30 and table[1]["reason"] == "'=cmd|' /C calc'!A0" and "董事会" in table[2]["reason"]
    told = [json.loads(line) for line in lines.splitlines()]
    assert [one["hash"] for one in told] == [entry.hash for entry in entries[:2]]
    assert told[1]["reason"] == "=cmd|' /C calc'!A0"


def test_an_untouched_workspace_is_proved_and_the_review_is_recorded(opened: Open, kept: Path, words: Words) -> None:
    app = pressed(opened(kept, "trail"), "verify_trail")
    assert "Nothing was altered: 30 entries" in app.success[0].value
    app.text_input(key="trail_note").set_value("Looked at every criterion").run()
    pressed(app, "draft keep review trail")
    with open_workspace(kept).open_records() as records:
        (review,) = trail_reviews.every(records)
        last = trail.newest(records)
    assert (review.first, review.last, review.damage, review.note) == (1, 30, 0, "Looked at every criterion")
    assert last and (last.seq, last.action, last.object) == (31, "review trail", "trail review")
    assert "Looked at every criterion" in " ".join(map(str, app.table[-1].value.iloc[0]))


def test_a_review_needs_a_note_and_a_check(opened: Open, kept: Path, words: Words) -> None:
    app = opened(kept, "trail")
    assert "Verify first" in words(app)
    pressed(app, "verify_trail")
    pressed(app, "draft keep review trail")
    assert "write what you looked for and what you found" in app.error[0].value
    with open_workspace(kept).open_records() as records:
        assert trail_reviews.every(records) == []


def test_what_was_altered_is_named(opened: Open, kept: Path) -> None:
    with closing(sqlite3.connect(kept / "records.sqlite")) as connection, connection:
        connection.execute("drop trigger criteria_refuse_update")
        connection.execute("update criteria set limits = '{}' where seq = 2")
    app = pressed(opened(kept, "trail"), "verify_trail")
    assert "alterations were found" in app.error[0].value
    told = next(table.value for table in app.table if "Where" in table.value)
    assert told["Where"][0] == "`trail, entry 2 (criterion 9.1.2-a-1)`" and "limits" in told["What"][0]


def test_what_was_altered_is_said_in_the_language_of_the_page(opened: Open, kept: Path) -> None:
    with closing(sqlite3.connect(kept / "records.sqlite")) as connection, connection:
        connection.execute("drop trigger criteria_refuse_update")
        connection.execute("update criteria set limits = '{}' where seq = 2")
    app = pressed(opened(kept, "trail"), "verify_trail")
    app.query_params["lang"] = "zh"
    app.run()
    told = next(table.value for table in app.table if "位置" in table.value)
    assert told["位置"][0] == "`审计追踪，第 2 条（准则 9.1.2-a-1）`"
    assert told["内容"][0] == "该行与审计追踪所记不一致：limits"


@pytest.mark.parametrize("name", KINDS)
def test_an_assumption_is_called_by_its_title_and_not_by_its_key(name: str) -> None:
    told = subject(Entry(1, "", "Ann", "set assumption", "assumption", name, "{}", "", "", ""))
    assert told.startswith("assumption ") and "_" not in told


def test_every_kind_of_record_has_a_word_for_people() -> None:
    assert set(kinds()) == {kind.object for kind in RECORDS}
