"""A scorecard: the weighted indicators by which a department is judged, each with its levels, and who answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from audit.measurement import Better
from audit.quantity import Quantity
from audit.sentence import dimension_word, group_word
from audit.targets.objective import TINY, Day, Goal, ObjectiveGrain, spelled, stated
from audit.text import Text, Written
from audit.unfit import Unfit
from audit.wording import say

LevelWord = Literal["failing", "basic", "satisfying", "exceeding", "memorable"]
WORDS: tuple[LevelWord, ...] = get_args(LevelWord)
"""From worst to best."""
Points = Annotated[float, Field(ge=0, le=100)]


class Level(Written):
    """A figure has the points of the best level that it reaches, and no more: between two levels nothing is added."""

    word: LevelWord
    points: Points
    reaches: Goal | None = None
    """None for the worst level, which every figure reaches."""


def _in_order(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    if len(levels) < 2:
        raise Unfit(say("write at least two levels: the worst one without 'reaches', and what a better one reaches"))
    if levels[0].reaches:
        raise Unfit(say("the first level is the worst one, which every figure reaches; leave its 'reaches' out"))
    for before, after in pairwise(levels):
        if after.reaches is None:
            raise Unfit(
                say("level '{word}' does not say from which figure on; write 'reaches', as in 80 %", word=after.word)
            )
        if WORDS.index(after.word) <= WORDS.index(before.word):
            raise Unfit(
                say(
                    "'{word}' stands after '{former}'; order them: {words}",
                    word=after.word, former=before.word, words=", ".join(WORDS),
                )
            )  # fmt: skip
        if after.points <= before.points:
            raise Unfit(
                say("'{word}' brings no more points than '{former}'; write more", word=after.word, former=before.word)
            )
    _refuse_turning([level.reaches for level in levels if level.reaches])
    return levels


def _refuse_turning(limits: Sequence[Quantity]) -> None:
    for before, after in pairwise(limits):
        if before.unit != after.unit:
            raise Unfit(
                say(
                    "one level is in {unit}, another in {wrong}; write all in the KPI's unit",
                    unit=before.unit, wrong=after.unit,
                )
            )  # fmt: skip
    steps = [after.value - before.value for before, after in pairwise(limits)]
    if not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        raise Unfit(say("what the levels reach goes up and down; from worst to best it must go one way"))


class Indicator(Written):
    kpi: str
    by: str = ""
    """A dimension as segment, or "" for the whole."""
    group: str = ""
    weight: float = Field(gt=0, le=1_000_000)
    levels: Annotated[tuple[Level, ...], AfterValidator(_in_order)]
    owner: str = ""
    """"" where whoever answers for the scorecard answers for it too."""

    @model_validator(mode="after")
    def is_whole(self) -> Indicator:
        if bool(self.by) != bool(self.group):
            raise Unfit(say("for whom it is meant is half named; write by (as in segment) and group, or neither"))
        return self

    @property
    def about(self) -> tuple[str, str, str]:
        return self.kpi, self.by, self.group

    def runs_against(self, better: Better) -> bool:
        """Whether its levels rise where the lower figure is better, or fall where the higher one is."""
        limits = [level.reaches.value for level in self.levels if level.reaches]
        up = limits[-1] - limits[0]
        return up < 0 if better == "higher" else up > 0 if better == "lower" else False

    def level_of(self, value: float, better: Better) -> Level:
        """The best that it reaches; the levels stand from worst to best."""
        reached = [level for level in self.levels if _reaches(value, level.reaches, better)]
        return reached[-1]


def _reaches(value: float, limit: Quantity | None, better: Better) -> bool:
    if limit is None:
        return True
    room = TINY * max(1.0, abs(limit.value))
    return value <= limit.value + room if better == "lower" else value >= limit.value - room


class Band(Written):
    """From how many points on the whole scorecard is called by a word."""

    word: LevelWord
    points: Points


def _bands_in_order(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    if not bands or bands[0].points != 0:
        raise Unfit(say("the first word must count from 0 points; write it, as in: word: failing, points: 0"))
    for before, after in pairwise(bands):
        if after.points <= before.points or WORDS.index(after.word) <= WORDS.index(before.word):
            raise Unfit(
                say(
                    "'{word}' must stand for more points than '{former}', and be the better word",
                    word=after.word, former=before.word,
                )
            )  # fmt: skip
    return bands


def _none_twice(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    if not indicators:
        raise Unfit(say("there is no indicator; write at least one with kpi, weight and levels"))
    about = [each.about for each in indicators]
    for one in indicators:
        if about.count(one.about) > 1:
            raise Unfit(say("{about} stands in it twice; keep one", about=" ".join(filter(None, one.about))))
    return indicators


BANDS = (
    Band(word="failing", points=0),
    Band(word="basic", points=40),
    Band(word="satisfying", points=60),
    Band(word="exceeding", points=85),
)
"""A beginning, to be changed: no standard sets any."""


class Scorecard(Written):
    id: str = Field(default="", pattern=r"^(SCO-\d{3,9})?$")
    title: Annotated[str, AfterValidator(stated(say("what people call the scorecard")))]
    department: Annotated[str, AfterValidator(stated(say("which department it judges")))]
    owner: Annotated[str, AfterValidator(stated(say("who answers for it")))]
    grain: ObjectiveGrain
    indicators: Annotated[tuple[Indicator, ...], AfterValidator(_none_twice)]
    bands: Annotated[tuple[Band, ...], AfterValidator(_bands_in_order)] = BANDS
    most_missing: int = Field(default=25, ge=0, le=99)
    """Per cent of the weight: where more than that is not evaluated, there is no score."""
    reviewed_every: int = Field(default=6, ge=1, le=60)
    """Months."""
    why: Annotated[str, AfterValidator(stated(say("why it was chosen")))]
    retired_on: Day | None = None
    """The last day on which it counts."""
    revision: int = 0

    def word_of(self, points: float) -> LevelWord:
        return [band.word for band in self.bands if band.points <= points + TINY][-1]

    def owner_of(self, indicator: Indicator) -> str:
        return indicator.owner or self.owner


def level_word(word: LevelWord) -> Text:
    return {
        "failing": say("failing"),
        "basic": say("basic"),
        "satisfying": say("satisfying"),
        "exceeding": say("exceeding"),
        "memorable": say("memorable"),
    }[word]


def levels_words(indicator: Indicator) -> list[Text]:
    """ "satisfying from 80 %: 70 points", from worst to best."""
    return [
        say("{word} from {limit}: {points} points", word=level_word(each.word), limit=spelled(each.reaches),
            points=f"{each.points:g}")
        if each.reaches
        else say("{word}: {points} points", word=level_word(each.word), points=f"{each.points:g}")
        for each in indicator.levels
    ]  # fmt: skip


def of_group(title: Text, by: str, group: str) -> Text:
    """ "Net Promoter Score (segment: Private)"."""
    if not by:
        return title
    return say("{kpi} ({dimension}: {group})", kpi=title, dimension=dimension_word(by), group=group_word(group))
