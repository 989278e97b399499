"""The contract of one dataset: what its columns mean, how a row is known, and what makes it trustworthy."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from audit.quantity import Amount, Quantity
from audit.text import Text, Written
from audit.unfit import Unfit
from audit.wording import say

Type = Literal["text", "integer", "number", "date", "timestamp", "boolean"]
Severity = Literal["critical", "warning"]
Personal = Literal["customer", "another customer", "identity", "free text"]
"""
customer: says whose the row is; kept as a pseudonym. another customer: names one too, and is kept as a pseudonym.
identity: a name or a contact; never in a table, kept apart. free text: kept, with e-mail addresses and phones masked.
"""
RESERVED = {"month", "line", "_load", "_line"}


class Scale(Written):
    """The lowest and highest answer that the question allows, both included."""

    lowest: float
    highest: float


class Column(Written):
    meaning: Text
    type: Type = "text"
    required: bool = False
    """Every row must carry a value; an optional column may be missing from the file altogether."""
    unit: str = ""
    scale: Scale | None = None
    one_of: tuple[str, ...] = ()
    personal: Personal | None = None
    absent_means: Text | None = None
    """What a file without this column says; where this is not written, figures that read the column wait for it."""


class Expectation(Written):
    """One expectation in Great Expectations' own words."""

    type: str = Field(pattern=r"^expect_[a-z0-9_]+$")
    kwargs: dict[str, Any] = {}
    severity: Severity
    reason: Text

    @property
    def column(self) -> str:
        """The column, or for an expectation over several columns their names, comma-separated."""
        pair = [self.kwargs[name] for name in ("column_A", "column_B") if name in self.kwargs]
        return str(self.kwargs.get("column") or ", ".join(map(str, pair or self.kwargs.get("column_list", []))))


PRESENCE = {
    "expect_column_to_exist", "expect_column_values_to_not_be_null", "expect_column_values_to_be_null",
    "expect_column_values_to_be_unique", "expect_compound_columns_to_be_unique",
    "expect_column_unique_value_count_to_be_between", "expect_column_proportion_of_unique_values_to_be_between",
    "expect_column_proportion_of_non_null_values_to_be_between", "expect_column_type_to_be",
    "expect_column_values_to_be_of_type", "expect_column_values_to_be_in_type_list",
}  # fmt: skip
"""Ask whether there is a value and whether another row has it too: a pseudonym answers as the customer's id would."""
EQUALITY = {
    "expect_column_pair_values_to_be_equal", "expect_multicolumn_values_to_be_equal",
    "expect_multicolumn_values_to_be_unique", "expect_select_column_values_to_be_unique_within_record",
}  # fmt: skip
"""Compare columns of one row: pseudonyms with pseudonyms."""


def _of_no_persons_text(expectation: Expectation, found: ValidationInfo) -> Expectation:
    """The gate sees no names, and pseudonyms in place of ids, so what asks for their text could never hold."""
    columns, named = found.data.get("columns", {}), expectation.column.split(", ")
    pseudonyms = {name for name, column in columns.items() if column.personal in ("customer", "another customer")}
    for name, column in columns.items():
        condition = _read_of(name, str(expectation.kwargs.get("row_condition", "")))
        if column.personal == "identity" and (name in named or condition):
            raise Unfit(
                say("'{name}' is an identity and not in the table; expect something of another column", name=name)
            )
        answered = expectation.type in PRESENCE or expectation.type in EQUALITY and pseudonyms.issuperset(named)
        if name in pseudonyms and (name in named and not answered or condition == "text"):
            raise Unfit(
                say(
                    "'{name}' is kept as a pseudonym, so its text cannot be held against anything; "
                    "ask only for not null, unique, or equal to another pseudonym",
                    name=name,
                )
            )
    return expectation


def _read_of(column: str, condition: str) -> Literal["", "presence", "text"]:
    """What a row condition of either grammar reads of a column."""
    name = re.escape(column)
    ends = re.findall(rf"""(?:\bcol\(["']{name}["']\)|(?<![\w"']){name}(?![\w"']))(\.(?:not|is)null\(\))?""", condition)
    return ("presence" if all(ends) else "text") if ends else ""


def _in_days(quantity: Quantity) -> Quantity:
    if quantity.unit != "days":
        raise Unfit(say("'{quantity}' is not in days; write it as '62 days'", quantity=quantity))
    return quantity


def _in_percent(quantity: Quantity) -> Quantity:
    if quantity.unit != "%" or not 0 <= quantity.value <= 100:
        raise Unfit(say("'{quantity}' is not a share; write it as '5 %'", quantity=quantity))
    return quantity


Days = Annotated[Amount, AfterValidator(_in_days)]
Percent = Annotated[Amount, AfterValidator(_in_percent)]


class Source(Written):
    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Text
    meaning: Text
    owner: Text
    key: tuple[str, ...] = Field(min_length=1)
    dated_by: str | None = None
    """The column that says to which month a row belongs; a register without dates has none."""
    stale_after: Days | None = None
    tolerance: Percent
    """Share of rows rejected or unexpected above which figures are not evaluated."""
    columns: dict[str, Column]
    pairs: tuple[tuple[str, str], ...] = ()
    """Two dimensions by which figures are measured together, as [segment, region], where a figure has both."""
    gate: tuple[Annotated[Expectation, AfterValidator(_of_no_persons_text)], ...] = ()

    @property
    def stored(self) -> dict[str, Column]:
        """The columns that reach the table: all but names and contacts."""
        return {name: column for name, column in self.columns.items() if column.personal != "identity"}

    def personal(self, *kinds: Personal) -> list[str]:
        """The columns that hold such personal data."""
        return [name for name, column in self.columns.items() if column.personal in kinds]

    @model_validator(mode="after")
    def personal_data_kept_apart(self) -> Source:
        for name in self.personal("customer", "another customer", "identity", "free text"):
            if self.columns[name].type != "text":
                raise Unfit(
                    say("'{name}' is personal and no text; write 'type: text', or delete 'personal'", name=name)
                )
        owners = self.personal("customer")
        if len(owners) > 1:
            raise Unfit(
                say(
                    "a row is one customer's, but {columns} say whose; write 'another customer'",
                    columns=Text(en=" and ".join(owners), zh="、".join(owners)),
                )
            )
        if self.personal("identity") and not owners:
            raise Unfit(say("names and contacts need a column that says whose they are; write 'personal: customer'"))
        for name in self.personal("identity"):
            if name in self.key:
                raise Unfit(say("'{name}' is an identity and not in the table; take another for the key", name=name))
        return self

    @model_validator(mode="after")
    def pairs_of_two(self) -> Source:
        for one, other in self.pairs:
            if one == other:
                raise Unfit(
                    say("a pair needs two different dimensions, not '{one}' twice; correct one, or delete it", one=one)
                )
        if len({frozenset(pair) for pair in self.pairs}) < len(self.pairs):
            raise Unfit(say("a pair stands there twice; delete one"))
        return self

    @model_validator(mode="after")
    def names_known(self) -> Source:
        for name in RESERVED & self.columns.keys():
            raise Unfit(
                say("a column cannot be called '{name}', which the program uses itself; choose another name", name=name)
            )
        named = [*self.key, *([self.dated_by] if self.dated_by else [])]
        named += [name for expectation in self.gate for name in expectation.column.split(", ") if name]
        named += [name for pair in self.pairs for name in pair]
        for name in named:
            if name not in self.columns:
                known = ", ".join(self.columns)
                raise Unfit(say("column '{name}' is not among the columns: {known}", name=name, known=known))
        return self
