import datetime as dt

import pytest

from audit.errors import RecordError
from audit.records import Records
from audit.records.targets import criteria
from audit.records.trail import trail

REASON = "Our board asked for more"


@pytest.mark.parametrize(
    "limits",
    [{"at_least": "25 %"}, {"at_least": "4.2 score", "over": "6 months"}, {"for_each": "segment", "sample_of": "50"}],
)
def test_a_criterion_is_kept_with_who_why_and_when(records: Records, limits: dict[str, str]) -> None:
    kept = criteria.set_criterion(records, "9.1.2-a-1", limits, "Ann", REASON)
    assert criteria.current(records) == {"9.1.2-a-1": kept}
    at = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
    assert kept == criteria.Criterion("9.1.2-a-1", limits, "Ann", REASON, at)


def test_the_newest_criterion_holds_and_the_former_stay(records: Records) -> None:
    for percent in ("20 %", "25 %", "30 %"):
        criteria.set_criterion(records, "9.1.2-a-1", {"at_least": percent}, "Ann", REASON)
    criteria.set_criterion(records, "9.1.2-a-10", {"at_most": "5 days"}, "Ben", REASON)
    assert criteria.current(records)["9.1.2-a-1"].limits == {"at_least": "30 %"}
    former = [criterion.limits["at_least"] for criterion in criteria.history(records, "9.1.2-a-1")]
    assert former == ["30 %", "25 %", "20 %"]


def test_a_reset_gives_the_default_back_and_says_why(records: Records) -> None:
    criteria.set_criterion(records, "9.1.2-a-1", {"at_least": "25 %"}, "Ann", REASON)
    criteria.reset(records, "9.1.2-a-1", "Ben", "Not reachable this year")
    assert criteria.current(records) == {}
    newest, former = criteria.history(records, "9.1.2-a-1")
    assert (newest.limits, newest.actor, newest.reason) == ({}, "Ben", "Not reachable this year")
    assert former.limits == {"at_least": "25 %"}
    assert [entry.action for entry in trail.entries(records)] == ["set", "reset"]


def test_without_departures_there_is_no_criterion(records: Records) -> None:
    assert criteria.current(records) == {} and criteria.history(records, "9.1.2-a-1") == []


@pytest.mark.parametrize(
    ("evidence_id", "limits", "actor", "reason", "sentence"),
    [
        ("9.1.2-a-1", {}, "Ann", REASON, "has no limits; write at least one, as in at_least: 25 %"),
        ("9.1.2-a-1", {"at_least": 25}, "Ann", REASON, "the limit 'at_least' is 25; write it as text, as in '25 %'"),
        ("9.1.2-a-1", {"at_least": True}, "Ann", REASON, "the limit 'at_least' is True; write it as text"),
        ("9.1.2-a-1", {"at_least": " "}, "Ann", REASON, "the limit 'at_least' is missing; write it as text"),
        ("9.1.2-a-1", {" ": "25 %"}, "Ann", REASON, "a limit's name is missing"),
        ("9.1.2-a-1", {"at_least": "25 %"}, "Ann", " ", "the reason of the criterion is missing; write why"),
        ("9.1.2-a-1", {"at_least": "25 %"}, "", REASON, "who makes the change is missing; write a name"),
        (" ", {"at_least": "25 %"}, "Ann", REASON, "the evidence is missing; write its id, as in 9.1.2-a-1"),
        ("9.1.2-a-1", {"at_least": "\x00"}, "Ann", REASON, "holds a character that is no text"),
        ("9.1.2-a-1", {"at_least": "25 %"}, "Ann", "half \ud83d", "the reason of the criterion holds a character"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_write(
    records: Records, evidence_id: str, limits: dict, actor: str, reason: str, sentence: str
) -> None:
    with pytest.raises(RecordError) as refused:
        criteria.set_criterion(records, evidence_id, limits, actor, reason)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert trail.entries(records) == [] and criteria.current(records) == {}


def test_a_reset_needs_a_reason_too(records: Records) -> None:
    with pytest.raises(RecordError, match="the reason of the criterion is missing"):
        criteria.reset(records, "9.1.2-a-1", "Ann", "")
