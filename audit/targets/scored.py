"""What a scorecard comes to in one period: its points, what is missing, and the major nonconformities that stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from audit.evidence import ClauseAssessment, Grade, Verdict
from audit.finding.finding import Finding, clause_of
from audit.measurement import Better, Measurement
from audit.score import cleared, has_major
from audit.targets.scorecard import Indicator, Level, LevelWord, Scorecard, level_word
from audit.text import Text
from audit.wording import say


@dataclass(frozen=True)
class Major:
    """One that is proposed or concluded on a requirement, or a finding that is open."""

    clause: str
    subject: str
    """The requirement, or the finding."""
    words: Text


@dataclass(frozen=True)
class Part:
    """One indicator in the period."""

    indicator: Indicator
    share: float
    """Of the weight of all indicators, from 0 to 1."""
    figure: Measurement | None
    level: Level | None
    """None where the figure is no evidence; then `because` says why."""
    because: Text | None = None
    wavers: tuple[LevelWord, ...] = ()
    """The levels that the figure's 95 % interval reaches across, where it is more than one."""

    @property
    def lowest(self) -> float:
        return (self.level or self.indicator.levels[0]).points

    @property
    def highest(self) -> float:
        return (self.level or self.indicator.levels[-1]).points


@dataclass(frozen=True)
class Score:
    """
    `low` is the score if all that is missing were at its worst level, `high` if it were at its best; the weight of
    what is missing is given to nobody else. Both are None where too much is missing.
    """

    card: Scorecard
    parts: tuple[Part, ...]
    majors: tuple[Major, ...]
    low: float | None
    high: float | None

    @property
    def missing(self) -> float:
        """The share of the weight that is not evaluated."""
        return fsum(part.share for part in self.parts if part.level is None)

    @property
    def exact(self) -> bool:
        return self.low is not None and self.missing == 0

    @property
    def words(self) -> tuple[LevelWord, ...]:
        """Of the score; two where the range reaches from one word into another, none where there is no score."""
        if self.low is None or self.high is None:
            return ()
        return tuple(dict.fromkeys((self.card.word_of(self.low), self.card.word_of(self.high))))


Figure = tuple[Measurement | None, Better, Text | None]
"""A figure, which direction is better, and why it is no evidence where it is none."""


def scored(card: Scorecard, figures: Sequence[Figure], majors: Iterable[Major]) -> Score:
    """`figures` stand in the order of the card's indicators."""
    whole = fsum(indicator.weight for indicator in card.indicators)
    parts = tuple(
        _part(indicator, indicator.weight / whole, *found)
        for indicator, found in zip(card.indicators, figures, strict=True)
    )
    missing = fsum(part.share for part in parts if part.level is None)
    if missing * 100 > card.most_missing + 1e-9:
        return Score(card, parts, tuple(majors), None, None)
    low, high = (
        fsum(getattr(part, bound) * part.indicator.weight for part in parts) / whole for bound in ("lowest", "highest")
    )
    return Score(card, parts, tuple(majors), low, high)


def _part(indicator: Indicator, share: float, figure: Measurement | None, better: Better, silent: Text | None) -> Part:
    because = silent or _silent(figure)
    if because or figure is None or figure.value is None:
        return Part(indicator, share, figure, None, because)
    level = indicator.level_of(figure.value, better)
    return Part(indicator, share, figure, level, None, _wavers(indicator, figure, better))


def _silent(figure: Measurement | None) -> Text | None:
    if figure is None:
        return say("there are no records in the period")
    return figure.not_evaluated or (say("it has no value") if figure.value is None else None)


def _wavers(indicator: Indicator, figure: Measurement, better: Better) -> tuple[LevelWord, ...]:
    if figure.low is None or figure.high is None:
        return ()
    ends = sorted(indicator.levels.index(indicator.level_of(end, better)) for end in (figure.low, figure.high))
    reached = indicator.levels[ends[0] : ends[1] + 1]
    return tuple(level.word for level in reached) if len(reached) > 1 else ()


def majors(
    clauses: Iterable[ClauseAssessment], concluded: Mapping[str, Verdict], findings: Iterable[Finding]
) -> tuple[Major, ...]:
    """
    Every one that stands, in the order of the clauses, then open findings. A proposed one that an auditor cleared with
    a reason stands no more.
    """
    proposed = [
        Major(clause.clause, asked.id, _on(asked.id, concluded.get(asked.id)))
        for clause in clauses
        for asked in clause.requirements
        if has_major(asked) and not cleared(concluded.get(asked.id))
    ]
    found = [
        Major(clause_of(each.requirement_id), each.id,
              say("finding {id} on {requirement} is open", id=each.id, requirement=each.requirement_id))
        for each in findings
        if each.grade == Grade.MAJOR and not each.closed
    ]  # fmt: skip
    return (*proposed, *found)


def _on(requirement: str, concluded: Verdict | None) -> Text:
    if concluded == Verdict.DOES_NOT_CONFORM:
        return say("requirement {id}, concluded by the auditor", id=requirement)
    return say("requirement {id}, proposed from its evidence", id=requirement)


def sentence(score: Score) -> Text:
    """The score as it may be read: what is major first, then points, and what is missing of them."""
    told = _points(score)
    if not score.majors:
        return told
    return say("{majors}; {told}", majors=majors_words(score.majors), told=told)


def majors_words(majors: Sequence[Major]) -> Text:
    """ "1 major nonconformity stands (9.1.2)"."""
    clauses = ", ".join(dict.fromkeys(each.clause or each.subject for each in majors))
    if len(majors) == 1:
        return say("1 major nonconformity stands ({clauses}), whatever the score", clauses=clauses)
    return say("{count} major nonconformities stand ({clauses}), whatever the score", count=len(majors),
               clauses=clauses)  # fmt: skip


def _points(score: Score) -> Text:
    missing = f"{score.missing * 100:.0f}"
    if score.low is None or score.high is None:
        return say("not evaluated: {missing} % of the weight has no figure, and at most {most} % may have none",
                   missing=missing, most=score.card.most_missing)  # fmt: skip
    if score.exact:
        return say("{points} of 100 points: {word}", points=f"{score.low:.1f}", word=words_of(score))
    return say("{low} to {high} of 100 points: {word}; {missing} % of the weight has no figure and counts from its "
               "worst to its best level", low=f"{score.low:.1f}", high=f"{score.high:.1f}", word=words_of(score),
               missing=missing)  # fmt: skip


def words_of(score: Score) -> Text:
    """ "satisfying", or "basic to exceeding" where the range reaches that far."""
    if not score.words:
        return say("not evaluated")
    first, last = level_word(score.words[0]), level_word(score.words[-1])
    return first if len(score.words) == 1 else say("{worst} to {best}", worst=first, best=last)
