"""How a file of somebody's tool becomes rows of a contract: which column fills which, and how its texts are written."""

from __future__ import annotations

from typing import Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from audit.reading import Reading, Zone, trimmed
from audit.text import Written
from audit.unfit import Unfit
from audit.wording import say


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
    """The zone in which the organisation keeps its times; those of a 'time_zone' or an offset are converted to it."""
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
        zoned = [name for name, column in readings.items() if column.moved]
        if zoned and not self.keep_in:
            raise Unfit(
                say(
                    "'{name}' has a time_zone or an offset (%z), so say where its times are to be kept: add "
                    "'keep_in: UTC', or the zone in which all your files are",
                    name=zoned[0],
                )
            )
        if self.keep_in and not zoned:
            raise Unfit(
                say(
                    "'keep_in: {zone}' has no use without a column with a 'time_zone' or an offset (%z); delete it",
                    zone=self.keep_in,
                )
            )
        return self

    @model_serializer(mode="wrap")
    def without_unused(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return trimmed(handler(self), ("sheet", "header_line", "skip_lines_after_header", "keep_in", "pivot"))
