"""What a run finds about customers: worked out anew in plain Python, and nothing where data cannot be trusted."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hand_made import Rows, broke, figure, load_of, tables

from audit.load import Load
from pipelines import definitions
from pipelines.analyses import customer_base
from pipelines.analyses.asked import Asked
from pipelines.analyses.customer_base.calendar import completed
from pipelines.analyses.customer_base.found import CustomerBase
from pipelines.analyses.part import Part
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.methods.survival import curve, stays
from pipelines.workspace import SetUp, Workspace, make_workspace

STARTS, ENDS = dt.date(2024, 4, 1), dt.date(2026, 3, 31)
QUIET = dt.date(2025, 4, 1)
"""First of the latest twelve months."""
BEFORE = dt.date(2025, 3, 31)
AUDITED = Period("audit_period", "", STARTS, ENDS)
LATEST = Period("rolling_12_months", "2026-03", QUIET, ENDS)
PARTS = ("survival", "retention", "purchases", "revenue", "complaints", "ladder", "silent")
Look = Callable[..., CustomerBase]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("house") / "ours", SetUp(organisation="Ours"))


def looked(connection: duckdb.DuckDBPyConnection, workspace: Workspace, *loads: Load) -> CustomerBase:
    given = {load.source: load for load in loads}
    every = [given.get(name) or load_of(name) for name in definitions.sources()]
    trust = Trust(connection, definitions.sources(), every, ENDS)
    return customer_base.look(Asked(connection, trust, workspace, AUDITED, LATEST, pd.DataFrame()))


@pytest.fixture(scope="module")
def look(workspace: Workspace) -> Look:
    def seen(rows: Rows, *loads: Load) -> CustomerBase:
        with tables(rows) as connection:
            return looked(connection, workspace, *loads)

    return seen


@pytest.fixture(scope="module")
def again(workspace: Workspace) -> Iterator[Callable[..., CustomerBase]]:
    """The same rows, looked at with other loads."""
    with tables(HOUSES[2]) as connection:
        yield lambda *loads: looked(connection, workspace, *loads)


def day(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=rng.randrange((last - first).days + 1))


def made(seed: int) -> Rows:
    """A house of its own with parents, returns, cancelled orders, people who left and people who recommend."""
    rng = random.Random(seed)
    customers: list[dict[str, Any]] = []
    for at in range(160):
        since = day(rng, dt.date(2019, 1, 1), dt.date(2026, 4, 10))
        left = day(rng, since, dt.date(2027, 1, 1)) if rng.random() < 0.3 else None
        customers.append({
            "customer_id": f"C{at:03}", "customer_since": since if at % 40 else None, "left_on": left,
            "segment": rng.choice(["a", "b", None]), "parent_id": f"C{rng.randrange(160):03}" if at % 20 == 7 else None,
            "referred_by": f"C{rng.randrange(160):03}" if rng.random() < 0.2 else None,
        })  # fmt: skip
    # one who recommends us to an account of their own only, which is nobody else
    head = {"customer_id": "HEAD", "customer_since": dt.date(2022, 1, 1), "left_on": None, "segment": "a"}
    customers += [
        head | {"parent_id": None, "referred_by": None},
        head | {"customer_id": "OWN", "parent_id": "HEAD", "referred_by": "HEAD"},
    ]
    ids = [one["customer_id"] for one in customers] + ["stranger"]
    first = dt.date(2024, 4, 1)
    return {
        "customers": customers,
        "orders": [
            {"customer_id": "C001", "ordered_at": "2024-04-01 00:00:00", "status": "delivered", "amount": 5.0},
            {"customer_id": "HEAD", "ordered_at": "2026-03-01 00:00:00", "status": "delivered", "amount": 5.0},
            *({"customer_id": rng.choice(ids[:120]), "ordered_at": f"{day(rng, first, dt.date(2026, 4, 9))} 12:00:00",
               "status": rng.choice(["delivered", "open", "cancelled", None]),
               "amount": rng.choice([None, -5.0, round(rng.lognormvariate(4, 1), 2)])} for _ in range(330)),
        ],
        "survey_responses": [
            {"customer_id": rng.choice(ids), "answered_on": str(day(rng, first, ENDS)),
             "recommend": rng.choice([None, 3, 8, 9, 10, 10])} for _ in range(150)
        ],
        "complaints": [
            {"customer_id": rng.choice([*ids[:50], None]), "received_at": f"{day(rng, first, ENDS)} 09:00:00"}
            for _ in range(130)
        ],
        "interactions": [
            {"customer_id": rng.choice([*ids, None]), "occurred_at": f"{day(rng, first, ENDS)} 09:00:00"}
            for _ in range(60)
        ],
    }  # fmt: skip


SEEDS = (1, 2)
HOUSES = {seed: made(seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def found(look: Look) -> dict[int, CustomerBase]:
    return {seed: look(rows) for seed, rows in HOUSES.items()}


def date(text: object) -> dt.date:
    return dt.date.fromisoformat(str(text)[:10])


@pytest.mark.parametrize("seed", SEEDS)
def test_survival_is_that_of_each_customer_counted_one_by_one(found: dict[int, CustomerBase], seed: int) -> None:
    lengths, left, entered = [], [], []
    for one in HOUSES[seed]["customers"]:
        since, gone = one["customer_since"], one["left_on"]
        if since is None or since > ENDS or (gone and gone < STARTS):
            continue
        out = gone if gone and gone <= ENDS else None
        lengths.append(((out or ENDS) - since).days)
        left.append(out is not None)
        entered.append(max(0, (STARTS - since).days))
    part = found[seed].survival.result
    assert part is not None and part.undated == 4
    assert (part.whole.n, part.whole.left) == (len(lengths), sum(left))
    theirs = curve(stays(np.array(lengths), np.array(left), np.array(entered)).since(part.whole.begins))
    for point in part.whole.points:
        assert point.survival == pytest.approx(100 * theirs.survival[point.time])
        assert point.at_risk == theirs.at_risk[point.time]
    assert sum(group.n for group in part.groups) == part.whole.n


@pytest.mark.parametrize("seed", SEEDS)
def test_retention_cohorts_are_counted_one_by_one(found: dict[int, CustomerBase], seed: int) -> None:
    part = found[seed].retention.result
    assert part is not None and part.months == 3
    for cohort in part.triangle.cohorts:
        year, quarter = int(cohort.name[:4]), int(cohort.name[-1])
        own = [
            one for one in HOUSES[seed]["customers"]
            if one["customer_since"] and STARTS <= one["customer_since"] <= ENDS
            and (one["customer_since"].year, (one["customer_since"].month + 2) // 3) == (year, quarter)
        ]  # fmt: skip
        assert cohort.n == len(own)
        for at, cell in enumerate(cohort.cells, 1):
            if cell:
                stayed = [one for one in own if completed(one["customer_since"], last_day(one)) >= 3 * at]
                assert (cell.count, cell.n) == (len(stayed), len(own))
                assert all(completed(one["customer_since"], ENDS) >= 3 * at for one in own)


def last_day(one: dict[str, Any]) -> dt.date:
    return min(one["left_on"] - dt.timedelta(days=1), ENDS) if one["left_on"] else ENDS


def buyers(rows: Rows) -> dict[str, str]:
    return {one["customer_id"]: one["parent_id"] or one["customer_id"] for one in rows["customers"]}


@pytest.mark.parametrize("seed", SEEDS)
def test_revenue_is_that_of_the_buyers_behind_the_accounts(found: dict[int, CustomerBase], seed: int) -> None:
    behind, spent = buyers(HOUSES[seed]), Counter[str]()
    for one in HOUSES[seed]["orders"]:
        counts = QUIET <= date(one["ordered_at"]) <= ENDS and one["status"] != "cancelled" and (one["amount"] or 0) > 0
        spent[behind.get(one["customer_id"], one["customer_id"])] += round(100 * one["amount"]) if counts else 0
    sizes = sorted((value / 100 for value in spent.values() if value), reverse=True)
    part = found[seed].revenue.result
    assert part is not None and part.concentration.n == len(sizes)
    assert part.concentration.total == pytest.approx(sum(sizes))
    needed = next(at for at in range(1, len(sizes) + 1) if sum(sizes[:at]) >= 0.8 * sum(sizes))
    assert part.concentration.needed_count == needed
    assert [one.share for one in part.largest] == pytest.approx([100 * v / sum(sizes) for v in sizes[:50]])


@pytest.mark.parametrize("seed", SEEDS)
def test_complaints_are_counted_by_buyer_and_those_without_a_name_beside_them(
    found: dict[int, CustomerBase], seed: int
) -> None:
    behind = buyers(HOUSES[seed])
    own = [one["customer_id"] for one in HOUSES[seed]["complaints"] if QUIET <= date(one["received_at"]) <= ENDS]
    counts = Counter(behind.get(name, name) for name in own if name)
    part = found[seed].complaints
    if len(counts) < 30:
        assert part.result is None and part.because and f"only {len(counts)} customers" in part.because.en
        return
    assert part.result and (part.result.concentration.n, part.result.unnamed) == (len(counts), own.count(None))
    assert part.result.concentration.total == sum(counts.values())


def stands(rows: Rows, buyer: str, on: dt.date) -> str:
    """By the rules as they are written for people, one customer at a time."""
    behind = buyers(rows)
    accounts = [one for one in rows["customers"] if behind[one["customer_id"]] == buyer and one["customer_since"]]
    since = min(one["customer_since"] for one in accounts)
    gone = max(one["left_on"] for one in accounts) if all(one["left_on"] for one in accounts) else None
    if since > on:
        return "not a customer yet"
    if gone and gone <= on:
        return "left"
    orders = sorted(
        date(one["ordered_at"]) for one in rows["orders"]
        if behind.get(one["customer_id"]) == buyer and one["status"] != "cancelled" and date(one["ordered_at"]) <= on
    )  # fmt: skip
    year_before = dt.date(on.year - 1, on.month, on.day)
    lately, old = any(each > year_before for each in orders), since < STARTS
    touched = any(
        behind.get(one["customer_id"]) == buyer and date(one[column]) <= on
        for source, column in (("survey_responses", "answered_on"), ("complaints", "received_at"),
                               ("interactions", "occurred_at"))
        for one in rows[source]
    )  # fmt: skip
    if not lately:
        return "lapsed" if orders or old else "potential" if touched else "suspect"
    if any(
        behind.get(one["referred_by"] or "") == buyer and behind[one["customer_id"]] != buyer
        and one["customer_since"] and one["customer_since"] <= on
        for one in rows["customers"]
    ):  # fmt: skip
        return "advocate"
    if len(orders) < 2 and not old:
        return "first purchase"
    answers = [
        (date(one["answered_on"]), f"survey_responses-{line}", one["recommend"])
        for line, one in enumerate(rows["survey_responses"], 2)
        if behind.get(one["customer_id"]) == buyer and one["recommend"] is not None and date(one["answered_on"]) <= on
    ]
    return "supporter" if answers and max(answers)[2] >= 9 else "repeat"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_customer_stands_where_the_rules_put_them_and_moved_from_where_they_stood(
    found: dict[int, CustomerBase], seed: int
) -> None:
    rows = HOUSES[seed]
    behind = buyers(rows)
    known = {
        behind[one["customer_id"]]
        for one in rows["customers"]
        if one["customer_since"] and one["customer_since"] <= ENDS
    }
    moves = Counter((stands(rows, buyer, BEFORE), stands(rows, buyer, ENDS)) for buyer in known)
    part = found[seed].ladder.result
    assert part is not None and part.before == BEFORE and part.not_compared is None and part.undated == 4
    assert {(since, to): n for since, to, n in part.ladder.moves} == {
        move: n for move, n in moves.items() if move[0] != "left"
    }
    assert len({move[1] for move in moves}) >= 6  # the house has nearly every step


def with_orders_since(first: dt.date) -> Rows:
    return HOUSES[1] | {"orders": [one for one in HOUSES[1]["orders"] if date(one["ordered_at"]) >= first]}


def test_a_record_that_begins_later_tells_where_customers_stand_and_not_where_they_stood(look: Look) -> None:
    rows = HOUSES[1] | {
        "orders": [one for one in HOUSES[1]["orders"] if date(one["ordered_at"]) >= dt.date(2024, 5, 5)]
    }
    part = look(rows).ladder.result
    assert part is not None and part.ladder.moves == () and part.ladder.n_before is None
    assert part.not_compared and "orders are on record since 1 May 2024 only" in part.not_compared.en


def test_a_record_of_a_few_months_has_no_ladder(look: Look) -> None:
    rows = HOUSES[1] | {
        "orders": [one for one in HOUSES[1]["orders"] if date(one["ordered_at"]) >= dt.date(2025, 6, 1)]
    }
    part = look(rows).ladder
    assert part.result is None and part.because and "at least 12 months are needed" in part.because.en


@pytest.mark.parametrize("seed", SEEDS)
def test_silence_is_that_of_the_figure_and_of_each_customer(found: dict[int, CustomerBase], seed: int) -> None:
    rows = HOUSES[seed]
    value, n = figure("silent_customers", rows, LATEST)
    part = found[seed].silent.result
    assert part is not None and (part.whole.share, part.whole.n) == (pytest.approx(value), n)
    last: dict[str, dt.date] = {}
    for source, column in (("orders", "ordered_at"), ("survey_responses", "answered_on"), ("complaints", "received_at"),
                           ("interactions", "occurred_at"), ("customers", "customer_since")):  # fmt: skip
        for one in rows[source]:
            if one.get(column) and one["customer_id"] and date(one[column]) <= ENDS:
                last[one["customer_id"]] = max(last.get(one["customer_id"], dt.date.min), date(one[column]))
    here = [
        one
        for one in rows["customers"]
        if not (one["left_on"] and one["left_on"] <= ENDS) and one["customer_id"] in last
    ]
    assert sum(band.count for band in part.bands) == len(here)
    assert {one.customer: one.last_sign for one in part.customers} == {
        one["customer_id"]: last[one["customer_id"]] for one in here if last[one["customer_id"]] < QUIET
    }
    assert sum(one.count for one in part.segments) == part.whole.count == len(part.customers)
    assert part.sizes.result and sum(one.n for one in part.sizes.result) == n


def test_the_silent_are_led_back_to_the_line_of_their_last_sign(found: dict[int, CustomerBase]) -> None:
    part = found[1].silent.result
    assert part is not None
    columns = {"orders": "ordered_at", "survey_responses": "answered_on", "complaints": "received_at",
               "interactions": "occurred_at", "customers": "customer_since"}  # fmt: skip
    for one in part.customers:
        row = HOUSES[1][one.load][one.line - 2]
        assert row["customer_id"] == one.customer and date(row[columns[one.load]]) == one.last_sign


def test_the_silent_brought_what_the_list_of_them_adds_up_to(found: dict[int, CustomerBase]) -> None:
    part = found[1].silent.result
    assert part is not None and part.revenue_share is not None
    assert part.revenue_share == pytest.approx(sum(one.revenue_share or 0 for one in part.customers))
    shares = [one.revenue_share or 0 for one in part.customers]
    assert shares == sorted(shares, reverse=True) and shares[0] > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_who_ordered_again_is_counted_one_by_one(found: dict[int, CustomerBase], seed: int) -> None:
    rows = HOUSES[seed]
    behind = buyers(rows)
    since: dict[str, dt.date] = {}
    for one in rows["customers"]:
        if one["customer_since"]:
            buyer = behind[one["customer_id"]]
            since[buyer] = min(since.get(buyer, dt.date.max), one["customer_since"])
    orders: dict[str, list[dt.date]] = {}
    for one in rows["orders"]:
        buyer = behind.get(one["customer_id"], "")
        if (
            one["status"] != "cancelled"
            and STARTS <= since.get(buyer, dt.date.min) <= ENDS
            and date(one["ordered_at"]) <= ENDS
        ):
            orders.setdefault(buyer, []).append(date(one["ordered_at"]))
    firsts = {buyer: min(days) for buyer, days in orders.items() if min(days) >= STARTS}
    part = found[seed].purchases.result
    assert part is not None and part.triangle.n == len(firsts)
    for cohort in part.triangle.cohorts:
        own = [b for b, first in firsts.items() if f"{first.year}-Q{(first.month + 2) // 3}" == cohort.name]
        for at, cell in enumerate(cohort.cells):
            again = [b for b in own if at in {completed(firsts[b], d) // 3 for d in sorted(orders[b])[1:]}]
            assert cell is None or (cell.count, cell.n) == (len(again), len(own))


def test_the_same_rows_in_another_order_give_the_same_bytes(look: Look) -> None:
    """Apart from the lines they stand in, by which a tie is broken."""
    rows = HOUSES[2]
    named = {
        source: [{definitions.sources()[source].key[0]: f"{source}-{at:04}"} | one for at, one in enumerate(each)]
        for source, each in rows.items()
    }
    turned = {source: each[::-1] for source, each in named.items()}
    one, other = (customer_base.FOUND.dump_python(look(each), mode="json") for each in (named, turned))
    for every in (one, other):
        for customer in every["silent"]["result"]["customers"]:
            customer.pop("line")
            customer.pop("load")
    assert one == other


# what stays without a result


def because(part: Part[Any]) -> str:
    assert part.result is None and part.because is not None
    return part.because.en


def test_without_any_source_nothing_is_said_and_nothing_is_asked(look: Look) -> None:
    found = look({})
    for name in PARTS:
        assert "nothing is loaded of" in because(getattr(found, name))
    assert all(not section.rows for section in customer_base.sections(found))


NEEDED = [
    ("customers", "left_on", {"survival", "retention", "ladder", "silent"}),
    ("customers", "customer_since", {"survival", "retention", "purchases", "ladder", "silent"}),
    ("orders", "amount", {"revenue"}),
    ("complaints", "customer_id", {"complaints", "silent"}),
    ("survey_responses", "recommend", set()),
    ("customers", "segment", set()),
    ("customers", "referred_by", set()),
]


@pytest.mark.parametrize(("source", "column", "silent"), NEEDED)
def test_a_column_that_no_file_had_silences_what_rests_on_it_and_nothing_else(
    again: Look, source: str, column: str, silent: set[str]
) -> None:
    lacking = tuple(set(definitions.sources()[source].columns) - {column})
    found = again(load_of(source, delivered=lacking))
    assert {name for name in PARTS if getattr(found, name).result is None} == silent
    for name in silent:
        assert column in because(getattr(found, name))


@pytest.mark.parametrize(
    ("source", "column", "step"),
    [("survey_responses", "recommend", "supporter"), ("customers", "referred_by", "advocate")],
)
def test_a_step_that_cannot_be_told_says_so(look: Look, source: str, column: str, step: str) -> None:
    lacking = tuple(set(definitions.sources()[source].columns) - {column})
    rows = HOUSES[2] | {source: [{**one, column: None} for one in HOUSES[2][source]]}
    part = look(rows, load_of(source, delivered=lacking)).ladder.result
    assert part is not None and [name for name, _ in part.untold] == [step]
    assert column in part.untold[0][1].en
    assert next(one for one in part.ladder.rungs if one.step == step).count == 0


@pytest.mark.parametrize(("source", "column", "silent"), NEEDED[:4])
def test_a_broken_expectation_beyond_the_tolerance_silences_it_too(
    again: Look, source: str, column: str, silent: set[str]
) -> None:
    broken = {"": 100} if source == "customers" else {"2025-10": 400}
    found = again(load_of(source, gate=(broke(column, broken),)))
    assert {name for name in PARTS if getattr(found, name).result is None} == silent
    assert all(column in because(getattr(found, name)) for name in silent)


def test_few_customers_are_no_evidence(look: Look) -> None:
    rows: Rows = {
        "customers": [{"customer_id": f"C{at}", "customer_since": "2025-04-02"} for at in range(20)],
        "orders": [
            {"customer_id": f"C{at}", "amount": 5.0, "ordered_at": when}
            for at in range(20) for when in ("2025-03-03", ENDS)
        ],
        "survey_responses": [{}], "complaints": [{}], "interactions": [{}],
    }  # fmt: skip
    found = look(rows)
    for name in ("survival", "revenue", "complaints", "ladder", "silent"):
        assert "only" in because(getattr(found, name)), name


def test_every_section_has_a_sentence_in_both_languages(found: dict[int, CustomerBase]) -> None:
    for section in customer_base.sections(found[1]):
        assert section.sentence.en.endswith(".") and "{" not in section.sentence.en + section.sentence.zh
        assert section.method.en and section.rows
        assert all(len(row) == len(section.heads) for row in section.rows)


def test_no_customer_is_named_in_the_report(found: dict[int, CustomerBase], tmp_path: Path) -> None:
    told = str(customer_base.sections(found[1]))
    assert not any(f"C{at:03}" in told for at in range(160))
