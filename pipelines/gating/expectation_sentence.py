"""What an expectation of a contract asks of the rows, as a sentence for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from audit.source import Expectation, Source
from audit.text import Text
from audit.wording import say
from pipelines.gating.expectation_arguments import DAY_OF_LOAD, arguments

Arguments = Mapping[str, Any]
Sentence = Callable[[Arguments, Source], Text]
MOST_LISTED = 5
PAIR = {"column_A", "column_B", "ignore_row_if"}


def sentence(expectation: Expectation, contract: Source) -> Text:
    """The type's own name, where this page has no words for it or for one of its arguments."""
    known = SENTENCES.get(expectation.type)
    given = arguments(expectation, contract)
    if known is None or not set(given) <= known[0] | {"mostly"}:
        return Text(en=expectation.type, zh=expectation.type)
    said = known[1](given, contract)
    return said if given.get("mostly", 1) == 1 else _mostly(said, given["mostly"])


def _mostly(said: Text, share: float) -> Text:
    return say("{sentence}, in at least {share} % of the rows", sentence=said, share=f"{100 * share:g}")


def _between(given: Arguments, contract: Source) -> Text:
    low, high = given.get("min_value"), given.get("max_value")
    if low is not None and high is not None and not (given.get("strict_min") or given.get("strict_max")):
        return say("{column} lies between {low} and {high}", column=given["column"], low=_limit(low), high=_limit(high))
    parts = []
    if low is not None:
        above = say("{column} is above {low}", column=given["column"], low=_limit(low))
        least = say("{column} is at least {low}", column=given["column"], low=_limit(low))
        parts.append(above if given.get("strict_min") else least)
    if high is not None:
        below = say("{column} is below {high}", column=given["column"], high=_limit(high))
        most = say("{column} is at most {high}", column=given["column"], high=_limit(high))
        parts.append(below if given.get("strict_max") else most)
    return _both(parts) if parts else say("{column} may have any value", column=given["column"])


def _both(parts: list[Text]) -> Text:
    return say("{first}, and {second}", first=parts[0], second=parts[1]) if len(parts) > 1 else parts[0]


def _unique(given: Arguments, contract: Source) -> Text:
    return say("no two rows have the same {column}", column=given["column"])


def _unique_together(given: Arguments, contract: Source) -> Text:
    return say("no two rows have the same {columns} together", columns=" + ".join(given["column_list"]))


def _not_null(given: Arguments, contract: Source) -> Text:
    return say("{column} has a value", column=given["column"])


def _not_before(given: Arguments, contract: Source) -> Text:
    names = {"first": given["column_A"], "second": given["column_B"]}
    dated = contract.columns[given["column_A"]].type in ("date", "timestamp")
    if given.get("or_equal"):
        said = say("{first} is not before {second}", **names) if dated else say("{first} is at least {second}", **names)
    else:
        said = say("{first} is after {second}", **names) if dated else say("{first} is above {second}", **names)
    return _where_known(said, given)


def _pairs(given: Arguments, contract: Source) -> Text:
    pairs = [" / ".join(map(_value, pair)) for pair in given["value_pairs_set"]]
    names = {"first": given["column_A"], "second": given["column_B"]}
    return _where_known(say("{first} / {second} is one of: {values}", **names, values=_listed(pairs)), given)


def _where_known(said: Text, given: Arguments) -> Text:
    """Great Expectations leaves out rows without both values when nothing else is asked."""
    match given.get("ignore_row_if", "both_values_are_missing"):
        case "either_value_is_missing":
            return say("{sentence}, where both are there", sentence=said)
        case "both_values_are_missing":
            return say("{sentence}, unless both are missing", sentence=said)
    return said


def _in_set(given: Arguments, contract: Source) -> Text:
    listed = _listed([_value(value) for value in given["value_set"]])
    return say("{column} is one of: {values}", column=given["column"], values=listed)


def _listed(values: list[str]) -> str:
    return ", ".join(values[:MOST_LISTED]) + (f", … ({len(values)})" if len(values) > MOST_LISTED else "")


def _limit(value: Any) -> str | Text:
    return say("the day of the load") if value == DAY_OF_LOAD else _value(value)


def _value(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M:%S}"
    return f"{value:g}" if isinstance(value, float) else str(value)


SENTENCES: dict[str, tuple[set[str], Sentence]] = {
    "expect_column_values_to_be_between": (
        {"column", "min_value", "max_value", "strict_min", "strict_max"},
        _between,
    ),
    "expect_column_values_to_be_unique": ({"column"}, _unique),
    "expect_compound_columns_to_be_unique": ({"column_list"}, _unique_together),
    "expect_column_values_to_not_be_null": ({"column"}, _not_null),
    "expect_column_pair_values_a_to_be_greater_than_b": (PAIR | {"or_equal"}, _not_before),
    "expect_column_pair_values_to_be_in_set": (PAIR | {"value_pairs_set"}, _pairs),
    "expect_column_values_to_be_in_set": ({"column", "value_set"}, _in_set),
}
"""By type: the arguments that the sentence names, and the sentence."""
