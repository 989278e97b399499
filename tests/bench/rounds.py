"""Rounds of all cases, one after the other in each, so that a busy minute of the machine meets them all."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import files
from tests.bench.cases import CASES
from tests.bench.process import Run, compile_once, run


@dataclass
class Measurements:
    size: int
    date: dt.date
    runs: dict[str, list[Run]]
    left_out: dict[str, str] = field(default_factory=dict)
    """Case -> why there is no figure for it."""


def measured(folder: Path, size: int, rounds: int, wanted: list[str]) -> Measurements:
    found = Measurements(size, dt.date.today(), {})
    cases = _complete(wanted, found)
    kept = folder / str(size)
    needed = {f"{name}.csv" for case in cases for name in CASES[case].files}
    _say(f"{size:,} rows: making {', '.join(sorted(needed))}")
    files.write(kept, size, needed)
    if rounds > 1:
        compile_once(kept)
    for number in range(1, rounds + 1):
        _round(kept, folder, [case for case in cases if case not in found.left_out], found, f"round {number}/{rounds}")
    return found


def _complete(wanted: list[str], found: Measurements) -> list[str]:
    """In the order of a round, with the cases that others need before them."""
    needed = {*wanted, *(CASES[name].after for name in wanted)}
    for name in needed & CASES.keys():
        if found.size > CASES[name].most:
            found.left_out[name] = CASES[name].why_not
    return [name for name in CASES if name in needed and name not in found.left_out]


def _round(kept: Path, folder: Path, cases: list[str], found: Measurements, title: str) -> None:
    scratch = folder / f"round-{found.size}"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    _into_page_cache(kept)
    for case in cases:
        result = run(case, kept, scratch)
        if isinstance(result, str):
            found.left_out[case] = result
            found.runs.pop(case, None)  # medians and ratios are of all rounds or of none
            _say(f"{title} {case}: {result}")
        else:
            found.runs.setdefault(case, []).append(result)
            spent = f"{result.wall:.2f} s, CPU {result.cpu:.2f} s, {result.peak / 1e6:,.0f} MB"
            _say(f"{title} {case}: {spent} {result.told}")
    shutil.rmtree(scratch)


def _into_page_cache(kept: Path) -> None:
    for path in kept.glob("*.csv"):
        with path.open("rb", buffering=0) as file:
            while file.read(1 << 24):
                pass


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
