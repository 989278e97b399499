"""The checklist of edition 2015: complete, consistent, and fair to a healthy organisation."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from audit.checklist import Clause, Computed, Documentary, Requirement
from audit.evidence import Grade
from audit.quantity import Quantity
from pipelines import definitions, yaml_file

FOLDER = definitions.CHECKLISTS / "iso-9001-2015"
CHECKLIST = definitions.checklist("iso-9001-2015")
REQUIREMENTS = [(clause, requirement) for clause in CHECKLIST.clauses for requirement in clause.requirements]
RULES = [rule for _, _, rule in CHECKLIST.rules()]
COMPUTED = [rule for rule in RULES if isinstance(rule, Computed)]
DOCUMENTARY = [rule for rule in RULES if isinstance(rule, Documentary)]
BY_ID = {rule.id: rule for rule in RULES}


def named(rule: Computed | Documentary) -> str:
    return rule.id


# Which clause asks what, and what answers: the names of figures, and of documents.
COVERAGE = {
    "5.1.2-a": ["on_time_delivery_by_day", "customer requirements list"],
    "5.1.2-b": ["customer risk register"],
    "5.1.2-c": ["csat_top_2_box"],
    "8.2.1-a": ["customer communication plan"],
    "8.2.1-b": ["ces", "customer communication plan"],
    "8.2.1-c": ["complaint_acknowledge_days_median", "complaint_acknowledge_days_p90", "complaint procedure"],
    "8.2.1-d": ["customer property register"],
    "8.2.1-e": ["contingency arrangement"],
    "9.1.2-a": ["survey method"],
    "9.1.2-b": ["survey_response_rate", "survey_coverage", "days_since_last_survey"],
    "9.1.2-c": ["performance analysis"],
    "9.1.3-a": ["complaint_rate", "performance analysis"],
    "9.1.3-b": ["mean_satisfaction", "nps", "retention_rate", "performance analysis"],
    "9.1.3-c": ["performance analysis"],
    "9.1.3-d": ["on_time_of_orders_due", "performance analysis"],
    "9.1.3-e": ["performance analysis"],
    "9.1.3-f": ["supplier evaluation"],
    "9.1.3-g": ["performance analysis"],
    "9.3.2-a": ["management review input"],
    "9.3.2-b": ["management review input"],
    "9.3.2-c1": ["csat_top_2_box", "management review input"],
    "9.3.2-c2": ["management review input"],
    "9.3.2-c3": ["management review input"],
    "9.3.2-c4": ["management review input"],
    "9.3.2-c5": ["management review input"],
    "9.3.2-c6": ["management review input"],
    "9.3.2-c7": ["management review input"],
    "9.3.2-d": ["management review input"],
    "9.3.2-e": ["management review input"],
    "9.3.2-f": ["management review input"],
    "10.2-a": [
        "complaints_with_correction",
        "complaints_closed_in_time",
        "complaint_close_days_median",
        "complaint_close_days_p90",
    ],
    "10.2-b": ["complaints_with_cause"],
    "10.2-c": ["overdue_open_complaints", "corrective action register"],
    "10.2-d": ["repeat_complaints", "corrective action register"],
    "10.2-e": ["customer risk register"],
    "10.2-f": ["corrective action register"],
    "10.2-g": ["corrective action register"],
}


def test_every_clause_and_requirement_is_there_in_order_and_no_other() -> None:
    assert [requirement.id for _, requirement in REQUIREMENTS] == list(COVERAGE)


@pytest.mark.parametrize(("clause", "requirement"), REQUIREMENTS, ids=lambda part: getattr(part, "id", None))
def test_a_requirement_is_answered_by_the_figures_and_documents_of_the_table(
    clause: Clause, requirement: Requirement
) -> None:
    figures = [rule.computed for rule in requirement.evidence if isinstance(rule, Computed)]
    documents = [rule.document for rule in requirement.evidence if isinstance(rule, Documentary)]
    assert figures + documents == COVERAGE[requirement.id]


@pytest.mark.parametrize(("clause", "requirement"), REQUIREMENTS, ids=lambda part: getattr(part, "id", None))
def test_a_requirement_can_be_asked_and_is_found_in_both_editions(clause: Clause, requirement: Requirement) -> None:
    assert 2 <= len(requirement.ask_people) <= 3
    assert set(requirement.refs) == {"iso-9001-2015", "iso-9001-2026"}
    sub_clauses = {"10.2": {"10.2.1", "10.2.2"}}.get(clause.clause, {clause.clause})
    assert requirement.refs["iso-9001-2015"] in sub_clauses
    assert requirement.refs["iso-9001-2026"] == clause.clause


def test_titles_are_those_of_the_clauses_in_both_languages() -> None:
    assert {clause.clause: (clause.title.en, clause.title.zh) for clause in CHECKLIST.clauses} == {
        "5.1.2": ("Customer focus", "以顾客为关注焦点"),
        "8.2.1": ("Customer communication", "顾客沟通"),
        "9.1.2": ("Customer satisfaction", "顾客满意"),
        "9.1.3": ("Analysis and evaluation", "分析与评价"),
        "9.3.2": ("Management review inputs", "管理评审输入"),
        "10.2": ("Nonconformity and corrective action", "不合格和纠正措施"),
    }


def test_a_file_is_named_after_its_clause() -> None:
    for path in FOLDER.glob("[0-9]*.yaml"):
        clause = yaml_file.read(path).as_model(Clause)
        words = re.sub(r"[^a-z]+", "-", clause.title.en.lower())
        assert path.name == f"{clause.clause}-{words}.yaml"


# ids


def test_ids_are_unique_and_begin_with_what_they_belong_to() -> None:
    for clause, requirement in REQUIREMENTS:
        assert re.fullmatch(rf"{re.escape(clause.clause)}-[a-z]\d?", requirement.id)
        numbers = [f"{requirement.id}-{number}" for number in range(1, len(requirement.evidence) + 1)]
        assert [rule.id for rule in requirement.evidence] == numbers
    names = [requirement.id for _, requirement in REQUIREMENTS] + list(BY_ID)
    assert len(names) == len(set(names))
    assert len(BY_ID) == len(RULES)


FIXED = {
    "5.1.2-c-1": {"no_worse_than_before": True, "acted_on_by": "improvement plan", "over": "12 months"},
    "9.1.2-a-1": {"status": "approved", "reviewed_within": "24 months"},
    "9.1.2-b-1": {"at_least": "20 %", "sample_of": 30, "over": "12 months"},
    "9.1.2-b-2": {"at_least": "10 %", "for_each": "segment", "over": "12 months"},
    "10.2-b-1": {"at_least": "95 %", "over": "12 months"},
}


@pytest.mark.parametrize(("rule_id", "written"), FIXED.items())
def test_what_the_demonstration_rests_on_stays_as_it_is(rule_id: str, written: dict[str, object]) -> None:
    accept = BY_ID[rule_id].accept
    found = {name: getattr(accept, name) for name in accept.model_fields_set}
    assert {name: str(value) if isinstance(value, Quantity) else value for name, value in found.items()} == written
    assert BY_ID[rule_id].otherwise == (Grade.OBSERVATION if rule_id == "9.1.2-b-1" else Grade.MINOR)


@pytest.mark.parametrize("rule", COMPUTED, ids=named)
def test_a_figure_is_looked_at_over_a_year_and_says_so(rule: Computed) -> None:
    assert "over" in rule.accept.model_fields_set
    assert rule.accept.over == Quantity(12, "months")


# units, names and grades


@pytest.mark.parametrize("rule", COMPUTED, ids=named)
def test_a_figure_exists_serves_the_clause_and_has_the_unit_of_its_limits(rule: Computed) -> None:
    kpi = definitions.kpis()[rule.computed]
    assert {limit.unit for limit in (rule.accept.at_least, rule.accept.at_most) if limit} <= {kpi.unit}
    assert rule.accept.for_each is None or rule.accept.for_each in kpi.by
    assert rule.id.rsplit("-", 2)[0] in kpi.clauses
    assert rule.accept.at_least is None or kpi.better == "higher"
    assert rule.accept.at_most is None or kpi.better == "lower"


def test_documents_are_of_known_kinds_and_every_kind_is_asked_for() -> None:
    asked = {rule.document for rule in DOCUMENTARY} | {rule.accept.acted_on_by for rule in COMPUTED}
    assert asked - {None} == set(CHECKLIST.standard.documents)


def test_no_figure_below_an_own_criterion_threatens_with_a_major_nonconformity() -> None:
    assert {rule.otherwise for rule in RULES} == {Grade.MINOR, Grade.OBSERVATION}
    assert {rule.otherwise for rule in DOCUMENTARY} == {Grade.MINOR}


@pytest.mark.parametrize("rule", DOCUMENTARY, ids=named)
def test_a_document_is_asked_to_be_approved_and_recent(rule: Documentary) -> None:
    assert rule.accept.status == "approved"
    assert rule.accept.reviewed_within or rule.accept.covers


# What a healthy organisation shows; the last lines are one whose satisfaction falls and that is well otherwise.
HEALTHY = {
    "survey_response_rate": "38 %",
    "days_since_last_survey": "100 days",
    "csat_top_2_box": "84 %",
    "mean_satisfaction": "4.2 score",
    "nps": "35 points",
    "ces": "5.6 score",
    "survey_coverage": "30 %",
    "complaint_rate": "28 per 1,000",
    "complaint_acknowledge_days_median": "0.9 days",
    "complaint_acknowledge_days_p90": "2 days",
    "complaint_close_days_median": "9 days",
    "complaint_close_days_p90": "24 days",
    "complaints_closed_in_time": "95 %",
    "overdue_open_complaints": "0 count",
    "complaints_with_correction": "99 %",
    "complaints_with_cause": "99 %",
    "repeat_complaints": "3 %",
    "on_time_delivery_by_day": "95 %",
    "on_time_of_orders_due": "95 %",
    "retention_rate": "93 %",
}
DECLINING = {"csat_top_2_box": "73 %", "mean_satisfaction": "3.8 score", "nps": "20 points", "ces": "5.2 score"}


def within(rule: Computed, value: Quantity) -> bool:
    low, high = rule.accept.at_least, rule.accept.at_most
    return (low is None or value >= low) and (high is None or value <= high)


@pytest.mark.parametrize("rule", COMPUTED, ids=named)
def test_a_healthy_organisation_is_within_the_default_limit(rule: Computed) -> None:
    assert within(rule, Quantity.parse(HEALTHY[rule.computed]))


@pytest.mark.parametrize("rule", [rule for rule in COMPUTED if rule.computed in DECLINING], ids=named)
def test_a_decline_alone_stays_within_every_limit_on_a_level(rule: Computed) -> None:
    assert within(rule, Quantity.parse(DECLINING[rule.computed]))


@pytest.mark.parametrize(
    ("rule_id", "value"),
    [
        ("9.1.2-b-1", "12 %"),
        ("9.1.2-b-2", "0 %"),
        ("9.1.2-b-3", "500 days"),
        ("10.2-b-1", "70 %"),
        ("9.3.2-c1-2", "60 %"),
        ("9.1.3-b-3", "-10 points"),
        ("8.2.1-c-2", "4 days"),
        ("10.2-c-2", "1 count"),
        ("9.1.3-a-2", "80 per 1,000"),
    ],
)
def test_an_unhealthy_figure_is_outside_the_default_limit(rule_id: str, value: str) -> None:
    rule = BY_ID[rule_id]
    assert isinstance(rule, Computed)
    assert not within(rule, Quantity.parse(value))


def test_each_planted_defect_shows_in_one_place_only() -> None:
    used = Counter([rule.computed for rule in COMPUTED] + [rule.document for rule in DOCUMENTARY])
    assert [used[name] for name in ("survey method", "survey_coverage", "complaints_with_cause")] == [1, 1, 1]
    assert used["improvement plan"] == 0
    assert [rule.id for rule in COMPUTED if rule.accept.no_worse_than_before] == ["5.1.2-c-1"]
