"""What a run finds of buying and of what is at stake: counted again by pandas, and silent on bad or missing data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from audit.records import loads
from pipelines import definitions
from pipelines.analyses import lifetime_value, value_base
from pipelines.analyses.asked import Asked
from pipelines.analyses.lifetime_value.found import LifetimeValue
from pipelines.analyses.value_base.found import ValueBase
from pipelines.load import load
from pipelines.measure import measure
from pipelines.measuring import facts
from pipelines.measuring.periods import Period, periods, rolling, window
from pipelines.measuring.trust import Trust
from pipelines.methods.purchase_model import histories, purchase_model
from pipelines.workspace import SetUp, Workspace, make_workspace
from tests.pipelines.made_purchases import drawn

LAST = dt.date(2026, 6, 30)
FIRST = dt.date(2024, 7, 1)
SIZE = 500
Found = tuple[LifetimeValue, ValueBase]


def clock() -> dt.datetime:
    return dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def customers(rng: np.random.Generator) -> pd.DataFrame:
    left = [
        LAST - dt.timedelta(days=int(day)) if day else None
        for day in rng.integers(1, 300, SIZE) * (rng.random(SIZE) < 0.1)
    ]
    return pd.DataFrame(
        {
            "customer_id": [f"C{at:04}" for at in range(SIZE)],
            "customer_since": [FIRST - dt.timedelta(days=int(days)) for days in rng.integers(1, 900, SIZE)],
            "left_on": left,
            "key_customer": np.where(rng.random(SIZE) < 0.1, "true", "false"),
        }
    )


def orders(rng: np.random.Generator) -> pd.DataFrame:
    made = drawn(rng, SIZE, 700)
    rows = []
    for at in range(SIZE):
        begins = LAST - dt.timedelta(days=int(made.age[at]))
        days = {begins} | {
            begins + dt.timedelta(days=int(day))
            for day in rng.uniform(1, made.recency[at] + 1, int(made.frequency[at]))
        }
        rows += [
            (f"C{at:04}", day, "delivered", round(float(made.mean[at] * rng.uniform(0.5, 1.5)) + 1, 2))
            for day in sorted(days)
        ]
        rows += [(f"C{at:04}", LAST, "cancelled", 9_999.0)] if at % 7 == 0 else []
        rows += [(f"C{at:04}", LAST + dt.timedelta(days=1), "delivered", 5_000.0)] if at % 11 == 0 else []
    made_ = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "status", "amount"])
    made_.loc[made_.index % 40 == 3, "amount"] = None
    twice = made_[made_.index % 9 == 0].assign(amount=10.0)  # a second order of the same day
    whole = pd.concat([made_, twice], ignore_index=True)
    return whole.assign(order_id=[f"O{at}" for at in range(len(whole))]).sample(frac=1, random_state=1)


def complaints(rng: np.random.Generator) -> pd.DataFrame:
    at = rng.integers(0, SIZE, 220)
    received = [LAST - dt.timedelta(days=int(day)) for day in rng.integers(1, 700, 220)]
    closed = [day + dt.timedelta(days=int(wait)) for day, wait in zip(received, rng.integers(1, 70, 220), strict=True)]
    return pd.DataFrame(
        {
            "complaint_id": [f"K{each}" for each in range(220)], "customer_id": [f"C{each:04}" for each in at],
            "received_at": received, "closed_at": [day if day <= LAST else None for day in closed],
        }
    )  # fmt: skip


def responses(rng: np.random.Generator) -> pd.DataFrame:
    at = rng.integers(0, SIZE, 300)
    day = [LAST - dt.timedelta(days=int(each)) for each in rng.integers(0, 500, 300)]
    scores = rng.integers(1, 6, 300)
    return pd.DataFrame(
        {"response_id": [f"R{each:03}" for each in range(300)], "customer_id": [f"C{each:04}" for each in at],
         "answered_on": day, "satisfaction": scores}
    )  # fmt: skip


def files() -> dict[str, pd.DataFrame]:
    rng = np.random.default_rng(21)
    return {
        "customers": customers(rng), "orders": orders(rng), "complaints": complaints(rng),
        "survey_responses": responses(rng),
    }  # fmt: skip


def filled(folder: Path, given: dict[str, pd.DataFrame]) -> Workspace:
    workspace = make_workspace(folder, SetUp(organisation="Ours", as_of=LAST, begins=FIRST))
    with workspace.open_records(clock) as records:
        for source, frame in given.items():
            content = frame.to_csv(index=False).encode()
            load(workspace, records, content, f"{source}.csv", source, definitions.mapping(None, source), "Ann")
    return workspace


def looked(workspace: Workspace) -> Found:
    """As a run does it, with the KPIs that are needed alone."""
    at = facts.versions(workspace)
    with workspace.open_records(clock) as records, facts.opened(workspace, at) as connection:
        trust = Trust(connection, at, loads.every(records), LAST)
        kpis = [definitions.kpis()[name] for name in ("retention_rate", "complaints_received")]
        measured = measure(connection, trust, periods(FIRST, LAST, {12}), kpis=kpis)
        latest = Period(rolling(12), f"{LAST:%Y-%m}", *window(12, LAST))
        asked = Asked(connection, trust, workspace, Period("audit_period", "all", FIRST, LAST), latest, measured)
        before = connection.execute("show tables").fetchall()
        found = lifetime_value.look(asked), value_base.look(asked)
        assert connection.execute("show tables").fetchall() == before, "it leaves no table behind"
        return found


@pytest.fixture(scope="module")
def given() -> dict[str, pd.DataFrame]:
    return files()


@pytest.fixture(scope="module")
def ours(given: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return filled(tmp_path_factory.mktemp("bought") / "ours", given)


@pytest.fixture(scope="module")
def found(ours: Workspace) -> Found:
    return looked(ours)


@pytest.fixture(scope="module")
def days(given: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row for each customer and day with an order, by pandas."""
    own = given["orders"]
    own = own[(own["status"] != "cancelled") & (own["ordered_at"] <= LAST)]
    return own.groupby(["customer_id", "ordered_at"], as_index=False)["amount"].sum(min_count=1)


