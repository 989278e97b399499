"""Each scorecard in its last full period: what is major first, then the score and the parts that it opens to."""

from __future__ import annotations

from audit.records import Records
from audit.records.targets import scorecards as kept
from audit.targets.scorecard import level_word
from audit.targets.scored import Part, sentence
from audit.text import Text
from audit.wording import say
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.runs.small_cells import without_small
from pipelines.targets.scorecards import Judged, judged, named, trend
from pipelines.workspace import Workspace


def sections(workspace: Workspace, run: Run, records: Records) -> list[Section]:
    least = workspace.set_up.small_cells
    counting = [each for each in kept.every(records) if each.retired_on is None or each.retired_on >= run.ends]
    every = judged(
        workspace, run, records, counting,
        lambda kpi, grain: without_small(results.measurements(workspace, run.id, kpi, grain), least),
    )  # fmt: skip
    if not every:
        return [nothing(say("Scorecards"), say("No scorecard is on record here."), _method())]
    return [_section(each) for each in every]


def _section(judged: Judged) -> Section:
    card, latest = judged.card, judged.latest
    title = Text(en=f"{card.title} ({card.id})", zh=f"{card.title}（{card.id}）")
    if latest is None:
        return nothing(title, judged.silent, _method())
    moved = trend(judged)
    told = say("{period}: {told}", period=latest.period, told=sentence(latest.score))
    if moved:
        told = say("{told}; {moved}", told=told, moved=moved)
    return Section(title, told, _method(), _heads(), tuple(_row(judged, part) for part in latest.score.parts))


def _heads() -> tuple[Text, ...]:
    return (say("Indicator"), say("Share of the weight, %"), say("Value"), say("Low"), say("High"),
            Text(en="n", zh="n"), say("Points"), say("Level"), say("Because"), say("Owner"))  # fmt: skip


def _row(judged: Judged, part: Part) -> tuple[Cell, ...]:
    figure, level = part.figure, part.level
    value = (figure.value, figure.low, figure.high, figure.n) if figure else (None, None, None, 0)
    told = (level.points, level_word(level.word)) if level else (None, say("not evaluated"))
    return (named(part.indicator), 100 * part.share, *value, *told, part.because, judged.card.owner_of(part.indicator))


def _method() -> Text:
    return say(
        "A figure has the points of the best level that it reaches, stepped, and the score is their weighted mean. "
        "What is not evaluated takes no points and its weight goes to nobody else, so the score becomes a range. "
        "Levels, weights and words are the organisation's own; no standard sets any."
    )
