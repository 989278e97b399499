"""Files among the checklists that nothing reads: what they say would count for nothing, and nobody would know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.errors import DefinitionError
from audit.text import Text
from audit.wording import say
from pipelines import yaml_file
from pipelines.checklists import editions
from pipelines.checklists.editions import Layers

SHARED = ("documents.yaml", "sources.yaml", "maturity.yaml")
EXAMPLE = "9.1.2-customer-satisfaction.yaml"


def stray_files(layers: Layers) -> Iterator[DefinitionError]:
    known = editions.named(layers)
    for layer in layers:
        for path in sorted(layer.rglob("*")):
            if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".") and path.is_file():
                told = _not_read(path.relative_to(layer), layer, known)
                if told:
                    yield DefinitionError(say("this file is not read: {why}", why=told), yaml_file.shown(path))


def _not_read(path: Path, layer: Path, known: list[str]) -> Text | None:
    """Why nothing reads the file and what to do about it; None where something does."""
    *folders, name = path.parts
    if path.suffix != ".yaml":
        return say("let its name end with .yaml, as in {file}", file=f"{path.stem}.yaml")
    if not folders:
        put = say("put it into the folder of its edition, as in {file}", file=f"{known[0]}/{name}")
        return None if name in SHARED else put
    if folders[0] == "packs" and len(folders) == 2:
        there = (layer / "packs" / folders[1] / "_pack.yaml").is_file()
        lacking = say("{folder} has no _pack.yaml; write one", folder=f"packs/{folders[1]}")
        return _named(name, "_pack.yaml") if there else lacking
    if len(folders) > 1 or folders[0] == "packs":
        return say("put it into the folder of an edition or of a pack, and not deeper")
    if folders[0] not in known:
        return say(
            "there is no edition '{edition}'{near}; move it, or write a _standard.yaml beside it",
            edition=folders[0], near=yaml_file.near(folders[0], known),
        )  # fmt: skip
    return _named(name, "_standard.yaml")


def _named(name: str, own: str) -> Text | None:
    if name == own or name[0] in "0123456789":
        return None
    return say("let its name begin with the number of its clause, as in {file}", file=EXAMPLE)
