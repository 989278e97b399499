"""The models of a satisfaction index as people write them in YAML: variables, what measures each, and paths."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import Field

from audit.errors import DefinitionError
from audit.text import Text, Written
from audit.wording import say
from pipelines import yaml_file
from pipelines.analyses.satisfaction_index.ways_round import way_round
from pipelines.yaml_file import Page

HOUSE = Path(__file__).parent / "models"
OWN = "index-models"
"""The folder of a workspace with the organisation's own models; one of the same name replaces the house's."""


class Place(Written):
    """Where a variable stands in the drawing, counted from the upper left."""

    column: int = Field(ge=1, le=3)
    row: int = Field(ge=1, le=9)


class Variable(Written):
    """A question measures it by its name, or by the driver that the survey's file says it judges."""

    id: str
    name: Text
    drivers: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    place: Place | None = None


class Cause(Written):
    source: str = Field(alias="from")
    target: str = Field(alias="to")


class IndexModel(Written):
    title: Text
    source: Text
    """Who proposed it."""
    index: str
    """The variable whose index is the satisfaction index."""
    latents: tuple[Variable, ...] = Field(min_length=2)
    paths: tuple[Cause, ...] = Field(min_length=1)

    def named(self, latent: str) -> Text:
        return next(each.name for each in self.latents if each.id == latent)

    def measured_by(self, question: str, drivers: frozenset[str] = frozenset()) -> str | None:
        """The variable that a question measures; its own name says more than its driver. Letters' case is no matter."""
        by_name = [each.id for each in self.latents if question.casefold() in map(str.casefold, each.questions)]
        if by_name:
            return by_name[0]
        said = {driver.casefold() for driver in drivers}
        return next((each.id for each in self.latents if said & {d.casefold() for d in each.drivers}), None)


def available(workspace: Path | None = None) -> dict[str, Path]:
    """Name -> its file, the organisation's own first."""
    own = {path.stem: path for path in sorted((workspace / OWN).glob("*.yaml"))} if workspace else {}
    house = {path.stem: path for path in sorted(HOUSE.glob("*.yaml"))}
    return own | {name: path for name, path in house.items() if name not in own}


def named(name: str, workspace: Path | None = None) -> IndexModel:
    """Raises DefinitionError where there is no such model, or it cannot be used."""
    known = available(workspace)
    if name not in known:
        raise DefinitionError(unknown(name, list(known)))
    return house(name) if known[name].parent == HOUSE else read(known[name])


def unknown(name: str, known: list[str]) -> Text:
    return say(
        "there is no index model '{name}'{near}; known are: {known}",
        name=name, near=yaml_file.near(name, known), known=", ".join(known),
    )  # fmt: skip


@cache
def house(name: str) -> IndexModel:
    return read(HOUSE / f"{name}.yaml")


def read(path: Path) -> IndexModel:
    """Raises DefinitionError at the first mistake."""
    page = yaml_file.read(path)
    model = page.as_model(IndexModel)
    for mistake in _mistakes(page, model):
        raise mistake
    return model


def mistakes(path: Path) -> list[DefinitionError]:
    """All that keep the file from being used."""
    try:
        page = yaml_file.read(path)
        return page.mistakes(IndexModel) or list(_mistakes(page, page.as_model(IndexModel)))
    except DefinitionError as error:
        return [error]


def _mistakes(page: Page, model: IndexModel) -> Iterator[DefinitionError]:
    ids = [each.id for each in model.latents]
    if model.index not in ids:
        yield page.at(("index",), _no_variable(model.index, ids))
    yield from _variables(page, model)
    yield from _paths(page, model, ids)


def _no_variable(name: str, ids: list[str]) -> Text:
    return say(
        "'{name}' is no variable of this model{near}; known are: {known}",
        name=name, near=yaml_file.near(name, ids), known=", ".join(ids),
    )  # fmt: skip


def _variables(page: Page, model: IndexModel) -> Iterator[DefinitionError]:
    met = {end for path in model.paths for end in (path.source, path.target)}
    taken: dict[str, str] = {}
    for at, each in enumerate(model.latents):
        if each.id in [former.id for former in model.latents[:at]]:
            told = say("'{id}' is the id of another variable; choose another", id=each.id)
            yield page.at(("latents", at, "id"), told)
        if each.id not in met and met <= {every.id for every in model.latents}:  # else a path is misspelt
            told = say("no path leads to or from '{id}'; add one, or leave it out", id=each.id)
            yield page.at(("latents", at, "id"), told)
        if not each.drivers and not each.questions:
            told = say("nothing measures '{id}'; name its drivers or questions, as in drivers: [{id}]", id=each.id)
            yield page.at(("latents", at), told)
        for kind in ("drivers", "questions"):
            for number, word in enumerate(getattr(each, kind)):
                first = taken.setdefault(f"{kind} {word.casefold()}", each.id)
                if first != each.id:
                    told = say(
                        "'{word}' measures '{id}' already; a question measures one variable, so keep one",
                        word=word, id=first,
                    )  # fmt: skip
                    yield page.at(("latents", at, kind, number), told)


def _paths(page: Page, model: IndexModel, ids: list[str]) -> Iterator[DefinitionError]:
    met: list[tuple[str, str]] = []
    for at, path in enumerate(model.paths):
        pair = (path.source, path.target)
        for key, end in zip(("from", "to"), pair, strict=True):
            if end not in ids:
                yield page.at(("paths", at, key), _no_variable(end, ids))
        if pair in met:
            told = say(
                "the path from {cause} to {effect} is written twice; keep one", cause=path.source, effect=path.target
            )
            yield page.at(("paths", at), told)
        elif round_ := way_round([*met, pair]):
            told = say(
                "the paths lead round in a circle, {circle}; causes run one way, so leave one out",
                circle=" → ".join(round_),
            )
            yield page.at(("paths", at), told)
        else:
            met.append(pair)
