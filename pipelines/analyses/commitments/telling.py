"""What was found out about orders and promises, in sentences and tables for the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.text import Text
from audit.wording import say
from pipelines.analyses.commitments.found import LEVELS, Commitments, Group, Levels, Orders, Promises, Share
from pipelines.analyses.commitments.naming import dimension, group_name, level_word
from pipelines.analyses.section import Cell, Section, nothing


def sections(found: Commitments) -> Sequence[Section]:
    return [_way(found), _promises(found), _levels(found)]


def bounded(share: Share) -> Text:
    """As in "91.7 % (85.0 to 95.6)"."""
    if share.share is None:
        return Text(en="–", zh="–")
    return say(
        "{share} % ({low} to {high})", share=f"{share.share:.1f}", low=f"{share.low:.1f}", high=f"{share.high:.1f}"
    )


def way_told(found: Orders) -> Text:
    held = found.in_order
    if not held.of:
        return say("Of {received} orders and amendments received, none was accepted.", received=found.received)
    if not found.broken:
        return say(
            "{received} orders and amendments were received; all {of} that were accepted had been reviewed before.",
            received=found.received,
            of=held.of,
        )
    return say(
        "{received} orders and amendments were received. Of {of} that were accepted, {broken} were accepted before "
        "their review or without one; in order: {share}.",
        received=found.received,
        broken=found.broken,
        of=held.of,
        share=bounded(held),
    )


def promises_told(found: Promises) -> Text:
    kept, good = found.kept, found.made_good
    if not good.of:
        return say("All {of} promises that fell due were kept.", of=kept.of)
    return say(
        "{kept} of {of} promises that fell due were kept: {share}. Of {broken} broken ones {good} were made good.",
        kept=kept.good,
        of=kept.of,
        share=bounded(kept),
        broken=good.of,
        good=good.good,
    )


def levels_told(found: Levels) -> Text:
    return say(
        "{good} of {of} customers whose level of service was noted got a satisfying one or better: {share}.",
        good=found.held.good,
        of=found.held.of,
        share=bounded(found.held),
    )


@dataclass(frozen=True)
class Step:
    name: Text
    share: Share
    wanted: bool = True
    """Whether it is wanted of all; who is not accepted, or does not amend, misses nothing."""


def steps(found: Commitments) -> list[Step]:
    """The way of an order, as far as its data can be trusted; each step with how many of whom took it."""
    way = found.orders.result
    if way is None:
        return []
    every = [
        (say("Oral order confirmed"), found.confirmed.result, True),
        (say("Review finished"), way.reviewed, True),
        (say("Difference resolved"), found.resolved.result, True),
        (say("Accepted"), way.accepted, False),
        (say("Reviewed before acceptance"), way.in_order, True),
        (say("Amended"), way.amended, False),
        (say("Amendment told"), found.told.result, True),
    ]
    return [Step(name, share, wanted) for name, share, wanted in every if share is not None]


def _way(found: Commitments) -> Section:
    title, method = say("Orders: received, reviewed, accepted"), method_of_orders()
    if found.orders.result is None:
        return nothing(title, found.orders.because, method)
    rows = [(step.name, step.share.good, step.share.of, bounded(step.share)) for step in steps(found)]
    heads = (say("Step"), say("Taken"), say("Of"), say("Share (95 % interval)"))
    return Section(title, way_told(found.orders.result), method, heads, (*rows, *_groups(found.orders.result.groups)))


def _promises(found: Commitments) -> Section:
    title, method = say("Promises kept"), method_of_promises()
    if found.promises.result is None:
        return nothing(title, found.promises.because, method)
    heads = (say("Promises"), say("Kept"), say("Due"), say("Share (95 % interval)"))
    return Section(
        title, promises_told(found.promises.result), method, heads, tuple(_groups(found.promises.result.groups))
    )


def _levels(found: Commitments) -> Section:
    title, method = say("Levels of service"), method_of_promises()
    if found.levels.result is None:
        return nothing(title, found.levels.because, method)
    counted = zip(LEVELS, found.levels.result.counts, strict=True)
    rows = tuple((level_word(level), count) for level, count in counted)
    return Section(title, levels_told(found.levels.result), method, (say("Level"), say("Promises")), rows)


def _groups(every: Iterable[Group]) -> list[tuple[Cell, ...]]:
    return [
        (
            say("{dimension}: {name}", dimension=dimension(one.by), name=group_name(one)),
            one.held.good,
            one.held.of,
            bounded(one.held),
        )
        for one in every
    ]


def method_of_orders() -> Text:
    return say(
        "Counted over the entries of the register of orders in the 12 months to the end of the period; 95 % intervals "
        "by Wilson (1927). Reviewed, accepted and amended count what was received in them, the other steps what was "
        "accepted in them: confirmed in writing, resolved and reviewed by the day of acceptance, and those concerned "
        "told by the end. A review on the day of acceptance counts as in time. An order that nobody entered "
        "in the register is not in it."
    )


def method_of_promises() -> Text:
    return say(
        "Counted over the promises that fell due in the 12 months to the end of the period; 95 % intervals by Wilson "
        "(1927). Late is not kept, and what nobody noted is not kept. Levels of service are what those who served "
        "noted: basic, satisfying, exceeding, memorable; that satisfying is the line to hold is a choice."
    )
