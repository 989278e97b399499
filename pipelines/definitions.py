"""Everything that people write about how to audit: checklists, KPIs, contracts and mappings, read and checked."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from audit.errors import DefinitionError
from audit.mapping import Mapping
from audit.measurement import Kpi
from audit.source import Source
from audit.text import Text
from audit.wording import say
from pipelines import yaml_file
from pipelines.checking.misfit import misfits
from pipelines.checklists.editions import CHECKLISTS as CHECKLISTS
from pipelines.checklists.editions import checklist as checklist
from pipelines.staging.text_file import shown

HOUSE = Path(__file__).resolve().parent.parent
SOURCES = HOUSE / "pipelines" / "sources"
MODELS = HOUSE / "pipelines" / "models"
KPIS = HOUSE / "pipelines" / "kpis"
MAPPINGS = HOUSE / "pipelines" / "mappings"
HEADER = re.compile(r"\s*/\*---[ \t]*\n(.*?)^---\*/[ \t]*\n(.*)", re.DOTALL | re.MULTILINE)


@cache
def sources(folder: Path = SOURCES) -> dict[str, Source]:
    return {path.stem: yaml_file.read(path).as_model(Source, name=path.stem) for path in sorted(folder.glob("*.yaml"))}


def source(name: str) -> Source:
    """Raises DefinitionError with the nearest name where there is no such contract."""
    known = sources()
    if name not in known:
        near = yaml_file.near(name, list(known))
        raise DefinitionError(
            say("there is no source '{name}'{near}; known are: {known}", name=name, near=near, known=", ".join(known))
        )
    return known[name]


@cache
def models(folder: Path = MODELS) -> dict[str, str]:
    return {path.stem: yaml_file.text_of(path) for path in sorted(folder.glob("*.sql"))}


@cache
def kpis(folder: Path = KPIS) -> dict[str, Kpi]:
    return {path.stem: kpi(path) for path in sorted(folder.glob("*.sql"))}


def kpi(path: Path) -> Kpi:
    """One KPI file: a YAML header for people, and the query."""
    found = HEADER.fullmatch(yaml_file.text_of(path))
    if not found:
        told = say("no header; begin with /*--- and end it with ---*/")
        raise DefinitionError(told, yaml_file.shown(path), 1, 1)
    page = yaml_file.Page(found[1], yaml_file.shown(path), first_line=2)
    return page.as_model(Kpi, name=path.stem, query=found[2].strip())


def mapping(path: Path | None, source_name: str) -> Mapping:
    """The mapping in a file; without one, columns of the same names in a comma-separated UTF-8 file."""
    if path is None:
        return Mapping(source=source_name)
    return _mapping(yaml_file.read(path), source_name)


def mapping_in(text: str, source_name: str) -> Mapping:
    """The mapping that a text says, read as strictly as a file."""
    return _mapping(yaml_file.Page(text, "mapping"), source_name)


def mapping_of_any_source(path: Path) -> Mapping:
    page = yaml_file.read(path)
    return _mapping(page, page.as_model(Mapping).source)


def _mapping(page: yaml_file.Page, source_name: str) -> Mapping:
    written = page.as_model(Mapping)
    if written.source != source_name:
        raise page.at(("source",), of_another_source(shown(written.source), source_name))
    for mistake in misfits(page, written, source(source_name)):
        raise mistake
    return written


def of_another_source(named: str, source: str) -> Text:
    return say(
        "this mapping is for '{named}', not for '{source}'; write 'source: {source}'", named=named, source=source
    )


@cache
def ready_mappings(folder: Path = MAPPINGS) -> dict[str, Path]:
    """The mappings of the house for the exports of known tools, by the name of the tool."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def saved_mappings(workspace: Path) -> dict[str, Path]:
    """The mappings that were saved in a workspace, by name. They change while the program runs."""
    return {path.stem: path for path in sorted((workspace / "mappings").glob("*.yaml"))}


def mapping_path(name: str, workspace: Path | None = None) -> Path:
    """
    A file of that name or, for a bare name, the mapping of the workspace, then the ready one.
    Raises DefinitionError where there is none.
    """
    path = Path(name)
    if path.exists() or path.suffix or path.name != name:
        return path
    known = ready_mappings() | (saved_mappings(workspace) if workspace else {})
    if name not in known:
        raise DefinitionError(
            say(
                "there is no mapping '{name}'{near}; name a file, or one of: {known}",
                name=shown(name), near=yaml_file.near(name, list(known)), known=", ".join(known),
            )
        )  # fmt: skip
    return known[name]
