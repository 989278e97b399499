"""A date format as people spell it, such as DD.MM.YYYY hh:mm, in Python's notation."""

from __future__ import annotations

import datetime as dt
import re

from audit.text import Text
from audit.wording import say

SPELLED = {
    "Month": "%B", "MMMM": "%B", "Mon": "%b", "MMM": "%b", "YYYY": "%Y", "yyyy": "%Y", "YY": "%y", "yy": "%y",
    "MM": "%m", "M": "%m", "DD": "%d", "dd": "%d", "D": "%d", "d": "%d", "hh": "%H", "HH": "%H", "h": "%H", "H": "%H",
    "mm": "%M", "ss": "%S", "SS": "%S", "AM": "%p", "PM": "%p", "am": "%p", "pm": "%p", "%": "%%",
}  # fmt: skip
"""Only of month and minute the size of the letter says which is meant."""
WORD = re.compile("|".join(sorted(SPELLED, key=len, reverse=True)))
NEEDED = (("%Y", "%y"), ("%m", "%b", "%B"), ("%d",))
MOMENT = dt.datetime(2026, 10, 31, 14, 5, 9)


def read(spelled: str) -> str | Text:
    """What has a % is in Python's notation already."""
    spelled = spelled.strip()
    format = spelled if "%" in spelled else WORD.sub(lambda word: SPELLED[word[0]], spelled)
    if "%p" in format:
        format = format.replace("%H", "%I")
    found = re.findall("%.", format)
    if len(set(found)) != len(found):
        return say("a part stands twice; write each once, as in DD.MM.YYYY hh:mm")
    if not all(any(part in found for part in parts) for parts in NEEDED):
        return say("year, month and day are needed; write them as in DD.MM.YYYY or Mon D, YYYY")
    return format if _is_usable(format) else say("this is no format; write it as in DD.MM.YYYY hh:mm")


def _is_usable(format: str) -> bool:
    try:
        return dt.datetime.strptime(MOMENT.strftime(format), format).date() == MOMENT.date()
    except (ValueError, re.error):
        return False
