"""Checklists as people wrote them: an edition, what it carries over from the one before, and the packs switched on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import RootModel

from audit.checklist import (
    Altered,
    CarriedRequirement,
    Checklist,
    Clause,
    DocumentKind,
    EditionClause,
    Kept,
    Pack,
    Requirement,
    Standard,
    by_number,
)
from audit.errors import DefinitionError
from audit.rule import Rule, with_limits
from audit.strictness import looser
from audit.text import Text
from audit.wording import say
from pipelines import yaml_file
from pipelines.yaml_file import Page

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"
Layers = tuple[Path, ...]
"""Folders of checklists; what a later one says of a clause, a pack or a kind of document replaces the earlier."""


class DocumentKinds(RootModel[dict[str, DocumentKind]]):
    """What documents.yaml says."""


def checklist(edition: str, packs: tuple[str, ...] = (), layers: Layers = (CHECKLISTS,)) -> Checklist:
    """
    The clauses of an edition in the order of their numbers, with the requirements that the packs add. A layer after the
    house's is an organisation's own folder, laid out in the same way. Raises DefinitionError at the first mistake.
    """
    return _checklist(edition, tuple(dict.fromkeys(packs)), layers, _state(layers[1:]))


State = tuple[tuple[Path, int, int], ...]


def _state(layers: Layers) -> State:
    """The organisation's own files as they stand; the house's stay as they are while the program runs."""
    files = sorted(path for layer in layers for path in layer.rglob("*.yaml"))
    return tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)


@lru_cache(maxsize=64)
def _checklist(edition: str, packs: tuple[str, ...], layers: Layers, changed: State) -> Checklist:
    standard = line(edition, layers)[0]
    before = (*as_delivered(standard, layers), *_checklist(standard.follows, (), layers, changed).clauses
              ) if standard.follows else ()  # fmt: skip
    clauses: dict[str, Clause] = {}
    for path in clause_files(edition, layers):
        clause = resolved(yaml_file.read(path), standard, before)
        clauses[clause.clause] = clause
    chosen = [pack(name, layers) for name in packs]
    for each in chosen:
        for clause in pack_clauses(each.id, layers):
            clauses[clause.clause] = joined(clauses.get(clause.clause), clause)
    return Checklist(
        standard=standard,
        clauses=tuple(tightened(clause, chosen) for clause in in_order(clauses.values())),
        packs=tuple(chosen),
        documents=document_kinds(layers),
    )


def as_delivered(standard: Standard, layers: Layers) -> tuple[Clause, ...]:
    """Of the edition before: what an organisation took out of its own copy of a clause can still be carried."""
    house = layers[:1]
    delivered = len(layers) > 1 and standard.follows in named(house)
    return _checklist(str(standard.follows), (), house, ()).clauses if delivered else ()


def line(edition: str, layers: Layers) -> list[Standard]:
    """The edition and those that it follows, the newest first. Raises DefinitionError where that leads nowhere."""
    found: list[Standard] = []
    wanted: str | None = edition
    while wanted is not None:
        page = yaml_file.read(home(wanted, layers) / "_standard.yaml")
        standard = page.as_model(Standard)
        if standard.id != wanted:
            raise page.at(("id",), _named_otherwise(wanted))
        found.append(standard)
        wanted = standard.follows
        if wanted in [one.id for one in found]:
            told = say("'{edition}' would follow itself; name the edition before, or leave it out", edition=edition)
            raise page.at(("follows",), told)
        if wanted is not None and wanted not in named(layers):
            near = yaml_file.near(wanted, named(layers))
            raise page.at(("follows",), say("there is no checklist '{name}'{near}", name=wanted, near=near))
    return found


def _named_otherwise(folder: str) -> Text:
    return say("the folder is named '{name}'; write 'id: {name}'", name=folder)


def in_order(clauses: Iterable[Clause]) -> list[Clause]:
    return sorted(clauses, key=lambda clause: by_number(clause.clause))


def named(layers: Layers = (CHECKLISTS,)) -> list[str]:
    return _named("*/_standard.yaml", layers)


def packs_named(layers: Layers = (CHECKLISTS,)) -> list[str]:
    return _named("packs/*/_pack.yaml", layers)


def _named(pattern: str, layers: Layers) -> list[str]:
    return sorted({path.parent.name for layer in layers for path in layer.glob(pattern)})


def home(edition: str, layers: Layers) -> Path:
    """The last layer that has the edition."""
    for layer in reversed(layers):
        if (layer / edition / "_standard.yaml").is_file():
            return layer / edition
    known = _named("*/_standard.yaml", layers)
    raise DefinitionError(
        say(
            "there is no checklist '{name}'{near}; known are: {known}",
            name=edition, near=yaml_file.near(edition, known), known=", ".join(known),
        )
    )  # fmt: skip


def pack_folder(name: str, layers: Layers) -> Path:
    for layer in reversed(layers):
        if (layer / "packs" / name / "_pack.yaml").is_file():
            return layer / "packs" / name
    known = _named("packs/*/_pack.yaml", layers)
    raise DefinitionError(
        say(
            "there is no pack '{name}'{near}; known are: {known}",
            name=name, near=yaml_file.near(name, known), known=", ".join(known) or say("none"),
        )
    )  # fmt: skip


def pack(name: str, layers: Layers = (CHECKLISTS,)) -> Pack:
    page = yaml_file.read(pack_folder(name, layers) / "_pack.yaml")
    written = page.as_model(Pack)
    if written.id != name:
        raise page.at(("id",), _named_otherwise(name))
    return written


def clause_files(edition: str, layers: Layers) -> list[Path]:
    return [path for layer in layers for path in sorted((layer / edition).glob("[0-9]*.yaml"))]


def resolved(page: Page, standard: Standard, before: Sequence[Clause]) -> Clause:
    """A clause with what it carries over from the edition before. Raises DefinitionError where that is not there."""
    written = page.as_model(EditionClause)
    former = {clause.clause: clause for clause in before}
    own = written.model_dump(exclude_unset=True, exclude={"carries", "requirements"})
    kept: dict[str, object] = {}
    if written.carries is not None:
        if written.carries not in former:
            raise page.at(("carries",), _nothing_to_carry(written.carries, say("clause"), standard, list(former)))
        kept = former[written.carries].model_dump(include={"documented", "typical_evidence", "common"})
    asked = {r.id: r for clause in before for r in clause.requirements}
    requirements = []
    for place, each in enumerate(written.requirements):
        if isinstance(each, CarriedRequirement):
            if each.carries not in asked:
                at = ("requirements", place, "carries")
                raise page.at(at, _nothing_to_carry(each.carries, say("requirement"), standard, list(asked)))
            each = carried(asked[each.carries], each, standard.id, written.clause)
        requirements.append(each)
    clause = Clause.model_validate({**kept, **own, "requirements": tuple(requirements)})
    if not standard.follows or "documented" in own:
        return clause
    known = clause.documented.model_copy(update={"as_in": standard.follows})
    return clause.model_copy(update={"documented": known})


def _nothing_to_carry(name: str, what: Text, standard: Standard, known: list[str]) -> Text:
    if not standard.follows:
        return say(
            "{edition} follows no edition, so nothing can be carried; write 'follows' in _standard.yaml",
            edition=standard.id,
        )
    return say(
        "there is no {what} '{name}' in {edition}{near}",
        what=what, name=name, edition=standard.follows, near=yaml_file.near(name, known),
    )  # fmt: skip


def carried(former: Requirement, by: CarriedRequirement, edition: str, clause: str) -> Requirement:
    """The former requirement, its id included, as the later edition asks it."""
    return former.model_copy(
        update={
            "asks": by.asks or former.asks,
            "ask_people": former.ask_people + by.ask_people,
            "evidence": former.evidence + by.evidence,
            "refs": {**former.refs, edition: by.ref or clause},
            "altered": Altered(change=by.change, confidence=by.confidence, sources=by.sources, note=by.note),
        }
    )


def pack_clauses(name: str, layers: Layers) -> list[Clause]:
    """What the pack adds, each requirement marked with its name."""
    found = []
    for path in sorted(pack_folder(name, layers).glob("[0-9]*.yaml")):
        clause = yaml_file.read(path).as_model(Clause)
        marked = tuple(requirement.model_copy(update={"pack": name}) for requirement in clause.requirements)
        found.append(clause.model_copy(update={"requirements": marked}))
    return found


def joined(clause: Clause | None, added: Clause) -> Clause:
    """The clause of the edition with what a pack adds to it; without one, the pack's own clause."""
    if clause is None:
        return added
    return clause.model_copy(
        update={
            "requirements": clause.requirements + added.requirements,
            "documented": Kept(
                maintained=clause.documented.maintained + added.documented.maintained,
                retained=clause.documented.retained + added.documented.retained,
                as_in=clause.documented.as_in,
            ),
            "typical_evidence": clause.typical_evidence + added.typical_evidence,
            "common": clause.common + added.common,
        }
    )


