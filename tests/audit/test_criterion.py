"""A figure against a criterion: what meets, what does not, and what must stay without a verdict."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from written_and_found import AS_OF, STARTS, computed, document, figure, group, kpi, text

from audit.criterion import Figures, difference, judge_computed
from audit.errors import UnitError
from audit.evidence import Document, Evidence, Grade, Outcome
from audit.measurement import Kpi, Measurement

MET, NOT_MET, NOT_EVALUATED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVALUATED
DECLINE = Figures(figure(70.0, low=68.0, high=72.0), before=figure(80.0, low=78.0, high=82.0))
STEADY = Figures(figure(79.0, low=77.0, high=81.0), before=figure(80.0, low=78.0, high=82.0))
NO_WORSE: dict[str, Any] = {"no_worse_than_before": True}
NO_BEFORE = "no sound figure of the period before"
PLAN = document(kind="improvement plan", title="Fewer delays")


def judged(figures: Figures, of: Kpi | None = None, documents: tuple[Document, ...] = (), **accept: Any) -> Evidence:
    return judge_computed(computed(**accept), of or kpi(), figures, documents)


def alone(found: Measurement | None, of: Kpi | None = None, **accept: Any) -> Evidence:
    return judged(Figures(found), of, **accept)


def among(*groups: Measurement, of: Kpi | None = None, **accept: Any) -> Evidence:
    return judged(Figures(figure(), groups=groups), of, **{"at_least": "80 %", "for_each": "segment", **accept})


FAILED = text("the gate “Recommendation is 0 to 10” failed")
THIN = text("only 10 records; at least 30 are needed")
LOWER = kpi(better="lower")

# What fires: the figure is sound, and the limit decides.
FIRES = [
    ("above", alone(figure(85.0), at_least="80 %"), MET),
    ("exactly at least", alone(figure(80.0), at_least="80 %"), MET),
    ("just below", alone(figure(79.999), at_least="80 %"), NOT_MET),
    ("below", alone(figure(60.0), at_least="80 %"), NOT_MET),
    ("exactly at most", alone(figure(80.0), at_most="80 %"), MET),
    ("just above", alone(figure(80.001), at_most="80 %"), NOT_MET),
    ("nought is a value", alone(figure(0.0), at_least="1 %"), NOT_MET),
    ("nought may be good", alone(figure(0.0), at_most="0 %"), MET),
    ("a negative limit", alone(figure(-5.0, unit="points"), kpi(unit="points"), at_least="-10 points"), MET),
    ("within the band", alone(figure(50.0), at_least="20 %", at_most="80 %"), MET),
    ("lower end of the band", alone(figure(20.0), at_least="20 %", at_most="80 %"), MET),
    ("upper end of the band", alone(figure(80.0), at_least="20 %", at_most="80 %"), MET),
    ("below the band", alone(figure(19.9), at_least="20 %", at_most="80 %"), NOT_MET),
    ("above the band", alone(figure(80.1), at_least="20 %", at_most="80 %"), NOT_MET),
    ("exactly the sample", alone(figure(85.0, 30), at_least="80 %"), MET),
    ("own sample below the KPI's", alone(figure(85.0, 10), at_least="80 %", sample_of=10), MET),
    ("own sample below the KPI's, which calls it thin", alone(figure(60.0, 10, not_evaluated=THIN), at_least="80 %",
     sample_of=10), NOT_MET),
    ("interval includes the limit", alone(figure(79.0, low=70.0, high=86.0), at_least="80 %"), NOT_MET),
    ("a warning only travels", alone(figure(85.0, warning=text("two late rows")), at_least="80 %"), MET),
    ("every group meets", among(group("A", 85.0), group("B", 80.0)), MET),
    ("one bad group", among(group("A", 85.0), group("B", 79.0)), NOT_MET),
    ("a bad group beside a thin one", among(group("A", 50.0), group("B", 85.0, 3)), NOT_MET),
    ("the whole does not excuse a group", among(group("A", 10.0), *(group(f"B{i}", 99.0) for i in range(9))), NOT_MET),
    ("rows without a group are one", among(group("A", 85.0), group("", 10.0)), NOT_MET),
    ("steady", judged(STEADY, **NO_WORSE), MET),
    ("worse", judged(DECLINE, **NO_WORSE), NOT_MET),
    ("less is better", judged(DECLINE, LOWER, **NO_WORSE), MET),
    ("more is worse", judged(Figures(DECLINE.before, DECLINE.latest), LOWER, **NO_WORSE), NOT_MET),
    ("too low, whatever it was before", judged(Figures(figure(70.0)), at_least="80 %", **NO_WORSE), NOT_MET),
    ("a group against its own past", judged(Figures(figure(), groups=(group("A", 70.0, low=68.0, high=72.0),),
     groups_before=(group("B", 70.0, low=68.0, high=72.0), group("A", 80.0, low=78.0, high=82.0))),
     **NO_WORSE, for_each="segment"), NOT_MET),
    ("another group's past is no matter", judged(Figures(figure(), groups=(group("B", 70.0, low=68.0, high=72.0),),
     groups_before=(group("B", 70.0, low=68.0, high=72.0), group("A", 80.0, low=78.0, high=82.0))),
     **NO_WORSE, for_each="segment"), MET),
]  # fmt: skip

# What must stay without a verdict, however good or bad the value looks; and the words that say why.
SILENT = [
    ("not measured", alone(None, at_least="80 %"), "it was not measured for this period"),
    ("no value, no records", alone(figure(None, 0), at_least="80 %"), "there are no records in the period"),
    ("no records, yet a value", alone(figure(0.0, 0), at_least="80 %"), "there are no records in the period"),
    ("no records, and nought allowed", alone(figure(0.0, 0), at_most="5 %"), "there are no records in the period"),
    ("no value though records", alone(figure(None, 50), at_least="80 %"), "it cannot be computed from the records"),
    ("not a number", alone(figure(float("nan")), at_least="80 %"), "it cannot be computed from the records"),
    ("infinite", alone(figure(float("inf")), at_least="80 %"), "it cannot be computed from the records"),
    ("thin by one, good", alone(figure(100.0, 29), at_least="80 %"), "only 29 records; at least 30 are needed"),
    ("thin by one, bad", alone(figure(0.0, 29), at_least="80 %"), "only 29 records; at least 30 are needed"),
    ("own sample above the KPI's", alone(figure(0.0, 999), at_least="80 %", sample_of=1000),
     "only 999 records; at least 1,000 are needed"),
    ("failed gate, good", alone(figure(99.0, not_evaluated=FAILED), at_least="80 %"), FAILED.en),
    ("failed gate, bad", alone(figure(1.0, not_evaluated=FAILED), at_least="80 %"), FAILED.en),
    ("failed gate, no value", alone(figure(None, 0, not_evaluated=FAILED), at_least="80 %"), FAILED.en),
    ("failed gate, own sample below the KPI's", alone(figure(None, 10, not_evaluated=FAILED), at_least="80 %",
     sample_of=10), FAILED.en),
    ("thin by either least", alone(figure(85.0, 9, not_evaluated=THIN), at_least="80 %", sample_of=10), THIN.en),
    ("thin by the KPI's least", alone(figure(85.0, 10, not_evaluated=THIN), at_least="80 %"), THIN.en),
    ("failed gate before thin sample", alone(figure(1.0, 1, not_evaluated=FAILED), at_least="80 %"), FAILED.en),
    ("no group", among(), "there is no group to compare"),
    ("no group because of the gate", judged(Figures(figure(None, 0, not_evaluated=FAILED)), at_least="80 %",
     for_each="segment"), FAILED.en),
    ("no group, nothing measured", judged(Figures(None), at_least="80 %", for_each="segment"), "there is no group"),
    ("one thin group", among(group("A", 85.0), group("B", 85.0, 3)), "(segment: B): not evaluated, because only 3"),
    ("one group without records", among(group("A", 85.0), group("B", None, 0)), "(segment: B): not evaluated"),
    ("one group behind a failed gate", among(group("A", 85.0), group("B", 1.0, not_evaluated=FAILED)), FAILED.en),
    ("no period before", judged(Figures(STEADY.latest), **NO_WORSE), NO_BEFORE),
    ("a decline on a failed gate", judged(replace(DECLINE, before=replace(DECLINE.before, not_evaluated=FAILED)),
     **NO_WORSE), NO_BEFORE),
    ("before without a value", judged(replace(DECLINE, before=figure(None, 0)), **NO_WORSE),
     NO_BEFORE),
    ("thin before", judged(replace(DECLINE, before=replace(DECLINE.before, n=29)), **NO_WORSE),
     NO_BEFORE),
    ("no interval now", judged(replace(DECLINE, latest=figure(70.0)), **NO_WORSE), "it has no interval"),
    ("no interval before", judged(replace(DECLINE, before=figure(80.0)), **NO_WORSE), "it has no interval"),
    ("half an interval", judged(replace(DECLINE, before=figure(80.0, low=78.0)), **NO_WORSE),
     "it has no interval"),
    ("an interval without an end", judged(replace(DECLINE, before=figure(80.0, low=78.0, high=float("nan"))),
     **NO_WORSE), "it has no interval"),
    ("high enough, but no period before", judged(Figures(figure(85.0)), at_least="80 %", **NO_WORSE),
     NO_BEFORE),
    ("neither direction is better", judged(DECLINE, kpi(better="neither"), **NO_WORSE),
     "neither direction of it is the better one"),
    ("a group against the whole", judged(Figures(figure(), before=DECLINE.before, groups=(group("A", 70.0, low=68.0,
     high=72.0),)), **NO_WORSE, for_each="segment"), NO_BEFORE),
    ("a plan excuses no thin sample", judged(replace(DECLINE, latest=figure(70.0, 3)), documents=(PLAN,),
     **NO_WORSE, acted_on_by="improvement plan"), "only 3 records"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "outcome"), [pytest.param(f, o, id=name) for name, f, o in FIRES])
def test_a_sound_figure_is_held_against_the_criterion(found: Evidence, outcome: Outcome) -> None:
    assert found.outcome == outcome
    assert found.grade == (Grade.MINOR if outcome == NOT_MET else None)
    assert found.because.en.endswith(".") and found.because.zh


@pytest.mark.parametrize(("found", "reason"), [pytest.param(f, reason, id=name) for name, f, reason in SILENT])
def test_bad_or_thin_data_is_no_evidence_either_way(found: Evidence, reason: str) -> None:
    assert (found.outcome, found.grade) == (NOT_EVALUATED, None)
    assert "not evaluated, because" in found.because.en and reason in found.because.en


def test_the_table_of_silence_is_as_long_as_the_table_of_what_fires() -> None:
    assert len(SILENT) >= len(FIRES)


DAY = dt.timedelta(days=1)
PLANS = [
    ("no plan", (), NOT_MET),
    ("on the first day of the period", (replace(PLAN, reviewed_on=STARTS),), MET),
    ("on the day before", (replace(PLAN, reviewed_on=STARTS - DAY),), NOT_MET),
    ("on the audit date", (replace(PLAN, reviewed_on=AS_OF),), MET),
    ("a draft", (replace(PLAN, status="draft"),), NOT_MET),
    ("in review", (replace(PLAN, status="in review"),), NOT_MET),
    ("obsolete", (replace(PLAN, status="obsolete"),), NOT_MET),
    ("without a date", (replace(PLAN, reviewed_on=None),), NOT_MET),
    ("another kind", (replace(PLAN, kind="survey method"),), NOT_MET),
    ("an old one beside a new one", (replace(PLAN, reviewed_on=STARTS - DAY), PLAN), MET),
    ("a new one beside a draft", (PLAN, replace(PLAN, status="draft")), MET),
]  # fmt: skip


@pytest.mark.parametrize(("documents", "outcome"), [pytest.param(d, o, id=name) for name, d, o in PLANS])
def test_a_decline_is_acted_on_by_an_approved_plan_of_the_period(
    documents: tuple[Document, ...], outcome: Outcome
) -> None:
    found = judged(DECLINE, documents=documents, **NO_WORSE, acted_on_by="improvement plan")
    assert found.outcome == outcome
    assert ("“Fewer delays”" in found.because.en) == (outcome == MET)
    assert ("nobody acted on it" in found.because.en) == (outcome == NOT_MET)


def test_a_plan_answers_only_where_the_criterion_asks_for_one() -> None:
    assert judged(DECLINE, documents=(PLAN,), **NO_WORSE).outcome == NOT_MET


def test_a_plan_does_not_lift_a_figure_over_its_limit() -> None:
    accept = {"at_least": "75 %", "no_worse_than_before": True, "acted_on_by": "improvement plan"}
    assert judged(DECLINE, documents=(PLAN,), **accept).outcome == NOT_MET


@pytest.mark.parametrize(
    ("groups", "of", "named"),
    [
        ([group("A", 70.0), group("B", 60.0), group("C", 85.0)], kpi(), "B"),
        ([group("A", 70.0), group("B", 60.0), group("C", 85.0)], LOWER, "A"),
        ([group("A", 85.0), group("B", 81.0)], kpi(), "B"),
        ([group("A", 79.0), group("B", 1.0, 3)], kpi(), "A"),
        ([group("A", 99.0), group("B", None, 0)], kpi(), "B"),
        ([group("B", 60.0), group("A", 60.0)], kpi(), "A"),
    ],
)
def test_the_worst_group_is_named(groups: list[Measurement], of: Kpi, named: str) -> None:
    for order in (groups, groups[::-1]):
        found = among(*order, of=of)
        assert found.measurement and found.measurement.group == named
        assert f"(segment: {named})" in found.because.en
        assert found.groups == tuple(order)


@pytest.mark.parametrize("limit", ["80 points", "0.8", "5 days"])
def test_a_criterion_in_another_unit_is_no_verdict_but_a_mistake(limit: str) -> None:
    with pytest.raises(UnitError, match="cannot be compared"):
        alone(figure(85.0), at_least=limit)


PERIOD = "1 Jul 2025 to 30 Jun 2026"
WORDS = [
    (alone(figure(85.0, 120, low=77.5, high=90.3), at_least="75 %"),
     f"On time: 85.0 % (77.5 to 90.3, n = 120), {PERIOD}; this meets your criterion of at least 75 %."),
    (alone(figure(85.0, 120, low=77.5, high=90.3), at_least="80 %"),
     f"On time: 85.0 % (77.5 to 90.3, n = 120), {PERIOD}; this meets your criterion of at least 80 %, "
     "though the interval includes it."),
    (alone(figure(85.0, 120, low=77.5, high=90.3), at_least="95 %"),
     f"On time: 85.0 % (77.5 to 90.3, n = 120), {PERIOD}; this does not meet your criterion of at least 95 %."),
    (alone(figure(79.98, 120), at_least="80 %"),
     f"On time: 80 % (n = 120), {PERIOD}; rounded it equals your criterion of at least 80 %, yet it does not meet it."),
    (alone(figure(50.0, 1200), at_least="20 %", at_most="80 %"),
     f"On time: 50 % (n = 1,200), {PERIOD}; this meets your criterion of at least 20 %, at most 80 %."),
    (among(group("Retail", 60.0)),
     f"On time (segment: Retail): 60 % (n = 100), {PERIOD}; this does not meet your criterion of at least 80 %."),
    (alone(figure(85.0, 7), at_least="80 %"),
     "On time: not evaluated, because only 7 records; at least 30 are needed."),
    (judged(DECLINE, **NO_WORSE),
     f"On time: 70.0 % (68.0 to 72.0, n = 100), {PERIOD}, against 80.0 % (78.0 to 82.0, n = 100) in the period before; "
     "it got worse by more than chance explains."),
    (judged(STEADY, **NO_WORSE),
     f"On time: 79.0 % (77.0 to 81.0, n = 100), {PERIOD}, against 80.0 % (78.0 to 82.0, n = 100) in the period before; "
     "it has not got worse by more than chance explains."),
    (judged(DECLINE, documents=(PLAN,), **NO_WORSE, acted_on_by="improvement plan"),
     f"On time: 70.0 % (68.0 to 72.0, n = 100), {PERIOD}, against 80.0 % (78.0 to 82.0, n = 100) in the period before; "
     "it got worse, and an answer is on record: “Fewer delays”, approved and reviewed on 30 Jun 2026."),
]  # fmt: skip


@pytest.mark.parametrize(("found", "words"), WORDS)
def test_a_reader_learns_what_was_found_what_was_asked_and_from_how_many(found: Evidence, words: str) -> None:
    assert found.because.en == words and found.because.zh


def wilson(count: int, n: int) -> Measurement:
    low, high = proportion_confint(count, n, method="wilson")
    return figure(100 * count / n, n, low=100 * low, high=100 * high)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 5000))
    return draw(st.integers(0, n)), n


@given(shares(), shares())
def test_the_interval_of_a_difference_of_shares_is_newcombes(now: tuple[int, int], before: tuple[int, int]) -> None:
    """statsmodels computes it from the counts, without our road over the two intervals."""
    bounds = difference(wilson(*now), wilson(*before))
    assert bounds == pytest.approx(
        [100 * b for b in confint_proportions_2indep(*now, *before, method="newcomb", compare="diff")], abs=1e-7
    )


def test_the_interval_of_a_difference_is_as_printed_by_newcombe() -> None:
    """Newcombe 1998, Statistics in Medicine 17:873, table II, example (a), method 10: 56/70 against 48/80."""
    assert difference(wilson(56, 70), wilson(48, 80)) == pytest.approx((5.24, 33.39), abs=0.005)


@given(shares(), shares())
def test_a_difference_seen_from_the_other_side_is_its_mirror(now: tuple[int, int], before: tuple[int, int]) -> None:
    there, back = difference(wilson(*now), wilson(*before)), difference(wilson(*before), wilson(*now))
    assert there and back and there == pytest.approx((-back[1], -back[0]), abs=1e-9)


@pytest.mark.parametrize("missing", ["value", "low", "high"])
@pytest.mark.parametrize("absent", [None, float("nan"), float("inf")])
def test_there_is_no_difference_of_what_is_not_known(missing: str, absent: float | None) -> None:
    sound = figure(80.0, low=78.0, high=82.0)
    broken: Measurement = replace(sound, **{missing: absent})  # type: ignore[arg-type]
    assert difference(sound, broken) is None and difference(broken, sound) is None


def test_a_difference_whose_interval_touches_nought_is_not_worse() -> None:
    """3² + 4² = 5²: the upper end of the difference lies exactly on nought."""
    now, before = figure(75.0, low=70.0, high=78.0), figure(80.0, low=76.0, high=85.0)
    assert difference(now, before) == (-5 - 50**0.5, 0.0)
    assert judged(Figures(now, before), **NO_WORSE).outcome == MET
    slightly = Figures(replace(now, high=77.999), before)
    assert judged(slightly, **NO_WORSE).outcome == NOT_MET
    assert judged(Figures(before, now), LOWER, **NO_WORSE).outcome == MET
    assert judged(Figures(before, replace(now, high=77.999)), LOWER, **NO_WORSE).outcome == NOT_MET


GROUPS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 100)), st.integers(0, 60), st.booleans()), min_size=1, max_size=6
).map(
    lambda rows: [
        group(f"G{i}", None if value is None else float(value), n, not_evaluated=FAILED if broken else None)
        for i, (value, n, broken) in enumerate(rows)
    ]
)


@given(GROUPS, st.randoms())
def test_the_order_of_groups_never_matters(groups: list[Measurement], dice: Any) -> None:
    shuffled = groups[:]
    dice.shuffle(shuffled)
    one, other = among(*groups), among(*shuffled)
    assert (one.outcome, one.because, one.measurement) == (other.outcome, other.because, other.measurement)


SEVERITY = {NOT_MET: 0, NOT_EVALUATED: 1, MET: 2}


@given(GROUPS, st.floats(0, 100), st.integers(0, 60))
def test_one_more_group_never_improves_the_outcome(groups: list[Measurement], value: float, n: int) -> None:
    more = among(*groups, group("another", value, n))
    assert SEVERITY[more.outcome] <= SEVERITY[among(*groups).outcome]


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
def test_a_better_value_is_never_judged_worse(one: float, other: float, limit: float) -> None:
    low, high = sorted((one, other))
    for accept, better, worse in (("at_least", high, low), ("at_most", low, high)):
        criterion = {accept: f"{limit:.3f} %"}
        above, below = (SEVERITY[alone(figure(value), **criterion).outcome] for value in (better, worse))
        assert above >= below


@given(st.floats(0, 100), st.integers(0, 29), st.floats(0, 100))
def test_no_value_and_no_limit_make_a_thin_sample_speak(value: float, n: int, limit: float) -> None:
    for accept in ("at_least", "at_most"):
        assert alone(figure(value, n), **{accept: f"{limit:.3f} %"}).outcome == NOT_EVALUATED
