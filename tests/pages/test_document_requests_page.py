"""Requests for documents: asked, late, fulfilled by a document of the kind, or withdrawn with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.records.document import document_requests, documents
from audit.records.document.document_requests import NewRequest, Request
from audit.records.document.documents import NewDocument
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
TODAY = dt.datetime.now(dt.UTC).date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    return tmp_path / "new"


@pytest.fixture
def asked(empty: Path) -> Path:
    """REQ-001 is due next month, REQ-002 was due yesterday, REQ-003 is due today; DOC-001 is what REQ-002 asks for."""
    with open_workspace(empty).open_records() as records:
        now = records.clock
        document_requests.ask(records, NewRequest("Sales", TODAY + 30 * DAY, "improvement plan"), "Ann")
        records.clock = lambda: now() - 9 * DAY
        document_requests.ask(records, NewRequest("Service", TODAY - DAY, "complaint procedure", note="Signed"), "Ann")
        records.clock = now
        document_requests.ask(records, NewRequest("Logistics", TODAY, "", ("8.2.1-a",)), "Ann")
        documents.register(records, NewDocument("complaint procedure", "Handling of complaints"), "Ben")
        documents.register(records, NewDocument("policy", "Policy"), "Ben")
    return empty


def kept(folder: Path) -> list[Request]:
    with open_workspace(folder).open_records() as records:
        return document_requests.every(records)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_open_requests_stand_overdue_first(opened: Open, asked: Path, words: Words) -> None:
    app = opened(asked, "documents", view="requests")
    table = app.table[0].value
    assert [next(id for id in ("REQ-001", "REQ-002", "REQ-003") if id in cell) for cell in table["Document"]] == [
        "REQ-002",
        "REQ-003",
        "REQ-001",
    ]
    assert ["Overdue" in cell for cell in table["Due"]] == [True, False, False]
    assert "1 request overdue" in words(app)
    assert any("Requests (3 open)" in group.options for group in app.button_group)


def test_a_request_is_kept_as_it_was_asked(opened: Open, empty: Path) -> None:
    app = opened(empty, "documents", view="requests")
    app.selectbox(key="request kind").set_value("survey method")
    app.text_input(key="request asked_of").set_value("Sales")
    app.date_input(key="request due_on").set_value(TODAY + 9 * DAY)
    app.multiselect(key="request requirements").set_value(["9.1.2-a"])
    app.text_input(key="request note").set_value("The signed version")
    press(app, "Keep the request")
    assert app.success[0].value == "Request REQ-001 stands; Sales was asked."
    (found,) = kept(empty)
    assert (found.kind, found.asked_of, found.due_on) == ("survey method", "Sales", TODAY + 9 * DAY)
    assert (found.requirements, found.note, found.status) == (("9.1.2-a",), "The signed version", "open")
    assert app.text_input(key="request asked_of 1").value == ""


def test_a_request_to_nobody_is_refused_in_one_line(opened: Open, empty: Path) -> None:
    app = press(opened(empty, "documents", view="requests"), "Keep the request")
    (error,) = app.error
    assert "whom the document is asked of is missing" in error.value and kept(empty) == []


def test_a_document_of_the_kind_fulfils_it(opened: Open, asked: Path) -> None:
    app = opened(asked, "documents", view="requests")
    assert app.selectbox(key="request").value == "REQ-002"
    offered = app.selectbox(key="document REQ-002")
    assert offered.value == "DOC-001" and offered.options == ["DOC-001 · Handling of complaints"]
    press(app, "It is fulfilled")
    assert app.success[0].value == "Request REQ-002 is settled."
    assert [(each.status, each.document) for each in kept(asked)] == [
        ("open", ""),
        ("fulfilled", "DOC-001"),
        ("open", ""),
    ]
    closed = app.table[1].value
    assert "Fulfilled" in closed.iloc[0, 0] and "DOC-001" in closed.iloc[0, 0]


def test_without_a_document_of_the_kind_it_says_to_register_one(opened: Open, asked: Path, words: Words) -> None:
    app = opened(asked, "documents", view="requests")
    app.selectbox(key="request").set_value("REQ-001").run()
    assert "No document of this kind is registered yet. Register it first" in words(app)
    assert "It is fulfilled" not in [button.label for button in app.button]


def test_a_withdrawal_needs_its_reason(opened: Open, asked: Path) -> None:
    app = press(opened(asked, "documents", view="requests"), "Withdraw it")
    assert "the reason of the withdrawal is missing" in app.error[0].value
    app.text_input(key="why REQ-002").set_value("Not needed")
    press(app, "Withdraw it")
    assert [(each.status, each.reason) for each in kept(asked)][1] == ("withdrawn", "Not needed")


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", ":red-badge[✕ fake]"])
def test_what_people_write_is_shown_letter_by_letter(opened: Open, empty: Path, hostile: str) -> None:
    with open_workspace(empty).open_records() as records:
        document_requests.ask(records, NewRequest(hostile, TODAY, hostile, (hostile,), hostile), "Ann")
    cells = opened(empty, "documents", view="requests").table[0].value.iloc[0]
    assert not any(hostile in cell for cell in cells)
