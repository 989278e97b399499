"""Are the checklists usable? Every mistake in an edition or a pack is named with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import RootModel

from audit.checklist import Checklist, Clause, EditionClause, Pack, Standard
from audit.errors import DefinitionError
from audit.rule import Interview
from audit.text import Text
from audit.wording import say
from pipelines import definitions, yaml_file
from pipelines.checking.known import Known, References
from pipelines.checking.rule_mistakes import rule_mistakes, tightened
from pipelines.checking.stray_files import stray_files
from pipelines.checklists import editions
from pipelines.checklists.editions import DocumentKinds, Layers
from pipelines.yaml_file import Loc, Page

STANDARDS = ("iso-", "iatf-", "as-", "brcgs-")


def refuse_unusable(layers: Layers) -> None:
    """Raises DefinitionError at the first mistake in the checklists of an organisation that wrote its own."""
    own = [layer.resolve() for layer in layers[1:]]  # those of the house are checked before they are delivered
    if own:
        known = Known(definitions.sources(), definitions.kpis())
        checklists(known, layers)
        for mistake in known.mistakes:
            if any(Path(mistake.file).resolve().is_relative_to(layer) for layer in own):
                raise mistake


def checklists(known: Known, layers: Layers) -> list[Checklist]:
    """The editions and packs of the layers. One mistake in one file does not hide those in the others."""
    for layer in layers:
        known.kinds |= _all_of(known, layer / "documents.yaml", DocumentKinds)
        known.references |= _all_of(known, layer / "sources.yaml", References)
    known.editions = frozenset(editions.named(layers))
    lines = [known.noting(editions.line, name, layers) for name in editions.named(layers)]
    found: dict[str, Checklist] = {}
    for standard, *former in sorted(filter(None, lines), key=len):
        delivered = _delivered(standard, layers) if former else ()
        before = (*delivered, *found[former[0].id].clauses) if former else ()
        found[standard.id] = _edition(known, standard, layers, before)
    packs = [_pack(known, name, layers) for name in editions.packs_named(layers)]
    for page, pack in [each for each in packs if each]:
        known.mistakes += tightened(known, page, pack)
    known.mistakes += stray_files(layers)
    return list(found.values())


def _all_of(known: Known, path: Path, model: type[RootModel[Any]]) -> dict[str, Any]:
    page = known.noting(yaml_file.read, path) if path.is_file() else None
    read = page and known.noting(page.as_model, model)
    return dict(read.root) if read else {}


def _delivered(standard: Standard, layers: Layers) -> tuple[Clause, ...]:
    """A mistake in it is named where the edition before is checked."""
    try:
        return editions.as_delivered(standard, layers)
    except DefinitionError:
        return ()


def _edition(known: Known, standard: Standard, layers: Layers, before: Sequence[Clause]) -> Checklist:
    """Of a clause that a later layer replaces, nothing counts any more."""
    kept: dict[str, tuple[Page, Clause]] = {}
    for layer in layers:
        kept |= _layer(known, standard, layer, before)
    for page, clause in kept.values():
        known.mistakes += _mistakes(known, clause, page, "")
    known.mistakes += _carried_twice(kept.values())
    return Checklist(standard=standard, clauses=tuple(editions.in_order(clause for _, clause in kept.values())))


def _layer(known: Known, standard: Standard, layer: Path, before: Sequence[Clause]) -> dict[str, tuple[Page, Clause]]:
    found: dict[str, tuple[Page, Clause]] = {}
    for path in editions.clause_files(standard.id, (layer,)):
        page = known.noting(yaml_file.read, path)
        written = page and known.noting(page.as_model, EditionClause)
        clause = written and known.noting(editions.resolved, page, standard, before)
        if clause and clause.clause in found:
            first = found[clause.clause][0].file
            known.mistakes.append(page.at(("clause",), _written_already(clause, first)))
        elif clause:
            found[clause.clause] = page, clause
            known.mistakes += _misnamed(clause, path, page)
    return found


def _written_already(clause: Clause, first: str) -> Text:
    return say("clause {clause} is written already, in {file}", clause=clause.clause, file=first)


def _misnamed(clause: Clause, path: Path, page: Page) -> Iterator[DefinitionError]:
    if path.stem != clause.clause and not path.name.startswith(f"{clause.clause}-"):
        told = say("the name of the file begins otherwise; let it begin with {number}", number=f"{clause.clause}-")
        yield page.at(("clause",), told)


def _carried_twice(kept: Iterable[tuple[Page, Clause]]) -> Iterator[DefinitionError]:
    first: dict[str, str] = {}
    for page, clause in kept:
        for place, requirement in enumerate(clause.requirements):
            at: Loc = ("requirements", place, "carries")
            if at in page.places and requirement.id in first:
                told = say(
                    "'{id}' is carried already, in {file}; keep one", id=requirement.id, file=first[requirement.id]
                )
                yield page.at(at, told)
            elif at in page.places:
                first[requirement.id] = page.file


def _pack(known: Known, name: str, layers: Layers) -> tuple[Page, Pack] | None:
    folder = editions.pack_folder(name, layers)
    page = known.noting(yaml_file.read, folder / "_pack.yaml")
    pack = page and known.noting(editions.pack, name, layers)
    taken: dict[str, str] = {}
    for path in sorted(folder.glob("[0-9]*.yaml")):
        file = known.noting(yaml_file.read, path)
        clause = file and known.noting(file.as_model, Clause)
        if clause and clause.clause in taken:
            known.mistakes.append(file.at(("clause",), _written_already(clause, taken[clause.clause])))
        elif clause:
            taken[clause.clause] = file.file
            known.mistakes += _misnamed(clause, path, file)
            known.mistakes += _mistakes(known, clause, file, f"{name}-")
    return (page, pack) if pack else None


def _mistakes(known: Known, clause: Clause, page: Page, prefix: str) -> Iterator[DefinitionError]:
    for at, source in _cited(page):
        if source not in known.references:
            near = yaml_file.near(source, [*known.references])
            yield page.at(at, say("'{source}' is no source in sources.yaml{near}", source=source, near=near))
    if ("documented", "as_in") in page.places:
        yield page.at(("documented", "as_in"), say("'as_in' follows from the edition; leave the line out"))
    for r, requirement in enumerate(clause.requirements):
        at = ("requirements", r)
        if (*at, "id") in page.places:
            yield from _identity(known, requirement.id, f"{prefix}{clause.clause}", (*at, "id"), page)
        if (*at, "pack") in page.places:
            yield page.at((*at, "pack"), say("'pack' is taken from the folder; leave the line out"))
        yield from _references(known, at, page)
        carried = len(requirement.evidence) - len(_evidence(page, r))
        for e, rule in enumerate(requirement.evidence[carried:]):
            here: Loc = (*at, "evidence", e)
            known.rules[rule.id] = rule
            yield from _identity(known, rule.id, requirement.id, (*here, "id"), page)
            yield from rule_mistakes(known, rule, here, page)
            if isinstance(rule, Interview) and rule.interview not in {
                question.to for question in requirement.ask_people
            }:
                told = say(
                    "no question of {id} is to '{role}'; add one under ask_people",
                    id=requirement.id, role=rule.interview,
                )  # fmt: skip
                yield page.at((*here, "interview"), told)


def _evidence(page: Page, requirement: int) -> list[Any]:
    """What the file itself writes: the evidence of a requirement that is carried stands in another."""
    written = page.content["requirements"][requirement]
    return list(written.get("evidence", ()))


def _cited(page: Page) -> Iterator[tuple[Loc, str]]:
    """Wherever the file names its sources."""
    for at in list(page.places):
        if len(at) > 1 and at[-2] == "sources" and isinstance(at[-1], int):
            value = page.content
            for part in at:
                value = value[part]
            yield at, value


def _identity(known: Known, id: str, parent: str, at: Loc, page: Page) -> Iterator[DefinitionError]:
    if not id.startswith(f"{parent}-"):
        yield page.at(at, say("'{id}' must begin with '{parent}-'", id=id, parent=parent))
    taken = known.ids.setdefault(id, f"{page.file}:{at}")
    if taken != f"{page.file}:{at}":
        file = taken.rsplit(":", 1)[0]
        yield page.at(at, say("'{id}' is taken already, in {file}; choose another", id=id, file=file))


def _references(known: Known, at: Loc, page: Page) -> Iterator[DefinitionError]:
    """Standards that the file itself writes, and an organisation's own editions."""
    for edition in page.content["requirements"][at[1]].get("refs", ()):
        if not edition.startswith(STANDARDS) and edition not in known.editions:
            told = say("'{edition}' is no standard; write it as iso-9001-2015", edition=edition)
            yield page.at((*at, "refs", edition), told)
