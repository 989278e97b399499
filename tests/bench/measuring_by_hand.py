"""The same figures in pandas, written by hand by somebody who knows it: columns as numbers, sums by month added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.bench.job import Job, Work
from tests.bench.measuring import FIRST, LAST, facts_of

TIMES = " × "
GROUPED = ["segment", "region", "channel", "product", "product × channel", "segment × region"]


def measured(job: Job) -> Work:
    import numpy as np
    import pandas as pd
    import pyarrow.parquet as pq

    folder = facts_of(job.files) / "facts"
    months = pd.period_range(FIRST, LAST, freq="M")
    spans = list(_spans())

    def read(source: str, columns: list[str]) -> pd.DataFrame:
        table = pq.ParquetDataset(folder / source).read(columns=columns)
        found: pd.DataFrame = table.to_pandas(split_blocks=True, self_destruct=True)
        return found

    def month(moments: pd.Series) -> Any:
        """Number of the month, -1 outside of the 36."""
        found = pd.to_datetime(moments)
        number = (found.dt.year - FIRST.year) * 12 + found.dt.month - FIRST.month
        return number.where((number >= 0) & (number < len(months)), -1).fillna(-1).astype("int16").to_numpy()

    def coded(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
        for name in names:
            frame[name] = frame[name].fillna("").astype("category")
        return frame

    def joined(frame: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
        at = pd.Index(customers["customer_id"]).get_indexer(frame.pop("customer_id"))
        for name in ("segment", "region"):
            codes = np.append(customers[name].cat.codes.to_numpy(), customers[name].cat.categories.get_loc(""))
            frame[name] = pd.Categorical.from_codes(codes[at], customers[name].cat.categories)
        frame["customer"] = at
        return frame

    def added(kpi: str, parts: pd.DataFrame, by: list[str], value: Callable[[pd.DataFrame], Any]) -> Iterator[Any]:
        """`parts` has month, dimensions and what adds up; `n` among it."""
        own = [name for name in GROUPED if set(name.split(TIMES)) <= set(by)]
        kept = [column for column in parts.columns if column not in (*by, "month")]
        cube = parts.groupby(["month", *by], observed=True)[kept].sum().reset_index()
        for grouping in ["", *own]:
            names = grouping.split(TIMES) if grouping else []
            sums = cube.groupby(["month", *names], observed=True)[kept].sum().reset_index()
            for grain, label, first, last in spans:
                within = sums[(sums["month"] >= first) & (sums["month"] <= last)]
                found = within.groupby(names, observed=True)[kept].sum() if names else _whole(within[kept])
                yield _cells(kpi, grain, label, grouping, found.assign(value=value(found))[["value", "n"]])

    def each(kpi: str, rows: pd.DataFrame, by: list[str], figure: Callable[..., Any]) -> Iterator[Any]:
        """What does not add up: `figure` of the rows of a period, grouped, or of all of them."""
        own = [name for name in GROUPED if set(name.split(TIMES)) <= set(by)]
        rows = rows.sort_values("month", kind="stable")
        place = rows["month"].to_numpy().searchsorted
        for grain, label, first, last in spans:
            within = rows.iloc[place(first) : place(last, "right")]
            for grouping in ["", *own]:
                names = grouping.split(TIMES) if grouping else []
                yield _cells(kpi, grain, label, grouping, figure(within, names, first))

    def quantile(at: float) -> Callable[..., Any]:
        def figure(rows: pd.DataFrame, names: list[str], _: int) -> pd.DataFrame:
            if not names:
                return pd.DataFrame({"value": [rows["days"].quantile(at)], "n": [len(rows)]})
            grouped = rows.groupby(names, observed=True)["days"]
            return pd.DataFrame({"value": grouped.quantile(at), "n": grouped.size()})

        return figure

    def repurchase(rows: pd.DataFrame, names: list[str], first: int) -> pd.DataFrame:
        n = _different(rows, names, "buyer")
        again = _different(rows[rows["previous"] >= first], names, "buyer").reindex(n.index, fill_value=0)
        return pd.DataFrame({"value": 100 * again / n, "n": n})

    def coverage(customers: pd.DataFrame, answers: pd.DataFrame) -> Iterator[Any]:
        answers = answers[(answers["month"] >= 0) & (answers["customer"] >= 0)].sort_values("month", kind="stable")
        place, who = answers["month"].to_numpy().searchsorted, answers["customer"].to_numpy()
        since, left = pd.to_datetime(customers["customer_since"]), pd.to_datetime(customers["left_on"])
        for grain, label, first, last in spans:
            end = months[last].end_time.normalize()
            present = (since <= end) & ~(left <= end)
            heard = np.zeros(len(customers), dtype=bool)
            heard[who[place(first) : place(last, "right")]] = True
            rows = customers.loc[present, ["segment", "region"]].assign(good=heard[present], n=1)
            for grouping in ["", "segment", "region", "segment × region"]:
                names = grouping.split(TIMES) if grouping else []
                sums = rows.groupby(names, observed=True)[["good", "n"]].sum() if names else _whole(rows[["good", "n"]])
                value = 100 * sums["good"] / sums["n"]
                yield _cells("survey_coverage", grain, label, grouping, sums.assign(value=value)[["value", "n"]])

    def work() -> dict[str, Any]:
        customers = coded(
            read("customers", ["customer_id", "parent_id", "segment", "region", "customer_since", "left_on"]),
            ["segment", "region"],
        )
        found: list[Any] = []
        dims = ["segment", "region", "channel", "product"]

        answers = read(
            "survey_responses", ["answered_on", "customer_id", "satisfaction", "recommend", "channel", "product"]
        )
        answers = coded(
            joined(answers.assign(month=month(answers.pop("answered_on"))), customers), ["channel", "product"]
        )
        told, asked = answers["satisfaction"], answers["recommend"]
        base = answers[["month", *dims]]
        found += added(
            "csat_top_2_box", base.assign(good=told >= 4, n=told.notna()), dims, lambda f: 100 * f["good"] / f["n"]
        )
        found += added(
            "nps",
            base.assign(up=asked >= 9, down=asked <= 6, n=asked.notna()),
            dims,
            lambda f: 100 * (f["up"] - f["down"]) / f["n"],
        )
        found += added(
            "mean_satisfaction", base.assign(sum=told.fillna(0), n=told.notna()), dims, lambda f: f["sum"] / f["n"]
        )

        found += coverage(customers, answers[["month", "customer"]])
        del answers, told, asked, base

        orders = read(
            "orders",
            ["order_id", "ordered_at", "promised_at", "delivered_at", "customer_id", "status", "channel", "product"],
        )
        orders = coded(joined(orders, customers), ["channel", "product"])
        kept = orders["status"] != "cancelled"
        delivered, promised = orders["delivered_at"].dt.normalize(), orders["promised_at"].dt.normalize()
        timely = delivered <= promised
        base = orders[dims].assign(good=timely, n=kept)[kept]
        found += added(
            "on_time_of_orders_due",
            (base.assign(month=month(promised)[kept])),
            dims,
            lambda f: 100 * f["good"] / f["n"],
        )
        found += added(
            "on_time_delivery_by_day",
            (base.assign(month=month(delivered)[kept])),
            dims,
            lambda f: 100 * f["good"] / f["n"],
        )
        del base, timely, promised, delivered, kept

        ordered = month(orders["ordered_at"])
        complaints = read("complaints", ["received_at", "closed_at", "customer_id", "channel", "product"])
        complaints = coded(joined(complaints, customers), ["channel", "product"])
        received = month(complaints["received_at"])
        three = ["segment", "region", "product"]
        both = pd.concat([
            orders[three].assign(month=ordered, events=0, n=1), complaints[three].assign(month=received, events=1, n=0),
        ])  # fmt: skip
        for name in three:
            both[name] = both[name].astype("category")
        found += added("complaint_rate", both, three, lambda f: 1000 * f["events"] / f["n"])
        del both

        days = (complaints["closed_at"] - complaints["received_at"]).dt.total_seconds() / 86400
        rows = complaints[dims].assign(month=received, days=days.fillna(np.inf))
        found += each("complaint_close_days_median", rows, dims, quantile(0.5))
        found += each("complaint_close_days_p90", rows, dims, quantile(0.9))

        account = np.where(customers["parent_id"].isna(), customers["customer_id"], customers["parent_id"])
        buyers = pd.factorize(account)[0]
        orders = orders.assign(month=ordered, buyer=buyers[orders["customer"]])[
            ["month", "buyer", "ordered_at", "order_id", *dims]
        ]
        orders = orders.sort_values(["buyer", "ordered_at", "order_id"])
        former = orders["buyer"].to_numpy()[:-1] == orders["buyer"].to_numpy()[1:]
        orders["previous"] = np.where(np.append(False, former), np.append(-1, orders["month"].to_numpy()[:-1]), -1)
        found += each("repurchase_rate", orders.drop(columns=["ordered_at", "order_id"]), dims, repurchase)
        table = pd.concat(found, ignore_index=True)
        table.to_parquet(job.scratch / "hand.parquet")
        return {"figures": {"cells": len(table)}}

    return work


def _spans() -> Iterator[tuple[str, str, int, int]]:
    """Grain and label of each period, and the numbers of its first and last month; -1 stands for no month at all."""
    from pipelines.measuring.periods import periods

    for period in periods(FIRST, LAST, {3, 24}):
        first, last = (12 * (day.year - FIRST.year) + day.month - FIRST.month for day in (period.starts, period.ends))
        yield period.grain, period.label, max(first, 0), last


def _whole(parts: Any) -> Any:
    return parts.sum().to_frame().T


def _different(rows: Any, names: list[str], column: str) -> Any:
    if not names:
        import pandas as pd

        return pd.Series([rows[column].nunique()])
    return rows[[*names, column]].drop_duplicates().groupby(names, observed=True).size()


def _cells(kpi: str, grain: str, label: str, grouping: str, found: Any) -> Any:
    groups = [TIMES.join(one) if isinstance(one, tuple) else str(one) for one in found.index] if grouping else ""
    return found.reset_index(drop=True).assign(kpi=kpi, grain=grain, period=label, by=grouping, group=groups)
