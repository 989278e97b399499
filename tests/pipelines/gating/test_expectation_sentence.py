"""What an expectation asks, in words that a reader of the table would use."""

from __future__ import annotations

from typing import Any

import pytest

from audit.source import Expectation, Source
from pipelines import definitions
from pipelines.gating.expectation_sentence import sentence

WORDS = {"en": "words", "zh": "文字"}
TABLE = Source.model_validate(
    {
        "name": "table", "title": WORDS, "meaning": WORDS, "owner": WORDS, "key": ["id"], "tolerance": "5 %",
        "columns": {
            "id": {"meaning": WORDS},
            "score": {"meaning": WORDS, "type": "number"},
            "other": {"meaning": WORDS, "type": "number"},
            "opened": {"meaning": WORDS, "type": "date"},
            "closed": {"meaning": WORDS, "type": "date"},
        },
    }
)  # fmt: skip
EITHER = {"ignore_row_if": "either_value_is_missing"}


def expectation(type: str, **kwargs: Any) -> Expectation:
    return Expectation.model_validate(
        {"type": f"expect_{type}", "kwargs": kwargs, "severity": "warning", "reason": WORDS}
    )


def said(type: str, **kwargs: Any) -> str:
    return sentence(expectation(type, **kwargs), TABLE).en


BETWEEN, PAIR = "column_values_to_be_between", "column_pair_values_a_to_be_greater_than_b"


@pytest.mark.parametrize(
    ("type", "kwargs", "expected"),
    [
        (BETWEEN, {"column": "score", "min_value": 1, "max_value": 5}, "score lies between 1 and 5"),
        (BETWEEN, {"column": "score", "min_value": "1", "max_value": "5.5"}, "score lies between 1 and 5.5"),
        (BETWEEN, {"column": "score", "min_value": 0}, "score is at least 0"),
        (BETWEEN, {"column": "score", "min_value": 0, "strict_min": "true"}, "score is above 0"),
        (BETWEEN, {"column": "score", "max_value": 9}, "score is at most 9"),
        (BETWEEN, {"column": "score", "max_value": 9, "strict_max": "true"}, "score is below 9"),
        (BETWEEN, {"column": "score", "min_value": 0, "max_value": 9, "strict_min": "true"},
         "score is above 0, and score is at most 9"),
        (BETWEEN, {"column": "score", "min_value": 0, "max_value": 9, "strict_min": "false"},
         "score lies between 0 and 9"),
        (BETWEEN, {"column": "opened", "min_value": "2026-01-01"}, "opened is at least 2026-01-01"),
        (BETWEEN, {"column": "score", "min_value": 1, "max_value": 5, "mostly": "0.9"},
         "score lies between 1 and 5, in at least 90 % of the rows"),
        ("column_values_to_not_be_null", {"column": "id"}, "id has a value"),
        ("column_values_to_not_be_null", {"column": "id", "mostly": "0.955"},
         "id has a value, in at least 95.5 % of the rows"),
        ("column_values_to_not_be_null", {"column": "id", "mostly": "1"}, "id has a value"),
        ("column_values_to_be_unique", {"column": "id"}, "no two rows have the same id"),
        ("compound_columns_to_be_unique", {"column_list": ["id", "score"]},
         "no two rows have the same id + score together"),
        (PAIR, {"column_A": "closed", "column_B": "opened", "or_equal": "true"} | EITHER,
         "closed is not before opened, where both are there"),
        (PAIR, {"column_A": "closed", "column_B": "opened"} | EITHER, "closed is after opened, where both are there"),
        (PAIR, {"column_A": "score", "column_B": "other", "or_equal": "true"} | EITHER,
         "score is at least other, where both are there"),
        (PAIR, {"column_A": "score", "column_B": "other", "ignore_row_if": "neither"}, "score is above other"),
        (PAIR, {"column_A": "score", "column_B": "other"}, "score is above other, unless both are missing"),
        ("column_values_to_be_in_set", {"column": "id", "value_set": ["a", "b"]}, "id is one of: a, b"),
        ("column_values_to_be_in_set", {"column": "id", "value_set": list("abcdefg")},
         "id is one of: a, b, c, d, e, … (7)"),
        ("column_pair_values_to_be_in_set",
         {"column_A": "id", "column_B": "score", "value_pairs_set": [["a", "1"], ["b", "2"]]} | EITHER,
         "id / score is one of: a / 1, b / 2, where both are there"),
    ],
)  # fmt: skip
def test_an_expectation_as_a_sentence(type: str, kwargs: dict[str, Any], expected: str) -> None:
    assert said(type, **kwargs) == expected


@pytest.mark.parametrize(
    ("type", "kwargs"),
    [
        ("column_mean_to_be_between", {"column": "score", "min_value": 1}),
        ("table_row_count_to_be_between", {"min_value": 1}),
        # half of what is asked would be another expectation
        (BETWEEN, {"column": "score", "min_value": 1, "row_condition": 'col("id") == "a"'}),
        ("column_values_to_be_unique", {"column": "id", "condition_parser": "pandas"}),
    ],
)
def test_what_there_are_no_words_for_keeps_its_own_name(type: str, kwargs: dict[str, Any]) -> None:
    found = sentence(expectation(type, **kwargs), TABLE)
    assert found.en == found.zh == f"expect_{type}"


@pytest.mark.parametrize("name", definitions.sources())
def test_every_expectation_of_a_contract_has_a_sentence_that_names_its_columns(name: str) -> None:
    contract = definitions.source(name)
    for one in contract.gate:
        found = sentence(one, contract)
        assert "expect_" not in found.en + found.zh
        assert all(column in text for column in one.column.split(", ") for text in (found.en, found.zh))
