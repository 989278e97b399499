"""The contract of one dataset: what its columns mean, how a row is known, and what makes it trustworthy."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from audit.quantity import Amount, Quantity
from audit.text import Text, Written

Type = Literal["text", "integer", "number", "date", "timestamp", "boolean"]
Severity = Literal["critical", "warning"]
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
    personal: bool = False
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


def _in_days(quantity: Quantity) -> Quantity:
    if quantity.unit != "days":
        raise ValueError(f"'{quantity}' is not in days; write it as '62 days'")
    return quantity


def _in_percent(quantity: Quantity) -> Quantity:
    if quantity.unit != "%" or not 0 <= quantity.value <= 100:
        raise ValueError(f"'{quantity}' is not a share; write it as '5 %'")
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
    gate: tuple[Expectation, ...] = ()

    @model_validator(mode="after")
    def names_known(self) -> Source:
        for name in RESERVED & self.columns.keys():
            raise ValueError(f"a column cannot be called '{name}', which the program uses itself; choose another name")
        named = [*self.key, *([self.dated_by] if self.dated_by else [])]
        named += [name for expectation in self.gate for name in expectation.column.split(", ") if name]
        for name in named:
            if name not in self.columns:
                raise ValueError(f"column '{name}' is not among the columns: {', '.join(self.columns)}")
        return self


class Rescale(Written):
    """The scale on which a question was asked, and the one on which the column keeps its answers."""

    source: Scale = Field(alias="from")
    target: Scale = Field(alias="to")

    @model_validator(mode="after")
    def rising(self) -> Rescale:
        for scale in (self.source, self.target):
            if not scale.lowest < scale.highest:
                raise ValueError(f"{scale.lowest:g} is not below {scale.highest:g}; write the lower end as 'lowest'")
        return self


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"'{name[:60]}' is not a time zone; write its IANA name, as in Europe/Berlin or UTC")
    return name


Zone = Annotated[str, AfterValidator(_zone)]
Thousands = Literal[".", ",", "'", "’", " ", "\u00a0", "\u202f"]


class ColumnMapping(Written):
    """How one column of the contract is filled from the file."""

    source: tuple[str, ...] = Field(default=(), alias="from")
    """Columns of the file; several are joined by a slash."""
    format: str | None = None
    """The date or time format, in Python's notation, as in "%d.%m.%Y"."""
    recode: dict[str, str] = {}
    constant: str | None = None
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
        if isinstance(value, str):
            return {"from": [value]}
        if not isinstance(value, dict):
            return value
        return {**value, **{name: [value[name]] for name in ("from", "missing") if isinstance(value.get(name), str)}}

    @model_validator(mode="after")
    def one_origin(self) -> ColumnMapping:
        if bool(self.source) == (self.constant is not None):
            raise ValueError("write either 'from: <column of the file>' or 'constant: <value>'")
        return self

    @model_validator(mode="after")
    def one_meaning(self) -> ColumnMapping:
        if self.thousands and self.thousands == self.decimal:
            raise ValueError(
                f"'{self.decimal}' cannot stand before decimals and between thousands; correct one of them"
            )
        for text in self.missing:
            if text in self.recode:
                raise ValueError(f"'{text[:60]}' stands under 'missing' and under 'recode'; keep one of them")
            if text != text.strip():
                raise ValueError(f"'{text[:60]}' begins or ends with a space; write it without, spaces do not count")
        return self

    @model_serializer(mode="wrap")
    def without_unused(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _without_unused(handler(self), ("decimal", "thousands", "missing", "rescale", "time_zone"))


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

    @model_validator(mode="after")
    def zones_in_pairs(self) -> Mapping:
        zoned = [name for name, column in self.columns.items() if column.time_zone]
        if zoned and not self.keep_in:
            raise ValueError(
                f"'{zoned[0]}' has a time_zone, so say where its times are to be kept: add 'keep_in: UTC', "
                "or the zone in which all your files are"
            )
        if self.keep_in and not zoned:
            raise ValueError(f"'keep_in: {self.keep_in}' has no use without a column with a 'time_zone'; delete it")
        return self

    @model_serializer(mode="wrap")
    def without_unused(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _without_unused(handler(self), ("sheet", "header_line", "skip_lines_after_header", "keep_in"))


def _without_unused(written: dict[str, Any], later: tuple[str, ...]) -> dict[str, Any]:
    """Keys that came later leave no trace where they are not used: a file loaded before stays the same load."""
    return {name: value for name, value in written.items() if value or name not in later}
