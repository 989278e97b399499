"""Files among the checklists that nothing reads: what they say would count for nothing, and nobody would know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.errors import DefinitionError
from pipelines import editions, yaml_file
from pipelines.editions import Layers

SHARED = ("documents.yaml", "sources.yaml", "maturity.yaml")
EXAMPLE = "9.1.2-customer-satisfaction.yaml"


def stray_files(layers: Layers) -> Iterator[DefinitionError]:
    known = editions.named(layers)
    for layer in layers:
        for path in sorted(layer.rglob("*")):
            if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".") and path.is_file():
                told = _not_read(path.relative_to(layer), layer, known)
                if told:
                    yield DefinitionError(f"this file is not read: {told}", yaml_file.shown(path))


def _not_read(path: Path, layer: Path, known: list[str]) -> str:
    """Why nothing reads the file and what to do about it; empty where something does."""
    *folders, name = path.parts
    if path.suffix != ".yaml":
        return f"let its name end with .yaml, as in {path.stem}.yaml"
    if not folders:
        return "" if name in SHARED else f"put it into the folder of its edition, as in {known[0]}/{name}"
    if folders[0] == "packs" and len(folders) == 2:
        there = (layer / "packs" / folders[1] / "_pack.yaml").is_file()
        return _named(name, "_pack.yaml") if there else f"packs/{folders[1]} has no _pack.yaml; write one"
    if len(folders) > 1 or folders[0] == "packs":
        return "put it into the folder of an edition or of a pack, and not deeper"
    if folders[0] not in known:
        near = yaml_file.nearest(folders[0], known)
        return f"there is no edition '{folders[0]}'{near}; move it, or write a _standard.yaml beside it"
    return _named(name, "_standard.yaml")


def _named(name: str, own: str) -> str:
    if name == own or name[0] in "0123456789":
        return ""
    return f"let its name begin with the number of its clause, as in {EXAMPLE}"
