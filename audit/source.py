"""The contract of one dataset: what its columns mean, how a row is known, and what makes it trustworthy."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

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


class ColumnMapping(Written):
    """How one column of the contract is filled from the file."""

    source: tuple[str, ...] = Field(default=(), alias="from")
    """Columns of the file; several are joined by a slash."""
    format: str | None = None
    """The date or time format, in Python's notation, as in "%d.%m.%Y"."""
    recode: dict[str, str] = {}
    constant: str | None = None

    @model_validator(mode="before")
    @classmethod
    def short_forms(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"from": [value]}
        if isinstance(value, dict) and isinstance(value.get("from"), str):
            return {**value, "from": [value["from"]]}
        return value

    @model_validator(mode="after")
    def one_origin(self) -> ColumnMapping:
        if bool(self.source) == (self.constant is not None):
            raise ValueError("write either 'from: <column of the file>' or 'constant: <value>'")
        return self


class Mapping(Written):
    """How a file of somebody's tool becomes rows of a contract: always by column name."""

    source: str
    encoding: str = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    columns: dict[str, ColumnMapping] = {}
