"""Which evidence grows old, and when: the day named is the last on which a run would still find it met."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.evidence import Evidence, Outcome
from audit.measurement import Measurement
from audit.quantity import Unit
from audit.records import Records
from audit.records.targets import criteria
from audit.text import Text
from pipelines import definitions
from pipelines.readiness.forecast import _lasts, expiries
from pipelines.run import run
from pipelines.runs.run_folder import Run
from tests.pipelines.conftest import Ours

DAY = dt.timedelta(days=1)
NEWEST = dt.date(2025, 7, 1) + dt.timedelta(days=29 * 12)  # the contract promises rows at most 400 days old


def outcome(found: Run, evidence_id: str) -> Outcome:
    return next(e.outcome for c in found.clauses for r in c.requirements for e in r.evidence if e.id == evidence_id)


def test_what_is_met_and_grows_old_is_named_the_first_to_do_so_first(ours: Ours) -> None:
    found = [(one.evidence.id, one.good_until) for one in expiries(ours.workspace, ours.run(ours.after))]
    fresh = NEWEST + dt.timedelta(days=400)
    assert found == [
        ("9.9-a-2", dt.date(2027, 1, 31)), ("9.9-a-3", dt.date(2027, 3, 15)), ("9.9-a-1", fresh), ("9.9-b-1", fresh),
    ]  # fmt: skip


def test_what_is_not_met_now_cannot_expire(ours: Ours) -> None:
    assert [one.evidence.id for one in expiries(ours.workspace, ours.run(ours.before))] == ["9.9-a-1", "9.9-b-1"]


def test_an_own_limit_moves_the_day(own: Ours, own_records: Records) -> None:
    criteria.set_criterion(own_records, "9.9-a-2", {"reviewed_within": "36 months"}, "Ann", "It hardly changes")
    found = expiries(own.workspace, run(own.workspace, own_records))
    assert {one.evidence.id: one.good_until for one in found}["9.9-a-2"] == dt.date(2029, 1, 31)


def test_on_the_day_named_it_is_still_met_and_on_the_next_no_longer(own: Ours, own_records: Records) -> None:
    last = expiries(own.workspace, own.run(own.after))[0].good_until
    assert outcome(run(own.workspace, own_records, ends=last), "9.9-a-2") == Outcome.MET
    assert outcome(run(own.workspace, own_records, ends=last + DAY), "9.9-a-2") == Outcome.NOT_MET


@pytest.mark.parametrize(
    ("evidence_id", "kpi", "unit", "value", "until"),
    [
        ("9.1.2-b-3", "days_since_last_survey", "days", 4.0, dt.date(2027, 10, 27)),  # 365 days are asked, 361 are left
        ("9.1.2-b-3", "days_since_last_survey", "days", 365.0, dt.date(2026, 10, 31)),
        ("9.1.2-b-1", "survey_response_rate", "%", 38.0, dt.date(2027, 11, 5)),  # 400 days of its sources
    ],
)
def test_a_figure_that_is_an_age_lasts_until_its_limit_and_any_other_while_its_sources_are_fresh(
    evidence_id: str, kpi: str, unit: Unit, value: float, until: dt.date
) -> None:
    first, last = dt.date(2025, 11, 1), dt.date(2026, 10, 31)
    words = Text(en="-", zh="-")
    found = Measurement(kpi, unit, "rolling_12_months", "2026-10", first, last, "", "", value, 100)
    met = Evidence(evidence_id, words, Outcome.MET, words, words, kpi=kpi, measurement=found, kind="computed")
    newest = {"survey_responses": dt.date(2026, 10, 30), "survey_invitations": dt.date(2026, 10, 1)}
    made = Run("", "", "", first, last, last, {}, newest, {})
    rule = next(rule for _, _, rule in definitions.checklist("iso-9001-2015").rules() if rule.id == evidence_id)
    assert _lasts(made, rule, met) == until
