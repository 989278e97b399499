"""Who judges what in edition 2015: data, documents, samples, people. And where each rule on customers' data stands."""

from __future__ import annotations

import pytest

from audit.checklist import Clause
from audit.rule import Computed, Documentary, Interview, Rule, Sample
from pipelines import definitions

CHECKLIST = definitions.checklist("iso-9001-2015")
CLAUSES = {clause.clause: clause for clause in CHECKLIST.clauses}
REQUIREMENTS = {requirement.id: requirement for clause in CHECKLIST.clauses for requirement in clause.requirements}
RULES = {rule.id: rule for _, _, rule in CHECKLIST.rules()}

LETTERS = {"computed": "F", "document": "D", "sample": "S", "interview": "I", "observation": "O"}
# F: a figure from the data, D: a document, S: records drawn and judged one by one, I: an interview, O: an observation.
JUDGED_BY = {
    "4.1": "a:DI b:D c:DI",
    "4.2": "a:D b:DI c:DI",
    "4.3": "a:D b:I c:DI d:O",
    "4.4": "a:D b:I c:D d:D e:I f:D g:O",
    "5.1.1": "a:I b:D c:I d:I e:D f:I g:D h:I",
    "5.2": "a:I b:D c:D d:D e:I f:O",
    "5.3": "a:FD b:I c:I d:I e:DI f:I",
    "6.1": "a:DI b:I c:D d:D e:I f:D g:I",
    "6.2": "a:D b:D c:I d:F e:I f:D",
    "6.3": "a:DI b:I c:I",
    "7.1.6": "a:I b:DI c:I",
    "7.2": "a:D b:O c:I d:D",
    "7.3": "a:I b:I c:I d:I",
    "7.4": "a:DI b:I",
    "7.5": "a:D b:D c:D d:O e:S f:I g:D h:I",
    "8.1": "a:D b:I c:O d:I e:D",
    "8.2.2": "a:FD b:I c:FD",
    "8.2.3": "a:FI b:FD c:FI d:F e:S",
    "8.2.4": "a:FS b:FI",
    "8.3": "a:I b:D c:S d:D e:I f:D",
    "8.4": "a:D b:I c:I d:D",
    "8.5.1": "a:DO b:I c:I d:I e:FS",
    "8.5.2": "a:O b:FD",
    "8.5.3": "a:D b:O c:I",
    "8.5.4": "a:DO b:I",
    "8.5.5": "a:FD b:I c:FS",
    "8.5.6": "a:D b:I c:D",
    "8.6": "a:D b:I c:S",
    "8.7": "a:O b:S c:I d:I e:D",
    "9.1.1": "a:D b:SI c:D d:I e:D",
    "9.2": "a:D b:I c:D d:D e:DI f:D g:D h:D",
    "9.3.3": "a:DI b:D c:D d:D",
    "10.1": "a:D b:I c:D d:D",
    "10.3": "a:DI b:D",
}
# The clauses in which data counts most, by name: figures, documents, then sources that are drawn from and who is heard.
ANSWERED_BY = {
    "5.1.2-a": ["on_time_delivery_by_day", "customer requirements list", "top management"],
    "5.1.2-b": ["customer risk register"],
    "5.1.2-c": ["csat_top_2_box", "complaint_rate", "on_time_of_orders_due"],
    "8.2.1-a": ["customer communication plan", "observation"],
    "8.2.1-b": ["ces", "customer communication plan", "process owner"],
    "8.2.1-c": [
        "complaint_acknowledge_days_median",
        "complaint_acknowledge_days_p90",
        "complaints_acknowledged_in_time",
        "needs_fed_back",
        "complaint procedure",
        "sample of complaints",
        "staff",
    ],
    "8.2.1-d": ["customer property register"],
    "8.2.1-e": ["contingency arrangement", "top management"],
    "9.1.2-a": ["perception_sources", "survey method"],
    "9.1.2-b": [
        "survey_response_rate",
        "survey_coverage",
        "days_since_last_survey",
        "survey_coverage_of_revenue",
        "satisfaction_margin_of_error",
        "late_early_difference",
        "silent_customers",
        "months_without_complaints",
        "process owner",
    ],
    "9.1.2-c": ["performance analysis"],
    "9.1.3-a": ["complaint_rate", "performance analysis"],
    "9.1.3-b": [
        "mean_satisfaction",
        "nps",
        "retention_rate",
        "repurchase_rate",
        "performance analysis",
        "control chart notes",
        "process owner",
    ],
    "9.1.3-c": ["performance analysis"],
    "9.1.3-d": ["on_time_of_orders_due", "performance analysis"],
    "9.1.3-e": ["performance analysis"],
    "9.1.3-f": ["supplier evaluation"],
    "9.1.3-g": ["performance analysis"],
    "9.3.2-a": ["management review input"],
    "9.3.2-b": ["management review input"],
    "9.3.2-c1": ["csat_top_2_box", "management review input", "top management"],
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
    "10.2-b": ["complaints_with_cause", "complaints_with_action", "sample of complaints"],
    "10.2-c": ["overdue_open_complaints", "overdue_actions", "corrective action register"],
    "10.2-d": [
        "repeat_complaints",
        "actions_verified_effective",
        "corrective action register",
        "sample of complaint_actions",
    ],
    "10.2-e": ["customer risk register"],
    "10.2-f": ["corrective action register", "staff"],
    "10.2-g": ["complaint_dates_in_order", "corrective action register"],
}
# How far data can go by nature. Where only people can tell, no figure; in three clauses figures carry most.
ONLY_PEOPLE = {"4.1", "5.1.1", "5.2", "6.3", "7.3"}
BY_FIGURES = {"5.1.2", "8.2.3", "9.1.2", "9.1.3", "10.2"}
# The 24 rules on customers' data, by what they look for, and the evidence that looks.
DATA_RULES = {
    "CS-01 the newest answer is not too old": {"9.1.2-b-3": "days_since_last_survey"},
    "CS-02 response rate": {"9.1.2-b-1": "survey_response_rate"},
    "CS-03 coverage of segments and revenue": {
        "9.1.2-b-2": "survey_coverage",
        "9.1.2-b-4": "survey_coverage_of_revenue",
    },
    "CS-04 precision": {"9.1.2-b-5": "satisfaction_margin_of_error"},
    "CS-05 those who did not answer": {"9.1.2-b-6": "late_early_difference"},
    "CS-06 a written method": {"9.1.2-a-1": "survey method"},
    "CS-07 two sources of perception": {"9.1.2-a-2": "perception_sources"},
    "CS-08 conclusions, and a word on each signal": {
        "9.1.3-b-1": "performance analysis",
        "9.1.3-b-6": "control chart notes",
    },
    "CS-09 no decline without an action": {
        "5.1.2-c-1": "csat_top_2_box",
        "5.1.2-c-2": "complaint_rate",
        "5.1.2-c-3": "on_time_of_orders_due",
        "10.1-a-1": "improvement list",
    },
    "CS-10 before the review, and decided there": {
        "9.3.2-c1-1": "management review input",
        "9.3.3-a-1": "management review minutes",
        "9.3.3-a-2": "review decision list",
    },
    "CS-11 an objective for satisfaction": {"6.2-b-1": "quality objectives", "6.2-d-1": "mean_satisfaction"},
    "CO-01 acknowledged in time": {
        "8.2.1-c-2": "complaint_acknowledge_days_median",
        "8.2.1-c-3": "complaint_acknowledge_days_p90",
        "8.2.1-c-4": "complaints_acknowledged_in_time",
    },
    "CO-02 closed in time, none left open": {
        "10.2-a-2": "complaints_closed_in_time",
        "10.2-a-4": "complaint_close_days_p90",
        "10.2-c-2": "overdue_open_complaints",
    },
    "CO-03 correction, cause, action": {
        "10.2-a-1": "complaints_with_correction",
        "10.2-b-1": "complaints_with_cause",
        "10.2-b-2": "complaints_with_action",
    },
    "CO-04 actions done, and found effective": {
        "10.2-c-3": "overdue_actions",
        "10.2-d-3": "actions_verified_effective",
    },
    "CO-05 recurrence": {"10.2-d-1": "repeat_complaints"},
    "CO-06 contained, and the customer told": {"8.7-b-1": "sample of complaints"},
    "CO-07 dates in order, no gaps": {
        "10.2-g-2": "complaint_dates_in_order",
        "9.1.2-b-9": "months_without_complaints",
    },
    "DL-01 on time as promised": {
        "5.1.2-a-2": "on_time_delivery_by_day",
        "8.5.1-e-1": "deliveries_on_time",
        "8.2.2-c-2": "on_time_of_orders_due",
    },
    "RT-01 returns and warranty": {"8.5.5-c-2": "returns_ppm", "8.5.5-a-2": "warranty_share_of_returns"},
    "RE-01 retention, repurchase, silence": {
        "9.1.3-b-4": "retention_rate",
        "9.1.3-b-5": "repurchase_rate",
        "9.1.2-b-7": "silent_customers",
    },
    "OR-01 reviewed before acceptance": {"8.2.3-a-1": "orders_reviewed_before_acceptance"},
    "AU-01 customer clauses audited, by others": {"9.2-c-1": "audit programme", "9.2-e-1": "audit plan"},
    "EV-01 owner, version and date of evidence": {"7.5-b-1": "document index", "7.5-e-1": "sample of complaints"},
}


