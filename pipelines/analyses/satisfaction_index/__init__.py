"""The customer satisfaction index of a run: which model the answers can fill, its fit, and the years before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.errors import DefinitionError
from audit.text import listed
from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.satisfaction_index import model as models
from pipelines.analyses.satisfaction_index.answers import READ, Wide, questions, wide
from pipelines.analyses.satisfaction_index.found import FILE as FILE
from pipelines.analyses.satisfaction_index.found import FOUND as FOUND
from pipelines.analyses.satisfaction_index.found import Earlier, Found, SatisfactionIndex
from pipelines.analyses.satisfaction_index.model import IndexModel
from pipelines.analyses.satisfaction_index.sections import sections as sections
from pipelines.analyses.satisfaction_index.words import warnings
from pipelines.measuring.periods import DAY, Period, window
from pipelines.methods.path_model import path_model
from pipelines.methods.path_model.structure import Structure
from pipelines.methods.refused import Refused

YEARS_BEFORE = 4


@dataclass(frozen=True)
class Chosen:
    name: str
    model: IndexModel
    structure: Structure


def look(asked: Asked) -> Found:
    return asked.part(READ, lambda: _index(asked))


def _index(asked: Asked) -> SatisfactionIndex:
    chosen, period = _chosen(asked), asked.latest
    answers = wide(asked, period, chosen.structure)
    fit = path_model(chosen.structure, answers.scores)
    model = chosen.model
    names = {each.id: each.name for each in model.latents}
    placed = {each.id: (each.place.column, each.place.row) for each in model.latents if each.place}
    return SatisfactionIndex(
        chosen.name, model.title, model.source, model.index, names, placed if len(placed) == len(names) else {},
        period.starts, period.ends, answers.scales, answers.one_in, fit, warnings(fit, names),
        tuple(_earlier(asked, chosen)),
    )  # fmt: skip


def _chosen(asked: Asked) -> Chosen:
    """What the set-up says; else the model with the most variables among those that were asked for in full, an
    organisation's own before the house's."""
    asked_for, folder = questions(asked, asked.latest), asked.workspace.folder
    said = asked.workspace.set_up.satisfaction_index
    try:
        known = {name: models.named(name, folder) for name in ([said] if said else models.available(folder))}
    except DefinitionError as error:
        raise Refused(say("the index model cannot be used: {reason}", reason=error)) from None
    own = {name for name, path in models.available(folder).items() if path.parent != models.HOUSE}
    blocks = {name: asked_for.blocks(each) for name, each in known.items()}
    lacking = {name: [latent for latent, found in blocks[name].items() if not found] for name in known}
    best = min(known, key=lambda name: (bool(lacking[name]), _missing(lacking[name], blocks[name]), name not in own,
                                        -len(blocks[name]), name))  # fmt: skip
    if lacking[best]:
        raise _unasked(known[best], lacking[best])
    paths = tuple((path.source, path.target) for path in known[best].paths)
    return Chosen(best, known[best], Structure(blocks[best], paths))


def _missing(lacking: list[str], blocks: dict[str, tuple[str, ...]]) -> float:
    return len(lacking) / len(blocks)


def _unasked(model: IndexModel, lacking: list[str]) -> Refused:
    first = next(each for each in model.latents if each.id == lacking[0])
    told = say(
        "the {model} has no answers on {lacking}; ask for each, and name the question or its driver as the model does "
        "(as in '{example}')",
        model=model.title,
        lacking=listed([model.named(latent) for latent in lacking]),
        example=(first.drivers or first.questions)[0],
    )
    return Refused(told)


def _earlier(asked: Asked, chosen: Chosen) -> Iterator[Earlier]:
    """As long as the same questions were answered by enough."""
    ends = asked.latest.starts - DAY
    for _ in range(YEARS_BEFORE):
        period = Period(asked.latest.grain, f"{ends:%Y-%m}", *window(12, ends))
        answers = _trusted(asked, chosen, period)
        if answers is None:
            return
        try:
            fit = path_model(chosen.structure, answers.scores)
        except Refused:
            return
        yield Earlier(period.ends, fit.n, fit.latent(chosen.model.index).index)
        ends = period.starts - DAY


def _trusted(asked: Asked, chosen: Chosen, period: Period) -> Wide | None:
    doubt = asked.trust.doubt_about(READ, period)
    return None if doubt.not_evaluated else wide(asked, period, chosen.structure)
