"""What a mapping declares that its contract cannot take, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator

from audit.errors import DefinitionError
from audit.mapping import ColumnMapping, Mapping, Pivot
from audit.source import Source
from audit.text import Text
from audit.wording import say
from pipelines import yaml_file
from pipelines.staging import cell, declaration, header, pivot
from pipelines.staging.text_file import shown
from pipelines.yaml_file import Loc, Page


def misfits(page: Page, written: Mapping, contract: Source) -> Iterator[DefinitionError]:
    for name, column in written.columns.items():
        yield from _column(page, ("columns", name), name, column, written, contract)
    if written.pivot:
        yield from _pivot(page, written, written.pivot, contract)


def _column(
    page: Page, at: Loc, name: str, column: ColumnMapping, written: Mapping, contract: Source
) -> Iterator[DefinitionError]:
    if name not in contract.columns:
        yield _unknown(page, at, name, contract)
    elif (wrong := declaration.misfit(name, contract.columns[name], column)) is not None:
        yield page.at((*at, wrong.key), wrong.told(name, column))
    else:
        yield from _unreadable(page, at, name, column, written, contract)


def _unreadable(
    page: Page, at: Loc, name: str, column: ColumnMapping, written: Mapping, contract: Source
) -> Iterator[DefinitionError]:
    """What the mapping itself writes in place of a value must be one, or every row with it is rejected."""
    read = cell.reader(contract.columns[name], column, written.keep_in)
    recoded = [
        ((*at, "recode", text), say("recode to '{value}'", value=shown(value)), value)
        for text, value in column.recode.items()
    ]
    constant = column.constant
    if constant is not None and constant.strip() not in column.missing:
        value = column.recode.get(constant.strip(), constant)
        recoded.append(((*at, "constant"), say("constant '{value}'", value=shown(constant)), value))
    for loc, what, value in recoded:
        if value.strip() and isinstance(why := read(value), Text):
            yield page.at(loc, say("{what} for '{name}' cannot be used: {why}", what=what, name=name, why=why))


def _pivot(page: Page, written: Mapping, asked: Pivot, contract: Source) -> Iterator[DefinitionError]:
    if asked.question not in contract.columns:
        yield _unknown(page, ("pivot", "question"), asked.question, contract)
    elif asked.question not in contract.key:
        yield page.at(("pivot", "question"), pivot.no_key(asked.question, contract))
    for name, reading in asked.read_as.items():
        column = ColumnMapping.model_validate(reading.model_dump(by_alias=True) | {"from": "answers"})
        yield from _column(page, ("pivot", "read_as", name), name, column, written, contract)
    for question, answer in asked.answers.items():
        at: Loc = ("pivot", "answers", question)
        for name in answer:
            yield from _answer(page, (*at, name), question, name, written, asked, contract)
        for name in sorted(header.needed(contract) & set(asked.columns) - answer.keys()):
            yield page.at(
                at,
                say(
                    "'{question}' gives no '{name}', which every row must have; add it",
                    question=shown(question), name=name,
                ),
            )  # fmt: skip


def _answer(
    page: Page, at: Loc, question: str, name: str, written: Mapping, asked: Pivot, contract: Source
) -> Iterator[DefinitionError]:
    if name not in contract.columns:
        yield _unknown(page, at, name, contract)
        return
    column = written.of(question).columns[name]
    if declaration.misfit(name, contract.columns[name], column) is None:
        # the question's own recode comes first, and what it gives is read as all answers are
        own = {
            text: column.recode.get(value.strip(), value)
            for text, value in asked.answers[question][name].recode.items()
        }
        yield from _unreadable(page, at, name, column.model_copy(update={"recode": own}), written, contract)


def _unknown(page: Page, at: Loc, name: str, contract: Source) -> DefinitionError:
    near = yaml_file.near(name, list(contract.columns))
    told = say("'{name}' is not a column of {source}{near}", name=shown(name), source=contract.name, near=near)
    return page.at(at, told)
