"""Expectations that are compiled, each with the arguments that change what it means."""

from __future__ import annotations

from typing import Any

from gate_batches import Case

EITHER = {"ignore_row_if": "either_value_is_missing"}
NEITHER = {"ignore_row_if": "neither"}
STRICT = {"strict_min": "true", "strict_max": "true"}


def of(type_: str, *several: dict[str, Any], column: str = "") -> list[Case]:
    return [(type_, ({"column": column} if column else {}) | kwargs) for kwargs in several]


VALUES: list[Case] = [
    *[("expect_column_values_to_not_be_null", {"column": name}) for name in ("id", "score", "amount", "at", "agreed")],
    *of("expect_column_values_to_not_be_null", {"mostly": "0.85"}, {"mostly": "0"}, {"mostly": "1"}, column="score"),
    *[("expect_column_values_to_be_null", {"column": name}) for name in ("name", "most", "cost", "on", "agreed")],
    *of("expect_column_values_to_be_null", {"mostly": "0.15"}, column="score"),
    *[
        ("expect_column_values_to_be_unique", {"column": name})
        for name in ("id", "name", "score", "amount", "cost", "on", "at", "agreed")
    ],
    *of("expect_column_values_to_be_unique", {"mostly": "0.7"}, column="id"),
    *of(
        "expect_column_values_to_be_between",
        {"min_value": "1", "max_value": "5"},
        {"min_value": "1", "max_value": "5", **STRICT},
        {"min_value": "1", "strict_min": "true"},
        {"max_value": "5", "strict_max": "true"},
        {"min_value": "0.5", "max_value": "5.5"},
        {"min_value": "0.5", "max_value": "5.5", **STRICT},
        {"min_value": "-1000000000000", "max_value": "99", "mostly": "0.9"},
        {"min_value": "5", "max_value": "5"},
        column="score",
    ),
    *of(
        "expect_column_values_to_be_between",
        {"min_value": "0", "max_value": "2.5"},
        {"min_value": "0", "max_value": "2.5", **STRICT},
        {"min_value": "0.3"},
        {"min_value": "0.1", "strict_min": "true"},
        {"max_value": "0.30000000000000004", "strict_max": "true"},
        {"min_value": "1e-300", "max_value": "0.3333333333333333"},
        column="amount",
    ),
    *of(
        "expect_column_values_to_be_between",
        {"min_value": "2025-12-24", "max_value": "2026-02-01"},
        {"min_value": "2025-12-24", "max_value": "2026-02-01", **STRICT},
        column="on",
    ),
    *of(
        "expect_column_values_to_be_between",
        {"min_value": "2025-12-24 12:00:00"},
        {"max_value": "2026-02-01", "strict_max": "true", "mostly": "0.5"},
        {"max_value": "2026-02-01T00:00:00.000001"},
        column="at",
    ),
    *of("expect_column_values_to_be_in_set", {"value_set": ["1", "north", "O'Neil"]}, {"value_set": []}, column="code"),
    *of("expect_column_values_to_be_in_set", {"value_set": ["", "é", "b", "客户"], "mostly": "0.2"}, column="name"),
    *of("expect_column_values_to_be_in_set", {"value_set": ["1", "2", "3"]}, column="score"),
    *of("expect_column_values_to_be_in_set", {"value_set": ["0", "0.1", "2.5"]}, column="cost"),
    *of("expect_column_values_to_be_in_set", {"value_set": ["true"]}, column="agreed"),
    *of("expect_column_values_to_be_in_set", {"value_set": ["2025-12-24", "2026-01-06"]}, column="on"),
    *of("expect_column_values_to_not_be_in_set", {"value_set": ["1", "$5"]}, {"value_set": []}, column="code"),
    *of("expect_column_values_to_not_be_in_set", {"value_set": ["99", "-1"], "mostly": "0.5"}, column="score"),
    *of("expect_column_values_to_not_be_in_set", {"value_set": ["0.30000000000000004", "0"]}, column="cost"),
    *of("expect_column_values_to_not_be_in_set", {"value_set": ["2025-12-24"]}, column="on"),
    *of("expect_column_values_to_not_be_in_set", {"value_set": ["false"]}, column="agreed"),
    *of(
        "expect_column_value_lengths_to_be_between",
        {"min_value": "1", "max_value": "2"},
        {"min_value": "1", "max_value": "3", **STRICT},
        {"min_value": "2", "mostly": "0.5"},
        {"max_value": "2", "strict_max": "true"},
        {"min_value": "3", "max_value": "2"},
        column="name",
    ),
    *of("expect_column_value_lengths_to_equal", {"value": "2"}, {"value": "0"}, {"value": "5"}, column="name"),
]

