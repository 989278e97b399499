"""What a run finds out about complaints: counted by hand here, and never said where the data cannot be trusted."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hand_made import MARCH, Rows, figure, load_of, tables

from audit.text import Text
from pipelines.complaints.found import FOUND, TOGETHER, Complaints, Pareto, Share
from pipelines.complaints.look import Asked, look
from pipelines.measuring.trust import Trust

STARTS, ENDS = MARCH.starts, MARCH.ends


def complaints(*rows: dict[str, Any]) -> Rows:
    return {"complaints": list(rows)}


def seen(rows: Rows) -> Complaints:
    with tables(rows) as connection:
        asked = Asked(connection, STARTS, ENDS)
        return Complaints(
            STARTS, ENDS, open=asked.open(), ageing=asked.ageing(), oldest=asked.oldest(), repeats=asked.repeats(),
            paretos=tuple(filter(None, map(asked.pareto, ("category", "product")))), steps=asked.steps(),
        )  # fmt: skip


AGES = [
    # received on, closed at -> in which band on 31 March, if it is open at all
    ("2026-03-31", None, 0),
    ("2026-03-24", None, 0),  # 7 days
    ("2026-03-23", None, 1),  # 8
    ("2026-03-01", None, 1),  # 30
    ("2026-02-28", None, 2),  # 31
    ("2025-12-31", None, 2),  # 90
    ("2025-12-30", None, 3),  # 91
    ("2020-01-01", None, 3),
    ("2026-03-24", "2026-04-01 08:00:00", 0),  # closed after the last day
    ("2026-03-24", "2026-03-31 23:59:00", None),  # closed on it
    ("2026-04-01", None, None),  # came after it
    ("2026-03-31 23:59:59", None, 0),
]


@pytest.mark.parametrize(("received", "closed", "band"), AGES)
def test_an_open_complaint_stands_in_the_band_of_its_days(received: str, closed: str | None, band: int | None) -> None:
    found = seen(complaints({"received_at": received, "closed_at": closed}))
    assert [each.count for each in found.ageing] == [int(at == band) for at in range(4)]
    assert found.open == int(band is not None) == len(found.oldest)


@pytest.mark.parametrize(("due", "overdue"), [("2026-03-30", 1), ("2026-03-31", 0), ("2026-04-01", 0), (None, 0)])
def test_overdue_is_what_is_open_after_the_promised_day(due: str | None, overdue: int) -> None:
    found = seen(complaints({"due_on": due}))
    assert sum(band.overdue for band in found.ageing) == overdue
    rows = complaints({"due_on": due}, {"due_on": due, "closed_at": "2026-03-20"})
    assert figure("overdue_open_complaints", rows)[0] == overdue


def test_the_oldest_come_first_with_their_line() -> None:
    found = seen(complaints({"received_at": "2026-03-20"}, {"received_at": "2026-01-20", "category": "Late"}))
    assert [(each.days, each.line, each.category) for each in found.oldest] == [(70, 3, "Late"), (11, 2, "")]


def test_groups_are_counted_in_the_period_and_the_unnamed_stay_among_them() -> None:
    about = ["Late"] * 5 + ["Wrong"] * 3 + [None] * 2
    inside = [{"category": each} for each in about]
    found = seen(complaints(*inside, {"category": "Wrong", "received_at": "2026-02-28"}))
    (category,) = found.paretos  # no file named a product
    assert [(g.group, g.count, g.share, g.running) for g in category.groups] == [
        ("Late", 5, 50, 50), ("Wrong", 3, 30, 80), ("", 2, 20, 100),
    ]  # fmt: skip
    assert category.vital == 2


def returned(rows: list[dict[str, str | None]]) -> int:
    """Each complaint of March against every earlier one of its customer and category, one by one."""
    told = sorted(
        (row["received_at"] or "", f"complaints-{line}", row) for line, row in enumerate(rows, 2)
        if row["customer_id"] and row["category"]
    )  # fmt: skip
    count = 0
    for at, (received, _, row) in enumerate(told):
        alike = [
            o for _, _, o in told[:at] if (o["customer_id"], o["category"]) == (row["customer_id"], row["category"])
        ]
        newest = max((o["closed_at"] for o in alike if o["closed_at"] and o["closed_at"] <= received), default=None)
        day = dt.date.fromisoformat(received)
        count += STARTS <= day <= ENDS and bool(newest) and (day - dt.date.fromisoformat(newest or "")).days <= 180
    return count


def test_a_repeat_is_what_the_kpi_counts_on_random_rows() -> None:
    dice = random.Random(7)
    rows = []
    for _ in range(300):
        day = dt.date(2025, 6, 1) + dt.timedelta(days=dice.randrange(304))
        closed = day + dt.timedelta(days=dice.randrange(40)) if dice.random() < 0.8 else None
        rows.append({
            "received_at": str(day), "closed_at": str(closed) if closed else None,
            "customer_id": dice.choice([*(f"C{at}" for at in range(40)), None]),
            "category": dice.choice(["Late", "Wrong", None]),
        })  # fmt: skip
    share, n = figure("repeat_complaints", complaints(*rows))
    found = seen(complaints(*rows))
    assert n > 5 and share and share < 100
    assert sum(each.returned for each in found.repeats) == round(share * n / 100) == returned(rows)
    assert found.open == figure("open_complaints", complaints(*rows))[0]


STEPS = [
    ({}, {}, [0, 0, 0, 0, 0]),
    ({"acknowledged_at": "2026-03-06"}, {}, [1, 0, 0, 0, 0]),
    ({"correction": "seal replaced", "cause": " "}, {}, [0, 1, 0, 0, 0]),
    ({"cause": "worn tool"}, {}, [0, 0, 1, 0, 0]),
    ({}, {"kind": "correction", "what": "replaced"}, [0, 1, 0, 0, 0]),
    ({}, {"kind": "cause", "what": "worn tool"}, [0, 0, 1, 0, 0]),
    ({}, {"kind": "corrective action", "what": "new tool"}, [0, 0, 0, 1, 0]),
    ({}, {"kind": "corrective action"}, [0, 0, 0, 0, 0]),  # nothing was written
    ({}, {"kind": "effectiveness review", "what": "look again"}, [0, 0, 0, 0, 0]),  # planned and not done
    ({}, {"kind": "effectiveness review", "done_on": "2026-03-30"}, [0, 0, 0, 0, 1]),
    ({}, {"kind": "correction", "what": "replaced", "complaint_id": "K9"}, [0, 0, 0, 0, 0]),  # another's
]


@pytest.mark.parametrize(("complaint", "action", "taken"), STEPS)
def test_a_step_counts_where_it_is_on_record(
    complaint: dict[str, Any], action: dict[str, Any], taken: list[int]
) -> None:
    closed = {"complaint_id": "K1", "closed_at": "2026-03-20"} | complaint
    still_open = {"complaint_id": "K2", "acknowledged_at": "2026-03-06"}
    found = seen(complaints(closed, still_open) | {"complaint_actions": [action] if action else []})
    assert [each.taken for each in found.steps] == taken
    assert {each.of for each in found.steps} == {1}


def pareto(*counts: int) -> Pareto:
    total = sum(counts)
    runs = [100 * sum(counts[: at + 1]) / total for at in range(len(counts))]
    groups = [Share(str(at), n, 100 * n / total, 0, 0, runs[at]) for at, n in enumerate(counts)]
    return Pareto("category", total, tuple(groups))


@pytest.mark.parametrize(
    ("counts", "least", "shown"),
    [
        ((9, 8, 5), 5, [9, 8, 5]),
        ((9, 8, 4), 5, [9, 12]),  # alone it could be computed from the rest
        ((9, 8, 4, 1), 5, [9, 8, 5]),
        ((9, 8, 2, 1), 5, [9, 11]),  # together they are still few
        ((3, 1), 5, [4]),
        ((9, 4, 3), 1, [9, 4, 3]),
    ],
)
def test_small_groups_stand_together_before_those_who_may_not_look_into_the_data(
    counts: tuple[int, ...], least: int, shown: list[int]
) -> None:
    found = pareto(*counts).without_small(least)
    assert [each.count for each in found.groups] == shown and found.total == sum(counts)
    assert [each.group for each in found.groups if each.group == TOGETHER] == [TOGETHER] * (len(shown) < len(counts))


def looked(rows: Rows, *loads: Any) -> Complaints:
    with tables(rows) as connection:
        return look(connection, Trust(connection, rows, loads), STARTS, ENDS)


def test_nothing_is_said_of_complaints_that_cannot_be_trusted() -> None:
    rows = {"complaints": [{} for _ in range(100)], "customers": [{"customer_id": "C1"}]}
    sound = looked(rows, load_of("complaints"), load_of("customers"))
    assert (sound.open, sound.not_evaluated) == (100, None)
    for loads in ((), (load_of("complaints", rejected=50), load_of("customers"))):
        found = looked(rows, *loads)
        assert found.not_evaluated and found.open == 0 and not (found.ageing or found.paretos or found.repeats)


def test_what_is_kept_is_read_again() -> None:
    found = seen(complaints({"category": "Late"}, {"closed_at": "2026-03-20"}))
    told = Complaints(STARTS, ENDS, Text(en="thin", zh="薄"))
    for each in (found, told):
        assert FOUND.validate_json(FOUND.dump_json(each)) == each
