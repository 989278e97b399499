"""The cohorts of a period: months, quarters or years in which customers came, and how long each could be watched."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_COHORTS = 24
MONTHS = (1, 3, 12)


@dataclass(frozen=True)
class Calendar:
    """`months` in one period; the first and the last cohort are cut to the days from `starts` to `ends`."""

    months: int
    starts: dt.date
    ends: dt.date

    @classmethod
    def over(cls, starts: dt.date, ends: dt.date) -> Calendar:
        """By quarter where that gives few cohorts and some that were watched, by month or year where it does not."""
        length = _index(ends) - _index(starts) + 1
        months = 1 if length < 12 else next((m for m in MONTHS[1:] if length <= m * MOST_COHORTS), MONTHS[-1])
        return cls(months, starts, ends)

    @property
    def first(self) -> int:
        return _index(self.starts) // self.months

    @property
    def names(self) -> list[str]:
        return [self._name(at) for at in range(self.first, _index(self.ends) // self.months + 1)]

    @property
    def watched(self) -> NDArray[np.int64]:
        """How many periods everybody of a cohort could be watched, whoever came on its last day included."""
        last_days = (self._last_day(self.first + at) for at in range(len(self.names)))
        return np.array([max(0, completed(day, self.ends)) // self.months for day in last_days], dtype=np.int64)

    @property
    def most(self) -> int:
        return int(self.watched.max())

    def place(self, day: dt.date) -> int:
        return _index(day) // self.months - self.first

    def cohort(self, day: str) -> str:
        """As SQL, from 0."""
        return f"({_index_of(day)}) // {self.months} - {self.first}"

    def completed(self, last_day: str, since: str = "customer_since") -> str:
        """As SQL: the whole periods between two days."""
        whole = f"{_index_of(last_day)} - ({_index_of(since)}) - cast(day({last_day}) < day({since}) as integer)"
        return f"greatest(0, {whole}) // {self.months}"

    def _name(self, at: int) -> str:
        year, month = divmod(at * self.months, 12)
        return {1: f"{year}-{month + 1:02}", 3: f"{year}-Q{month // 3 + 1}", 12: f"{year}"}[self.months]

    def _last_day(self, at: int) -> dt.date:
        year, month = divmod((at + 1) * self.months, 12)
        return min(dt.date(year, month + 1, 1) - dt.timedelta(days=1), self.ends)


def completed(since: dt.date, last_day: dt.date) -> int:
    """Whole months between two days: the same day of a later month completes one."""
    return _index(last_day) - _index(since) - (last_day.day < since.day)


def _index(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _index_of(day: str) -> str:
    return f"year({day}) * 12 + month({day}) - 1"
