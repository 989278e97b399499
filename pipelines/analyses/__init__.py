"""What a run finds out with methods that are no KPI: one module or package for each, all of one shape.

An analysis has `FILE`, its name in the run's folder; `FOUND`, a pydantic adapter of what it found; `look`, which looks
into the data of a run; and `sections`, which tells it in words and tables for the report. Pages read the file. Where
groups can be small it also has `without_small`: what was found, without what would speak of single customers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from pydantic import TypeAdapter

from pipelines.analyses.asked import Asked
from pipelines.analyses.section import Section

ANALYSES: tuple[str, ...] = (
    "satisfaction_index",
    "expectation_gaps",
    "key_drivers",
    "elements",
    "commitments",
    "kano",
    "needs",
    "themes",
    "service_profit",
    "customer_base",
    "lifetime_value",
    "value_base",
)
"""The modules of this package that a run asks, in the order of the report."""


class Analysis(Protocol):
    FILE: str
    FOUND: TypeAdapter[Any]

    def look(self, asked: Asked) -> Any:
        """Never raises for thin or distrusted data: what was found says why there is nothing."""

    def sections(self, found: Any) -> Sequence[Section]: ...


def named(name: str) -> Analysis:
    return cast(Analysis, import_module(f"{__name__}.{name}"))


def files(asked: Asked) -> dict[str, bytes]:
    """Name of the file -> its content, for each analysis."""
    each = {analysis.FILE: analysis for analysis in map(named, ANALYSES)}
    return {file: analysis.FOUND.dump_json(analysis.look(asked), indent=1) for file, analysis in each.items()}


def of_run(name: str, folder: Path) -> Any | None:
    """What a run kept; None for one that was made before there was this analysis."""
    return _read(name, folder) if (folder / named(name).FILE).is_file() else None


@lru_cache(maxsize=16)
def _read(name: str, folder: Path) -> Any:
    analysis = named(name)
    return analysis.FOUND.validate_json((folder / analysis.FILE).read_bytes())


def sections(folder: Path, least: int = 1) -> list[Section]:
    """Everything that the analyses of a run have to tell, without groups of fewer than `least` records."""
    found = [(named(name), of_run(name, folder)) for name in ANALYSES]
    seen = [(analysis, _seen(analysis, one, least)) for analysis, one in found if one is not None]
    return [section for analysis, one in seen for section in analysis.sections(one)]


def _seen(analysis: Analysis, found: Any, least: int) -> Any:
    without_small = getattr(analysis, "without_small", None)
    return without_small(found, least) if without_small and least > 1 else found
