"""A CSV file of orders as the history of each customer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from audit.errors import SourceError
from pipelines.commands.method import csv_file
from pipelines.methods.interval import Array

Days = dict[dt.date, float]
"""Day of a purchase -> what was spent on it; 0 where no amount is written."""


@dataclass(frozen=True)
class OrderFile:
    begins: dt.date
    ends: dt.date
    bought: list[Days]

    def histories(self, ends: dt.date) -> tuple[Array, Array, Array]:
        """Of who bought by that day: purchases after the first, days from the first to the last and to that day."""
        spans = [sorted(day for day in each if day <= ends) for each in self.bought]
        rows = [(len(days) - 1, (days[-1] - days[0]).days, (ends - days[0]).days) for days in spans if days]
        frequency, recency, age = np.array(rows, dtype=float).reshape(-1, 3).T
        return frequency, recency, age

    def after(self, day: dt.date) -> Array:
        """Purchases after that day, of who bought by it."""
        return np.array([sum(at > day for at in each) for each in self.bought if min(each) <= day], dtype=float)

    def spent(self) -> tuple[Array, Array]:
        """How many purchases after the first have an amount, and their mean."""
        each = [[amount for day, amount in sorted(one.items())[1:] if amount > 0] for one in self.bought]
        times = np.array([len(amounts) for amounts in each], dtype=float)
        return times, np.array([sum(amounts) / len(amounts) if amounts else 0.0 for amounts in each])


def orders(path: str, until: str | None) -> OrderFile:
    rows = csv_file.read(path, ["customer_id", "ordered_on"], ["amount"])
    bought: dict[str, Days] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        if not row.text("customer_id"):
            raise SourceError(f"{row.file}:{row.line}: no customer_id; write who ordered")
        day = _day(row.text("ordered_on"), f"{row.file}:{row.line}")
        bought[row.text("customer_id")][day] += max(0.0, row.number("amount") or 0.0)
    days = [day for each in bought.values() for day in each]
    ends = _day(until, "--until") if until else max(days)
    if max(days) > ends:
        raise SourceError(f"--until {ends} lies before the last order of {max(days)}; write a later day")
    return OrderFile(min(days), ends, [bought[customer] for customer in sorted(bought)])


def _day(text: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise SourceError(f"{where}: '{text[:40]}' is no date; write it as 2026-10-31") from None