def test_histories_are_those_that_pandas_counts(found: Found, days: pd.DataFrame) -> None:
    each = days.groupby("customer_id")["ordered_at"].agg(["count", "min", "max"])
    frequency = (each["count"] - 1).to_numpy(dtype=float)
    recency = np.array([(last - first).days for first, last in zip(each["min"], each["max"], strict=True)], dtype=float)
    age = np.array([(LAST - first).days for first in each["min"]], dtype=float)
    model = purchase_model(histories(frequency, recency, age))
    buying = found[0].buying.result
    assert buying is not None and (buying.customers, buying.again) == (len(each), int((frequency > 0).sum()))
    assert [one.value for one in buying.estimates] == pytest.approx([model.r, model.alpha, model.a, model.b])
    assert buying.begins == days["ordered_at"].min() and buying.before == len(each)


def test_spending_leaves_out_the_first_day_and_days_without_an_amount(found: Found, days: pd.DataFrame) -> None:
    later = days[days["ordered_at"] > days.groupby("customer_id")["ordered_at"].transform("min")].dropna(
        subset="amount"
    )
    spending = found[0].spending.result
    assert spending is not None and spending.customers == later["customer_id"].nunique()
    each = later.groupby("customer_id")["amount"].agg(["count", "mean"])
    assert spending.correlation == pytest.approx(np.corrcoef(each["count"], each["mean"])[0, 1])


def test_who_has_left_by_the_register_brings_nothing_and_is_not_at_risk(
    found: Found, given: dict[str, pd.DataFrame], days: pd.DataFrame
) -> None:
    left = set(given["customers"].dropna(subset="left_on")["customer_id"]) & set(days["customer_id"])
    buying, coming, risk = found[0].buying.result, found[0].coming.result, found[0].at_risk.result
    assert buying and coming and risk and buying.gone == len(left) > 20
    assert coming.customers == buying.customers - len(left) == sum(band.customers for band in buying.bands)
    assert risk.customers == len(risk.most) > 3, "few enough to be listed all"
    for one in risk.most:
        assert one.purchases > risk.often and one.alive < 50 and one.expected < one.if_alive
    stakes = [one.if_alive - one.expected for one in risk.most]
    assert stakes == sorted(stakes, reverse=True) and sum(stakes) == pytest.approx(risk.at_stake)


