"""Scorecards as files: every part of every period for a spreadsheet, and the scorecards themselves as YAML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from audit.targets.scorecard import Scorecard, level_word
from audit.targets.scored import sentence
from pages.components import session
from pages.components.scorecard.scorecard_words import period_name
from pages.components.words import _, said
from pipelines.reports.cell import safe_csv
from pipelines.targets.scorecard_file import text_of
from pipelines.targets.scorecards import Judged, ScoredPeriod, named


def period_file(every: Sequence[Judged]) -> bytes:
    rows = [row for judged in every for each in judged.periods for row in _rows(judged, each)]
    return safe_csv(pd.DataFrame(rows))


def _rows(judged: Judged, period: ScoredPeriod) -> Iterator[dict[str, object]]:
    score, card = period.score, judged.card
    for part in score.parts:
        figure = part.figure
        yield {
            _("Scorecard"): card.id,
            _("Title"): card.title,
            _("Period"): period_name(judged, period),
            _("Majors"): len(score.majors),
            _("Score, lowest"): score.low,
            _("Score, highest"): score.high,
            _("Told"): said(sentence(score)),
            _("Measure"): said(named(part.indicator)),
            _("Weight"): part.indicator.weight,
            _("Share of the weight"): part.share,
            _("Value"): figure and figure.value,
            "n": figure.n if figure else 0,
            _("Low"): figure and figure.low,
            _("High"): figure and figure.high,
            _("Points"): part.level.points if part.level else None,
            _("Level"): said(level_word(part.level.word)) if part.level else None,
            _("Because"): said(part.because) if part.because else None,
            _("Owner"): card.owner_of(part.indicator),
        }


def scorecards_file(every: Sequence[Scorecard]) -> bytes:
    return text_of(session.workspace().set_up.organisation, every).encode("utf-8")
