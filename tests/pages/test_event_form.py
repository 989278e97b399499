"""Events beside a chart: noted, changed and withdrawn as a person does it, and only read by who may not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from audit.records import Records, events
from audit.records.events import NewEvent
from audit.records.tables.people import DraftRow
from pages.components import session
from pipelines.workspace import open_workspace

NEW = NewEvent(dt.date(2026, 3, 1), "A new telephone system", baseline=True)
PART = NewEvent(dt.date(2026, 4, 1), "More engineers", "nps", "segment", "Private")


def whole() -> None:
    from pages.components import session
    from pages.components.trends.event_form import events

    events(session.records(), "nps")


def part() -> None:
    from pages.components import session
    from pages.components.trends.event_form import events

    events(session.records(), "nps", "segment", "Private")


@pytest.fixture
def records(own_demo: Path, running: None, monkeypatch: pytest.MonkeyPatch) -> Records:
    """Of a demonstration without the events that come with it."""
    monkeypatch.setenv("CLAUSELIGHT_WORKSPACE", str(own_demo))
    opened = open_workspace(own_demo).open_records()
    for event in events.every(opened):
        events.withdraw(opened, event.id, event.revision, "Ann", "for the test")
    return opened


def opened(page: object) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)  # type: ignore[arg-type]
    app.run()
    assert not app.exception
    return app


def current(records: Records) -> list[events.Event]:
    return [event for event in events.every(records) if not event.withdrawn]


def field(app: AppTest, kind: str, label: str) -> object:
    found = [each for each in getattr(app, kind) if each.label == label]
    assert found, f"there is no {kind} '{label}'"
    return found[0]


def click(app: AppTest, label: str) -> AppTest:
    field(app, "button", label).click().run()  # type: ignore[attr-defined]
    assert not app.exception
    return app


def test_without_events_the_page_says_so(records: Records) -> None:
    app = opened(whole)
    assert any("No event is noted" in each.value for each in app.markdown)
    assert [each.label for each in app.expander if "withdraw" in each.label] == []


def test_an_event_is_noted_once(records: Records) -> None:
    app = opened(whole)
    field(app, "date_input", "Day").set_value(NEW.day)  # type: ignore[attr-defined]
    field(app, "text_input", "What happened").set_value(NEW.words)  # type: ignore[attr-defined]
    app.checkbox[0].check()
    click(app, "Note the event")
    kept = current(records)
    assert [(e.day, e.words, e.kpi, e.by, e.baseline) for e in kept] == [(NEW.day, NEW.words, "nps", "", True)]
    assert [each.value for each in app.success] == ["The event is noted."]
    assert NEW.words in str(app.table[0].value.to_dict()) and "Baseline" in str(app.table[0].value.to_dict())
    with records.read() as reading:
        assert reading.scalars(select(DraftRow)).all() == []
    app.run()
    assert not app.success and len(current(records)) == 1


@pytest.mark.parametrize(
    ("choice", "place"),
    [("group", ("nps", "segment", "Private")), ("figure", ("nps", "", "")), ("all", ("", "", ""))],
)
def test_it_concerns_whom_the_person_chose(records: Records, choice: str, place: tuple[str, str, str]) -> None:
    app = opened(part)
    field(app, "date_input", "Day").set_value(NEW.day)  # type: ignore[attr-defined]
    field(app, "text_input", "What happened").set_value(NEW.words)  # type: ignore[attr-defined]
    field(app, "selectbox", "Concerns").set_value(choice)  # type: ignore[attr-defined]
    click(app, "Note the event")
    assert [(e.kpi, e.by, e.group) for e in current(records)] == [place]


@pytest.mark.parametrize(
    ("day", "words", "sentence"),
    [
        (None, "A new telephone system", "the day of the event is missing"),
        (dt.date(2026, 3, 1), " ", "what happened is missing"),
        (dt.date(2030, 3, 1), "x", "lies in the future"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_in_the_form(
    records: Records, day: dt.date | None, words: str, sentence: str
) -> None:
    app = opened(whole)
    if day:
        field(app, "date_input", "Day").set_value(day)  # type: ignore[attr-defined]
    field(app, "text_input", "What happened").set_value(words)  # type: ignore[attr-defined]
    click(app, "Note the event")
    assert [sentence in each.value for each in app.error] == [True] and current(records) == []
    assert field(app, "text_input", "What happened").value == words  # type: ignore[attr-defined]


def test_an_event_is_changed_with_its_reason(records: Records) -> None:
    kept = events.note(records, NEW, "Ann")
    app = opened(whole)
    field(app, "text_input", "Why it is changed").set_value("the wrong word")  # type: ignore[attr-defined]
    [_new, own] = [each for each in app.text_input if each.label == "What happened"]
    assert own.value == NEW.words
    own.set_value("A new exchange")
    click(app, "Keep the change")
    [now] = current(records)
    assert (now.id, now.words, now.revision, now.reason) == (kept.id, "A new exchange", 2, "the wrong word")


def test_who_was_slower_sees_both_texts(records: Records) -> None:
    kept = events.note(records, NEW, "Ann")
    app = opened(whole)
    events.revise(records, kept.id, 1, "Ben", "theirs", words="Theirs")
    field(app, "text_input", "Why it is changed").set_value("mine")  # type: ignore[attr-defined]
    [_new, own] = [each for each in app.text_input if each.label == "What happened"]
    own.set_value("Mine")
    click(app, "Keep the change")
    assert any("Changed by Ben" in each.value for each in app.warning) and current(records)[0].words == "Theirs"


def test_a_withdrawal_asks_first_and_needs_a_reason(records: Records) -> None:
    events.note(records, NEW, "Ann")
    app = opened(whole)
    assert any("It leaves every chart" in each.value for each in app.markdown)
    assert any("It is a baseline: without it" in each.value for each in app.markdown)
    click(app, "Yes, withdraw it")
    assert any("the reason for withdrawing the event is missing" in each.value for each in app.error)
    assert len(current(records)) == 1
    field(app, "text_input", "Why it does not count").set_value("It was another line")  # type: ignore[attr-defined]
    click(app, "Yes, withdraw it")
    assert current(records) == [] and [each.value for each in app.success] == ["The event is withdrawn."]
    assert "It was another line" in {each.reason for each in events.every(records) if each.withdrawn}


def test_a_part_shows_what_happened_to_the_whole_and_not_the_other_way_round(records: Records) -> None:
    events.note(records, NEW, "Ann")
    events.note(records, PART, "Ann")
    shown = {page.__name__: str(opened(page).table[0].value.to_dict()) for page in (whole, part)}
    assert NEW.words in shown["whole"] and PART.words not in shown["whole"]
    assert NEW.words in shown["part"] and PART.words in shown["part"]


def test_words_are_shown_letter_by_letter(records: Records) -> None:
    events.note(records, NewEvent(NEW.day, "[x](http://evil.example) *b*"), "Ann")
    told = str(opened(whole).table[0].value.to_dict())
    assert r"\[x\]" in told.replace("\\\\", "\\") and r"\*b\*" in told.replace("\\\\", "\\")


def test_who_may_not_note_events_reads_them(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    events.note(records, NEW, "Ann")
    monkeypatch.setattr(session, "closed", lambda action="": "Your role does not allow this." if action else None)
    app = opened(whole)
    assert NEW.words in str(app.table[0].value.to_dict())
    assert not app.text_input and not app.button and not app.date_input
