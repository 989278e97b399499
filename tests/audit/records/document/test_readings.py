"""Who has read which revision: kept once per person and revision, and old as soon as a newer one is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from team import ANN, BEN, VIC, gather, ticking

from audit.access.person import Person
from audit.errors import Denied, KeptAlready, RecordError, Stale
from audit.records import Records, open_records
from audit.records.document import documents, readings
from audit.records.document.documents import NewDocument
from audit.records.trail import trail

POLICY = NewDocument("policy", "Quality policy")


@pytest.fixture
def kept(records: Records) -> Records:
    documents.register(records, POLICY, "Ann")
    return records


def told(records: Records, document: str = "DOC-001") -> list[tuple[str, int, bool]]:
    return [(each.reader, each.revision, each.current) for each in readings.of(records, document)]


def test_a_reading_is_kept_with_who_what_and_when(kept: Records) -> None:
    read = readings.acknowledge(kept, "DOC-001", 1, "Ben")
    assert (read.document, read.revision, read.reader, read.identity, read.current) == ("DOC-001", 1, "Ben", "", True)
    assert readings.of(kept, "DOC-001") == [read] and read.at.utcoffset() == dt.timedelta(0)
    assert trail.verify(kept) == []


def test_a_new_revision_makes_the_readings_of_the_former_old(kept: Records) -> None:
    readings.acknowledge(kept, "DOC-001", 1, "Ben")
    readings.acknowledge(kept, "DOC-001", 1, "Cem")
    documents.revise(kept, "DOC-001", "Ann", "Review", title="Our policy")
    assert told(kept) == [("Cem", 1, False), ("Ben", 1, False)]
    readings.acknowledge(kept, "DOC-001", 2, "Ben")
    assert told(kept) == [("Ben", 2, True), ("Cem", 1, False), ("Ben", 1, False)]


def test_a_revision_of_another_document_makes_nothing_old(kept: Records) -> None:
    documents.register(kept, POLICY, "Ann")
    readings.acknowledge(kept, "DOC-001", 1, "Ben")
    documents.revise(kept, "DOC-002", "Ann", "Review", owner="Sales")
    assert told(kept) == [("Ben", 1, True)] and told(kept, "DOC-002") == []


def test_what_was_not_the_last_revision_is_not_acknowledged(kept: Records) -> None:
    documents.revise(kept, "DOC-001", "Ann", "Review", title="Our policy")
    with pytest.raises(Stale, match="changed meanwhile by Ann .*you saw revision 1, now it is 2"):
        readings.acknowledge(kept, "DOC-001", 1, "Ben")
    with pytest.raises(Stale):
        readings.acknowledge(kept, "DOC-001", 3, "Ben")
    assert told(kept) == []


def test_the_same_person_reads_a_revision_once(kept: Records) -> None:
    readings.acknowledge(kept, "DOC-001", 1, "Ben", "one filling")
    with pytest.raises(RecordError, match="Ben has acknowledged revision 1 of 'DOC-001' already"):
        readings.acknowledge(kept, "DOC-001", 1, "Ben")
    with pytest.raises(KeptAlready):
        readings.acknowledge(kept, "DOC-001", 1, "Ben", "one filling")
    assert told(kept) == [("Ben", 1, True)]


def test_what_is_obsolete_is_not_read_any_more(kept: Records) -> None:
    documents.revise(kept, "DOC-001", "Ann", "Replaced", status="obsolete")
    with pytest.raises(RecordError, match="document 'DOC-001' is obsolete; read the one that holds instead"):
        readings.acknowledge(kept, "DOC-001", 2, "Ben")


def test_there_must_be_such_a_document(kept: Records) -> None:
    with pytest.raises(RecordError, match="there is no document 'DOC-9'; the last ones are: DOC-001"):
        readings.acknowledge(kept, "DOC-9", 1, "Ben")
    assert readings.of(kept, "DOC-9") == []


@pytest.fixture
def signed_in(url: str, anchor: Path) -> Iterator[Records]:
    with open_records(url, ticking(8), anchor) as opened:
        gather(opened)
        documents.register(opened, POLICY, "Ann")
    with open_records(url, ticking(), anchor, signing_in=True) as opened:
        yield opened


def test_two_people_of_one_name_read_for_themselves_and_a_new_name_is_no_new_person(signed_in: Records) -> None:
    namesake = Person("Ann", BEN.identity, BEN.email)
    readings.acknowledge(signed_in, "DOC-001", 1, ANN)
    readings.acknowledge(signed_in, "DOC-001", 1, namesake)
    with pytest.raises(RecordError, match="already"):
        readings.acknowledge(signed_in, "DOC-001", 1, Person("Anna", ANN.identity, ANN.email))
    assert [each.identity for each in readings.of(signed_in, "DOC-001")] == [BEN.identity, ANN.identity]


def test_whoever_may_look_may_say_to_have_read_and_nobody_else(signed_in: Records) -> None:
    readings.acknowledge(signed_in, "DOC-001", 1, VIC)
    for stranger in ("Vic", Person("Zoe", "https://id|zoe", "zoe@example.org")):
        with pytest.raises(Denied):
            readings.acknowledge(signed_in, "DOC-001", 1, stranger)
    assert told(signed_in) == [("Vic", 1, True)]
