"""Where the facts about standards were found, by the codes under which checklists cite them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pipelines import yaml_file
from pipelines.checking.known import Reference, References
from pipelines.checklists.editions import Layers


def cited(layers: Layers) -> dict[str, Reference]:
    """A later layer's entry replaces an earlier one's."""
    files = [layer / "sources.yaml" for layer in layers]
    return {
        code: found
        for path in files if path.is_file()
        for code, found in _read(path, path.stat().st_mtime_ns).items()
    }  # fmt: skip


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> dict[str, Reference]:
    return yaml_file.read(path).as_model(References).root
