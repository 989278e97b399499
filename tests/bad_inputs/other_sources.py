"""Files of other sources and other columns, each of them good but for the cells that a fixture writes."""

from __future__ import annotations

from answers import HEAD, TABLE, row
from fault import File


def amount(text: str, **declared: str) -> File:
    """A returned line between two good ones: its quantity stands in line 3."""
    written = "".join(f'{id},2026-03-0{day},"{number}"\n' for id, day, number in [("a", 1, 1), ("b", 2, text)])
    mapping = {"columns": {"quantity_returned": {"from": "quantity_returned", **declared}}} if declared else {}
    return File(
        ("return_id,returned_on,quantity_returned\n" + written + "c,2026-03-03,3\n").encode(), mapping, "returns"
    )


def day(text: str, **declared: str) -> File:
    """An answer whose day stands in line 5, behind three in the usual form or, where declared, alone."""
    if not declared:
        return File((TABLE + row(day=text)).encode())
    mapping = {"columns": {"answered_on": {"from": "answered_on", **declared}}}
    return File((HEAD + row(day=text)).encode(), mapping)


def visit(**cells: str) -> File:
    """A visit in line 3 with these cells, behind one that is good."""
    good = {
        "visit_id": "v1",
        "arrived_at": "2026-03-01 08:00:00",
        "served_at": "",
        "left_unserved": "no",
        "unit": "desk",
    }
    written = [",".join(f'"{text}"' for text in one.values()) for one in (good, good | {"visit_id": "v2"} | cells)]
    return File("\n".join([",".join(good), *written, ""]).encode(), {}, "waiting_times")


def complaint(**cells: str) -> File:
    good = {"complaint_id": "c9", "received_at": "2026-03-05", "closed_at": "", "customer_id": "k1", "severity": "low"}
    sent = good | cells
    return File((",".join(sent) + "\n" + ",".join(sent.values()) + "\n").encode(), {}, "complaints")


BAD_AMOUNT, BAD_DAY = {3: "quantity_returned"}, {5: "answered_on"}
GERMAN = {"decimal": ",", "thousands": "."}
