"""The parts of a because-sentence: a figure with its interval and n, a criterion, a status, in both languages."""

from __future__ import annotations

from audit.limits import ComputedLimits, DocumentLimits, HeardLimits, SampleLimits
from audit.measurement import Kpi, Measurement
from audit.quantity import number
from audit.text import Text
from audit.wording import say


def named(kpi: Kpi, figure: Measurement | None) -> Text:
    if figure is None or not figure.by:
        return kpi.title
    return say("{kpi} ({dimension}: {group})", kpi=kpi.title, dimension=dimension_word(figure.by),
               group=group_word(figure.group))  # fmt: skip


def measured(kpi: Kpi, figure: Measurement) -> Text:
    """Always in this order: measure, value, interval, n, period."""
    return say(
        "{name}: {value}, {starts} to {ends}",
        name=named(kpi, figure), value=with_interval(figure), starts=figure.starts, ends=figure.ends,
    )  # fmt: skip


def with_interval(figure: Measurement) -> Text:
    if figure.low is None or figure.high is None:
        return say("{value} (n = {n})", value=figure.quantity, n=figure.n)
    low, high = (number(bound, figure.unit, aligned=True) for bound in (figure.low, figure.high))
    value = Text(en=figure.quantity.said("en", aligned=True), zh=figure.quantity.said("zh", aligned=True))
    return say("{value} ({low} to {high}, n = {n})", value=value, low=low, high=high, n=figure.n)


def criterion_of(limits: ComputedLimits, kpi: Kpi) -> Text:
    """The criterion in words, as a table shows it."""
    parts: list[Text] = []
    if limits.at_least is not None:
        parts.append(say("at least {limit}", limit=limits.at_least))
    if limits.at_most is not None:
        parts.append(say("at most {limit}", limit=limits.at_most))
    if limits.no_worse_than_before:
        parts.append(say("no worse than the period before, or acted on") if limits.acted_on_by
                     else say("no worse than the period before"))  # fmt: skip
    if limits.for_each:
        parts.append(say("for each {dimension}", dimension=dimension_word(limits.for_each)))
    parts.append(say("n at least {least}", least=limits.sample_of or kpi.least))
    parts.append(say("over {months}", months=limits.over))
    return joined(parts)


def document_criterion_of(limits: DocumentLimits) -> Text:
    parts = [status_word(limits.status)]
    if limits.reviewed_within:
        parts.append(say("reviewed within {months}", months=limits.reviewed_within))
    if limits.covers:
        parts.append(say("covers a period that ended within {months}", months=limits.covers))
    return joined(parts)


def sample_criterion_of(limits: SampleLimits) -> Text:
    drawn = say("{count} records drawn", count=limits.draw) if limits.draw else say("a sample of the records")
    return joined(
        [drawn, say("at most {count} fail", count=limits.failing_at_most), say("over {months}", months=limits.over)]
    )


def heard_criterion_of(limits: HeardLimits) -> Text:
    return say("recorded within {months}", months=limits.within)


def role_word(role: str) -> Text:
    words = {
        "top management": say("top management"),
        "process owner": say("process owner"),
        "staff": say("staff"),
    }
    return words[role]


def kind_word(kind: str) -> Text:
    """Who answers a piece of evidence."""
    words = {
        "computed": say("data"),
        "document": say("document"),
        "sample": say("sample"),
        "interview": say("interview"),
        "observation": say("observation"),
    }
    return words[kind]


def joined(parts: list[Text]) -> Text:
    return Text(en=", ".join(part.en for part in parts), zh="，".join(part.zh for part in parts))


def status_word(status: str) -> Text:
    words = {
        "draft": say("draft"),
        "in review": say("in review"),
        "approved": say("approved"),
        "obsolete": say("obsolete"),
    }
    return words[status]


def dimension_word(name: str) -> Text:
    words = {
        "segment": say("segment"),
        "region": say("region"),
        "channel": say("channel"),
        "product": say("product"),
        "process": say("process"),
        "category": say("category"),
        "question": say("question"),
        "driver": say("driver"),
        "unit": say("team"),
        "topic": say("topic"),
        "market": say("market"),
        "code": say("code of conduct"),
        "touchpoint": say("touchpoint"),
    }
    return words.get(name, Text(en=name, zh=name))


def group_word(group: str) -> Text:
    """A group's name is data and the same in both languages; rows that state none are named so."""
    return Text(en=group, zh=group) if group else say("not stated")
