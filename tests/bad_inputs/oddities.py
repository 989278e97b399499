"""Rows that are not as plain as those around them: which are fine, which are rejected, which spoil the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Plain(NamedTuple):
    """A source, and its plain rows by their number."""

    source: str
    head: str
    row: Callable[[int], str]


ANSWERS = Plain(
    "survey_responses",
    "response_id,answered_on,satisfaction,recommend,comment\n",
    lambda at: f"r{at},2026-{at % 12 + 1:02}-{at % 28 + 1:02},{at % 5 + 1},{at % 11},said {at % 97}\n",
)
RETURNS = Plain(
    "returns",
    "return_id,returned_on,quantity_returned,warranty\n",
    lambda at: (
        f"r{at},2026-{at % 12 + 1:02}-{at % 28 + 1:02},{at % 50}.{at % 4}5,{('true', 'false', 'yes', '')[at % 4]}\n"
    ),
)
VISITS = Plain(
    "waiting_times",
    "visit_id,arrived_at,served_at\n",
    lambda at: f"v{at},2026-03-{at % 28 + 1:02} {at % 24:02}:{at % 60:02}:00,\n",
)
SCORES = Plain(
    "competitor_scores",
    "measured_on,competitor,measure,score,answers\n",
    lambda at: f"2026-03-{at % 28 + 1:02},c{at},nps,{at % 9}.5,{at}\n",
)

FINE: dict[str, tuple[Plain, str]] = {
    "a quoted text": (ANSWERS, 'x,2026-03-01,5,9,"fine"\n'),
    "a quoted delimiter": (ANSWERS, 'x,2026-03-01,5,9,"slow, but fine"\n'),
    "a quoted line end": (ANSWERS, 'x,2026-03-01,5,9,"one\ntwo\r\nthree"\n'),
    "a doubled quote": (ANSWERS, 'x,2026-03-01,5,9,"say ""yes"""\n'),
    "a quote within a bare text": (ANSWERS, 'x,2026-03-01,5,9,5" pipe\n'),
    "an empty quoted value": (ANSWERS, 'x,2026-03-01,"","",""\n'),
    "quotes around everything": (ANSWERS, '"x","2026-03-01","5","9","fine"\n'),
    "CRLF": (ANSWERS, "x,2026-03-01,5,9,fine\r\n"),
    "CR alone": (ANSWERS, "x,2026-03-01,5,9,fine\r"),
    "a mark of encoding in a text": (ANSWERS, "x,2026-03-01,5,9,\ufefffine\n"),
    "a blank line": (ANSWERS, "\nx,2026-03-01,5,9,fine\n"),
    "a line of delimiters": (ANSWERS, ",,,,\nx,2026-03-01,5,9,fine\n"),
    "a line of spaces": (ANSWERS, " \nx,2026-03-01,5,9,fine\n"),
    "spaces around values": (ANSWERS, "x, 2026-03-01 , 5,9 , fine \n"),
    "spaces that do not break": (ANSWERS, "x,2026-03-01,\u00a05\u00a0,9\u3000,\u00a0\n"),
    "vertical tabs and separators": (ANSWERS, "x\x0b,2026-03-01,5,9,a\x0cb\x1cc\x85d\u2028e\n"),
    "a plus, a nought, a minus": (ANSWERS, "x,2026-03-01,+5,-0,fine\n"),
    "leading noughts": (ANSWERS, "x,2026-03-01,05,0010,fine\n"),
    "a day without noughts": (ANSWERS, "x,2026-2-3,5,9,fine\n"),
    "the first of all days": (ANSWERS, "x,0001-01-01,5,9,fine\n"),
    "a word for nothing": (ANSWERS, "NULL,2026-03-01,5,9,NA\n"),
    "a number that stays text": (ANSWERS, "1E5,2026-03-01,5,9,007\n"),
    "a key that differs in case": (ANSWERS, "R5,2026-03-01,5,9,fine\n"),
    "a key that differs in a space": (ANSWERS, "r5 ,2026-03-01,5,9,fine\n"),
    "signs of four bytes": (ANSWERS, "x,2026-03-01,5,9,👩\u200d🔧𠮷\n"),
    "a long text": (ANSWERS, f"x,2026-03-01,5,9,{'好' * 99_999}\n"),
    "a hash": (ANSWERS, "#x,2026-03-01,5,9,# fine\n"),
    "a backslash": (ANSWERS, "x,2026-03-01,5,9,\\\n"),
    "a power": (RETURNS, "x,2026-03-01,1e3,true\n"),
    "a point at an end": (RETURNS, "x,2026-03-01,5.,NO\n"),
    "a point at the beginning": (RETURNS, "x,2026-03-01,.5, 1 \n"),
    "many digits": (RETURNS, "x,2026-03-01,0.12345678901234567890,0\n"),
    "the largest whole number": (SCORES, "2026-03-01,x,nps,1,9223372036854775807\n"),
    "the smallest whole number": (SCORES, "2026-03-01,x,nps,1,-9223372036854775808\n"),
    "another part of the key": (SCORES, "2026-03-06,c5,csat,1,5\n"),
    "a T between": (VISITS, "x,2026-03-01T10:00:00,\n"),
    "a moment without noughts": (VISITS, "x,2026-3-1 1:2:3,\n"),
    "a day for a moment": (VISITS, "x,2026-03-01,2026-03-02\n"),
}
REJECTED: dict[str, tuple[Plain, str]] = {
    "a short row": (ANSWERS, "x,2026-03-01,5\n"),
    "a long row": (ANSWERS, "x,2026-03-01,5,9,slow, but fine\n"),
    "a delimiter at the end": (ANSWERS, "x,2026-03-01,5,9,fine,\n"),
    "a semicolon row": (ANSWERS, "x;2026-03-01;5;9;fine\n"),
    "a CR inside": (ANSWERS, "x,2026-03-01,5,9,fi\rne\n"),
    "nothing but the last cell": (ANSWERS, ",,,,x\n"),
    "nothing but the first cell": (ANSWERS, "x,,,,\n"),
    "no key": (ANSWERS, ",2026-03-01,5,9,fine\n"),
    "a blank key": (ANSWERS, "\u00a0,2026-03-01,5,9,fine\n"),
    "no day": (ANSWERS, "x,,5,9,fine\n"),
    "off the scale": (ANSWERS, "x,2026-03-01,6,9,fine\n"),
    "below the scale": (ANSWERS, "x,2026-03-01,5,-1,fine\n"),
    "decimals of nought": (ANSWERS, "x,2026-03-01,5.0,9,fine\n"),
    "a power of a score": (ANSWERS, "x,2026-03-01,5,1e0,fine\n"),
    "other digits": (ANSWERS, "x,2026-03-01,٣,9,fine\n"),
    "an underscore": (ANSWERS, "x,2026-03-01,5,1_0,fine\n"),
    "hexadecimals": (ANSWERS, "x,2026-03-01,0x1,9,fine\n"),
    "a mark in a score": (ANSWERS, "x,2026-03-01,\ufeff5,9,fine\n"),
    "too many digits": (ANSWERS, "x,2026-03-01,5,99999999999999999999,fine\n"),
    "no such day": (ANSWERS, "x,2026-02-30,5,9,fine\n"),
    "the year nought": (ANSWERS, "x,0000-01-01,5,9,fine\n"),
    "a day without dashes": (ANSWERS, "x,20260203,5,9,fine\n"),
    "a day in other digits": (ANSWERS, "x,٢٠٢٦-٠٣-٠١,5,9,fine\n"),
    "a day with its time": (ANSWERS, "x,2026-03-01 00:00:00,5,9,fine\n"),
    "a year of five digits": (ANSWERS, "x,10000-01-01,5,9,fine\n"),
    "a text too long": (ANSWERS, f"x,2026-03-01,5,9,{'x' * 100_001}\n"),
    "the same row again": (ANSWERS, ANSWERS.row(5)),
    "the same key again": (ANSWERS, "r5,2026-03-01,5,9,otherwise\n"),
    "one above the largest": (SCORES, "2026-03-01,x,nps,1,9223372036854775808\n"),
    "one below the smallest": (SCORES, "2026-03-01,x,nps,1,-9223372036854775809\n"),
    "thirty digits": (SCORES, f"2026-03-01,x,nps,1,{'9' * 30}\n"),
    "the same parts of the key": (SCORES, "2026-03-06,c5,nps,1,5\n"),
    "one part of the key missing": (SCORES, "2026-03-06,,nps,1,5\n"),
    "NaN": (RETURNS, "x,2026-03-01,NaN,true\n"),
    "infinity": (RETURNS, "x,2026-03-01,Infinity,true\n"),
    "too large": (RETURNS, "x,2026-03-01,1e999,true\n"),
    "a decimal comma": (RETURNS, 'x,2026-03-01,"1,5",true\n'),
    "neither true nor false": (RETURNS, "x,2026-03-01,1,t\n"),
    "a zone": (VISITS, "x,2026-03-01T10:00:00Z,\n"),
    "a fraction of a second": (VISITS, "x,2026-03-01 10:00:00.25,\n"),
    "the twenty-fourth hour": (VISITS, "x,2026-03-01 24:00:00,\n"),
    "the sixtieth second": (VISITS, "x,2026-03-01 10:00:60,\n"),
    "a moment without seconds": (VISITS, "x,2026-03-01 10:00,\n"),
    "a year in wide digits": (ANSWERS, "x,２０２６-03-01,5,9,fine\n"),
    "a blank for a nought": (ANSWERS, "x,2026-03- 1,5,9,fine\n"),
    "two blanks before a time": (VISITS, "x,2026-03-01  10:00:00,\n"),
    "a blank that does not break before a time": (VISITS, "x,2026-03-01\u00a010:00:00,\n"),
    "a small t between": (VISITS, "x,2026-03-01t10:00:00,\n"),
}
REFUSED: dict[str, tuple[Plain, str]] = {
    "a NUL": (ANSWERS, "x,2026-03-01,5,9,fi\0ne\n"),
    "a quote never closed": (ANSWERS, 'x,2026-03-01,5,9,"fine\n'),
    "text behind a closing quote": (ANSWERS, 'x,2026-03-01,5,9,"fine" or not\n'),
    "a bare quote inside quotes": (ANSWERS, 'x,2026-03-01,5,9,"say "yes""\n'),
}
