"""The customers in sentences, as the page and the report tell them."""

from __future__ import annotations

from audit.text import Text, sentences
from audit.wording import say
from pipelines.analyses.customer_base.found import (
    MONTH,
    Climbed,
    Cohorts,
    Complained,
    Revenue,
    Silent,
    Survived,
    month_day,
)
from pipelines.methods.cohorts import Cell
from pipelines.methods.concentration import Concentration, Share
from pipelines.methods.ladder import Place, Step
from pipelines.methods.survival import MARKS, LogRank, Point

STEP_WORDS: dict[Place, Text] = {
    "suspect": say("Suspect"),
    "potential": say("Potential customer"),
    "first purchase": say("First purchase"),
    "repeat": say("Long-term customer"),
    "supporter": say("Supporter"),
    "advocate": say("Advocate"),
    "lapsed": say("Lapsed"),
    "not a customer yet": say("Not a customer yet"),
    "left": say("Left"),
}
SURE = 0.05


def percent(value: float) -> str:
    return f"{value:.1f} %"


def bounded(value: float, low: float, high: float) -> Text:
    return say("{value} ({low} to {high})", value=percent(value), low=f"{abs(low):.1f}", high=f"{high:.1f}")


def months_of(days: float) -> str:
    return f"{days / MONTH:.0f}"


def survival(found: Survived) -> Text:
    whole = found.whole
    told = say("Of {n} customers who were watched, {left} left.", n=whole.n, left=whole.left)
    if whole.begins:
        told = sentences(
            told, say("This is about those who had stayed {months} months.", months=months_of(whole.begins))
        )
    for months in MARKS:
        point = whole.at(month_day(months))
        if point:
            told = sentences(
                told, say("After {months} months {share} are still there.", months=months, share=share(point))
            )
    return sentences(told, median(found))


def share(point: Point) -> Text:
    return bounded(point.survival, point.low, point.high)


def median(found: Survived) -> Text:
    whole = found.whole
    if whole.median is None:
        return say("The time by which half have left was not reached.")
    if whole.median_high is None:
        return say(
            "Half have left after {months} months (at least {low}).", months=months_of(whole.median),
            low=months_of(whole.median_low or whole.median),
        )  # fmt: skip
    return say(
        "Half have left after {months} months ({low} to {high}).", months=months_of(whole.median),
        low=months_of(whole.median_low or whole.median), high=months_of(whole.median_high),
    )  # fmt: skip


def alike(found: LogRank) -> Text:
    p = "p < 0.001" if found.p < 0.001 else f"p = {found.p:.3f}"
    if found.p < SURE:
        return say("The segments do not leave alike (log-rank, {p}).", p=p)
    return say("The data do not show that segments leave at different rates (log-rank, {p}).", p=p)


def retention(found: Cohorts) -> Text:
    came = say("{n} customers came within the period.", n=found.triangle.n)
    last = _within_a_year(found)
    if last is None:
        return sentences(came, _too_early())
    stayed = say(
        "Of those who were watched for {months} months, {share} were still there after them.",
        months=last[0], share=of_cell(last[1]),
    )  # fmt: skip
    return sentences(came, stayed)


def purchases(found: Cohorts) -> Text:
    came = say("{n} customers placed their first order within the period.", n=found.triangle.n)
    last = _within_a_year(found)
    if last is None:
        return sentences(came, _too_early())
    again = say(
        "Of those who were watched for {months} months, {share} ordered again in the last {one} of them.",
        months=last[0], share=of_cell(last[1]), one=found.months,
    )  # fmt: skip
    return sentences(came, again)


def _too_early() -> Text:
    return say("None could be watched for long enough yet.")


def _within_a_year(found: Cohorts) -> tuple[int, Cell] | None:
    """Months since they came, a year or the most before it, and what holds of all who were watched for so long."""
    told = [(at * found.months, cell) for at, cell in enumerate(found.triangle.total, 1) if cell]
    within = [(months, cell) for months, cell in told if months <= max(12, found.months) and cell.share is not None]
    return within[-1] if within else None


