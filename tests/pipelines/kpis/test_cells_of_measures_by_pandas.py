"""Questions, complaints that stay open, customers who leave, people and markets: every cell against pandas."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from by_pandas import Cell, Figure, Frames, Oracle, after, framed, hold_every_cell, share, standing, within
from hand_made import Rows, tables

from pipelines.measuring.periods import Period, periods

FIRST, LAST = dt.date(2025, 12, 20), dt.date(2026, 3, 20)
SPANS = periods(FIRST, LAST, {3})
GROUPS = {
    "segment": ["retail", "trade", ""], "region": ["north", ""], "channel": ["web", ""], "product": ["A", "B", ""],
    "category": ["late", "broken", ""], "driver": ["quality", "service", ""], "question": ["q1", "q2", "q3"],
    "unit": ["desk", ""], "topic": ["safety", "complaints"], "market": ["pumps", "parts"],
}  # fmt: skip
QUESTIONS = {"q1": "quality", "q2": "service", "q3": None}


def random_rows(seed: int = 6) -> Rows:
    dice = random.Random(seed)

    def day(before: int = 60) -> dt.date:
        return FIRST + dt.timedelta(days=dice.randrange((LAST - FIRST).days + before + 60) - before)

    def moment(before: int = 60) -> dt.datetime:
        return dt.datetime.combine(day(before), dt.time(dice.randrange(24), dice.randrange(60)))

    def later(start: dt.datetime, most: int) -> dt.datetime:
        return start + dt.timedelta(minutes=dice.randrange(most * 1440))

    def maybe(value: Any, missing: float = 0.2) -> Any:
        return None if dice.random() < missing else value

    def truth(missing: float = 0.2) -> Any:
        return maybe(dice.random() < 0.5, missing)

    def who() -> dict[str, Any]:
        about = {"product": maybe(dice.choice("AB")), "channel": maybe("web")}
        return {"customer_id": maybe(f"C{dice.randrange(34)}", 0.1)} | about

    def questionnaire(number: int) -> list[dict[str, Any]]:
        own = {"response_id": f"R{number}", "answered_on": day()} | who()
        made = [
            {"question": name, "driver": driver, "score": maybe(dice.randint(0, 10)), "scale_lowest": 0,
             "scale_highest": 10, "asks_for": maybe("performance"), "not_applicable": maybe(dice.random() < 0.1)}
            for name, driver in QUESTIONS.items()
        ] + [
            {"question": f"{driver} {at}", "driver": driver, "score": maybe(dice.randint(1, 7)), "scale_lowest": 1,
             "scale_highest": 7, "asks_for": "importance", "not_applicable": maybe(dice.random() < 0.1)}
            for driver in ("quality", "service") for at in range(2)
        ]  # fmt: skip
        return [own | row for row in made if dice.random() < 0.9]

    complaints = [
        {"received_at": at, "closed_at": maybe(later(at, 60)), "category": maybe(dice.choice(["late", "broken"])),
         "upheld": truth(), "solved_at_first_contact": truth(), "cost": maybe(dice.randrange(-5, 90))} | who()
        for at in (moment(90) for _ in range(70))
    ]  # fmt: skip
    calls = [{"arrived_at": at, "served_at": maybe(later(at, 1))} | who() for at in (moment() for _ in range(50))]
    return {
        "customers": [
            {"customer_id": f"C{i}", "segment": maybe(dice.choice(["retail", "trade"])), "region": maybe("north"),
             "customer_since": maybe(day(200), 0.1), "left_on": maybe(day(), 0.7), "key_customer": truth(),
             "no_survey_since": maybe(day(), 0.6)}
            for i in range(30)
        ],
        "orders": [
            {"ordered_at": moment(), "amount": maybe(dice.randrange(-20, 500)), "status": maybe("cancelled", 0.9)}
            | who() | {"customer_id": f"C{dice.randrange(34)}"}
            for _ in range(90)
        ],
        "survey_responses": [
            {"answered_on": day(), "satisfaction": maybe(dice.randint(1, 5)), "effort": maybe(dice.randint(1, 5))}
            | who()
            for _ in range(60)
        ],
        "survey_answers": [row for number in range(45) for row in questionnaire(number)],
        "survey_invitations": [
            {"invited_on": day(), "bounced": truth(), "channel": maybe("web"), "customer_id": f"C{dice.randrange(34)}"}
            for _ in range(60)
        ],
        "complaints": complaints,
        "deliveries": [
            {"delivered_at": maybe(moment()), "premium_freight": truth(), "status": maybe("cancelled", 0.9),
             "quantity_ordered": dice.randint(1, 50), "quantity_delivered": maybe(dice.randint(0, 50))} | who()
            for _ in range(80)
        ],
        "returns": [
            {"returned_on": day(), "quantity_returned": dice.randint(1, 9), "warranty": truth()}
            | {name: value for name, value in who().items() if name != "channel"}
            for _ in range(30)
        ],
        "contract_reviews": [
            {"accepted_on": maybe(on), "reviewed_on": maybe(on + dt.timedelta(days=dice.randrange(-2, 2))),
             "amended": truth(), "customer_id": who()["customer_id"]}
            for on in (day() for _ in range(60))
        ],
        "employee_survey": [
            {"answered_on": day(), "satisfaction": maybe(dice.randint(1, 5)), "unit": maybe("desk")} for _ in range(40)
        ],
        "staff_training": [
            {"required_on": day(90), "trained_on": maybe(day()), "valid_until": maybe(day(), 0.6),
             "ended_on": maybe(day(), 0.7), "unit": maybe("desk"), "topic": dice.choice(["safety", "complaints"])}
            for _ in range(40)
        ],
        "market_sizes": [
            {"measured_on": day(), "own_sales": dice.randrange(50), "market_sales": dice.randrange(50, 300),
             "market": dice.choice(["pumps", "parts"])}
            for _ in range(20)
        ],
        "competitor_scores": [
            {"measured_on": day(), "competitor": f"X{at}", "measure": dice.choice(["satisfaction", "recommendation"]),
             "score": dice.randint(2, 9), "scale_lowest": 1, "scale_highest": maybe(10)}
            for at in range(25)
        ],
        "waiting_times": calls,
    }  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> Rows:
    return random_rows()


@pytest.fixture(scope="module")
def connection(rows: Rows) -> Iterator[duckdb.DuckDBPyConnection]:
    with tables(rows) as opened:
        yield opened


@pytest.fixture(scope="module")
def frames(rows: Rows) -> Frames:
    return framed(rows)


def mean(frame: pd.DataFrame, column: str) -> Figure:
    given = frame[column].dropna()
    return (float(given.mean()) if len(given) else None), len(given)


def of_those_known(frame: pd.DataFrame, column: str) -> Figure:
    known = frame[column].dropna()
    return share(known.eq(True).sum(), len(known)), len(known)


def effort(frames: Frames, span: Period, cell: Cell) -> Figure:
    return mean(cell(within(frames["survey_responses"], "answered_on", span)), "effort")


def on_hundred(frame: pd.DataFrame, of: str) -> pd.DataFrame:
    asked = frame["asks_for"].fillna("performance").eq(of) & ~frame["not_applicable"].eq(True)
    given = frame[asked].dropna(subset="score")
    width = given["scale_highest"] - given["scale_lowest"]
    return given.assign(points=100 * (given["score"] - given["scale_lowest"]) / width)


def question(frames: Frames, span: Period, cell: Cell) -> Figure:
    given = cell(on_hundred(within(frames["survey_answers"], "answered_on", span), "performance"))
    return mean(given, "points")[0], given["response_id"].nunique()


def index(frames: Frames, span: Period, cell: Cell) -> Figure:
    """Person by person."""
    asked = cell(within(frames["survey_answers"], "answered_on", span))
    weight = on_hundred(asked, "importance").groupby(["response_id", "driver"])["points"].mean()
    total = parts = people = 0.0
    for person, answers in on_hundred(asked, "performance").groupby("response_id"):
        pairs = [(weight.get((person, one.driver), 0.0), one.points) for one in answers.itertuples() if one.driver]
        own = sum(heavy for heavy, _ in pairs)
        total, parts, people = total + own, parts + sum(heavy * points for heavy, points in pairs), people + (own > 0)
    return (parts / total if total else None), int(people)


def key_coverage(frames: Frames, span: Period, cell: Cell) -> Figure:
    there = cell(standing(frames["customers"], span))
    there = there[there["key_customer"].eq(True)]
    heard = set(within(frames["survey_responses"], "answered_on", span)["customer_id"])
    return share(there["customer_id"].isin(heard).sum(), len(there)), len(there)


def kept_off(frames: Frames, span: Period, cell: Cell) -> Figure:
    there = cell(standing(frames["customers"], span))
    return share((there["no_survey_since"] < after(span)).sum(), len(there)), len(there)


def bounces(frames: Frames, span: Period, cell: Cell) -> Figure:
    return of_those_known(cell(within(frames["survey_invitations"], "invited_on", span)), "bounced")


def per_customer(frames: Frames, span: Period, cell: Cell) -> Figure:
    n = len(cell(standing(frames["customers"], span)))
    events = len(cell(within(frames["complaints"], "received_at", span)))
    return (1000 * events / n if n else None), n


def on_record(frames: Frames, span: Period, cell: Cell) -> pd.DataFrame:
    return cell(frames["complaints"][frames["complaints"]["received_at"] < after(span)])


def still_open(frames: Frames, span: Period, cell: Cell) -> pd.Series:
    """Their ages in days."""
    known = on_record(frames, span, cell)
    waiting = known[~(known["closed_at"] < after(span))]
    return (pd.Timestamp(span.ends) - waiting["received_at"].dt.normalize()).dt.days


def received(frames: Frames, span: Period, cell: Cell) -> Figure:
    return float(len(cell(within(frames["complaints"], "received_at", span)))), len(on_record(frames, span, cell))


def closed(frames: Frames, span: Period, cell: Cell) -> Figure:
    known = on_record(frames, span, cell)
    return float(len(within(known, "closed_at", span))), len(known)


def open_(frames: Frames, span: Period, cell: Cell) -> Figure:
    return float(len(still_open(frames, span, cell))), len(on_record(frames, span, cell))


def long_open(frames: Frames, span: Period, cell: Cell) -> Figure:
    return float((still_open(frames, span, cell) > 30).sum()), len(on_record(frames, span, cell))


def median_age(frames: Frames, span: Period, cell: Cell) -> Figure:
    ages = still_open(frames, span, cell)
    return float(ages.median()), len(ages)


def mean_age(frames: Frames, span: Period, cell: Cell) -> Figure:
    ages = still_open(frames, span, cell)
    return float(ages.mean()), len(ages)


def first_contact(frames: Frames, span: Period, cell: Cell) -> Figure:
    found = cell(within(frames["complaints"], "received_at", span))
    return share(found["solved_at_first_contact"].eq(True).sum(), len(found)), len(found)


def upheld(frames: Frames, span: Period, cell: Cell) -> Figure:
    return of_those_known(cell(within(frames["complaints"], "closed_at", span)), "upheld")


def sales(frames: Frames, span: Period, cell: Cell) -> pd.DataFrame:
    bought = cell(within(frames["orders"], "ordered_at", span))
    return bought[(bought["amount"] > 0) & (bought["status"] != "cancelled")]


def cost(frames: Frames, span: Period, cell: Cell) -> Figure:
    spent = cell(within(frames["complaints"], "closed_at", span))["cost"]
    bought = sales(frames, span, cell)["amount"]
    return share(spent[spent >= 0].sum(), bought.sum()), len(bought)


def existing(frames: Frames, span: Period, cell: Cell) -> Figure:
    since = frames["customers"].set_index("customer_id")["customer_since"]
    bought = sales(frames, span, cell)
    bought = bought.assign(since=bought["customer_id"].map(since)).dropna(subset="since")
    old = bought.loc[bought["since"] < pd.Timestamp(span.starts), "amount"]
    return share(old.sum(), bought["amount"].sum()), len(bought)


def key_revenue(frames: Frames, span: Period, cell: Cell) -> Figure:
    key = frames["customers"].set_index("customer_id")["key_customer"]
    bought = sales(frames, span, cell)
    bought = bought.assign(key=bought["customer_id"].map(key)).dropna(subset="key")
    return share(bought.loc[bought["key"].eq(True), "amount"].sum(), bought["amount"].sum()), len(bought)


def churn(frames: Frames, span: Period, cell: Cell) -> Figure:
    all_, begin = frames["customers"], pd.Timestamp(span.starts)
    there = cell(all_[(all_["customer_since"] < begin) & ~(all_["left_on"] < begin)])
    return share((there["left_on"] < after(span)).sum(), len(there)), len(there)


def amendments(frames: Frames, span: Period, cell: Cell) -> Figure:
    found = cell(within(frames["contract_reviews"], "accepted_on", span))
    found = found[found["amended"].eq(True)]
    return share((found["reviewed_on"] <= found["accepted_on"]).sum(), len(found)), len(found)


def freight(frames: Frames, span: Period, cell: Cell) -> Figure:
    came = cell(within(frames["deliveries"], "delivered_at", span))
    return of_those_known(came[came["status"] != "cancelled"], "premium_freight")


def claims(frames: Frames, span: Period, cell: Cell) -> Figure:
    came = cell(within(frames["deliveries"], "delivered_at", span))
    units = came["quantity_delivered"].fillna(came["quantity_ordered"]).sum()
    back = cell(within(frames["returns"], "returned_on", span))
    return (1e6 * back.loc[back["warranty"].eq(True), "quantity_returned"].sum() / units if units else None), len(came)


def staff(frames: Frames, span: Period, cell: Cell) -> Figure:
    given = cell(within(frames["employee_survey"], "answered_on", span))["satisfaction"].dropna()
    return share((given >= 4).sum(), len(given)), len(given)


def training(frames: Frames, span: Period, cell: Cell) -> Figure:
    entries, end = cell(frames["staff_training"]), after(span)
    needed = entries[(entries["required_on"] < end) & ~(entries["ended_on"] < end)]
    valid = ~(needed["valid_until"] < pd.Timestamp(span.ends))
    return share(((needed["trained_on"] < end) & valid).sum(), len(needed)), len(needed)


def rivals(frames: Frames, span: Period, cell: Cell) -> Figure:
    ours = within(frames["survey_responses"], "answered_on", span)["satisfaction"].dropna()
    theirs = within(frames["competitor_scores"], "measured_on", span)
    theirs = theirs[theirs["measure"] == "satisfaction"].dropna(subset="scale_highest")
    if not len(theirs) or not len(ours):
        return None, 0
    points = 100 * (theirs["score"] - 1) / (theirs["scale_highest"] - 1)
    return float((25 * (ours - 1)).mean() - points.mean()), len(ours)


def market(frames: Frames, span: Period, cell: Cell) -> Figure:
    sizes = cell(within(frames["market_sizes"], "measured_on", span))
    return share(sizes["own_sales"].sum(), sizes["market_sales"].sum()), len(sizes)


def wait(frames: Frames, span: Period, cell: Cell) -> Figure:
    """The middle one or two; none where they were never served."""
    came = cell(within(frames["waiting_times"], "arrived_at", span))
    minutes = ((came["served_at"] - came["arrived_at"]).dt.total_seconds() / 60).fillna(np.inf).sort_values()
    middle = minutes.iloc[(len(minutes) - 1) // 2 : len(minutes) // 2 + 1].mean() if len(minutes) else np.inf
    return (None if np.isinf(middle) else float(middle)), len(minutes)


ORACLES: dict[str, Oracle] = {
    "ces_version_1": effort, "question_score": question, "satisfaction_index": index,
    "survey_coverage_of_key_customers": key_coverage, "survey_suppression": kept_off, "survey_bounce_rate": bounces,
    "complaints_per_1000_customers": per_customer, "complaints_received": received, "complaints_closed": closed,
    "open_complaints": open_, "complaints_open_over_30_days": long_open, "open_complaint_age_days_median": median_age,
    "open_complaint_age_days_mean": mean_age, "first_contact_resolution": first_contact, "complaints_upheld": upheld,
    "complaint_cost": cost, "revenue_from_existing_customers": existing, "revenue_from_key_customers": key_revenue,
    "churn_rate": churn, "amendments_reviewed_before_acceptance": amendments, "premium_freight": freight,
    "warranty_returns_ppm": claims, "employee_satisfaction": staff, "trained_staff": training,
    "score_against_competitors": rivals, "market_share": market, "waiting_minutes_median": wait,
}  # fmt: skip


@pytest.mark.parametrize("kpi", ORACLES)
def test_every_cell_is_what_pandas_counts(connection: duckdb.DuckDBPyConnection, frames: Frames, kpi: str) -> None:
    hold_every_cell(connection, frames, SPANS, GROUPS, kpi, ORACLES[kpi], rel=1e-8)
