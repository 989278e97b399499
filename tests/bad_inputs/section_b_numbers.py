"""Faults 39 to 49: numbers, days and scores that a reader could take for others."""

from __future__ import annotations

from answers import TABLE, row
from fault import File, Published, Stopped, Variants, fault, whole
from other_sources import BAD_AMOUNT, BAD_DAY, GERMAN, amount, complaint, day, visit


@fault(39, "a comma between thousands")
def thousands() -> Variants:
    told = "“1,234” has a thousands separator; write the digits without it"
    yield "not declared", amount("1,234"), Published(2, BAD_AMOUNT, told=told)
    yield "declared", amount("1,234.5", thousands=","), whole(3)
    yield (
        "in no groups of three",
        amount("1,23", thousands=","),
        Published(2, BAD_AMOUNT, told="declared way of writing"),
    )


@fault(40, "a point between thousands")
def european_thousands() -> Variants:
    yield "with decimals", amount("1.234,50"), Published(2, BAD_AMOUNT, told="has a thousands separator")
    two = {"columns": {"quantity_returned": {"from": "quantity_returned", **GERMAN}}}
    yield "declared", File(amount("1.234,50").bytes, two, "returns"), whole(3)
    # declared as separators they cannot be decimals
    yield "decimals as declared", File(amount("0.123").bytes, two, "returns"), Published(2, BAD_AMOUNT)


@fault(41, "a day that may be a month")
def day_or_month() -> Variants:
    yield "not declared", day("03/04/2026"), Published(3, BAD_DAY, told="does not fit the format %Y-%m-%d")
    yield "the day first", day("03/04/2026", format="%d/%m/%Y"), whole(1)
    yield "the month first", day("03/04/2026", format="%m/%d/%Y"), whole(1)


@fault(42, "days written in several ways")
def mixed_dates() -> Variants:
    yield "with points", day("01.03.2026"), Published(3, BAD_DAY)
    yield "with a time", day("2026-03-01 10:00:00"), Published(3, BAD_DAY)
    yield "without dashes", day("20260301"), Published(3, BAD_DAY)


@fault(43, "a day as a number of Excel")
def serial_date() -> Variants:
    told = "“46024” does not fit the format %Y-%m-%d"
    yield "whole", day("46024"), Published(3, BAD_DAY, told=told)
    yield "with the hour", day("46024.5"), Published(3, BAD_DAY)
    yield "of a moment", visit(arrived_at="46024.25"), Published(1, {3: "arrived_at"})


@fault(44, "a day that no calendar has")
def no_such_day() -> Variants:
    told = "“2026-02-30” is no day or time that there is"
    yield "30 February", day("2026-02-30"), Published(3, BAD_DAY, told=told)
    yield "29 February of a common year", day("2025-02-29"), Published(3, BAD_DAY)
    yield "the thirteenth month", day("2026-13-01"), Published(3, BAD_DAY)
    yield "29 February of a leap year", day("2024-02-29"), whole(4)


@fault(45, "a day in the future")
def future() -> Variants:
    yield "in years", day("2099-12-31"), whole(4, warned="answered_on")
    yield "beyond every calendar", day("10000-01-01"), Published(3, BAD_DAY)
    yield "of what has happened", visit(arrived_at="2999-01-01 00:00:00"), whole(2, warned="arrived_at")
    yield "of a complaint that is closed", complaint(closed_at="2099-12-31"), whole(1, warned="closed_at")
    yield "of what is to come", complaint(due_on="2099-12-31"), whole(1)


@fault(46, "a day before there was a company")
def long_ago() -> Variants:
    yield "Excel's day nought", day("1900-01-00"), Published(3, BAD_DAY, told="is no day or time that there is")
    yield "the year nought", day("0000-01-01"), Published(3, BAD_DAY)
    yield "Excel's first day", day("1900-01-01"), whole(4, warned="answered_on")
    yield "the first day of Unix", day("1970-01-01"), whole(4, warned="answered_on")
    # nobody has said when the organisation began, and the month of the row is shown
    yield "of an older company", day("1970-01-02"), whole(4)


@fault(47, "an end before its beginning")
def negative_duration() -> Variants:
    yield "closed before received", complaint(closed_at="2026-03-01"), Stopped("closed_at")
    yield "served before arrived", visit(served_at="2026-03-01 07:59:59"), Stopped("served_at")
    yield "closed as it was received", complaint(closed_at="2026-03-05 00:00:00"), whole(1)


@fault(48, "a score off its scale")
def off_scale() -> Variants:
    told = "satisfaction '6': 6 is not on the scale from 1 to 5"
    yield "6 of 5", File((TABLE + row(satisfaction="6")).encode()), Published(3, {5: "satisfaction"}, told=told)
    yield "11 of 10", File((TABLE + row(recommend="11")).encode()), Published(3, {5: "recommend"})
    below = row(recommend="-1") + row("ra", satisfaction="0") + row("rb", satisfaction="99999999999999999999")
    bad = {5: "recommend", 6: "satisfaction", 7: "satisfaction"}
    yield "below, and far above", File((TABLE + below).encode()), Published(3, bad)


@fault(49, "a score in words or with a unit")
def decorated_score() -> Variants:
    for name, text in (("of how many", "9/10"), ("in per cent", "90%"), ("in words", "nine"), ("a range", "8-9")):
        told = "is not a whole number; write digits alone"
        yield name, File((TABLE + row(recommend=text)).encode()), Published(3, {5: "recommend"}, told=told)
    yield "with decimals", File((TABLE + row(recommend="9.0")).encode()), Published(3, {5: "recommend"}, told="write 9")
