"""What was measured, in Markdown: the medians of each case, and the ratios with what was asked."""

from __future__ import annotations

from collections.abc import Iterable

from tests.bench.agreement import disagreements
from tests.bench.cases import CASES
from tests.bench.figures import Ratio, medians, peaks, ratios
from tests.bench.rounds import Measurements

FIGURES = ["", "work, s", "work, CPU s", "process, s", "process, CPU s", "peak, MB"]
RATIOS = ["", "median", "from … to", "asked", "reached"]


def tables(found: Measurements) -> str:
    figures = _table(FIGURES, [_figures(found, case) for case in CASES if case in found.runs])
    judged = [*ratios(found), *peaks(found)]
    compared = _table(RATIOS, [_ratio(ratio, found.size) for ratio in judged])
    missing = [f"- {CASES[case].title}: {why}" for case, why in found.left_out.items()]
    wrong = [f"- {line}" for line in disagreements(found)]
    lists = [("Not measured:", missing), ("**The ways disagree**, so do not rely on these figures:", wrong)]
    return "\n\n".join([figures, compared, *("\n\n".join([title, "\n".join(all_)]) for title, all_ in lists if all_)])


def _figures(found: Measurements, case: str) -> list[str]:
    middle = medians(found, case)
    work = [CASES[case].title, _digits(middle["wall"]), _digits(middle["cpu"])]
    if not CASES[case].alone:
        return [*work, "", "", ""]
    return [*work, _digits(middle["whole_wall"]), _digits(middle["whole_cpu"]), f"{middle['peak'] / 1e6:,.0f}"]


def _ratio(ratio: Ratio, size: int) -> list[str]:
    asked = ratio.compared
    shown = [_in_unit(ratio, value) for value in (ratio.median, ratio.lowest, ratio.highest)]
    row = [asked.title, shown[0], f"{shown[1]} … {shown[2]}"]
    if asked.target is None:
        return [*row, "", ""]
    limit = f"{'≥' if asked.at_least else '≤'} {asked.target * 100:g} %" if asked.unit == "%" else ""
    limit = limit or f"{'≥' if asked.at_least else '≤'} {asked.target:g}"
    if size != asked.at:
        return [*row, f"{limit} at {asked.at:,} rows", ""]
    return [*row, limit, "yes" if ratio.reached else "**no**"]


def _in_unit(ratio: Ratio, value: float) -> str:
    return f"{_digits(value * 100)} %" if ratio.compared.unit == "%" else _digits(value)


def _digits(value: float) -> str:
    """Three that count, which is more than a busy machine can promise."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _table(header: list[str], rows: Iterable[list[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
