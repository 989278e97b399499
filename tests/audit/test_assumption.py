"""What makes sense as an assumption, and what does not; and that none has a value of ours."""

from __future__ import annotations

import pytest

from audit.assumption import KINDS, NAMES, Assumption, meaning, title, valued
from audit.errors import RecordError
from audit.records.assumptions import assumption_of

GIVEN = {"owner": "Controller", "source": "accounts of 2025"}
SENSE = [
    ("contribution_margin", 0.1), ("contribution_margin", 100), ("discount_rate", 0), ("discount_rate", 8.25),
    ("horizon", 1), ("horizon", 60), ("retention_gain", 1), ("cost_of_keeping", 120.5), ("winning_over_keeping", 5),
    ("winning_over_keeping", 0.5), ("kept_when_resolved", 0), ("kept_when_resolved", 100),
    ("kept_when_not_resolved", 0),
    ("share_that_complains", 4), ("share_that_complains", 100), ("told_by_each", 0), ("told_by_each", 9.5),
    ("horizon", None),
]  # fmt: skip
NONSENSE = [
    ("contribution_margin", 0), ("contribution_margin", 100.1), ("contribution_margin", -5), ("discount_rate", -0.1),
    ("discount_rate", 101), ("horizon", 0), ("horizon", 61), ("horizon", 12.5), ("retention_gain", 0),
    ("cost_of_keeping", 0), ("winning_over_keeping", 0), ("share_that_complains", 0), ("share_that_complains", 101),
    ("told_by_each", -1), ("kept_when_resolved", 100.5), ("told_by_each", float("nan")),
    ("told_by_each", float("inf")), ("luck", 1), ("horizon", "soon"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), SENSE)
def test_what_makes_sense_is_taken_as_it_is(name: str, value: float | None) -> None:
    assert assumption_of({"name": name, "value": value, **GIVEN}).value == value


@pytest.mark.parametrize(("name", "value"), NONSENSE)
def test_what_makes_no_sense_is_refused_in_one_line(name: str, value: float) -> None:
    with pytest.raises(RecordError) as refused:
        assumption_of({"name": name, "value": value, **GIVEN})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("part", "words"), [("owner", "who answers for it"), ("source", "where the number comes from")]
)
def test_nobody_and_nowhere_are_no_answer(part: str, words: str) -> None:
    with pytest.raises(RecordError, match=words):
        assumption_of({"name": "horizon", "value": 12, **GIVEN, part: "  "})


def test_none_has_a_value_of_ours() -> None:
    assert Assumption.model_fields["value"].is_required()


@pytest.mark.parametrize("name", NAMES)
def test_each_is_named_and_explained_in_words(name: str) -> None:
    assert title(name).en and meaning(name).en and KINDS[name].lowest < KINDS[name].highest  # type: ignore[arg-type,index]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("contribution_margin", 35.5, "35.5 %"), ("horizon", 24.0, "24 months"),
        ("winning_over_keeping", 5.0, "5 times"),
        ("cost_of_keeping", 1200.0, "1,200"), ("discount_rate", 8.0, "8 % a year"),
    ],
)  # fmt: skip
def test_a_value_is_told_with_its_unit(name: str, value: float, words: str) -> None:
    assert valued(name, value).en == words  # type: ignore[arg-type]