def test_the_held_out_part_is_what_was_bought_after_the_first_two_thirds(found: Found, days: pd.DataFrame) -> None:
    check = found[0].check.result
    begins = days["ordered_at"].min()
    cut = LAST - dt.timedelta(days=(LAST - begins).days // 3)
    known = days.groupby("customer_id")["ordered_at"].min() <= cut
    own = days[days["customer_id"].isin(known[known].index) & (days["ordered_at"] > cut)]
    assert check is not None and check.days == (LAST - cut).days
    assert (check.customers, check.actual) == (int(known.sum()), len(own))


def test_key_customers_are_those_of_the_register(
    found: Found, given: dict[str, pd.DataFrame], days: pd.DataFrame
) -> None:
    own = given["customers"]
    named = own[(own["key_customer"] == "true") & own["left_on"].isna() & own["customer_id"].isin(days["customer_id"])]
    key, coming = found[0].key.result, found[0].coming.result
    assert key and coming and key.named.customers == len(named)
    assert key.top.customers == int(np.ceil(0.2 * coming.customers)) and key.top.share > key.named.share
    assert key.top_not_named <= key.top.customers


def test_the_base_is_what_pandas_counts(found: Found, given: dict[str, pd.DataFrame]) -> None:
    base, own = found[1], given["customers"]
    standing = own[own["left_on"].isna()]
    assert base.customers.result == len(standing)
    year = given["orders"]
    year = year[(year["status"] != "cancelled") & (year["ordered_at"] <= LAST) & (year["ordered_at"] >= base.starts)]
    spent = year.groupby("customer_id")["amount"].sum().reindex(standing["customer_id"]).fillna(0)
    assert base.revenue.result and base.revenue.result.value == pytest.approx(spent.mean())
    assert base.revenue.result.low < spent.mean() < base.revenue.result.high
    cases = given["complaints"]
    assert base.complaints.result == (cases["received_at"] >= base.starts).sum()
    began = own[own["left_on"].isna() | (own["left_on"].fillna(LAST) >= base.starts)]
    retention = base.retention.result
    assert retention and retention.standing == len(began)
    assert retention.kept.value == pytest.approx(100 * len(standing) / len(began))


def test_unheard_are_dissatisfied_customers_without_a_complaint(found: Found, given: dict[str, pd.DataFrame]) -> None:
    base, answers = found[1], given["survey_responses"]
    year = answers[answers["answered_on"] >= base.starts].sort_values(["answered_on", "response_id"])
    last = year.groupby("customer_id").tail(1)
    low = last[last["satisfaction"] <= 2]
    cases = given["complaints"]
    heard = set(cases[cases["received_at"] >= base.starts]["customer_id"])
    survey = base.survey.result
    assert survey and (survey.answered, survey.dissatisfied) == (len(last), len(low))
    assert survey.silent == (~low["customer_id"].isin(heard)).sum() > 5


def test_mending_is_counted_by_the_first_complaint_of_each_customer(
    found: Found, given: dict[str, pd.DataFrame]
) -> None:
    cases, own = given["complaints"], given["customers"].set_index("customer_id")
    ago = cases["received_at"].map(lambda day: (LAST - day).days)
    first = (
        cases[(ago >= 182) & (ago <= 730)].sort_values(["received_at", "complaint_id"]).groupby("customer_id").head(1)
    )
    counts = {True: [0, 0], False: [0, 0]}
    for one in first.itertuples():
        left = own.loc[one.customer_id, "left_on"]
        if left is not None and left <= one.received_at:
            continue
        late = pd.isna(one.closed_at) or (one.closed_at - one.received_at).days > 30
        counts[not late][0] += 1
        counts[not late][1] += left is None or (left - one.received_at).days > 182
    mending = found[1].mending.result
    assert mending and mending.by == "register"
    assert [mending.in_time, mending.late] == [counts[True][0], counts[False][0]]
    assert mending.in_time_kept.value == pytest.approx(100 * counts[True][1] / counts[True][0])
    assert mending.late_kept.value == pytest.approx(100 * counts[False][1] / counts[False][0])


def test_two_looks_are_the_same_to_the_byte(found: Found, ours: Workspace) -> None:
    for module, one, other in zip((lifetime_value, value_base), found, looked(ours), strict=True):
        assert module.FOUND.dump_json(one) == module.FOUND.dump_json(other)


Files = dict[str, pd.DataFrame]


def only(*names: str) -> Callable[[Files], Files]:
    return lambda every: {name: every[name] for name in names}


def without_amount(every: Files) -> Files:
    return {"orders": every["orders"].drop(columns="amount")}


def misread(every: Files) -> Files:
    """More lines are refused than are tolerated."""
    own = every["orders"]
    return {"orders": own.assign(ordered_at=[day if at % 4 else "soon" for at, day in enumerate(own["ordered_at"])])}


def few(every: Files) -> Files:
    own = every["orders"]
    return {"orders": own[own["customer_id"] < "C0050"]}


LIFETIME = {"buying", "spending", "check", "coming", "key", "at_risk"}
BASE = {"customers", "revenue", "retention", "complaints", "mending", "survey"}


@pytest.mark.parametrize(
    ("change", "found_", "because"),
    [
        (only(), set(), "nothing is loaded"),
        (only("orders"), LIFETIME - {"key"}, "nothing is loaded of Customers"),
        (without_amount, {"buying", "check"}, "had the column amount"),
        (misread, set(), "were refused when they were loaded"),
        (few, {"spending"}, "only 50 customers bought"),
        (only("customers", "complaints"), {"customers", "retention", "complaints", "mending"}, "loaded of Orders"),
    ],
)  # fmt: skip
def test_bad_thin_or_missing_data_is_no_figure_either_way(
    given: Files, tmp_path: Path, change: Callable[[Files], Files], found_: set[str], because: str
) -> None:
    lifetime, base = looked(filled(tmp_path / "ours", change(given)))
    parts = {name: getattr(lifetime, name) for name in LIFETIME} | {name: getattr(base, name) for name in BASE}
    assert {name for name, part in parts.items() if part.result is not None} == found_
    told = [part.because for part in parts.values() if part.result is None]
    assert all(each is not None and each.en and each.zh for each in told)
    assert any(because in each.en for each in told if each)
    for module, one in ((lifetime_value, lifetime), (value_base, base)):
        assert all(section.sentence.en and section.method.zh for section in module.sections(one))


def test_where_nobody_says_who_left_a_further_order_shows_who_stayed(given: Files, tmp_path: Path) -> None:
    unsaid = only("orders", "complaints")(given) | {"customers": given["customers"].drop(columns="left_on")}
    lifetime, base = looked(filled(tmp_path / "ours", unsaid))
    assert base.mending.result and base.mending.result.by == "orders"
    assert lifetime.buying.result and lifetime.buying.result.gone == 0 and lifetime.buying.result.unproven_leaving
