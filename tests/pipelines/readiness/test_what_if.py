"""What would change if something were otherwise; nothing of it is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from audit.evidence import Outcome, Verdict
from audit.measurement import Measurement
from audit.records import Records
from audit.records.targets import criteria
from audit.text import Text
from pipelines import definitions
from pipelines.readiness.what_if import Levers, _supposed, what_if
from pipelines.run import run
from tests.pipelines.conftest import Ours

YES, NO, OPEN = Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM, Verdict.UNDETERMINED
METHOD, HEARD = frozenset({"survey method"}), frozenset({"9.9-a-3"})


def changes(ours: Ours, name: str, levers: Levers) -> dict[str, tuple[Verdict, Verdict]]:
    found = what_if(ours.workspace, ours.run(name), levers)
    return {change.requirement: (change.now, change.then) for change in found.changes}


CHANGES = [
    # run, levers, what changes
    ("before", Levers(documents=METHOD, answers=HEARD), {"9.9-a": (OPEN, YES)}),
    ("before", Levers(documents=METHOD, answers=HEARD, figures={"csat_top_2_box": 69.9}), {"9.9-a": (OPEN, NO)}),
    ("before", Levers(figures={"csat_top_2_box": 69.9}), {"9.9-a": (OPEN, NO)}),
    ("after", Levers(figures={"csat_top_2_box": 69.9}), {"9.9-a": (YES, NO)}),
    ("after", Levers(figures={"csat_top_2_box": 0}), {"9.9-a": (YES, NO)}),  # 9.9-b is an observation either way
    # --- and what changes nothing
    ("before", Levers(), {}),
    ("before", Levers(documents=METHOD), {}),  # the interview is still missing
    ("before", Levers(answers=HEARD), {}),
    ("before", Levers(answers=frozenset({"10.9-a-1"})), {}),  # a sample is judged record by record
    ("after", Levers(), {}),
    ("after", Levers(documents=METHOD, answers=HEARD), {}),
    ("after", Levers(figures={"csat_top_2_box": 70}), {}),
    ("after", Levers(figures={"csat_top_2_box": 99}), {}),  # the change from the year before can still be told
    ("after", Levers(figures={"nps": -100}), {}),
    ("after", Levers(documents=frozenset({"site plan"})), {}),
]


@pytest.mark.parametrize(("name", "levers", "expected"), CHANGES)
def test_these_verdicts_would_change(
    ours: Ours, name: str, levers: Levers, expected: dict[str, tuple[Verdict, Verdict]]
) -> None:
    assert changes(ours, getattr(ours, name), levers) == expected


@pytest.mark.parametrize("content", range(32, 64))
def test_a_supposed_decline_is_judged_as_that_of_a_run(ours: Ours, content: int) -> None:
    """In the year before, 51 of 63 were content. Newcombe's interval of the difference is statsmodels'."""
    found = what_if(ours.workspace, ours.run(ours.after), Levers({"csat_top_2_box": 100 * content / 63}))
    (evidence,) = (e for c in found.clauses for r in c.requirements for e in r.evidence if e.id == "9.9-b-1")
    _low, high = confint_proportions_2indep(content, 63, 51, 63, compare="diff", method="newcomb")
    assert evidence.outcome == (Outcome.NOT_MET if high < 0 else Outcome.MET)


@pytest.mark.parametrize(
    ("kpi", "value", "n", "bounds"),
    [
        ("csat_top_2_box", 60.0, 50, proportion_confint(30, 50, method="wilson")),
        ("complaint_rate", 4.0, 2500, [bound / 2500 * 10 for bound in stats.chi2.ppf([0.025, 0.975], [20, 22]) / 2]),
        ("complaints_received", 10.0, 10, [bound / 100 for bound in stats.chi2.ppf([0.025, 0.975], [20, 22]) / 2]),
    ],
)
def test_a_figure_that_is_not_known_now_gets_the_interval_of_a_run(
    kpi: str, value: float, n: int, bounds: tuple[float, float]
) -> None:
    day = dt.date(2026, 6, 30)
    cell = Measurement(kpi, "%", "month", "", day, day, "", "", None, n, not_evaluated=Text(en="thin", zh="少"))
    found = _supposed(cell, definitions.kpis()[kpi], Levers({kpi: value}), {}, day)
    assert [found.low, found.high] == pytest.approx([100 * bound for bound in bounds])
    assert (found.value, found.n, found.not_evaluated) == (value, n, None)


def test_a_supposed_figure_is_taken_to_rest_on_enough_records(own: Ours, own_records: Records) -> None:
    criteria.set_criterion(own_records, "9.9-a-1", {"sample_of": "500"}, "Ann", "We want more")
    found = run(own.workspace, own_records)
    assert changes(own, found.id, Levers(figures={"csat_top_2_box": 80.0})) == {"9.9-a": (OPEN, YES)}


def test_the_score_is_that_of_what_is_supposed(ours: Ours) -> None:
    now = what_if(ours.workspace, ours.run(ours.before), Levers()).score
    then = what_if(ours.workspace, ours.run(ours.before), Levers(documents=METHOD, answers=HEARD)).score
    concluded = what_if(ours.workspace, ours.run(ours.before), Levers(), {"10.9-a": Verdict.CONFORMS}).score
    assert now and then and concluded
    assert (now.met, then.met, concluded.met) == pytest.approx(((1 / 3 + 1) / 3, 2 / 3, (1 / 3 + 2) / 3))


def bytes_of(folder: Path) -> dict[Path, str]:
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_nothing_on_the_disk_changes_nor_does_the_run(ours: Ours) -> None:
    before = bytes_of(ours.folder)
    clauses = ours.run(ours.after).clauses
    levers = Levers({"csat_top_2_box": 1.0}, METHOD, HEARD)
    assert changes(ours, ours.after, levers) == changes(ours, ours.after, levers) != {}
    assert bytes_of(ours.folder) == before and ours.run(ours.after).clauses == clauses
    assert changes(ours, ours.after, Levers()) == {}
