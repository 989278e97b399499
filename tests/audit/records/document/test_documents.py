import datetime as dt
import json
from contextlib import nullcontext
from dataclasses import replace

import pytest

from audit.errors import KeptAlready, RecordError, Stale
from audit.evidence import Document
from audit.records import Records, open_records
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.trail import trail

METHOD = NewDocument(
    kind="survey method",
    title="How we ask our customers",
    status="approved",
    owner="Quality",
    approved_by="Ben",
    approved_on=dt.date(2026, 1, 10),
    reviewed_on=dt.date(2026, 11, 2),
    covers_from=dt.date(2026, 1, 1),
    covers_to=dt.date(2027, 12, 31),
    note="Second edition, 第二版",
    sha256="a" * 64,
    file="method.pdf",
    size=12_345,
    link="https://docs.example.org/method",
    file_type="pdf",
    review_every=12,
    expires_on=dt.date(2028, 1, 1),
    retain_until=dt.date(2036, 12, 31),
    requirements=["9.1.2-a", "8.2.1-b"],
)


LINKS = [
    "",
    "  https://example.org  ",
    "https://example.org:8443/a?b=c#d",
    "HTTPS://EXAMPLE.ORG/A",
    "https://文件.example/方法.pdf",
    "https://example.org/a%20b/(1),2;3=4",
    "https://[2001:db8::1]/x",
    "https://example.org/" + "x" * 1_980,
]
NO_LINKS = [
    ("http://example.org/plan", "'http://example.org/plan' is no https address; write an address that begins with"),
    ("javascript:alert(1)", "is no https address"),
    ("data:text/html,hello", "is no https address"),
    ("file:///etc/passwd", "is no https address"),
    ("//example.org/x", "is no https address"),
    ("example.org", "is no https address"),
    ("https://", "is no https address"),
    ("https:///path", "is no https address"),
    ("https:example.org", "is no https address"),
    ("https://example.org:99999/", "is no https address"),
    ("https://[::1/", "is no https address"),
    ("https://bank.example@evil.example/", "names a user before the address"),
    ("https://me:secret@example.org/", "names a user before the address"),
    ("https://example.org/a b", "holds a sign that no address has"),
    ("https://example.org/<script>", "holds a sign that no address has"),
    ('https://example.org/"onclick=x', "holds a sign that no address has"),
    ("https://example.org\\@evil.example", "holds a sign that no address has"),
    ("https://example.org/\u202egnp.exe", "holds a sign that no address has"),
    ("https://example.org/a\nb", "holds a sign that no address has"),
    ("https://example.org/\x00", "holds a character that is no text"),
    ("https://example.org/" + "x" * 1_981, "the link has 2,001 characters; write one of at most 2,000"),
]


