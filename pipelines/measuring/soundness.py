"""How sound the rows behind a figure are: the share that was refused, that broke an expectation, or lacked a column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from audit.load import Load
from audit.quantity import Quantity
from audit.source import Source
from audit.text import Text
from audit.wording import say
from pipelines.measuring.periods import Period

UNDATED = ""
LEAST_TOLD = 0.1
"""Per cent: shares below it are told as less than it."""


@dataclass(frozen=True)
class Flaw:
    """`share` is in per cent of the rows."""

    share: float
    told: Text


@dataclass(frozen=True)
class Standing:
    """The rows of a source that stand in its table within a period, by the load that brought them and by month."""

    source: Source
    columns: frozenset[str]
    by_load: list[tuple[Load, dict[str, int]]]
    lost: int = 0
    """Rows of files that were refused whole, less those that later files brought."""

    @property
    def rows(self) -> int:
        return sum(sum(months.values()) for _, months in self.by_load)


def flaws(standing: Standing) -> list[Flaw]:
    """The gravest first."""
    if not standing.rows:
        return []
    found = [*_refused(standing), *_unexpected(standing), *_unchecked(standing), *_lacking(standing)]
    return sorted(found, key=lambda flaw: -flaw.share)


def inside(month: str, period: Period) -> bool:
    return month == UNDATED or period.starts.isoformat()[:7] <= month <= period.ends.isoformat()[:7]


def _refused(standing: Standing) -> Iterator[Flaw]:
    """
    Rejects have no date that could be trusted: they are spread over the load's rows, or, without any, over all. They
    have no key either: whether a later file brought them, or rows of its own, nobody can tell. So they count until
    every row of their load is replaced, as when the whole mended file is loaded.
    """
    bad = sum(load.rejected * sum(months.values()) / load.loaded for load, months in standing.by_load if load.loaded)
    bad += standing.lost
    if bad:
        share = 100 * bad / (standing.rows + bad)
        words = {"share": _told(share), "source": standing.source.title, "tolerance": standing.source.tolerance}
        tolerated = say(
            "{share} of the rows of {source} were refused when they were loaded; up to {tolerance} is tolerated",
            **words,
        )
        too_many = say(
            "{share} of the rows of {source} were refused when they were loaded; at most {tolerance} is tolerated; "
            "mend the file and load the whole of it again",
            **words,
        )
        yield Flaw(share, tolerated if share <= standing.source.tolerance.value else too_many)


def _told(share: float) -> Quantity | Text:
    """What is there is never told as none."""
    return Quantity(share, "%") if share >= LEAST_TOLD else say("less than {share}", share=Quantity(LEAST_TOLD, "%"))


def _unexpected(standing: Standing) -> Iterator[Flaw]:
    """Rows that a later load replaced count no more: of a month's unexpected rows the share that still stands."""
    bad: dict[str, float] = defaultdict(float)
    reasons: dict[str, Text] = {}
    for load, months in standing.by_load:
        for result in load.gate:
            if result.outcome == "failed" and standing.columns & set(result.column.split(", ")):
                name = f"{result.expectation} {result.column}"
                bad[name] += sum(
                    result.by_month.get(month, 0) * rows / max(rows, load.months.get(month, 0))
                    for month, rows in months.items()
                )
                reasons[name] = result.reason
    for name, count in bad.items():
        if count:
            share = 100 * count / standing.rows
            told = say(
                "{share} of the rows of {source} broke an expectation ({reason}); at most {tolerance} is tolerated",
                share=_told(share),
                source=standing.source.title,
                reason=reasons[name].within_a_sentence(),
                tolerance=standing.source.tolerance,
            )
            yield Flaw(share, told)


def _unchecked(standing: Standing) -> Iterator[Flaw]:
    """What nobody could check is as little evidence as what failed."""
    for load, months in standing.by_load:
        for result in load.gate:
            if result.outcome == "could not be checked" and standing.columns & set(result.column.split(", ")):
                told = say(
                    "an expectation on {source} could not be checked: {reason}",
                    source=standing.source.title,
                    reason=result.reason.within_a_sentence(),
                )
                yield Flaw(100 * sum(months.values()) / standing.rows, told)


def _lacking(standing: Standing) -> Iterator[Flaw]:
    columns = {name for name in standing.columns if not standing.source.columns[name].absent_means}
    bad = sum(sum(months.values()) for load, months in standing.by_load if not columns <= set(load.delivered))
    if bad:
        share = 100 * bad / standing.rows
        told = say(
            "{share} of the rows of {source} came in files without a column that this figure reads",
            share=Quantity(share, "%"),
            source=standing.source.title,
        )
        yield Flaw(share, told)
