"""An erasure is recorded for good, and says what a file that it changed must be now."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from audit.errors import RecordError
from audit.records import Records, erasures
from audit.records.erasures import Changed
from audit.records.trail import trail

A, B, C = "a" * 64, "b" * 64, "c" * 64


def kept(records: Records, *changed: Changed, reason: str = "asked for") -> erasures.Erasure:
    return erasures.keep(records, "c-" + "0" * 20, {"orders": 2}, changed, ["document DOC-001"], "Ann", reason)


def test_an_erasure_is_read_as_it_was_kept(records: Records) -> None:
    first, second = kept(records, Changed("facts/x", A, B)), kept(records)
    assert erasures.every(records) == [first, second]
    assert (first.rows, first.kept, first.actor) == ({"orders": 2}, ("document DOC-001",), "Ann")
    assert trail.verify(records) == []


def test_a_reason_is_needed(records: Records) -> None:
    with pytest.raises(RecordError, match="reason"):
        kept(records, reason=" ")
    assert erasures.every(records) == []


@pytest.mark.parametrize("change", ["update erasures set pseudonym = 'x'", "delete from erasures"])
def test_no_erasure_can_be_changed(records: Records, change: str) -> None:
    done = kept(records)
    with pytest.raises(DBAPIError, match="only added to"), records.engine.begin() as connection:
        connection.execute(text(change))
    assert erasures.every(records) == [done]


SUCCESSORS = [
    ("facts/x", A, C),
    ("facts/x", B, C),
    ("facts/x", C, C),
    ("facts/y", A, B),
    ("facts/y", C, C),
    ("facts/z", A, A),
]


@pytest.mark.parametrize(("place", "digest", "now"), SUCCESSORS)
def test_one_erasure_follows_another(records: Records, place: str, digest: str, now: str) -> None:
    kept(records, Changed("facts/x", A, B), Changed("facts/y", A, B))
    kept(records, Changed("facts/x", B, C))
    assert erasures.successor(erasures.every(records), place, digest) == now
