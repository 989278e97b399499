"""How a scorecard stands, in words with a shape and a colour: what is major always comes first."""

from __future__ import annotations

from collections.abc import Sequence

from audit.evidence import Grade, Outcome
from audit.targets.scorecard import level_word
from audit.targets.scored import Major, Part, Score, majors_words, sentence, words_of
from pages.components import tags
from pages.components.chart.period import label
from pages.components.words import _, plain, said
from pipelines.targets.scorecards import Judged, ScoredPeriod, trend

COLOURS = {"failing": "red", "basic": "orange", "satisfying": "blue", "exceeding": "green", "memorable": "green"}
MARKS = {"failing": "✕", "basic": "▽", "satisfying": "●", "exceeding": "▲", "memorable": "★"}


def level(word: str, text: str) -> str:
    return f":{COLOURS[word]}-badge[{MARKS[word]} {text}]"


def standing(score: Score) -> str:
    """The word of a score; of a range the worse one gives the colour."""
    if not score.words:
        return tags.outcome(Outcome.NOT_EVALUATED)
    return level(score.words[0], said(words_of(score)))


def points(score: Score) -> str:
    """ "61.0", or "52.5 to 77.5"."""
    if score.low is None or score.high is None:
        return "–"
    if score.exact:
        return f"{score.low:.1f}"
    return _("{low} to {high}", low=f"{score.low:.1f}", high=f"{score.high:.1f}")


def major_badge(majors: Sequence[Major]) -> str:
    """Before every score; empty where there is none."""
    return tags.tag(tags.grade_words(Grade.MAJOR)[0], plain(said(majors_words(majors)))) if majors else ""


def short_badge(majors: Sequence[Major]) -> str:
    """For a row of a table, below the full words."""
    return tags.tag(tags.grade_words(Grade.MAJOR)[0], _("{count} major", count=len(majors)))


def part_level(part: Part) -> str:
    if part.level is None:
        return tags.outcome(Outcome.NOT_EVALUATED)
    told = level(part.level.word, said(level_word(part.level.word)))
    if not part.wavers:
        return told
    across = _("its interval reaches from {worst} to {best}", worst=level_word(part.wavers[0]),
               best=level_word(part.wavers[-1]))  # fmt: skip
    return f"{told} {tags.small(across)}"


def period_name(judged: Judged, period: ScoredPeriod) -> str:
    return label(judged.card.grain, period.starts, period.ends, period.period)


def answer(every: Sequence[Judged]) -> str:
    """The title: what is major, then how many stand below what satisfies."""
    if not every:
        return _("No scorecard is set yet")
    last = [each.latest.score.words[0] if each.latest and each.latest.score.words else "" for each in every]
    below = sum(word in ("failing", "basic") for word in last)
    given = {"all": len(every), "below": below, "silent": last.count("")}
    told = _("{below} of {all} scorecards may be below satisfying; {silent} not evaluated", **given)
    return _("{majors}; {told}", majors=majors_words(every[0].majors), told=told) if every[0].majors else told


def title(judged: Judged) -> str:
    """Of the page of one scorecard."""
    latest = judged.latest
    told = sentence(latest.score) if latest else judged.silent
    if latest is None and judged.majors:
        return _("{card}: {majors}; {told}", card=judged.card.title, majors=majors_words(judged.majors), told=told)
    return _("{card}: {told}", card=judged.card.title, told=told)


def said_by(judged: Judged) -> str:
    """What the chart shows, also to who cannot see it."""
    latest = judged.latest
    if latest is None:
        return said(judged.silent) if judged.silent else ""
    moved = trend(judged)
    told = _("{period}: {told}", period=period_name(judged, latest), told=sentence(latest.score))
    return _("; ").join([told, said(moved)]) if moved else told


def owner(judged: Judged) -> str:
    card = judged.card
    return plain(_("{id}, {department}, owner: {owner}", id=card.id, department=card.department, owner=card.owner))


def ordered(every: Sequence[Judged]) -> list[Judged]:
    """The lowest first; what nobody knows comes after what is failing."""

    def urgency(judged: Judged) -> tuple[float, str]:
        low = judged.latest.score.low if judged.latest else None
        return (40.0 if low is None else low), judged.card.id

    return sorted(every, key=urgency)