def of_cell(cell: Cell) -> Text:
    if cell.share is None or cell.low is None or cell.high is None:
        return say("too few")
    return bounded(cell.share, cell.low, cell.high)


def revenue(found: Revenue) -> Text:
    one = found.concentration
    return say(
        "{needed} of the {n} customers who ordered brought four fifths of the revenue; the top fifth brought {top}. "
        "Gini {gini}.",
        needed=of_share(one.needed), n=one.n, top=of_share(one.top), gini=gini(one),
    )  # fmt: skip


def largest(found: Revenue) -> Text:
    return say("The largest customer brought {share}.", share=percent(found.concentration.largest))


def complaints(found: Complained) -> Text:
    one = found.concentration
    told = say(
        "{total} complaints came from {n} customers; {needed} of these made four fifths of them, and the top fifth "
        "made {top}.",
        total=round(one.total), n=one.n, needed=of_share(one.needed), top=of_share(one.top),
    )  # fmt: skip
    return sentences(told, say("{n} more name no customer.", n=found.unnamed)) if found.unnamed else told


def of_share(one: Share) -> Text:
    return bounded(one.value, one.low, one.high)


def gini(found: Concentration) -> Text:
    one = found.gini
    return say("{value} ({low} to {high})", value=f"{one.value:.2f}", low=f"{one.low:.2f}", high=f"{one.high:.2f}")


def ladder(found: Climbed) -> Text:
    one = found.ladder
    standing = {rung.step: rung for rung in one.rungs}
    loyal = sum(standing[step].share for step in ("repeat", "supporter", "advocate"))
    told = say(
        "Of {n} customers {loyal} stand on the step of the long-term customer or higher; {lapsed} have lapsed.",
        n=one.n, loyal=percent(loyal), lapsed=percent(standing["lapsed"].share),
    )  # fmt: skip
    if found.not_compared:
        return sentences(told, _ended(found.not_compared))
    moved = say(
        "Since {day}, {rose} rose, {fell} fell and {stayed} stayed where they were.",
        day=found.before, rose=one.rose, fell=one.fell, stayed=one.stayed,
    )  # fmt: skip
    return sentences(told, moved)


def rules(found: Climbed) -> tuple[tuple[Text, Text], ...]:
    """Each step and what puts a customer on it."""
    told = {
        "suspect": say("known, and never ordered nor got in touch"),
        "potential": say("got in touch (an answer, a complaint, a contact), and never ordered"),
        "first purchase": say("ordered once, within the last {months} months", months=found.months),
        "repeat": say(
            "ordered within the last {months} months, and at least twice, or a customer since before orders were on "
            "record ({day})", months=found.months, day=found.recorded_from,
        ),
        "supporter": say("a long-term customer, and 9 or 10 in the latest answer on recommending us"),
        "advocate": say("ordered within the last {months} months, and somebody came by their recommendation",
                        months=found.months),
        "lapsed": say(
            "ordered before, or a customer since before orders were on record, and not within {months} months",
            months=found.months,
        ),
    }  # fmt: skip
    return tuple((STEP_WORDS[rung.step], _or_why_not(told[rung.step], rung.step, found)) for rung in found.ladder.rungs)


def _or_why_not(rule: Text, step: Step, found: Climbed) -> Text:
    because = dict(found.untold).get(step)
    return say("{rule}; cannot be told: {because}", rule=rule, because=because) if because else rule


def silent(found: Silent) -> Text:
    one = found.whole
    told = say(
        "Of {n} customers who were there before {day} nothing was heard or sold since from {count}: {share}.",
        n=one.n, day=found.since, count=one.count, share=bounded(one.share, one.low, one.high),
    )  # fmt: skip
    if found.revenue_share is None:
        return told
    return sentences(
        told, say("In the year before they brought {share} of the revenue.", share=percent(found.revenue_share))
    )


def band(least: int, most: int | None) -> Text:
    if most is None:
        return say("over {months} months", months=least)
    return say("{least} to {most} months", least=least, most=most)


def _ended(text: Text) -> Text:
    return Text(en=f"{text.en[:1].upper()}{text.en[1:]}.", zh=f"{text.zh}。")