TEXTS: list[Case] = [
    *of(
        "expect_column_values_to_match_regex",
        {"regex": "^[a-z]+$"},
        {"regex": "b$", "mostly": "0.1"},
        {"regex": "^.$"},
        {"regex": r"\d"},
        {"regex": r"^\w+$"},
        {"regex": "(?i)ANN"},
        {"regex": "[^a-z]y"},
        {"regex": "^(ann|A-[0-9]{2})$"},
        {"regex": ""},
        column="name",
    ),
    *of("expect_column_values_to_not_match_regex", {"regex": "n"}, {"regex": r"\s", "mostly": "0.9"}, column="name"),
    *of("expect_column_values_to_not_match_regex", {"regex": r"^\$|\."}, column="code"),
    *of(
        "expect_column_values_to_match_regex_list",
        {"regex_list": ["n", "b$"]},
        {"regex_list": ["n", "^a"], "match_on": "all"},
        {"regex_list": [r"\w", "n"], "match_on": "any", "mostly": "0.5"},
        column="name",
    ),
    *of("expect_column_values_to_not_match_regex_list", {"regex_list": ["x", r"\d"]}, column="name"),
    *of(
        "expect_column_values_to_match_strftime_format",
        {"strftime_format": "%Y-%m-%d"},
        {"strftime_format": "%d.%m.%Y", "mostly": "0.1"},
        column="name",
    ),
]

PAIRS: list[Case] = [
    (type_, {"column_A": a, "column_B": b} | how)
    for type_, more in (
        ("expect_column_pair_values_a_to_be_greater_than_b", ({}, {"or_equal": "true"})),
        ("expect_column_pair_values_to_be_equal", ({}, {"mostly": "0.5"})),
    )
    for a, b, ways in (
        ("until", "on", (EITHER, NEITHER, {})),
        ("at", "on", (EITHER, {})),
        ("code", "other code", (EITHER, NEITHER, {})),
        ("most", "score", (EITHER,)),
        ("score", "amount", (EITHER,)),
    )
    for way in ways
    for how in ({**way, **extra} for extra in more)
] + [
    (
        "expect_column_pair_values_to_be_in_set",
        {"column_A": "code", "column_B": "other code", "value_pairs_set": [["1", "01"], ["O'Neil", "$5"]]} | how,
    )
    for how in (EITHER, NEITHER, {}, {"mostly": "0.01", **EITHER})
] + [
    (
        "expect_column_pair_values_to_be_in_set",
        {"column_A": "score", "column_B": "code", "value_pairs_set": [["1", "1"], ["99", "north"]], **EITHER},
    ),
]  # fmt: skip

COMPOUND: list[Case] = [
    ("expect_compound_columns_to_be_unique", {"column_list": columns} | how)
    for columns in (["code", "score"], ["id", "on"], ["agreed", "amount", "code"])
    for how in ({}, {"ignore_row_if": "any_value_is_missing"}, {"ignore_row_if": "never", "mostly": "0.3"})
]

