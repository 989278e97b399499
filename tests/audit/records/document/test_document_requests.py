"""Documents that were asked for: kept, fulfilled or withdrawn once, and late from the day after the one agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from audit.errors import KeptAlready, RecordError, Stale
from audit.records import Records
from audit.records.document import document_requests, documents
from audit.records.document.document_requests import NewRequest, Request
from audit.records.document.documents import NewDocument
from audit.records.trail import trail

DAY = dt.timedelta(days=1)
DUE = dt.date(2026, 11, 20)
ASKED = NewRequest("Sales", DUE, "survey method", ("9.1.2-a",), "The signed version, 签字版")


def stands(request: Request) -> tuple[str, int, str, str]:
    return request.id, request.revision, request.status, request.document


def test_a_request_comes_back_as_it_was_asked(records: Records) -> None:
    asked = document_requests.ask(records, ASKED, "Ann")
    assert document_requests.every(records) == [asked]
    told = (asked.kind, asked.requirements, asked.asked_of, asked.due_on, asked.note, asked.actor)
    assert told == ("survey method", ("9.1.2-a",), "Sales", DUE, "The signed version, 签字版", "Ann")
    assert stands(asked) == ("REQ-001", 1, "open", "") and trail.verify(records) == []


@pytest.mark.parametrize("changes", [
    {"kind": ""}, {"requirements": ()}, {"note": ""}, {"asked_of": "张伟"},
    {"due_on": dt.date(2026, 11, 2)}, {"due_on": dt.date(2026, 11, 1)}, {"due_on": dt.date(2035, 1, 1)},
], ids=str)  # fmt: skip
def test_what_may_be_left_out_or_near_is_kept(records: Records, changes: dict[str, Any]) -> None:
    """At nine in the morning UTC it is still the day before where the day ends last."""
    assert document_requests.ask(records, replace(ASKED, **changes), "Ann").status == "open"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": " ", "requirements": ()}, "the request names no document; write its kind, or a requirement"),
        ({"asked_of": " "}, "whom the document is asked of is missing; write a name or a role"),
        ({"due_on": dt.date(2026, 10, 31)}, "due_on 2026-10-31 is over; write the day by which the document is needed"),
        ({"due_on": dt.date(1999, 1, 1)}, "due_on 1999-01-01 is over"),
        ({"requirements": ("",)}, "the id of a requirement is missing"),
        ({"note": "nul \x00"}, "the note holds a character that is no text"),
        ({"kind": "half \ud83d"}, "the kind of document holds a character that is no text"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_write(records: Records, changes: Any, sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        document_requests.ask(records, replace(ASKED, **changes), "Ann")
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert document_requests.every(records) == []


@pytest.fixture
def asked(records: Records) -> Request:
    """With documents to name: DOC-001 of the kind, DOC-002 of another, DOC-003 obsolete."""
    documents.register(records, NewDocument("survey method", "How we ask"), "Ben")
    documents.register(records, NewDocument("policy", "Policy"), "Ben")
    documents.register(records, NewDocument("survey method", "How we asked", "obsolete"), "Ben")
    return document_requests.ask(records, ASKED, "Ann")


def test_a_request_is_fulfilled_by_a_document(records: Records, asked: Request) -> None:
    done = document_requests.fulfil(records, "REQ-001", "DOC-001", "Ben", seen=1)
    assert stands(done) == ("REQ-001", 2, "fulfilled", "DOC-001") and done.actor == "Ben"
    assert document_requests.every(records) == [done] and trail.verify(records) == []


def test_any_document_fulfils_a_request_that_names_no_kind(records: Records, asked: Request) -> None:
    any_ = document_requests.ask(records, replace(ASKED, kind=""), "Ann")
    assert document_requests.fulfil(records, any_.id, "DOC-002", "Ben").document == "DOC-002"


def test_a_request_is_withdrawn_with_the_reason(records: Records, asked: Request) -> None:
    gone = document_requests.withdraw(records, "REQ-001", "Ann", "The survey was given up", seen=1)
    assert stands(gone) == ("REQ-001", 2, "withdrawn", "") and gone.reason == "The survey was given up"
    assert document_requests.every(records) == [gone]


@pytest.mark.parametrize(
    ("id", "document", "sentence"),
    [
        ("REQ-001", "DOC-002", "document 'DOC-002' is a 'policy'; name a 'survey method', which REQ-001 asks for"),
        ("REQ-001", "DOC-003", "document 'DOC-003' is obsolete; name one that holds"),
        ("REQ-001", "DOC-009", "there is no document 'DOC-009'; the last ones are: DOC-001, DOC-002, DOC-003"),
        ("REQ-001", "", "there is no document ''"),
        ("REQ-009", "DOC-001", "there is no document request 'REQ-009'; the last ones are: REQ-001"),
    ],
)
def test_what_does_not_fulfil_it_leaves_it_open(
    records: Records, asked: Request, id: str, document: str, sentence: str
) -> None:
    with pytest.raises(RecordError) as refused:
        document_requests.fulfil(records, id, document, "Ben")
    assert sentence in str(refused.value)
    assert document_requests.every(records) == [asked]


def test_a_withdrawal_needs_a_reason(records: Records, asked: Request) -> None:
    with pytest.raises(RecordError, match="the reason of the withdrawal is missing; write why"):
        document_requests.withdraw(records, "REQ-001", "Ann", " ")
    assert document_requests.every(records) == [asked]


@pytest.mark.parametrize("first", ["fulfil", "withdraw"])
@pytest.mark.parametrize("second", ["fulfil", "withdraw"])
def test_what_is_settled_stays_so(records: Records, asked: Request, first: str, second: str) -> None:
    settle = {
        "fulfil": lambda seen: document_requests.fulfil(records, "REQ-001", "DOC-001", "Ben", seen),
        "withdraw": lambda seen: document_requests.withdraw(records, "REQ-001", "Ann", "Not needed", seen),
    }
    done = settle[first](None)
    with pytest.raises(RecordError, match=f"request 'REQ-001' is {done.status} already; ask again if"):
        settle[second](None)
    with pytest.raises(Stale, match="you saw revision 1, now it is 2"):
        settle[second](1)
    assert document_requests.every(records) == [done]


def test_a_form_that_is_sent_twice_asks_once(records: Records) -> None:
    document_requests.ask(records, ASKED, "Ann", "one filling")
    with pytest.raises(KeptAlready):
        document_requests.ask(records, ASKED, "Ann", "one filling")
    assert len(document_requests.every(records)) == 1


@pytest.mark.parametrize(("today", "late"), [(DUE - DAY, False), (DUE, False), (DUE + DAY, True)])
def test_it_is_late_from_the_day_after(records: Records, asked: Request, today: dt.date, late: bool) -> None:
    assert asked.overdue(today) is late
    done = document_requests.fulfil(records, "REQ-001", "DOC-001", "Ben")
    assert not done.overdue(DUE + DAY)


def test_they_stand_in_the_order_in_which_they_were_asked(records: Records, asked: Request) -> None:
    for due in (30, 5, 15):
        document_requests.ask(records, replace(ASKED, due_on=dt.date(2026, 11, due)), "Ann")
    document_requests.withdraw(records, "REQ-002", "Ann", "Not needed")
    assert [each.id for each in document_requests.every(records)] == ["REQ-001", "REQ-002", "REQ-003", "REQ-004"]
