"""Themes in words and tables, for the report: counts alone, no comment."""

from __future__ import annotations

from audit.text import Text, listed, sentences
from audit.wording import say
from pipelines import definitions
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.analyses.themes.found import Comments, Found, Themes

MOST_WORDS = 5


def method() -> Text:
    return say(
        "Counted by declared words (themes.yaml), in English and Chinese. Negation and irony are not understood, so a "
        "theme says what is spoken of, not whether it is praised. Shares: Wilson (1927). Difference in satisfaction "
        "from all others who wrote: Welch (1947), p-values corrected for the number of themes by Holm (1979). Who "
        "writes is not everybody, and several comments by one customer are not independent."
    )


def section(found: Themes, source: str) -> Section:
    part = found.sources[source]
    title = say("Themes: {source}", source=definitions.sources()[source].title)
    if part.result is None:
        return nothing(title, part.because, method())
    heads = (
        say("Theme"), say("Comments"), say("Share, %"), say("Low"), say("High"), say("Mean satisfaction"),
        say("Others"), say("Difference"), say("Low"), say("High"), say("p, corrected"), say("Words found"),
    )  # fmt: skip
    rows = tuple(_row(found, one) for one in part.result.themes if not one.counted.share.hidden)
    return Section(title, sentence(found, part.result), method(), heads, rows)


def sentence(found: Themes, comments: Comments) -> Text:
    """Most frequent theme, how many have none, and which go with another satisfaction than the rest."""
    spoken = [one for one in comments.themes if one.counted.share.count]
    if not spoken:
        return say("{n} comments, and none holds a declared word.", n=comments.n)
    return say(
        "{n} comments: most often about {theme} ({share} %). {without} {differs}",
        n=comments.n,
        theme=found.theme(spoken[0].theme).name,
        share=f"{spoken[0].counted.share.value:.0f}",
        without=_without(comments),
        differs=_differs(found, comments),
    )


def _without(comments: Comments) -> Text:
    if comments.without.hidden:
        return say("A few hold no declared word, or all but a few.")
    return say("{without} % hold no declared word.", without=f"{comments.without.value:.0f}")


def _differs(found: Themes, comments: Comments) -> Text:
    if comments.unscored:
        return say("Satisfaction is not set beside them: {reason}.", reason=comments.unscored.within_a_sentence())
    apart = [(one.counted.apart, found.theme(one.theme).name) for one in comments.themes]
    compared = [(each, name) for each, name in apart if each]
    if not compared:
        return say("Too few writers gave a score to compare them.")
    lower = [name for each, name in compared if each.differs and each.value < 0]
    higher = [name for each, name in compared if each.differs and each.value > 0]
    if not lower and not higher:
        return say("No theme goes with a satisfaction that surely differs from that of the others.")
    less = say("Less satisfied than the others are those who write about: {themes}.", themes=_list(lower))
    more = say("More satisfied: {themes}.", themes=_list(higher))
    parts = [*([less] * bool(lower)), *([more] * bool(higher))]
    return sentences(*parts)


def _list(names: list[Text]) -> Text:
    return listed(names) if names else Text(en="–", zh="–")


def _row(found: Themes, one: Found) -> tuple[Cell, ...]:
    share, apart = one.counted.share, one.counted.apart
    score: tuple[Cell, ...] = (None,) * 6
    if apart:
        score = (apart.own, apart.rest, apart.value, apart.low, apart.high, apart.adjusted)
    words = ", ".join(f"{word} {count}" for word, count in list(one.by_word.items())[:MOST_WORDS])
    return (found.theme(one.theme).name, share.count, share.value, share.low, share.high, *score, words or None)
