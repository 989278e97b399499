"""The satisfaction index as the report tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.text import Text, sentences
from audit.wording import say
from pipelines.analyses.satisfaction_index.found import Found, SatisfactionIndex
from pipelines.analyses.satisfaction_index.words import METHOD, of_hundred, of_one, sentence
from pipelines.analyses.section import Cell, Section, nothing

TITLE = say("Customer satisfaction index")


def sections(part: Found) -> Sequence[Section]:
    found = part.result
    if found is None:
        return [nothing(TITLE, part.because, METHOD)]
    told = [sentence(found), *([part.warning] if part.warning else []), *found.warnings]
    whole = sentences(*told)
    return [
        Section(TITLE, whole, METHOD, _heads(), tuple(_latents(found))),
        Section(say("What moves what"), _paths_say(found), METHOD, _path_heads(), tuple(_paths(found))),
    ]


def _heads() -> tuple[Text, ...]:
    return (say("Variable"), say("Index (95 % interval)"), say("R²"), say("Questions"), say("Alpha"),
            say("Composite reliability"), say("Average variance extracted"))  # fmt: skip


def _latents(found: SatisfactionIndex) -> Iterator[tuple[Cell, ...]]:
    for each in found.fit.latents:
        held = (each.alpha, each.composite, each.extracted)
        explained = of_one(each.r2) if each.r2 else None
        figures = tuple(None if value is None else f"{value:.2f}" for value in held)
        yield (found.names[each.latent], of_hundred(each.index), explained, each.questions, *figures)


def _paths_say(found: SatisfactionIndex) -> Text:
    unsure = sum(not path.value.shown for path in found.fit.paths)
    return say("{shown} of {all} paths of the model are shown by the answers: their interval leaves zero out.",
               shown=len(found.fit.paths) - unsure, all=len(found.fit.paths))  # fmt: skip


def _path_heads() -> tuple[Text, ...]:
    return (say("What moves"), say("What is moved"), say("Path (95 % interval)"))


def _paths(found: SatisfactionIndex) -> Iterator[tuple[Cell, ...]]:
    for path in found.fit.paths:
        yield (found.names[path.source], found.names[path.target], of_one(path.value))