def answer(rule: Rule) -> str:
    if isinstance(rule, Computed):
        return rule.computed
    if isinstance(rule, Documentary):
        return rule.document
    if isinstance(rule, Sample):
        return f"sample of {rule.sample}"
    return rule.interview if isinstance(rule, Interview) else "observation"


def judged_by(clause: Clause) -> str:
    found = []
    for requirement in clause.requirements:
        letters = "".join(letter for kind, letter in LETTERS.items() if kind in requirement.kinds)
        found.append(f"{requirement.id.removeprefix(clause.clause + '-')}:{letters}")
    return " ".join(found)


def in_order(evidence: tuple[Rule, ...]) -> list[str]:
    """Figures first, then documents, samples and people, each as the file has them."""
    return [answer(rule) for kind in LETTERS for rule in evidence if rule.kind == kind]


@pytest.mark.parametrize(("number", "expected"), JUDGED_BY.items())
def test_each_requirement_of_a_clause_is_judged_as_the_table_says(number: str, expected: str) -> None:
    assert judged_by(CLAUSES[number]) == expected


@pytest.mark.parametrize(("id", "expected"), ANSWERED_BY.items())
def test_a_requirement_is_answered_by_what_the_table_names(id: str, expected: list[str]) -> None:
    assert in_order(REQUIREMENTS[id].evidence) == expected


