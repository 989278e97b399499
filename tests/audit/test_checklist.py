"""What a checklist may ask, and what is refused before anybody relies on it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from written_and_found import computed, documentary

from audit.checklist import Clause, EvidenceRule
from audit.evidence import Grade
from audit.limits import ComputedLimits, DocumentLimits
from audit.quantity import Quantity
from audit.rule import Computed, Documentary

BOTH = {"en": "words", "zh": "文字"}

ALLOWED = [
    {"at_least": "20 %"},
    {"at_most": "5 days"},
    {"at_least": "20 %", "at_most": "80 %"},
    {"at_least": "20 %", "at_most": "20 %"},
    {"no_worse_than_before": True},
    {"no_worse_than_before": "yes", "acted_on_by": "improvement plan"},
    {"at_least": "0 points", "no_worse_than_before": True, "for_each": "segment"},
    {"at_least": "-20 points", "sample_of": 1},
    {"at_least": "20 %", "sample_of": "30", "over": "1 month"},
]

REFUSED = [
    ({}, "write at least one of: at_least, at_most, no_worse_than_before"),
    ({"sample_of": 30}, "write at least one of"),
    ({"for_each": "segment"}, "write at least one of"),
    ({"no_worse_than_before": False}, "write at least one of"),
    ({"at_least": "20 %", "acted_on_by": "improvement plan"}, "acted_on_by needs no_worse_than_before"),
    ({"at_least": "80 %", "at_most": "20 %"}, "no figure can meet"),
    ({"at_least": "20 %", "at_most": "5 days"}, "differ in unit"),
    ({"at_least": "a fifth"}, "is not a quantity"),
    ({"at_least": "20 %", "sample_of": 0}, "greater than or equal to 1"),
    ({"at_least": "20 %", "sample_of": -5}, "greater than or equal to 1"),
    ({"at_least": "20 %", "sample_of": 2.5}, "integer"),
    ({"at_least": "20 %", "over": "12 days"}, "write whole months, as in '12 months'"),
    ({"at_least": "20 %", "over": "0 months"}, "write whole months"),
    ({"at_least": "20 %", "over": "1.5 months"}, "write whole months"),
    ({"at_least": "20 %", "over": "-3 months"}, "write whole months"),
    ({"at_least": "20 %", "over": "12"}, "write whole months"),
    ({"at_lest": "20 %"}, "Extra inputs are not permitted"),
]


@pytest.mark.parametrize("written", ALLOWED)
def test_a_criterion_is_read(written: dict[str, Any]) -> None:
    assert ComputedLimits.model_validate(written)


@pytest.mark.parametrize(("written", "message"), REFUSED)
def test_a_criterion_that_cannot_be_used_is_refused_with_its_reason(written: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        ComputedLimits.model_validate(written)


def test_a_criterion_looks_back_twelve_months_unless_told_otherwise() -> None:
    assert ComputedLimits.model_validate({"at_least": "20 %"}).over == Quantity(12, "months")


@pytest.mark.parametrize("status", ["draft", "in review", "approved", "obsolete"])
def test_a_document_may_be_asked_for_in_any_known_status(status: str) -> None:
    assert documentary(status=status).accept.status == status


@pytest.mark.parametrize("written", [{"status": "Approved"}, {"status": "signed"}, {"reviewed_within": "2 years"},
                                     {"covers": "90 days"}, {"covers": "0 months"}, {"at_least": "20 %"}])  # fmt: skip
def test_a_document_is_not_asked_for_what_no_register_holds(written: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        DocumentLimits.model_validate(written)


RULE: TypeAdapter[Computed | Documentary] = TypeAdapter(EvidenceRule)
FIGURE = {"id": "x", "computed": "nps", "shows": BOTH, "accept": {"at_least": "0 points"}, "otherwise": "observation"}
PAPER = {"id": "x", "document": "survey method", "shows": BOTH, "accept": {}, "otherwise": "major nonconformity"}


@pytest.mark.parametrize(("written", "kind"), [(FIGURE, Computed), (PAPER, Documentary)])
def test_the_kind_of_evidence_follows_from_its_keys(written: dict[str, Any], kind: type) -> None:
    assert type(RULE.validate_python(written)) is kind


@pytest.mark.parametrize(
    "written",
    [
        {**FIGURE, "document": "survey method"},
        {name: value for name, value in FIGURE.items() if name != "computed"},
        {**FIGURE, "accept": {"reviewed_within": "12 months"}},
        {**PAPER, "accept": {"at_least": "20 %"}},
        {**FIGURE, "otherwise": "nonconformity"},
        {**FIGURE, "otherwise": "good practice"},
        {**PAPER, "otherwise": "good practice"},
        {**FIGURE, "shows": {"en": "only English"}},
        {**FIGURE, "id": 9.1},
    ],
)
def test_evidence_that_is_neither_one_nor_the_other_is_refused(written: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RULE.validate_python(written)


@pytest.mark.parametrize("grade", [grade for grade in Grade if grade != Grade.GOOD_PRACTICE])
def test_every_shortfall_has_a_grade(grade: Grade) -> None:
    assert computed(otherwise=grade.value, at_least="20 %").otherwise is grade


def clause(written: object) -> Clause:
    return Clause.model_validate({"clause": written, "title": BOTH, "requirements": [{"id": "a", "asks": BOTH}]})


@pytest.mark.parametrize("written", ["4", "9.1.2", "9.10", "10.2"])
def test_a_clause_keeps_its_number_as_text(written: str) -> None:
    assert clause(written).clause == written


@pytest.mark.parametrize("written", [9.1, 9, "", "9.", ".9", "9..1", "9.1.2-a", "9.1 ", "9.1\n", "A.1", None])
def test_what_is_no_number_of_a_clause_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        clause(written)


def test_a_clause_that_asks_nothing_is_refused() -> None:
    with pytest.raises(ValidationError):
        Clause.model_validate({"clause": "9.1", "title": BOTH, "requirements": []})
