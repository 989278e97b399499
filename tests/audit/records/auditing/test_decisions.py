import datetime as dt

import pytest

from audit.errors import RecordError
from audit.evidence import Verdict
from audit.records import Records
from audit.records.auditing import decisions
from audit.records.trail import trail

CONFORMS, NOT, UNDETERMINED, NOT_APPLICABLE = Verdict
WITHOUT_REASON = [(CONFORMS, CONFORMS), (NOT, NOT), (UNDETERMINED, UNDETERMINED)]
DEPARTURES = [(proposed, concluded) for proposed in Verdict for concluded in Verdict if proposed != concluded]


@pytest.mark.parametrize(("proposed", "concluded"), WITHOUT_REASON)
def test_agreement_needs_no_reason(records: Records, proposed: Verdict, concluded: Verdict) -> None:
    kept = decisions.conclude(records, "9.1.2-a", "run-1", proposed, concluded, "Ann")
    assert decisions.current(records) == {"9.1.2-a": kept} and not kept.departs


@pytest.mark.parametrize(("proposed", "concluded"), DEPARTURES)
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_departure_without_a_reason_is_refused(
    records: Records, proposed: Verdict, concluded: Verdict, reason: str
) -> None:
    with pytest.raises(RecordError) as refused:
        decisions.conclude(records, "9.1.2-a", "run-1", proposed, concluded, "Ann", reason)
    assert f"'{concluded}' departs from the proposed '{proposed}'; write the reason for it" in str(refused.value)
    assert decisions.current(records) == {} and trail.entries(records) == []


@pytest.mark.parametrize(("proposed", "concluded"), [*DEPARTURES, (NOT_APPLICABLE, NOT_APPLICABLE)])
def test_with_a_reason_both_verdicts_are_kept(records: Records, proposed: Verdict, concluded: Verdict) -> None:
    kept = decisions.conclude(records, "9.1.2-a", "run-1", proposed, concluded, " Ann ", " I saw the minutes ")
    at = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
    assert kept == decisions.Decision("9.1.2-a", "run-1", proposed, concluded, "Ann", "I saw the minutes", at)
    assert decisions.current(records) == {"9.1.2-a": kept}


@pytest.mark.parametrize(
    ("requirement", "run", "proposed", "concluded", "actor", "sentence"),
    [
        ("9.1.2-a", "r", NOT_APPLICABLE, NOT_APPLICABLE, "Ann", "'not applicable' needs a justification"),
        ("9.1.2-a", "r", CONFORMS, CONFORMS, " ", "who makes the change is missing; write a name"),
        ("", "r", CONFORMS, CONFORMS, "Ann", "the requirement is missing; write its id, as in 9.1.2-a"),
        ("9.1.2-a", " ", CONFORMS, CONFORMS, "Ann", "the run is missing"),
        ("9.1.2-a", "r", "passed", CONFORMS, "Ann", "'passed' is no verdict; write one of: conforms, does not conform"),
        ("9.1.2-a", "r", CONFORMS, "ok", "Ann", "'ok' is no verdict"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_write(
    records: Records, requirement: str, run: str, proposed: Verdict, concluded: Verdict, actor: str, sentence: str
) -> None:
    with pytest.raises(RecordError) as refused:
        decisions.conclude(records, requirement, run, proposed, concluded, actor)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert trail.entries(records) == []


def test_concluding_again_takes_the_place_of_the_former_which_stays(records: Records) -> None:
    first = decisions.conclude(records, "9.1.2-a", "run-1", NOT, NOT, "Ann")
    other = decisions.conclude(records, "9.1.2-b", "run-1", CONFORMS, CONFORMS, "Ann")
    again = decisions.conclude(records, "9.1.2-a", "run-2", NOT, CONFORMS, "Ben", "Closed on site")
    assert decisions.current(records) == {"9.1.2-a": again, "9.1.2-b": other}
    assert decisions.history(records, "9.1.2-a") == [again, first]
    assert decisions.history(records, "9.1.3-a") == []
    assert again.departs
