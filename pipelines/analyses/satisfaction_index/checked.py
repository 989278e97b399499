"""Are the index models usable, and is there the one that a workspace names? Every mistake with its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.errors import DefinitionError
from audit.wording import say
from pipelines import yaml_file
from pipelines.analyses.satisfaction_index import model


def mistakes(workspace: Path | None = None) -> Iterator[DefinitionError]:
    known = model.available(workspace)
    for path in known.values():
        yield from model.mistakes(path)
    if workspace is not None:
        yield from _not_read(workspace / model.OWN)
        yield from _unknown(workspace / "workspace.yaml", list(known))


def _not_read(folder: Path) -> Iterator[DefinitionError]:
    for path in sorted(folder.glob("*")):
        if path.suffix != ".yaml" and path.is_file() and not path.name.startswith("."):
            end = say("let its name end with .yaml, as in {file}", file=f"{path.stem}.yaml")
            told = say("this file is not read: {why}", why=end)
            yield DefinitionError(told, yaml_file.shown(path))


def _unknown(written: Path, known: list[str]) -> Iterator[DefinitionError]:
    """What else is wrong with the set-up is said wherever the workspace is opened."""
    try:
        page = yaml_file.read(written)
    except DefinitionError:
        return
    name = page.content.get("satisfaction_index") if isinstance(page.content, dict) else None
    if name is not None and name not in known:
        yield page.at(("satisfaction_index",), model.unknown(str(name), known))