def test_the_two_tables_speak_of_every_requirement_once() -> None:
    by_letter = {f"{number}-{part.split(':')[0]}" for number, line in JUDGED_BY.items() for part in line.split()}
    assert by_letter | set(ANSWERED_BY) == set(REQUIREMENTS)
    assert not by_letter & set(ANSWERED_BY)


@pytest.mark.parametrize("number", CLAUSES)
def test_no_clause_claims_more_of_data_than_data_can_tell(number: str) -> None:
    figures = sum("computed" in requirement.kinds for requirement in CLAUSES[number].requirements)
    assert CLAUSES[number].from_data == ("partly" if figures else "by people")
    assert not (figures and number in ONLY_PEOPLE)


@pytest.mark.parametrize("number", sorted(BY_FIGURES))
def test_clauses_that_data_can_tell_most_about_have_two_figures_or_more(number: str) -> None:
    assert sum(rule.kind == "computed" for one in CLAUSES[number].requirements for rule in one.evidence) >= 2


def test_there_are_24_rules_on_customers_data() -> None:
    codes = [name.split()[0] for name in DATA_RULES]
    expected = [f"CS-{n:02}" for n in range(1, 12)] + [f"CO-{n:02}" for n in range(1, 8)]
    assert codes == [*expected, "DL-01", "RT-01", "RE-01", "OR-01", "AU-01", "EV-01"]


@pytest.mark.parametrize("name", DATA_RULES)
def test_a_rule_on_customers_data_has_its_evidence(name: str) -> None:
    assert {id: answer(RULES[id]) for id in DATA_RULES[name] if id in RULES} == DATA_RULES[name]


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if rule.kind != "observation"], ids=lambda rule: rule.id
)
def test_what_a_rule_names_exists(rule: Rule) -> None:
    if isinstance(rule, Computed):
        assert rule.computed in definitions.kpis()
    elif isinstance(rule, Documentary):
        assert rule.document in CHECKLIST.documents
    elif isinstance(rule, Sample):
        assert rule.sample in definitions.sources() and definitions.sources()[rule.sample].dated_by
