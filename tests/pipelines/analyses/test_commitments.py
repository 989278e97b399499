"""Orders and promises: what a run finds is what a person counts by hand, and nothing where data cannot be trusted."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import fields
from typing import Any, cast

import pandas as pd
import pytest
from hand_made import Rows, broke, load_of, tables

from audit.load import Load
from pipelines import definitions
from pipelines.analyses import commitments
from pipelines.analyses.asked import Asked
from pipelines.analyses.commitments.found import LEVELS, Commitments, Orders, Promises, Share
from pipelines.analyses.commitments.share import share
from pipelines.analyses.part import Part
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.workspace import Workspace

STARTS, ENDS = dt.date(2025, 4, 1), dt.date(2026, 3, 31)
LATEST = Period("rolling_12_months", "2026-03", STARTS, ENDS)
SHARES = ("confirmed", "resolved", "told")


def seen(rows: Rows, *loads: Load) -> Commitments:
    given = {load.source: load for load in loads}
    every = [given.get(name) or load_of(name) for name in definitions.sources()]
    with tables(rows) as connection:
        trust = Trust(connection, definitions.sources(), every)
        workspace = cast(Workspace, None)  # nothing of it is asked
        return commitments.look(Asked(connection, trust, workspace, LATEST, LATEST, pd.DataFrame()))


def way(*rows: dict[str, Any]) -> Orders:
    found = seen({"contract_reviews": list(rows)}).orders.result
    assert found is not None
    return found


def kept(*rows: dict[str, Any]) -> Promises:
    found = seen({"promises": list(rows)}).promises.result
    assert found is not None
    return found


def counts(share: Share) -> tuple[int, int]:
    return share.good, share.of


# the way of an order

REVIEWED: list[tuple[dict[str, Any], bool, str | None]] = [
    # what the row says -> whether it was accepted in the period, and what is wrong with it
    ({"reviewed_on": "2026-03-04"}, True, None),
    ({"reviewed_on": "2026-03-05"}, True, None),  # on the day of acceptance
    ({"reviewed_on": "2026-03-06"}, True, "reviewed too late"),
    ({}, True, "never reviewed"),
    ({"accepted_on": None}, False, None),  # waits for its review
    ({"accepted_on": "2026-04-01", "reviewed_on": None}, False, None),  # accepted after the period
    ({"accepted_on": "2026-03-31"}, True, "never reviewed"),
    ({"received_on": "2025-03-20", "accepted_on": "2025-03-31"}, False, None),  # before it
    ({"received_on": "2025-03-20", "accepted_on": "2025-04-01"}, True, "never reviewed"),
    ({"accepted_on": None, "result": "rejected"}, False, None),
]


@pytest.mark.parametrize(("row", "accepted", "broken"), REVIEWED)
def test_what_was_accepted_before_its_review_is_listed(row: dict[str, Any], accepted: bool, broken: str | None) -> None:
    found = seen({"contract_reviews": [row, {"reviewed_on": "2026-03-04"}]}).orders.result
    assert found and found.in_order.of == 1 + accepted
    assert (found.broken, [entry.broken for entry in found.entries]) == (int(bool(broken)), [broken] if broken else [])


def test_the_steps_count_what_reached_them_by_the_end() -> None:
    found = way(
        {"reviewed_on": "2026-03-05"}, {"reviewed_on": "2026-04-01"}, {},
        {"accepted_on": None}, {"accepted_on": "2026-04-01", "amended": True}, {"kind": "amendment"},
        {"received_on": "2026-04-01", "reviewed_on": "2026-04-01", "accepted_on": None},
    )  # fmt: skip
    assert found.received == 6
    assert [counts(each) for each in (found.reviewed, found.accepted, found.amended)] == [(1, 6), (4, 6), (2, 6)]
    assert counts(found.in_order) == (1, 4)


def test_an_entry_leads_back_to_its_load_and_line() -> None:
    (entry,) = way({"review_id": "R-7", "order_id": "O-9", "kind": "contract"}).entries
    assert (entry.review_id, entry.order_id, entry.kind, entry.load, entry.line) == (
        "R-7", "O-9", "contract", "contract_reviews", 2,
    )  # fmt: skip
    assert (entry.received_on, entry.accepted_on) == (dt.date(2026, 3, 4), dt.date(2026, 3, 5))


KINDS: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "contract", "form": "written"}, "contract", "written"),
    ({"kind": "new product", "form": "oral"}, "new product", "oral"),
    ({"kind": "oral order"}, "oral order", "oral"),
    ({"form": "oral"}, "oral order", "oral"),
    ({"amended": True, "form": "written"}, "amendment", "written"),
    ({"amended": True, "kind": "order"}, "amendment", ""),
    ({"kind": "amendment"}, "amendment", ""),
    ({"form": "written"}, "", "written"),
    ({}, "", ""),
]


@pytest.mark.parametrize(("row", "kind", "form"), KINDS)
def test_an_entry_belongs_to_one_kind_and_one_form(row: dict[str, Any], kind: str, form: str) -> None:
    assert [(group.by, group.name, counts(group.held)) for group in way(row).groups] == [
        ("kind", kind, (0, 1)), ("form", form, (0, 1)),
    ]  # fmt: skip


def test_of_many_the_newest_two_hundred_are_listed_and_all_are_counted() -> None:
    days = [ENDS - dt.timedelta(days=at) for at in range(299, -1, -1)]
    found = way(*({"received_on": day, "accepted_on": day, "review_id": f"R{day}"} for day in days))
    assert (found.broken, len(found.entries)) == (300, 200)
    assert [entry.accepted_on for entry in found.entries] == days[:99:-1]


def test_oral_orders_differences_and_amendments_are_counted_of_those_accepted() -> None:
    found = seen(
        {
            "contract_reviews": [
                {"form": "oral", "confirmed_on": "2026-03-05"}, {"form": "oral", "confirmed_on": "2026-03-06"},
                {"kind": "oral order"}, {"form": "oral", "confirmed_on": "2026-03-05", "accepted_on": None},
                {"differs": True, "difference_resolved_on": "2026-03-05"}, {"differs": True}, {"differs": False},
                {"amended": True, "told_on": "2026-03-31"}, {"amended": True, "told_on": "2026-04-01"},
                {"kind": "amendment", "told_on": "2026-03-06"},
            ]
        }
    )  # fmt: skip
    assert [counts(cast(Share, getattr(found, name).result)) for name in SHARES] == [(1, 3), (1, 2), (2, 3)]


def test_of_nothing_there_is_no_share() -> None:
    found = seen({"contract_reviews": [{"accepted_on": None}]})
    assert found.confirmed.result == Share(0, 0, None, None, None)
    assert found.orders.result and found.orders.result.in_order.share is None and found.orders.result.received == 1


# promises


def test_promises_are_kept_broken_made_good_or_not_due_yet() -> None:
    found = kept(
        {"kept_at": "2026-03-05 20:00:00"}, {"kept": True}, {"kept_at": "2026-03-06", "compensated_on": "2026-03-09"},
        {"kept_at": "2026-04-02"}, {"kept": False, "compensated_on": "2026-04-01"}, {},
        {"due_at": "2026-04-01", "kept_at": "2026-03-05"}, {"due_at": "2025-03-31 23:00:00", "made_on": "2025-03-01"},
    )  # fmt: skip
    assert (counts(found.kept), counts(found.made_good), found.still_due) == ((2, 6), (1, 4), 1)
    ended = sorted((str(one.kept_on), str(one.compensated_on)) for one in found.broken)
    assert ended == [("2026-03-06", "2026-03-09"), *[("None", "None")] * 3], "what is of April is not known yet"
    assert {(one.code, one.due_on, one.load) for one in found.broken} == {
        ("service code", dt.date(2026, 3, 5), "promises")
    }


def test_groups_stand_with_the_least_kept_first_and_only_where_some_row_names_them() -> None:
    found = kept(
        {"code": "A", "kept": True}, {"code": "A", "kept": True}, {"code": "B", "kept": True}, {"code": "B"},
        {"code": "C"},
    )  # fmt: skip
    assert [(group.by, group.name, counts(group.held)) for group in found.groups] == [
        ("code", "C", (0, 1)), ("code", "B", (1, 2)), ("code", "A", (2, 2)),
    ]  # fmt: skip
    places = kept({"touchpoint": "counter", "kept": True}, {}).groups
    assert [(group.name, counts(group.held)) for group in places if group.by == "touchpoint"] == [
        ("", (0, 1)), ("counter", (1, 1)),
    ]  # fmt: skip


def test_all_kept_leaves_nothing_to_make_good() -> None:
    found = kept({"kept": True})
    assert found.broken == () and found.made_good == Share(0, 0, None, None, None)


def test_levels_are_counted_where_they_are_noted_and_satisfying_is_the_line_to_hold() -> None:
    rows = [{"level": level} for level in (*LEVELS, "basic", "satisfying", "satisfying", None)]
    levels = seen({"promises": [*rows, {"level": "basic", "due_at": "2026-04-01"}]}).levels.result
    assert levels and levels.counts == (2, 3, 1, 1) and counts(levels.held) == (5, 7)


@pytest.mark.parametrize(
    ("good", "of", "low", "high"),
    # Newcombe (1998), table I: Wilson's score method without continuity correction
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_the_interval_is_wilsons(good: int, of: int, low: float, high: float) -> None:
    found = share(good, of)
    assert (found.share, found.low, found.high) == (
        pytest.approx(100 * good / of), pytest.approx(low, abs=0.006), pytest.approx(high, abs=0.006),
    )  # fmt: skip


# against an independent count


def random_rows(seed: int) -> Rows:
    dice = random.Random(seed)

    def day(start: dt.date, most: int) -> dt.date:
        return start + dt.timedelta(days=dice.randrange(most))

    def maybe(value: Any) -> Any:
        return None if dice.random() < 0.2 else value

    received = [day(dt.date(2025, 2, 1), 460) for _ in range(300)]
    made = [day(dt.date(2025, 2, 1), 460) for _ in range(300)]
    return {
        "contract_reviews": [
            {"received_on": on, "accepted_on": maybe(day(on, 9)), "reviewed_on": maybe(day(on, 9)),
             "form": maybe(dice.choice(["oral", "written"])), "amended": maybe(dice.random() < 0.3)}
            for on in received
        ],
        "promises": [
            {"made_on": on, "due_at": dt.datetime.combine(day(on, 9), dt.time(dice.choice([0, 9, 17]))),
             "kept_at": maybe(dt.datetime.combine(day(on, 9), dt.time(dice.randrange(24)))),
             "kept": dice.choice([None, None, True, False]), "code": dice.choice("ABC"),
             "compensated_on": maybe(day(on, 40))}
            for on in made
        ],
    }  # fmt: skip


@pytest.fixture(scope="module", params=range(2))
def drawn(request: pytest.FixtureRequest) -> tuple[Rows, Commitments]:
    rows = random_rows(request.param)
    return rows, seen(rows)


def test_orders_are_what_pandas_counts(drawn: tuple[Rows, Commitments]) -> None:
    rows, everything = drawn
    frame = pd.DataFrame(rows["contract_reviews"])
    for column in ("received_on", "accepted_on", "reviewed_on"):
        frame[column] = pd.to_datetime(frame[column])
    accepted = frame[frame["accepted_on"].between(pd.Timestamp(STARTS), pd.Timestamp(ENDS))]
    good = accepted["reviewed_on"] <= accepted["accepted_on"]
    found = everything.orders.result
    assert found and counts(found.in_order) == (good.sum(), len(accepted))
    assert found.received == frame["received_on"].between(pd.Timestamp(STARTS), pd.Timestamp(ENDS)).sum()
    late = (accepted["reviewed_on"] > accepted["accepted_on"]).sum()
    assert [entry.broken for entry in found.entries].count("reviewed too late") == late
    by_form = {group.name: counts(group.held) for group in found.groups if group.by == "form"}
    told = accepted["form"].fillna("")
    assert by_form == {name: (good[told == name].sum(), (told == name).sum()) for name in told.unique()}


def in_time(row: dict[str, Any]) -> bool:
    """As a person would decide it."""
    due, done, noted = row["due_at"], row["kept_at"], row["kept"]
    if noted is False:
        return False
    if done is None:
        return noted is True
    return bool(done.date() <= due.date() if due.time() == dt.time(0) else done <= due)


def test_promises_are_what_a_loop_counts(drawn: tuple[Rows, Commitments]) -> None:
    rows, everything = drawn
    due = [row for row in rows["promises"] if STARTS <= row["due_at"].date() <= ENDS]
    broken = [row for row in due if not in_time(row)]
    good = [row for row in broken if row["compensated_on"] and row["compensated_on"] <= ENDS]
    found = everything.promises.result
    assert found and counts(found.kept) == (len(due) - len(broken), len(due))
    assert counts(found.made_good) == (len(good), len(broken))
    for group in found.groups:
        own = [row for row in due if row["code"] == group.name]
        assert counts(group.held) == (sum(map(in_time, own)), len(own))


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = {name: [row | {KEY[name]: str(at)} for at, row in enumerate(each)] for name, each in random_rows(1).items()}
    turned = {name: [row | {"_line": 0} for row in each] for name, each in rows.items()}
    again = {name: each[::-1] for name, each in turned.items()}
    assert commitments.FOUND.dump_json(seen(turned)) == commitments.FOUND.dump_json(seen(again))


KEY = {"contract_reviews": "review_id", "promises": "promise_id"}

# what must stay unsaid

ROWS: Rows = {"contract_reviews": [{"reviewed_on": "2026-03-04"}], "promises": [{"kept": True, "level": "basic"}]}


def silent(found: Commitments) -> list[str]:
    return [f.name for f in fields(found) if isinstance(p := getattr(found, f.name), Part) and p.result is None]


def test_what_was_never_loaded_says_what_to_load() -> None:
    found = seen({})
    assert silent(found) == ["orders", *SHARES, "promises", "levels"]
    assert found.orders.because and found.promises.because
    assert found.orders.because.en.startswith("nothing is loaded of Reviews of orders and contracts; load")
    assert found.promises.because.en.startswith("nothing is loaded of Promises to customers; load")


@pytest.mark.parametrize(
    ("source", "lacking", "gone"),
    [
        ("contract_reviews", "reviewed_on", ["orders"]),
        ("contract_reviews", "accepted_on", ["orders", *SHARES]),
        ("contract_reviews", "confirmed_on", ["confirmed"]),
        ("contract_reviews", "differs", ["resolved"]),
        ("contract_reviews", "told_on", ["told"]),
        ("contract_reviews", "kind", []),  # the form and the mark say it
        ("contract_reviews", "risk", []),
        ("promises", "kept_at", ["promises"]),
        ("promises", "compensated_on", ["promises"]),
        ("promises", "level", ["levels"]),
        ("promises", "kept", []),  # the moment says it
        ("promises", "touchpoint", []),
    ],
)
def test_a_column_that_no_file_had_silences_what_rests_on_it_and_no_more(
    source: str, lacking: str, gone: list[str]
) -> None:
    there = tuple(name for name in definitions.sources()[source].columns if name != lacking)
    assert silent(seen(ROWS, load_of(source, delivered=there))) == gone


def test_data_that_the_gate_distrusts_is_not_evaluated_and_a_little_doubt_travels_along() -> None:
    gate = (broke("due_at", {"2026-03": 30}),)
    found = seen(ROWS, load_of("promises", gate=gate))
    assert silent(found) == ["promises", "levels"] and found.promises.because
    assert "due_at" in found.promises.because.en
    little = seen(ROWS, load_of("promises", gate=(broke("kept_at", {"2026-03": 2}),))).promises
    assert little.result and little.warning and "kept_at" in little.warning.en


@pytest.mark.parametrize(
    ("rows", "gone"),
    [
        ({"contract_reviews": [{"received_on": "2025-01-04", "accepted_on": "2025-01-05"}]}, "orders"),
        ({"promises": [{"due_at": "2026-04-05"}]}, "promises"),
        ({"promises": [{"kept": True}]}, "levels"),
    ],
)
def test_a_period_without_any_is_told_so(rows: Rows, gone: str) -> None:
    part = getattr(seen(rows), gone)
    newest = part.because and part.because.en
    assert part.result is None and newest and part.because.zh


# what the report and the command say


def test_the_report_tells_three_things_in_both_languages() -> None:
    way_, promises_, levels_ = commitments.sections(seen(ROWS))
    assert way_.sentence.en.endswith("were received; all 1 that were accepted had been reviewed before.")
    assert promises_.sentence.en == "All 1 promises that fell due were kept."
    assert levels_.sentence.en.startswith("0 of 1 customers whose level")
    assert [len(section.rows) > 1 for section in (way_, promises_, levels_)] == [True, False, True]
    for section in (way_, promises_, levels_):
        assert section.method.en and {len(row) for row in section.rows} == {len(section.heads)}


def test_the_report_says_why_where_there_is_nothing() -> None:
    for section in commitments.sections(seen({})):
        assert section.rows == () and section.sentence.en.startswith("nothing is loaded of")


def test_what_is_kept_reads_back_as_it_was(drawn: tuple[Rows, Commitments]) -> None:
    found = drawn[1]
    assert commitments.FOUND.validate_json(commitments.FOUND.dump_json(found)) == found
