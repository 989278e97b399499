"""The fixed facts of the demonstration: who the organisation is, which days, and where chance comes from."""

from __future__ import annotations

import datetime as dt
import zlib

import numpy as np

ORGANISATION = "Lindvale Pumps (林谷泵业)"
SEED = 9010
BEGINS = dt.date(2024, 11, 1)
AS_OF = dt.date(2026, 10, 31)
LAST_YEAR = dt.date(2025, 11, 1)
"""First day of the last twelve months."""
SEGMENTS = ("Industry", "Municipal", "Private")
REGIONS = ("North", "East", "South", "West")
PRODUCTS = ("Pumps", "Spare parts", "Field service")
CHANNELS = ("Sales representative", "Web shop", "Phone")


def dice(noun: str) -> np.random.Generator:
    """Each noun throws its own dice, so that one of them can change without disturbing the others."""
    return np.random.default_rng([SEED, zlib.crc32(noun.encode())])


def day_after(start: dt.date, days: float) -> dt.date:
    return start + dt.timedelta(days=int(days))


def end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(23, 59))


def working_day(start: dt.date, days: float) -> dt.date:
    """The first working day at least so many days later."""
    day = start + dt.timedelta(days=int(days))
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def known(day: dt.date | None) -> dt.date | None:
    """The day, if it was over when the exports were made."""
    return day if day and day <= AS_OF else None
