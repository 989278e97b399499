"""The contract of one dataset: what its columns mean, how a row is known, and what makes it trustworthy."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    model_serializer,
    model_validator,
)

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


class Rescale(Written):
    """The scale on which a question was asked, and the one on which the column keeps its answers."""

    source: Scale = Field(alias="from")
    target: Scale = Field(alias="to")

    @model_validator(mode="after")
    def rising(self) -> Rescale:
        for scale in (self.source, self.target):
            if not scale.lowest < scale.highest:
                raise Unfit(
                    say(
                        "{lowest} is not below {highest}; write the lower end as 'lowest'",
                        lowest=f"{scale.lowest:g}", highest=f"{scale.highest:g}",
                    )
                )  # fmt: skip
        return self


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise Unfit(say("'{name}' is not a time zone; write its IANA name, as in Europe/Berlin or UTC", name=name[:60]))
    return name


Zone = Annotated[str, AfterValidator(_zone)]
Thousands = Literal[".", ",", "'", "’", " ", "\u00a0", "\u202f"]


class Reading(Written):
    """How the texts of one column are written."""

    format: str | None = None
    """The date or time format, in Python's notation, as in "%d.%m.%Y"."""
    recode: dict[str, str] = {}
    decimal: Literal[".", ","] | None = None
    """The sign before decimals; without it a point."""
    thousands: Thousands | None = None
    """The sign between groups of three digits; without it none may stand there."""
    missing: tuple[str, ...] = ()
    """Texts that mean: no value."""
    rescale: Rescale | None = None
    time_zone: Zone | None = None
    """The zone in which the file's times are written, where the organisation keeps its times in another."""

    @model_validator(mode="before")
    @classmethod
    def short_forms(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("missing"), str):
            return {**value, "missing": [value["missing"]]}
        return value

    @model_validator(mode="after")
    def one_meaning(self) -> Self:
        if self.thousands and self.thousands == self.decimal:
            raise Unfit(
                say(
                    "'{sign}' cannot stand before decimals and between thousands; correct one of them",
                    sign=self.decimal,
                )
            )
        for text in self.missing:
            if text in self.recode:
                raise Unfit(say("'{text}' stands under 'missing' and under 'recode'; keep one of them", text=text[:60]))
            if text != text.strip():
                raise Unfit(
                    say("'{text}' begins or ends with a space; write it without, spaces do not count", text=text[:60])
                )
        return self

    @model_serializer(mode="wrap")
    def without_unused(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _without_unused(handler(self), ("decimal", "thousands", "missing", "rescale", "time_zone"))


class ColumnMapping(Reading):
    """How one column of the contract is filled from the file."""

    source: tuple[str, ...] = Field(default=(), alias="from")
    """Columns of the file; several are joined by a slash."""
    constant: str | None = None

    @model_validator(mode="before")
    @classmethod
    def one_name(cls, value: Any) -> Any:
        """A column alone may be written without 'from', and one name without a list."""
        if isinstance(value, str):
            return {"from": [value]}
        if isinstance(value, dict) and isinstance(value.get("from"), str):
            return {**value, "from": [value["from"]]}
        return value

    @model_validator(mode="after")
    def one_origin(self) -> ColumnMapping:
        if bool(self.source) == (self.constant is not None):
            raise Unfit(say("write either 'from: <column of the file>' or 'constant: <value>'"))
        return self


class Answer(Written):
    """How one question of a wide questionnaire fills one column of the contract."""

    source: str | None = Field(default=None, alias="from")
    constant: str | None = None
    recode: dict[str, str] = {}
    """For this question alone, as where its scale is turned round; it comes before what is said of all questions."""

    @model_validator(mode="before")
    @classmethod
    def short_form(cls, value: Any) -> Any:
        return {"from": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def one_origin(self) -> Answer:
        if (self.source is None) == (self.constant is None):
            raise Unfit(say("write either 'from: <column of the file>' or 'constant: <value>'"))
        return self


class Pivot(Written):
    """A questionnaire with a column for each question, to be kept with a row for each question."""

    question: str
    """The column of the contract that names the question."""
    answers: dict[str, dict[str, Answer]] = Field(min_length=1)
    """By question: which column of the file, or which constant, fills which column of the contract."""
    read_as: dict[str, Reading] = {}
    """How the answers are written, by column of the contract, for all questions."""
    keep_unanswered: bool = False
    """A question without an answer gives a row all the same."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the contract that questions fill."""
        return tuple(dict.fromkeys(name for answer in self.answers.values() for name in answer))

    @model_validator(mode="after")
    def each_answered_once(self) -> Pivot:
        asked: dict[tuple[str, str], str] = {}
        for question, answer in self.answers.items():
            if not question.strip():
                raise Unfit(say("a question has no name; write a short one, the same in every wave"))
            if not any(one.source for one in answer.values()):
                raise Unfit(
                    say(
                        "'{question}' names no column of the file; write the one with its answers",
                        question=question[:60],
                    )
                )
            for name, one in answer.items():
                other = asked.setdefault((name, one.source), question) if one.source else question
                if other != question:
                    raise Unfit(
                        say(
                            "'{one}' and '{other}' have one column of the file for '{name}', '{column}'; correct one "
                            "of them",
                            one=other[:60], other=question[:60], name=name[:60], column=str(one.source)[:60],
                        )
                    )  # fmt: skip
        return self

    @model_validator(mode="after")
    def names_once(self) -> Pivot:
        if self.question in self.columns:
            raise Unfit(
                say(
                    "'{name}' names the question and cannot be an answer too; delete it there",
                    name=self.question[:60],
                )
            )
        for name in self.read_as:
            if name not in self.columns:
                raise Unfit(
                    say("no question fills '{name}', so 'read_as' has no use for it; delete it", name=name[:60])
                )
        return self


class Mapping(Written):
    """How a file of somebody's tool becomes rows of a contract: always by column name."""

    source: str
    encoding: str = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    sheet: str | None = None
    """The sheet of a workbook; without it the only one that is visible."""
    header_line: int | None = Field(default=None, ge=1, le=1000)
    """The line with the names of the columns, where others stand above it; without it the first that is not blank."""
    skip_lines_after_header: int = Field(default=0, ge=0, le=20)
    """Further lines of the header: what some tools write between the names of the columns and the first row."""
    keep_in: Zone | None = None
    """The zone in which the organisation keeps its times; columns with a 'time_zone' are converted to it."""
    columns: dict[str, ColumnMapping] = {}
    pivot: Pivot | None = None
    """Where one record of the file answers many questions: gives a row for each of them."""

    def of(self, question: str) -> Mapping:
        """What is declared for the rows of one question, as if the file held these alone."""
        if self.pivot is None:
            return self
        columns = dict(self.columns) | {self.pivot.question: ColumnMapping.model_validate({"constant": question})}
        for name, answer in self.pivot.answers[question].items():
            read_as = self.pivot.read_as.get(name, Reading()).model_dump(by_alias=True, exclude_unset=True)
            origin = {"from": [answer.source]} if answer.source is not None else {"constant": answer.constant}
            columns[name] = ColumnMapping.model_validate(read_as | origin)
        return self.model_copy(update={"columns": columns, "pivot": None})

    @model_validator(mode="after")
    def columns_filled_once(self) -> Mapping:
        for name in (self.pivot.question, *self.pivot.columns) if self.pivot else ():
            if name in self.columns:
                raise Unfit(say("'{name}' stands under 'columns' and under 'pivot'; keep one of them", name=name[:60]))
        return self

    @model_validator(mode="after")
    def zones_in_pairs(self) -> Mapping:
        readings: dict[str, Reading] = {**self.columns, **(self.pivot.read_as if self.pivot else {})}
        zoned = [name for name, column in readings.items() if column.time_zone]
        if zoned and not self.keep_in:
            raise Unfit(
                say(
                    "'{name}' has a time_zone, so say where its times are to be kept: add 'keep_in: UTC', "
                    "or the zone in which all your files are",
                    name=zoned[0],
                )
            )
        if self.keep_in and not zoned:
            raise Unfit(
                say("'keep_in: {zone}' has no use without a column with a 'time_zone'; delete it", zone=self.keep_in)
            )
        return self

    @model_serializer(mode="wrap")
    def without_unused(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _without_unused(handler(self), ("sheet", "header_line", "skip_lines_after_header", "keep_in", "pivot"))


def _without_unused(written: dict[str, Any], later: tuple[str, ...]) -> dict[str, Any]:
    """Keys that came later leave no trace where they are not used: a file loaded before stays the same load."""
    return {name: value for name, value in written.items() if value or name not in later}
