"""Audit programmes: kept whole, revised, and what cannot be kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from audit.auditing.programme import PlannedAudit
from audit.errors import KeptAlready, RecordError, Stale
from audit.records import Records
from audit.records.auditing import audits, programmes
from audit.records.auditing.audits import NewAudit
from audit.records.auditing.programmes import NewProgramme
from audit.records.trail import trail

NEW = NewProgramme(
    "Programme 2027",
    objectives="Every customer clause once a year",
    period_from=dt.date(2027, 1, 1),
    period_to=dt.date(2027, 12, 31),
    risks="One auditor only",
    opportunities="顾客参与",
    responsible="Cleo",
    planned=(PlannedAudit("Surveys", dt.date(2027, 3, 1), "9.1.2"), PlannedAudit("Complaints")),
)


def test_a_programme_is_kept_whole_and_revised(records: Records) -> None:
    kept = programmes.create(records, NEW, "Cleo")
    assert programmes.every(records) == [kept]
    assert {name: getattr(kept, name) for name in vars(NEW)} == vars(NEW)
    again = programmes.revise(records, "PRG-001", "Bo", "fewer", seen=1, planned=NEW.planned[:1])
    assert (again.planned, again.revision, again.actor, again.reason) == (NEW.planned[:1], 2, "Bo", "fewer")
    assert again.risks == NEW.risks and programmes.every(records) == [again]
    assert trail.verify(records) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "the title of the programme is missing; write what people call it"),
        ({"period_to": dt.date(2026, 1, 1)}, "period_from 2027-01-01 is after period_to 2026-01-01"),
        ({"planned": (PlannedAudit(" "),)}, "the title of a planned audit is missing; write it, or remove the line"),
        ({"risks": "a\x00"}, "'risks' of the programme holds a character that is no text"),
        ({"nonsense": 1}, "'nonsense' of a programme cannot be written; write one of: title, objectives,"),
    ],
)
def test_what_cannot_be_kept_is_refused(records: Records, changes: dict[str, Any], sentence: str) -> None:
    programmes.create(records, NEW, "Cleo")
    with pytest.raises(RecordError) as refused:
        programmes.revise(records, "PRG-001", "Cleo", **changes)
    assert str(refused.value).startswith(sentence) and "\n" not in str(refused.value)
    assert [each.revision for each in programmes.every(records)] == [1]


def test_second_writers_and_second_sendings_are_told(records: Records) -> None:
    programmes.create(records, NEW, "Cleo", key="k")
    with pytest.raises(KeptAlready):
        programmes.create(records, NEW, "Cleo", key="k")
    programmes.revise(records, "PRG-001", "Bo", seen=1, risks="none")
    with pytest.raises(Stale, match="programme 'PRG-001' was changed meanwhile by Bo"):
        programmes.revise(records, "PRG-001", "Cleo", seen=1, risks="two")
    with pytest.raises(RecordError, match="there is no programme 'PRG-009'; the last ones are: PRG-001"):
        programmes.revise(records, "PRG-009", "Cleo", risks="two")


def test_an_audit_names_a_programme_that_is_there(records: Records) -> None:
    programmes.create(records, NEW, "Cleo")
    kept = audits.create(records, NewAudit("Surveys", "iso-9001-2015", programme="PRG-001"), "Ann")
    assert kept.programme == "PRG-001"
    with pytest.raises(RecordError, match="there is no programme 'PRG-002'"):
        audits.revise(records, kept.id, "Ann", programme="PRG-002")
    assert programmes.create(records, NEW, "Cleo").id == "PRG-002"
