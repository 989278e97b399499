"""Levels of maturity: an assessor's, with the reason; the former stay in the trail."""

from typing import Any

import pytest

from audit.errors import RecordError
from audit.records import Records
from audit.records.auditing import maturity
from audit.records.auditing.maturity import Rating
from audit.records.trail import trail


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_rating_is_kept_with_who_and_why(records: Records, level: int) -> None:
    kept = maturity.rate(records, "9.1.2", level, "Ann", "every branch shows its figures")
    assert kept == Rating("9.1.2", level, "Ann", "every branch shows its figures")
    assert maturity.current(records) == {"9.1.2": kept}


def test_the_newest_rating_holds_and_9_10_is_not_9_1(records: Records) -> None:
    for clause, level in (("9.1", 2), ("9.10", 5), ("9.1", 3)):
        maturity.rate(records, clause, level, "Ann", f"it is {level}")
    assert {name: rating.level for name, rating in maturity.current(records).items()} == {"9.1": 3, "9.10": 5}
    assert [entry.reason for entry in trail.entries(records, "maturity", "9.1")] == ["it is 2", "it is 3"]


@pytest.mark.parametrize(
    ("clause", "level", "actor", "reason", "sentence"),
    [
        ("9.1.2", 0, "Ann", "so", "0 is no level of maturity; write 1 to 5"),
        ("9.1.2", 6, "Ann", "so", "6 is no level of maturity; write 1 to 5"),
        ("9.1.2", -1, "Ann", "so", "-1 is no level of maturity"),
        ("9.1.2", 2.5, "Ann", "so", "2.5 is no level of maturity"),
        ("9.1.2", "3", "Ann", "so", "3 is no level of maturity"),
        (" ", 3, "Ann", "so", "the clause is missing; write its number, as in 9.1.2"),
        ("9.1.2", 3, "", "so", "who makes the change is missing"),
        ("9.1.2", 3, "Ann", " ", "the reason of the level is missing; write what was seen"),
        ("9.1.2", 3, "Ann", "\x00", "the reason of the level holds a character that is no text"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    records: Records, clause: str, level: Any, actor: str, reason: str, sentence: str
) -> None:
    with pytest.raises(RecordError) as refused:
        maturity.rate(records, clause, level, actor, reason)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert trail.entries(records) == [] and maturity.current(records) == {}
