"""scorecard: what each scorecard comes to, part by part, and the scorecards themselves to a file and from one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from audit.records.targets import scorecards as kept
from audit.targets.scorecard import levels_words
from audit.targets.scored import Part, sentence
from pipelines.commands.assessing import latest
from pipelines.commands.decided import Kind, exchange
from pipelines.commands.terminal import at_work, print_table, tell
from pipelines.targets import scorecard_file
from pipelines.targets.scorecards import Judged, ScoredPeriod, judged, named, trend

HEADS = ["scorecard", "title", "period", "majors", "low", "high", "words"]
PARTS = ["kpi", "by", "group", "share", "value", "n", "points", "level", "because"]


def scorecards(asked: argparse.Namespace) -> int:
    """Exit 0 also where a score is low: that is a figure, not a failure."""
    return exchange(Kind("scorecard", kept, scorecard_file), asked, _judge)


def _judge(asked: argparse.Namespace) -> int:
    with at_work(asked) as (workspace, records):
        every = kept.every(records)
        found = judged(workspace, latest(workspace), records, every) if every else []
    rows = [_row(each, period) for each in found for period in each.periods]
    tell(asked, rows, lambda: _print(rows, found))
    return 0


def _print(rows: Sequence[dict[str, object]], found: Sequence[Judged]) -> None:
    print_table(HEADS, [[row[name] for name in HEADS] for row in rows])
    for each in found:
        if each.silent:
            print(f"{each.card.id}: {each.silent.en}")
        if each.latest:
            print(f"{each.card.id}, {each.latest.period}: {sentence(each.latest.score).en}")
            parts = [_part(part) for part in each.latest.score.parts]
            print_table(PARTS, [[part[name] for name in PARTS] for part in parts])


def _row(judged: Judged, period: ScoredPeriod) -> dict[str, object]:
    card, score = judged.card, period.score
    moved = trend(judged) if period is judged.latest else None
    return {
        "scorecard": card.id,
        "title": card.title,
        "department": card.department,
        "owner": card.owner,
        "grain": card.grain,
        "period": period.period,
        "starts": period.starts,
        "ends": period.ends,
        "majors": [each.words.en for each in score.majors],
        "low": score.low,
        "high": score.high,
        "missing": score.missing,
        "words": list(score.words),
        "because": sentence(score).en,
        "trend": moved.en if moved else None,
        "parts": [_part(part) for part in score.parts],
        "retired_on": card.retired_on,
    }


def _part(part: Part) -> dict[str, object]:
    indicator, figure = part.indicator, part.figure
    return {
        "kpi": indicator.kpi,
        "by": indicator.by,
        "group": indicator.group,
        "title": named(indicator).en,
        "weight": indicator.weight,
        "share": part.share,
        "levels": [words.en for words in levels_words(indicator)],
        "value": figure and figure.value,
        "n": figure.n if figure else 0,
        "low": figure and figure.low,
        "high": figure and figure.high,
        "points": part.level.points if part.level else None,
        "level": part.level.word if part.level else None,
        "across": list(part.wavers),
        "because": part.because.en if part.because else None,
        "owner": indicator.owner or None,
    }
