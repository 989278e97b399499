"""Are the checklists, KPIs, models, contracts, mappings and themes usable? Every mistake is named with its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit.checklist import Checklist
from audit.errors import DefinitionError
from audit.mapping import Mapping
from audit.measurement import Kpi
from audit.source import Source
from audit.wording import say
from pipelines import definitions, yaml_file
from pipelines.analyses.satisfaction_index.checked import mistakes as index_models
from pipelines.analyses.themes import written as themes
from pipelines.checking import kpi_query
from pipelines.checking.check_checklists import checklists
from pipelines.checking.known import Known
from pipelines.checking.misfit import misfits
from pipelines.checklists.editions import Layers
from pipelines.portable.subset import Subset
from pipelines.staging.text_file import shown


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
    layers: Layers = (definitions.CHECKLISTS,),
    mappings: Sequence[Path] = (definitions.MAPPINGS,),
    own_themes: Path | None = None,
    workspace: Path | None = None,
) -> Checked:
    """A workspace may name an index model, and have some of its own."""
    found = Checked()
    for path in sorted(sources.glob("*.yaml")):
        contract = found.noting(_source, path)
        if contract:
            found.sources[path.stem] = contract
    portable = Subset(found.sources, models)
    found.mistakes += portable.mistakes
    with kpi_query.tables(found.sources, models, found.mistakes) as connection:
        for path in sorted(kpis.glob("*.sql")):
            kpi = found.noting(kpi_query.usable, path, connection)
            if kpi and found.noting(portable.held, path, kpi):
                found.kpis[path.stem] = kpi
    known = Known(found.sources, found.kpis, mistakes=found.mistakes)
    found.checklists += checklists(known, layers)
    for path in [path for folder in mappings for path in sorted(folder.glob("*.yaml"))]:
        _mapping(found, path)
    for path in (themes.HOUSE, *([own_themes] if own_themes and own_themes.exists() else [])):
        found.mistakes += themes.mistakes(path)
    found.mistakes += index_models(workspace)
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
        near = yaml_file.near(written.source, list(found.sources))
        told = say("there is no usable source '{source}'{near}", source=shown(written.source), near=near)
        found.mistakes.append(page.at(("source",), told))
