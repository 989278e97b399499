"""Moves a time from the zone in which a file is written to the one in which the organisation keeps its times."""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from audit.text import Text
from audit.wording import say

zone = cache(ZoneInfo)


def moved(written: dt.datetime, time_zone: str, keep_in: str) -> dt.datetime | Text:
    """What the clocks of `keep_in` showed at that moment. An hour that the clocks left out or ran twice is nobody's."""
    told = {"value": f"{written:%Y-%m-%d %H:%M:%S}", "zone": time_zone}
    try:
        first = written.replace(tzinfo=zone(time_zone), fold=0)
        second = first.replace(fold=1)
        if first.utcoffset() == second.utcoffset():
            return first.astimezone(zone(keep_in)).replace(tzinfo=None, fold=0)
        exists = first.astimezone(dt.UTC).astimezone(zone(time_zone)).replace(tzinfo=None) == written
    except OverflowError:
        return say("{value} is out of reach of the time zone {zone}", **told)
    if exists:
        return say("{value} came twice in {zone}, when the clocks were changed; write the time in UTC", **told)
    return say("{value} did not come in {zone}, because the clocks were changed; correct the time", **told)


def placed(written: dt.datetime, keep_in: str) -> dt.datetime | Text:
    """The same of a time with its offset, which leaves no doubt in any hour."""
    try:
        return written.astimezone(zone(keep_in)).replace(tzinfo=None, fold=0)
    except OverflowError:
        return say(
            "{value} is out of reach of the time zone {zone}", value=f"{written:%Y-%m-%d %H:%M:%S}", zone=keep_in
        )