def tightened(clause: Clause, chosen: Sequence[Pack]) -> Clause:
    """The clause with the limits of the packs in place of its own; what one tightened, another does not loosen."""
    tightening = [one for each in chosen for one in each.tightens]
    tight = {one.evidence for one in tightening}
    if not tight & {rule.id for requirement in clause.requirements for rule in requirement.evidence}:
        return clause

    def limited(rule: Rule) -> Rule:
        try:
            for accept in [one.accept for one in tightening if one.evidence == rule.id]:
                loose = looser(rule.accept, with_limits(rule, accept).accept)
                rule = with_limits(rule, {name: limit for name, limit in accept.items() if name not in loose})
        except DefinitionError as error:
            ids = [each.id for each in chosen]
            packs = Text(en=" and ".join(ids), zh="、".join(ids))
            told = say(
                "{mistake}; that is what {packs} make of it, so switch one off or mend it", mistake=error, packs=packs
            )
            raise DefinitionError(told) from None
        return rule

    changed = tuple(
        requirement.model_copy(update={"evidence": tuple(map(limited, requirement.evidence))})
        for requirement in clause.requirements
    )
    return clause.model_copy(update={"requirements": changed})


def document_kinds(layers: Layers = (CHECKLISTS,)) -> dict[str, DocumentKind]:
    known: dict[str, DocumentKind] = {}
    for path in [layer / "documents.yaml" for layer in layers]:
        if path.is_file():
            known |= yaml_file.read(path).as_model(DocumentKinds).root
    return known
