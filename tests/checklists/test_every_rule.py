"""Every rule of every edition and pack has a case in which it is met, one in which it is not, and one of silence.

The figures, documents, records and answers are made here from the limits as the rule writes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from audit.criterion import Figures, judge_computed
from audit.document import judge_document
from audit.evidence import Answer, Document, Drawn, Evidence, Outcome
from audit.heard import judge_heard
from audit.measurement import Kpi, Measurement
from audit.rule import Computed, Documentary, Interview, Observation, Rule, Sample
from audit.sample import judge_sample
from audit.text import Text
from pipelines import definitions
from pipelines.checklists import editions

AS_OF = dt.date(2026, 6, 30)
MET, NOT_MET, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVALUATED
Kind = TypeVar("Kind", bound=Rule)


@pytest.fixture(scope="module")
def rules() -> list[tuple[str, Rule]]:
    """Under each edition, without packs and with all of them; a pack may tighten a limit."""
    packs = tuple(editions.packs_named())
    found: dict[tuple[str, str], tuple[str, Rule]] = {}
    for edition in editions.named():
        for chosen in ((), packs):
            for _, _, rule in editions.checklist(edition, chosen).rules():
                found[rule.id, rule.accept.model_dump_json()] = f"{edition}: {rule.id}", rule
    return list(found.values())


def of_kind(rules: list[tuple[str, Rule]], kind: type[Kind]) -> list[tuple[str, Kind]]:
    found = [(name, rule) for name, rule in rules if isinstance(rule, kind)]
    assert found, f"no rule is a {kind.__name__}"
    return found


def judged_as(cases: list[tuple[str, Rule, Evidence]], outcome: Outcome) -> None:
    """All of them, with the grade that the rule proposes where it is not met, and a sentence in both languages."""
    wrong = [f"{name}: {found.outcome}, {found.because.en}" for name, _, found in cases if found.outcome != outcome]
    assert wrong == []
    for name, rule, found in cases:
        assert found.grade == (rule.otherwise if outcome == NOT_MET else None), name
        assert found.id == rule.id and found.shows == rule.shows and found.kind == rule.kind, name
        assert found.because.en and found.because.zh, name


# --- computed ---------------------------------------------------------------------------------------------------------
def on_the_right_side(rule: Computed) -> float:
    low, high = rule.accept.at_least, rule.accept.at_most
    return low.value if low is not None else high.value if high is not None else 50.0


def on_the_wrong_side(rule: Computed) -> float | None:
    """None where the rule has no level, only a change."""
    low, high = rule.accept.at_least, rule.accept.at_most
    return low.value - 0.01 if low is not None else high.value + 0.01 if high is not None else None


def needed(rule: Computed, kpi: Kpi) -> int:
    return rule.accept.sample_of if rule.accept.sample_of is not None else kpi.least


def figures(rule: Computed, kpi: Kpi, value: float, n: int, before: float | None = None) -> Figures:
    """The whole or, where each group counts, two groups of which the second has this value."""
    months = int(rule.accept.over.value)

    def cell(value: float, starts: dt.date, ends: dt.date, group: str = "") -> Measurement:
        by = rule.accept.for_each if group else ""
        return Measurement(
            kpi=kpi.name, unit=kpi.unit, grain=f"rolling_{months}_months", period=f"{ends:%Y-%m}", starts=starts,
            ends=ends, by=by or "", group=group, value=value, n=n, low=value - 0.001, high=value + 0.001,
        )  # fmt: skip

    now, former = (dt.date(2025, 7, 1), AS_OF), (dt.date(2024, 7, 1), dt.date(2025, 6, 30))
    past = value if before is None else before
    groups = [cell(on_the_right_side(rule), *now, "A"), cell(value, *now, "B")] if rule.accept.for_each else []
    groups_before = [cell(on_the_right_side(rule), *former, "A"), cell(past, *former, "B")] if groups else []
    return Figures(cell(value, *now), cell(past, *former), tuple(groups), tuple(groups_before))


def computed(
    rules: list[tuple[str, Rule]], made: Callable[[Computed, Kpi], Figures | None]
) -> list[tuple[str, Rule, Evidence]]:
    kpis = definitions.kpis()
    cases = []
    for name, rule in of_kind(rules, Computed):
        found = made(rule, kpis[rule.computed])
        if found is not None:
            cases.append((name, rule, judge_computed(rule, kpis[rule.computed], found, [])))
    return cases


def test_every_figure_on_the_right_side_is_met(rules: list[tuple[str, Rule]]) -> None:
    cases = computed(rules, lambda rule, kpi: figures(rule, kpi, on_the_right_side(rule), needed(rule, kpi)))
    judged_as(cases, MET)
    assert len(cases) == len(of_kind(rules, Computed))


def test_every_figure_on_the_wrong_side_is_not(rules: list[tuple[str, Rule]]) -> None:
    def made(rule: Computed, kpi: Kpi) -> Figures | None:
        wrong = on_the_wrong_side(rule)
        return None if wrong is None else figures(rule, kpi, wrong, needed(rule, kpi))

    judged_as(computed(rules, made), NOT_MET)


def test_every_figure_that_must_not_get_worse_is_not_met_when_it_did(rules: list[tuple[str, Rule]]) -> None:
    def made(rule: Computed, kpi: Kpi) -> Figures | None:
        if not rule.accept.no_worse_than_before:
            return None
        now = on_the_right_side(rule)
        return figures(rule, kpi, now, needed(rule, kpi), before=now + 5 if kpi.better == "higher" else now - 5)

    judged_as(computed(rules, made), NOT_MET)


def test_no_computed_rule_is_left_without_a_case_that_is_not_met(rules: list[tuple[str, Rule]]) -> None:
    asked = [rule for _, rule in of_kind(rules, Computed)]
    assert all(on_the_wrong_side(rule) is not None or rule.accept.no_worse_than_before for rule in asked)


def test_every_figure_of_too_few_records_is_silent(rules: list[tuple[str, Rule]]) -> None:
    """Whatever the value."""
    for side in (on_the_right_side, lambda rule: on_the_wrong_side(rule) or 0.0):
        judged_as(computed(rules, lambda r, kpi, side=side: figures(r, kpi, side(r), needed(r, kpi) - 1)), OPEN)  # type: ignore[misc]


def test_every_figure_that_was_not_measured_is_silent(rules: list[tuple[str, Rule]]) -> None:
    judged_as(computed(rules, lambda rule, kpi: Figures(None)), OPEN)


# --- documents --------------------------------------------------------------------------------------------------------
def document(rule: Documentary, **changes: Any) -> Document:
    usual: dict[str, Any] = {
        "id": "DOC-1", "kind": rule.document, "title": "Ours", "status": rule.accept.status, "reviewed_on": AS_OF,
        "covers_from": dt.date(2025, 7, 1), "covers_to": AS_OF,
    }  # fmt: skip
    return Document(**usual | changes)


def documentary(
    rules: list[tuple[str, Rule]], made: Callable[[Documentary], list[Document] | None]
) -> list[tuple[str, Rule, Evidence]]:
    known = editions.document_kinds()
    asked = [(name, rule, made(rule)) for name, rule in of_kind(rules, Documentary)]
    return [
        (name, rule, judge_document(rule, known[rule.document].title, held, AS_OF))
        for name, rule, held in asked
        if held is not None
    ]


def before(months: float) -> dt.date:
    """A day more than so many months before the audit date."""
    years, left = divmod(int(months), 12)
    month = AS_OF.month - left
    return dt.date(AS_OF.year - years - (month < 1), month + 12 * (month < 1), 28)


def test_every_current_document_is_met(rules: list[tuple[str, Rule]]) -> None:
    judged_as(documentary(rules, lambda rule: [document(rule)]), MET)


def test_every_document_of_another_status_is_not(rules: list[tuple[str, Rule]]) -> None:
    for status in ("draft", "obsolete"):
        judged_as(documentary(rules, lambda rule, status=status: [document(rule, status=status)]), NOT_MET)  # type: ignore[misc]


def test_every_outdated_document_is_not_met_where_its_age_counts(rules: list[tuple[str, Rule]]) -> None:
    def reviewed_long_ago(rule: Documentary) -> list[Document] | None:
        limit = rule.accept.reviewed_within
        return [document(rule, reviewed_on=before(limit.value))] if limit else None

    def covers_long_ago(rule: Documentary) -> list[Document] | None:
        return [document(rule, covers_to=before(rule.accept.covers.value))] if rule.accept.covers else None

    judged_as(documentary(rules, reviewed_long_ago), NOT_MET)
    judged_as(documentary(rules, covers_long_ago), NOT_MET)


def test_every_document_that_is_not_registered_is_silent(rules: list[tuple[str, Rule]]) -> None:
    judged_as(documentary(rules, lambda rule: []), OPEN)
    judged_as(documentary(rules, lambda rule: [document(rule, kind="another kind")]), OPEN)


# --- samples ----------------------------------------------------------------------------------------------------------
def sampled(rules: list[tuple[str, Rule]], failing: Callable[[Sample], int]) -> list[tuple[str, Rule, Evidence]]:
    cases = []
    for name, rule in of_kind(rules, Sample):
        items = tuple(f"K{at}" for at in range(rule.accept.failing_at_most + 5))
        bad = set(items[: failing(rule)])
        day = dt.date(2026, 6, 1)
        said = {i: Answer(rule.id, NOT_MET if i in bad else MET, "seen", day, i) for i in items}
        cases.append((name, rule, judge_sample(rule, Drawn(200, items), said)))
    return cases


def test_every_sample_is_met_not_met_and_silent(rules: list[tuple[str, Rule]]) -> None:
    judged_as(sampled(rules, lambda rule: 0), MET)
    judged_as(sampled(rules, lambda rule: rule.accept.failing_at_most), MET)
    judged_as(sampled(rules, lambda rule: rule.accept.failing_at_most + 1), NOT_MET)
    for drawn in (None, Drawn(200, ("K1", "K2"))):
        judged_as([(name, rule, judge_sample(rule, drawn, {})) for name, rule in of_kind(rules, Sample)], OPEN)


def test_every_sample_is_drawn_from_a_source_that_exists(rules: list[tuple[str, Rule]]) -> None:
    assert {rule.sample for _, rule in of_kind(rules, Sample)} <= set(definitions.sources())


# --- interviews and observations --------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [Interview, Observation])
def test_every_interview_and_observation_is_met_not_met_and_silent(
    rules: list[tuple[str, Rule]], kind: type[Interview] | type[Observation]
) -> None:
    asked = of_kind(rules, kind)
    for outcome in (MET, NOT_MET):
        judged_as([(n, r, judge_heard(r, Answer(r.id, outcome, "so", AS_OF), AS_OF)) for n, r in asked], outcome)
    judged_as([(name, rule, judge_heard(rule, None, AS_OF)) for name, rule in asked], OPEN)
    old = [(n, r, Answer(r.id, NOT_MET, "so", before(r.accept.within.value))) for n, r in asked]
    judged_as([(name, rule, judge_heard(rule, said, AS_OF)) for name, rule, said in old], OPEN)


def test_the_criterion_of_every_rule_is_said_in_both_languages(rules: list[tuple[str, Rule]]) -> None:
    shown: list[Text] = [found.criterion for _, _, found in documentary(rules, lambda rule: [])]
    shown += [found.criterion for _, _, found in computed(rules, lambda rule, kpi: Figures(None))]
    assert all(text.en and text.zh and text.en != text.zh for text in shown)
