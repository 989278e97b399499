"""A contract may ask whether a pseudonym is there and whether it comes again, and of a name or contact nothing."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from audit.source import Source

WORDS = {"en": "words", "zh": "文字"}
PERSONAL = {
    "customer_id": "customer", "parent_id": "another customer", "e_mail": "identity", "note": "free text",
    "order_id": None, "customer_id_of_shop": None,
}  # fmt: skip
CONTRACT = {
    "name": "orders",
    "title": WORDS,
    "meaning": WORDS,
    "owner": WORDS,
    "key": ["order_id"],
    "tolerance": "5 %",
    "columns": {
        name: {"meaning": WORDS} | ({"personal": personal} if personal else {}) for name, personal in PERSONAL.items()
    },
}
PSEUDONYM, IDENTITY = "'{}' is kept as a pseudonym", "'{}' is an identity and not in the table"


def contract(type: str, **arguments: Any) -> Source:
    """With one sound expectation before the one that is asked about."""
    sound = {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "order_id"}}
    gate = [
        one | {"severity": "warning", "reason": WORDS}
        for one in (sound, {"type": f"expect_{type}", "kwargs": arguments})
    ]
    return Source.model_validate(CONTRACT | {"gate": gate})


def of(column: str, **more: Any) -> dict[str, Any]:
    return {"column": column} | more


CANNOT_HOLD = [
    ("column_values_to_match_regex", of("customer_id", regex="^C[0-9]+$"), PSEUDONYM, "customer_id"),
    ("column_values_to_not_match_regex", of("customer_id", regex="^T"), PSEUDONYM, "customer_id"),
    ("column_values_to_match_regex_list", of("parent_id", regex_list=["^C"]), PSEUDONYM, "parent_id"),
    ("column_values_to_match_like_pattern", of("customer_id", like_pattern="C%"), PSEUDONYM, "customer_id"),
    ("column_values_to_not_match_like_pattern", of("parent_id", like_pattern="T%"), PSEUDONYM, "parent_id"),
    ("column_value_lengths_to_equal", of("customer_id", value="8"), PSEUDONYM, "customer_id"),
    ("column_value_lengths_to_be_between", of("customer_id", min_value="8"), PSEUDONYM, "customer_id"),
    ("column_values_to_be_in_set", of("customer_id", value_set=["C1"]), PSEUDONYM, "customer_id"),
    ("column_values_to_not_be_in_set", of("customer_id", value_set=["test"]), PSEUDONYM, "customer_id"),
    ("column_distinct_values_to_be_in_set", of("parent_id", value_set=["C1"]), PSEUDONYM, "parent_id"),
    ("column_most_common_value_to_be_in_set", of("parent_id", value_set=["C1"]), PSEUDONYM, "parent_id"),
    ("column_values_to_match_strftime_format", of("customer_id", strftime_format="%Y"), PSEUDONYM, "customer_id"),
    ("column_values_to_be_between", of("customer_id", min_value="C1", max_value="C9"), PSEUDONYM, "customer_id"),
    ("column_values_to_be_increasing", of("customer_id"), PSEUDONYM, "customer_id"),
    ("column_min_to_be_between", of("customer_id", min_value="C1"), PSEUDONYM, "customer_id"),
    ("column_pair_values_to_be_equal", {"column_A": "order_id", "column_B": "customer_id"}, PSEUDONYM, "customer_id"),
    ("column_pair_values_to_be_in_set", {"column_A": "customer_id", "column_B": "parent_id"}, PSEUDONYM, "customer_id"),
    ("select_column_values_to_be_unique_within_record", {"column_list": ["order_id", "parent_id"]}, PSEUDONYM,
     "parent_id"),
    ("column_values_to_not_be_null", of("note", row_condition='customer_id == "C1"'), PSEUDONYM, "customer_id"),
    ("column_values_to_not_be_null", of("note", row_condition='~parent_id.isnull() and customer_id != "C1"'),
     PSEUDONYM, "customer_id"),
    ("column_values_to_not_be_null", of("note", row_condition='col("parent_id") == "C1"'), PSEUDONYM, "parent_id"),
    ("column_values_to_not_be_null", of("e_mail"), IDENTITY, "e_mail"),
    ("column_values_to_match_regex", of("e_mail", regex="@"), IDENTITY, "e_mail"),
    ("column_pair_values_to_be_equal", {"column_A": "order_id", "column_B": "e_mail"}, IDENTITY, "e_mail"),
    ("column_values_to_not_be_null", of("order_id", row_condition="e_mail.notnull()"), IDENTITY, "e_mail"),
]  # fmt: skip


@pytest.mark.parametrize(("type", "arguments", "why", "column"), CANNOT_HOLD)
def test_an_expectation_that_reads_what_is_not_kept_is_named(
    type: str, arguments: dict[str, Any], why: str, column: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        contract(type, **arguments)
    (mistake,) = raised.value.errors()
    assert mistake["loc"] == ("gate", 1)
    assert why.format(column) in mistake["msg"] and "\n" not in mistake["msg"]


CAN_HOLD: list[tuple[str, dict[str, Any]]] = [
    ("column_values_to_not_be_null", of("customer_id", mostly="0.95")),
    ("column_values_to_be_null", of("parent_id")),
    ("column_values_to_be_unique", of("customer_id")),
    ("column_to_exist", of("customer_id")),
    ("column_unique_value_count_to_be_between", of("customer_id", min_value="2")),
    ("column_proportion_of_unique_values_to_be_between", of("customer_id", min_value="0.1")),
    ("column_proportion_of_non_null_values_to_be_between", of("parent_id", min_value="0.1")),
    ("column_values_to_be_of_type", of("customer_id", type_="str")),
    ("compound_columns_to_be_unique", {"column_list": ["customer_id", "order_id"]}),
    ("compound_columns_to_be_unique", {"column_list": ["customer_id", "parent_id"]}),
    ("column_pair_values_to_be_equal", {"column_A": "customer_id", "column_B": "parent_id"}),
    ("select_column_values_to_be_unique_within_record", {"column_list": ["customer_id", "parent_id"]}),
    ("column_values_to_match_regex", of("note", regex="^[A-Z]")),
    ("column_value_lengths_to_be_between", of("note", max_value="200")),
    ("column_values_to_match_regex", of("order_id", regex="^O")),
    ("column_values_to_match_regex", of("customer_id_of_shop", regex="^S")),
    ("column_values_to_be_in_set", of("customer_id_of_shop", value_set=["S1"])),
    ("column_values_to_be_in_set", of("order_id", value_set=["customer_id", "e_mail"])),
    ("column_pair_values_to_be_equal", {"column_A": "order_id", "column_B": "customer_id_of_shop"}),
    ("column_values_to_not_be_null", of("note", row_condition='customer_id_of_shop == "S1"')),
    ("column_values_to_not_be_null", of("note", row_condition="~customer_id.isnull()")),
    ("column_values_to_match_regex", of("order_id", regex="^O", row_condition='col("customer_id").notnull()')),
    ("column_values_to_not_be_null", of("note", row_condition='order_id == "customer_id"')),
    ("column_values_to_not_be_null", of("note", row_condition='order_id in ["customer_id is", "no customer_id"]')),
    ("table_row_count_to_be_between", {"min_value": "1"}),
    ("table_column_count_to_equal", {"value": "5"}),
]  # fmt: skip


@pytest.mark.parametrize(("type", "arguments"), CAN_HOLD)
def test_an_expectation_that_a_pseudonym_answers_is_left_alone(type: str, arguments: dict[str, Any]) -> None:
    assert contract(type, **arguments).gate[1].kwargs == arguments


def test_an_identity_is_no_key() -> None:
    with pytest.raises(ValidationError, match="'e_mail' is an identity and not in the table; take another for the key"):
        Source.model_validate(CONTRACT | {"key": ["e_mail"]})
