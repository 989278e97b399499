"""What a run found of complaints: how long the open ones wait, what they are about, and where the chain breaks."""

from __future__ import annotations

from pathlib import Path

from audit.text import Text
from audit.wording import say
from pipelines.analyses.section import Section, nothing
from pipelines.complaints.found import TOGETHER, Band, Complaints, Pareto, found


def sections(folder: Path, least: int) -> list[Section]:
    seen = found(folder)
    if seen is None:
        return []
    if seen.not_evaluated:
        return [nothing(say("Complaints"), seen.not_evaluated, _counted())]
    return [_ageing(seen), *(_pareto(each.without_small(least)) for each in seen.paretos), _repeats(seen), _steps(seen)]


def _counted() -> Text:
    return say("Counted from the register of complaints; what nobody recorded is not in it.")


def _ageing(seen: Complaints) -> Section:
    title = say("How long the open ones have waited")
    if not seen.open:
        return nothing(title, say("No complaint was open on {day}.", day=seen.ends), _counted())
    late = sum(band.overdue for band in seen.ageing)
    told = say("{open} were open on {day}, {late} of them past the promised day.", open=seen.open, day=seen.ends,
               late=late)  # fmt: skip
    heads = (say("Waiting for"), say("Open complaints"), say("Overdue"))
    return Section(title, told, _counted(), heads, tuple((_band(b), b.count, b.overdue) for b in seen.ageing))


def _band(band: Band) -> Text:
    if band.most is None:
        return say("over {days} days", days=band.least - 1)
    return say("{least} to {most} days", least=band.least, most=band.most)


def _pareto(one: Pareto) -> Section:
    about = {"category": say("Category"), "product": say("Product"), "channel": say("Channel")}[one.by]
    title = say("What they are about: {dimension}", dimension=about)
    method = say(
        "Pareto's order with the 95 % interval of Wilson (1927) for each share. That few causes make most trouble is a "
        "rule of thumb; what it comes to here is measured. Small groups stand together without a name."
    )
    if not one.groups:
        return nothing(title, None, method)
    told = say(
        "{count} complaints came in; {vital} of {groups} groups hold {share} % of them.",
        count=one.total, vital=one.vital, groups=len(one.groups), share=f"{one.groups[one.vital - 1].running:.0f}",
    )  # fmt: skip
    heads = (about, say("Complaints"), say("Share, %"), say("Low"), say("High"), say("Together from the top"))
    rows = tuple(
        (_group(g.group), g.count, g.share, *((None, None) if g.group == TOGETHER else (g.low, g.high)), g.running)
        for g in one.groups
    )
    return Section(title, told, method, heads, rows)


def _group(name: str) -> Text:
    if name == TOGETHER:
        return say("small groups together")
    return Text(en=name, zh=name) if name else say("not stated")


def _repeats(seen: Complaints) -> Section:
    title = say("Which came back")
    if not seen.repeats:
        told = say("No customer complained again about the same category within 180 days of its closure.")
        return nothing(title, told, _counted())
    told = say(
        "{count} complaints came back within 180 days after the same customer’s complaint about the same category was "
        "closed; they belong to {customers} customers.",
        count=sum(each.returned for each in seen.repeats), customers=len({each.customer for each in seen.repeats}),
    )  # fmt: skip
    return nothing(title, told, _counted())


def _steps(seen: Complaints) -> Section:
    title, closed = say("Where the chain breaks"), seen.steps[0].of if seen.steps else 0
    method = say("Complaints closed in the period, with each step on record. Not every complaint needs a corrective "
                 "action: a reason why not counts.")  # fmt: skip
    if seen.unproven_steps or not closed:
        return nothing(title, seen.unproven_steps or say("No complaint was closed in the period."), method)
    least = min(seen.steps, key=lambda each: each.taken)
    told = say(
        "Of {closed} complaints closed in the period, the step most often missing is “{step}”: {taken} have it.",
        closed=least.of, step=_step(least.name), taken=least.taken,
    )  # fmt: skip
    heads = (say("Step"), say("On record"), say("Closed complaints"))
    return Section(title, told, method, heads, tuple((_step(each.name), each.taken, each.of) for each in seen.steps))


def _step(name: str) -> Text:
    return {
        "acknowledged": say("Receipt acknowledged"),
        "corrected": say("Put right for this customer"),
        "cause found": say("Cause found"),
        "action taken": say("Corrective action"),
        "effect reviewed": say("Its effect reviewed"),
    }[name]
