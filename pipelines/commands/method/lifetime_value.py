"""lifetime-value: who still buys, how often and for how much, and what is expected of today's customers."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from audit.wording import say
from pipelines.analyses.lifetime_value.bought import HELD_OUT
from pipelines.analyses.lifetime_value.found import LifetimeValue
from pipelines.analyses.lifetime_value.sections import sections
from pipelines.analyses.section import Section
from pipelines.commands.method.order_file import OrderFile, orders
from pipelines.commands.method.run_analysis import found
from pipelines.commands.method.run_survey import answered
from pipelines.methods.lifetime_value import Standing, ahead
from pipelines.methods.likelihood import Estimate
from pipelines.methods.purchase_check import purchase_check
from pipelines.methods.purchase_model import histories, purchase_model
from pipelines.methods.refused import Refused
from pipelines.methods.spend_model import spend_model

about = say("Who still buys, how often and for how much (BG/NBD, Gamma-Gamma), held against a part that was held out?")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--csv", metavar="FILE",
        help="one row for each order with the columns customer_id, ordered_on (2026-10-31) and, where it is known, "
        "amount; without it what the last run found",
    )  # fmt: skip
    parser.add_argument(
        "--until", metavar="DATE", help="last day that the file covers; without it that of its last order"
    )


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    return _of_file(orders(asked.csv, asked.until)) if asked.csv else _of_run(found(asked, "lifetime_value"))


def _of_run(of_run: LifetimeValue) -> dict[str, Any]:
    parts = {name: answered(getattr(of_run, name)) for name in ("buying", "spending", "check", "coming", "key")}
    return {"ends": of_run.ends} | parts | {"at_risk": answered(of_run.at_risk), "told": _told(sections(of_run))}


def _told(every: Sequence[Section]) -> list[str]:
    return [f"{section.title.en}: {section.sentence.en}" for section in every]


def _of_file(given: OrderFile) -> dict[str, Any]:
    """Raises Refused where the orders are too few to say who buys; what was spent may be silent beside it."""
    found_ = histories(*given.histories(given.ends))
    buying = purchase_model(found_)
    times, mean = given.spent()

    def coming() -> dict[str, Any]:
        spending = spend_model(times[times > 0], mean[times > 0])
        standing = Standing(found_, times, mean, np.ones(found_.n, dtype=bool))
        told_ = {"usual": spending.usual, "correlation": spending.correlation}
        spent = _estimates(spending.estimates) | told_
        return {"spending": spent, "coming": asdict(ahead(buying, spending, standing))}

    return {
        "begins": given.begins, "ends": given.ends, "customers": buying.n, "again": buying.again,
        "buying": _estimates(buying.estimates) | {"log_likelihood": buying.log_likelihood},
        "check": _tried(lambda: _check(given)),
    } | _tried(coming)  # fmt: skip


def _check(given: OrderFile) -> dict[str, Any]:
    held = min(HELD_OUT, (given.ends - given.begins).days // 3)
    cut = given.ends - dt.timedelta(days=held)
    check = purchase_check(*given.histories(cut), given.after(cut), float(held))
    return asdict(check) | {"error": check.error}


def _estimates(each: Sequence[Estimate]) -> dict[str, Any]:
    return {"estimates": [asdict(one) for one in each]}


def _tried(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return work()
    except Refused as refused:
        return {"because": refused.because.en}


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["model", "parameter", "value", "low", "high"]
    for model in ("buying", "spending"):
        for one in answer.get(model, {}).get("estimates", ()):
            yield [model, one["name"], one["value"], one["low"], one["high"]]
    check, coming = answer.get("check", {}), answer.get("coming", {})
    if "predicted" in check:
        yield ["held out", "purchases foretold", check["predicted"], check["low"], check["high"]]
        yield ["held out", "purchases made", float(check["actual"]), None, None]
    if "revenue" in coming:
        yield ["ahead", "revenue of 12 months", sum(coming["revenue"][:12]), None, None]
        yield ["ahead", "still buying", coming["active"], None, None]
