"""Are the checklists, KPIs, models, contracts and mappings usable? Every mistake is named with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit.checklist import Checklist, Clause, Computed, Requirement, Standard
from audit.errors import DefinitionError, UnitError
from audit.measurement import Kpi
from audit.source import Mapping, Source
from pipelines import definitions, kpi_query, yaml_file
from pipelines.misfit import misfits
from pipelines.staging.text_file import shown
from pipelines.yaml_file import Loc, Page


@dataclass
class Checked:
    """What was read, and every mistake; one in one file does not hide those in the others."""

    sources: dict[str, Source] = field(default_factory=dict)
    kpis: dict[str, Kpi] = field(default_factory=dict)
    checklists: list[Checklist] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    mistakes: list[DefinitionError] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        clauses = [clause for checklist in self.checklists for clause in checklist.clauses]
        return {
            "clauses": len(clauses),
            "requirements": sum(len(clause.requirements) for clause in clauses),
            "evidence": sum(len(requirement.evidence) for clause in clauses for requirement in clause.requirements),
            "kpis": len(self.kpis),
            "sources": len(self.sources),
            "mappings": len(self.mappings),
        }

    def noting(self, read: Callable[..., Any], *arguments: Any) -> Any:
        """What `read` returns, or None where it found a mistake."""
        try:
            return read(*arguments)
        except DefinitionError as error:
            self.mistakes.append(error)
            return None


def check(
    sources: Path = definitions.SOURCES,
    models: Path = definitions.MODELS,
    kpis: Path = definitions.KPIS,
    checklists: Path = definitions.CHECKLISTS,
    mappings: Sequence[Path] = (definitions.MAPPINGS,),
) -> Checked:
    found = Checked()
    for path in sorted(sources.glob("*.yaml")):
        contract = found.noting(_source, path)
        if contract:
            found.sources[path.stem] = contract
    with kpi_query.tables(found.sources, models, found.mistakes) as connection:
        for path in sorted(kpis.glob("*.sql")):
            kpi = found.noting(kpi_query.usable, path, connection)
            if kpi:
                found.kpis[path.stem] = kpi
    for path in sorted(checklists.glob("*/_standard.yaml")):
        standard = found.noting(_standard, path)
        if standard:
            found.checklists.append(_checklist(found, standard, path.parent))
    for path in [path for folder in mappings for path in sorted(folder.glob("*.yaml"))]:
        _mapping(found, path)
    return found


def _source(path: Path) -> Source:
    return yaml_file.read(path).as_model(Source, name=path.stem)


def _mapping(found: Checked, path: Path) -> None:
    page = found.noting(yaml_file.read, path)
    written = page and found.noting(page.as_model, Mapping)
    if not written:
        return
    found.mappings.append(written)
    if written.source in found.sources:
        found.mistakes += misfits(page, written, found.sources[written.source])
    else:
        near = yaml_file.nearest(written.source, list(found.sources))
        found.mistakes.append(page.at(("source",), f"there is no usable source '{shown(written.source)}'{near}"))


def _standard(path: Path) -> Standard:
    return yaml_file.read(path).as_model(Standard)


def _checklist(found: Checked, standard: Standard, folder: Path) -> Checklist:
    ids: dict[str, str] = {}
    clauses = []
    for path in sorted(folder.glob("[0-9]*.yaml")):
        page = found.noting(yaml_file.read, path)
        clause = page and found.noting(page.as_model, Clause)
        if clause:
            clauses.append(clause)
            found.mistakes += list(_mistakes(clause, page, standard, found.kpis, ids))
    return Checklist(standard=standard, clauses=tuple(clauses))


def _mistakes(
    clause: Clause, page: Page, standard: Standard, kpis: dict[str, Kpi], ids: dict[str, str]
) -> Iterator[DefinitionError]:
    for r, requirement in enumerate(clause.requirements):
        at: Loc = ("requirements", r)
        yield from _identity(requirement.id, clause.clause, (*at, "id"), page, ids)
        for e, rule in enumerate(requirement.evidence):
            here: Loc = (*at, "evidence", e)
            yield from _identity(rule.id, requirement.id, (*here, "id"), page, ids)
            if isinstance(rule, Computed):
                yield from _computed(rule, here, page, kpis)
            elif rule.document not in standard.documents:
                near = yaml_file.nearest(rule.document, list(standard.documents))
                yield page.at((*here, "document"), f"'{rule.document}' is no kind of document in _standard.yaml{near}")
        yield from _references(requirement, at, page)


def _identity(id: str, parent: str, at: Loc, page: Page, ids: dict[str, str]) -> Iterator[DefinitionError]:
    if not id.startswith(f"{parent}-"):
        yield page.at(at, f"'{id}' must begin with '{parent}-'")
    if id in ids:
        yield page.at(at, f"'{id}' is taken already, in {ids[id]}; choose another")
    ids.setdefault(id, page.file)


def _references(requirement: Requirement, at: Loc, page: Page) -> Iterator[DefinitionError]:
    for edition in requirement.refs:
        if not edition.startswith(("iso-", "iatf-", "as-")):
            yield page.at((*at, "refs", edition), f"'{edition}' is no standard; write it as iso-9001-2015")


def _computed(rule: Computed, at: Loc, page: Page, kpis: dict[str, Kpi]) -> Iterator[DefinitionError]:
    kpi = kpis.get(rule.computed)
    if kpi is None:
        near = yaml_file.nearest(rule.computed, list(kpis))
        yield page.at((*at, "computed"), f"there is no usable KPI '{rule.computed}'{near}")
        return
    accept = rule.accept
    for name, limit in (("at_least", accept.at_least), ("at_most", accept.at_most)):
        if limit is not None and limit.unit != kpi.unit:
            error = UnitError(
                f"{name} is in {limit.unit}, but {kpi.name} is in {kpi.unit}; write a limit in {kpi.unit}"
            )
            yield page.at((*at, "accept", name), str(error))
    if accept.for_each and accept.for_each not in kpi.by:
        allowed = ", ".join(kpi.by) or "nothing"
        yield page.at(
            (*at, "accept", "for_each"), f"{kpi.name} is not measured by '{accept.for_each}', only by {allowed}"
        )
    if accept.no_worse_than_before and (kpi.interval is None or kpi.better == "neither"):
        yield page.at(
            (*at, "accept", "no_worse_than_before"), f"{kpi.name} has no interval that a change could be told by"
        )