def test_a_document_comes_back_as_it_was_registered(records: Records) -> None:
    kept = documents.register(records, METHOD, "Ann", "First entry")
    assert kept == Document(
        id="DOC-001",
        kind="survey method",
        title="How we ask our customers",
        status="approved",
        owner="Quality",
        reviewed_on=dt.date(2026, 11, 2),
        covers_from=dt.date(2026, 1, 1),
        covers_to=dt.date(2027, 12, 31),
        sha256="a" * 64,
        file="method.pdf",
        link="https://docs.example.org/method",
        review_every=12,
        expires_on=dt.date(2028, 1, 1),
        requirements=("9.1.2-a", "8.2.1-b"),
    )
    assert documents.current(records) == [kept]
    (revision,) = documents.revisions(records, "DOC-001")
    assert revision.document == kept and documents.register_of(records) == [revision]
    assert (revision.revision, revision.approved_by, revision.approved_on) == (1, "Ben", dt.date(2026, 1, 10))
    assert (revision.note, revision.size, revision.actor) == ("Second edition, 第二版", 12_345, "Ann")
    assert (revision.file_type, revision.retain_until) == ("pdf", dt.date(2036, 12, 31))
    assert revision.reason == "First entry" and revision.at.utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize(
    "new",
    [
        NewDocument("policy", "Policy"),
        *[NewDocument("policy", "Policy", status) for status in ("draft", "in review", "approved", "obsolete")],
        replace(METHOD, covers_from=None),
        replace(METHOD, covers_to=METHOD.covers_from),
        replace(METHOD, size=1),
        replace(METHOD, id="QP-09/方法"),
        replace(METHOD, review_every=1),
        replace(METHOD, review_every=1200),
        replace(METHOD, expires_on=METHOD.approved_on),
        replace(METHOD, expires_on=dt.date.max, retain_until=dt.date.max),
        replace(METHOD, requirements=()),
        replace(METHOD, retain_until=dt.date(2020, 1, 1)),
        *[replace(METHOD, link=link) for link in LINKS],
    ],
)
def test_what_may_be_left_out_or_small_is_kept(records: Records, new: NewDocument) -> None:
    kept = documents.register(records, new, "Ann")
    assert documents.current(records) == [kept] and trail.verify(records) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": "valid"}, "'valid' is no status of a document; write one of: draft, in review, approved, obsolete"),
        ({"status": ""}, "'' is no status of a document"),
        ({"status": "Approved"}, "'Approved' is no status of a document"),
        ({"kind": " "}, "the kind of document is missing; write one that the checklist asks for"),
        ({"title": ""}, "the title is missing; write the document's own title"),
        ({"reviewed_on": dt.date(2026, 11, 4)}, "reviewed_on 2026-11-04 lies in the future"),
        ({"approved_on": dt.date(2030, 1, 1)}, "approved_on 2030-01-01 lies in the future; write the day on which"),
        ({"covers_to": dt.date(2025, 12, 31)}, "covers_from 2026-01-01 is after covers_to 2025-12-31; write the"),
        ({"sha256": "abc"}, "sha256 'abc' is no name in the store; write its 64 hexadecimal digits"),
        ({"size": -1}, "size -1 is no number of bytes; write 1 or more"),
        ({"size": 0}, "'method.pdf' is empty; choose the file again, or register the document without one"),
        ({"note": "nul \x00"}, "the note holds a character that is no text; remove it"),
        ({"review_every": 0}, "'0' is no review interval; write whole months from 1 to 1200"),
        ({"review_every": 1201}, "'1201' is no review interval"),
        ({"expires_on": dt.date(2026, 1, 9)}, "expires_on 2026-01-09 is before approved_on 2026-01-10; write the last"),
        ({"requirements": ["9.1.2-a", " "]}, "the id of a requirement is missing; write one of the checklist's"),
        ({"requirements": ["9.1.2\x00"]}, "the id of a requirement holds a character that is no text"),
        *[({"link": link}, sentence) for link, sentence in NO_LINKS],
        ({"title": "half \ud83d"}, "the title holds a character that is no text; remove it: 'half \\ud83d'"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_write(records: Records, changes: dict, sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        documents.register(records, replace(METHOD, **changes), "Ann")
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    document = documents.register(records, METHOD, "Ann")
    with pytest.raises(RecordError) as refused:
        documents.revise(records, document.id, "Ann", "Changed", **changes)
    assert sentence in str(refused.value)
    assert documents.current(records) == [document] and len(trail.entries(records)) == 1


@pytest.mark.parametrize("actor", ["", " \t"])
def test_nobody_registers_nothing(records: Records, actor: str) -> None:
    with pytest.raises(RecordError, match="who makes the change is missing; write a name"):
        documents.register(records, METHOD, actor)
    assert documents.current(records) == []


def test_a_revision_changes_what_was_asked_and_leaves_the_former(records: Records) -> None:
    first = documents.register(records, METHOD, "Ann")
    second = documents.revise(records, first.id, "Ben", "Yearly review", title="How we listen", owner=" Sales ")
    assert second == replace(first, title="How we listen", owner="Sales")
    assert documents.current(records) == [second]
    newest, former = documents.revisions(records, first.id)
    assert (newest.document, newest.revision, newest.actor, newest.reason) == (second, 2, "Ben", "Yearly review")
    assert (former.document, former.revision, former.actor) == (first, 1, "Ann")
    assert newest.approved_by == "Ben" and newest.note == METHOD.note


@pytest.mark.parametrize(
    ("id", "reason", "seen", "changes", "sentence"),
    [
        ("DOC-9", "Review", None, {}, "there is no document 'DOC-9'; the last ones are: DOC-001"),
        ("DOC-001", " ", None, {}, "the reason of the revision is missing; write what was changed and why"),
        ("DOC-001", "Review", None, {"colour": "red"}, "'colour' cannot be revised; write one of: kind, title, status"),
        ("DOC-001", "Review", 2, {}, "document 'DOC-001' was changed meanwhile by Ann at"),
    ],
)
def test_a_revision_that_cannot_be_made_leaves_all_as_it_was(
    records: Records, id: str, reason: str, seen: int | None, changes: dict, sentence: str
) -> None:
    document = documents.register(records, METHOD, "Ann")
    with pytest.raises(RecordError) as refused:
        documents.revise(records, id, "Ann", reason, seen, **changes)
    assert sentence in str(refused.value)
    assert documents.current(records) == [document] and len(trail.entries(records)) == 1


def test_the_second_of_two_people_who_looked_at_the_same_revision_is_told(records: Records) -> None:
    document = documents.register(records, METHOD, "Ann")
    documents.revise(records, document.id, "Ann", "Review", seen=1, title="Ann's title")
    with pytest.raises(Stale, match="by Ann .*you saw revision 1, now it is 2; look at it and change it again"):
        documents.revise(records, document.id, "Ben", "Review", seen=1, title="Ben's title")
    assert documents.current(records)[0].title == "Ann's title"


def test_numbers_are_given_in_order_and_around_numbers_of_ones_own(records: Records) -> None:
    documents.register(records, replace(METHOD, id="DOC-002"), "Ann")
    given = [documents.register(records, METHOD, "Ann").id for _ in range(2)]
    assert given == ["DOC-003", "DOC-004"]
    with pytest.raises(RecordError, match="'DOC-002' is registered already; revise it, or choose another id"):
        documents.register(records, replace(METHOD, id=" DOC-002 "), "Ann")


def test_the_register_keeps_the_order_of_registration(records: Records) -> None:
    for id in ("b", "a", "c"):
        documents.register(records, replace(METHOD, id=id), "Ann")
    documents.revise(records, "b", "Ann", "Review")
    assert [document.id for document in documents.current(records)] == ["b", "a", "c"]


@pytest.mark.parametrize(("hour", "kept"), [(0, False), (9, False), (10, True), (23, True)])
def test_a_day_that_has_begun_somewhere_is_not_the_future(url: str, hour: int, kept: bool) -> None:
    tomorrow = replace(METHOD, reviewed_on=dt.date(2026, 11, 3))
    with open_records(url, lambda: dt.datetime(2026, 11, 2, hour, tzinfo=dt.UTC)) as records:
        with nullcontext() if kept else pytest.raises(RecordError, match="lies in the future"):
            documents.register(records, tomorrow, "Ann")
        assert len(documents.current(records)) == kept


def test_an_unknown_document_has_no_revisions(records: Records) -> None:
    with pytest.raises(RecordError, match="there is no document 'x'; there is none yet"):
        documents.revisions(records, "x")


def test_each_requirement_is_named_once_in_the_order_given(records: Records) -> None:
    twice = replace(METHOD, requirements=["9.1.2-a", " 8.2.1-b ", "9.1.2-a", "9.1.10-a"])
    assert documents.register(records, twice, "Ann").requirements == ("9.1.2-a", "8.2.1-b", "9.1.10-a")
    assert documents.revise(records, "DOC-001", "Ann", "Not for any", requirements=[]).requirements == ()


def test_a_form_that_is_sent_twice_is_kept_once(records: Records) -> None:
    documents.register(records, METHOD, "Ann", key="one filling")
    with pytest.raises(KeptAlready):
        documents.register(records, METHOD, "Ann", key="one filling")
    documents.revise(records, "DOC-001", "Ann", "Review", key="another", owner="Sales")
    with pytest.raises(KeptAlready):
        documents.revise(records, "DOC-001", "Ann", "Review", key="another", owner="Sales")
    assert [each.revision for each in documents.revisions(records, "DOC-001")] == [2, 1]
    assert len(documents.current(records)) == 1


def test_files_are_those_of_every_revision(records: Records) -> None:
    documents.register(records, METHOD, "Ann")
    documents.register(records, replace(METHOD, title="Copy of it"), "Ann")
    documents.register(records, NewDocument("policy", "On paper"), "Ann")
    documents.revise(records, "DOC-001", "Ann", "New edition", sha256="b" * 64, title="Second")
    found = documents.files(records)
    assert {sha256: document.title for sha256, document in found.items()} == {
        "a" * 64: "Copy of it",
        "b" * 64: "Second",
    }


def test_what_came_later_is_not_in_the_entry_of_a_document_without_it(records: Records) -> None:
    """So that an entry of a former program and one of this read alike."""
    documents.register(records, NewDocument("policy", "Policy"), "Ann")
    (entry,) = trail.entries(records)
    later = {"link", "file_type", "approval", "review_every", "expires_on", "retain_until", "requirements"}
    assert not later & json.loads(entry.payload).keys() and trail.verify(records) == []