WHOLE: list[Case] = [
    *of(
        "expect_table_row_count_to_be_between", {"min_value": "25", "max_value": "200"}, {"min_value": "300", **STRICT}
    ),
    *of("expect_table_row_count_to_be_between", {"max_value": "25", "strict_max": "true"}, {}),
    *of("expect_table_row_count_to_equal", {"value": "200"}, {"value": "500"}),
    *of("expect_table_column_count_to_equal", {"value": "12"}, {"value": "11"}),
    *of("expect_table_column_count_to_be_between", {"min_value": "1", "max_value": "12"}, {"min_value": "13"}),
    *[
        (f"expect_column_{figure}_to_be_between", {"column": column, "min_value": "0", "max_value": high} | strict)
        for figure in ("max", "min", "mean", "sum", "median", "stdev")
        for column, high in (("score", "5"), ("amount", "0.30000000000000004"), ("most", "6"))
        for strict in ({}, STRICT)
    ],
    *[
        (f"expect_column_{figure}_to_be_between", {"column": column} | limits)
        for figure in ("max", "min")
        for column in ("on", "at")
        for limits in ({"max_value": "2026-03-01"}, {"min_value": "2025-12-01", "strict_min": "true"})
    ],
    *[
        ("expect_column_unique_value_count_to_be_between", {"column": column, "min_value": "1", "max_value": "9"})
        for column in ("id", "name", "score", "cost", "on", "agreed")
    ],
    *[
        (f"expect_column_proportion_of_{what}_values_to_be_between", {"column": column, "max_value": "0.5"})
        for what in ("unique", "non_null")
        for column in ("id", "code", "cost", "agreed")
    ],
]

CONDITIONS = [
    {"row_condition": "score > 1", "condition_parser": "pandas"},
    {"row_condition": "score != 5 and code == 'north'", "condition_parser": "pandas"},
    {"row_condition": "(score >= 1) & (amount <= 2.5) | (most < 4)", "condition_parser": "pandas"},
    {"row_condition": "not (score > 1 or code != \"north\")", "condition_parser": "pandas"},
    {"row_condition": "~(amount > 0)", "condition_parser": "pandas"},
    {"row_condition": "code in ['north', \"O'Neil\"]", "condition_parser": "pandas"},
    {"row_condition": "not code in ['north']", "condition_parser": "pandas"},
    {"row_condition": "name.isnull() or score.notnull()", "condition_parser": "pandas"},
    {"row_condition": "on >= '2026-01-15'", "condition_parser": "pandas"},
    {"row_condition": "on < '2026-03-15' and not until < '2026-01-15'", "condition_parser": "pandas"},
    {"row_condition": "score == 2.5"},
    {"row_condition": 'col("score") >= 1', "condition_parser": "great_expectations"},
    {"row_condition": 'col("amount") < -0.5', "condition_parser": "great_expectations"},
    {"row_condition": 'col("code") != "north"', "condition_parser": "great_expectations"},
    {"row_condition": "col(\"code\")=='a.b'", "condition_parser": "great_expectations__experimental__"},
    {"row_condition": 'col("name").notnull()', "condition_parser": "great_expectations"},
    {"row_condition": 'col("other code") == "1"', "condition_parser": "great_expectations"},
    {"row_condition": 'col("on") < "2026-01-15"', "condition_parser": "great_expectations"},
]  # fmt: skip
JUDGED: list[Case] = [
    ("expect_column_values_to_be_between", {"column": "score", "max_value": "5", "mostly": "0.8"}),
    ("expect_column_values_to_not_be_null", {"column": "name"}),
    ("expect_column_values_to_be_unique", {"column": "id"}),
    ("expect_column_pair_values_a_to_be_greater_than_b", {"column_A": "until", "column_B": "on"}),
    ("expect_compound_columns_to_be_unique", {"column_list": ["code", "score"]}),
    ("expect_table_row_count_to_be_between", {"min_value": "10"}),
    ("expect_column_max_to_be_between", {"column": "score", "max_value": "5"}),
    ("expect_column_mean_to_be_between", {"column": "amount", "max_value": "5"}),
    ("expect_column_unique_value_count_to_be_between", {"column": "code", "max_value": "5"}),
    ("expect_column_proportion_of_unique_values_to_be_between", {"column": "code", "max_value": "0.5"}),
    ("expect_column_proportion_of_non_null_values_to_be_between", {"column": "code", "max_value": "0.5"}),
]
CONDITIONED: list[Case] = [
    (type_, kwargs | condition)
    for at, condition in enumerate(CONDITIONS)
    for type_, kwargs in (JUDGED if at in (1, 11) else JUDGED[:2])
]

EVERY: list[Case] = [*VALUES, *TEXTS, *PAIRS, *COMPOUND, *WHOLE, *CONDITIONED]
