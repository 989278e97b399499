"""Lifetime value of many customers, by our methods."""

from __future__ import annotations

from clock import measured  # isort: skip  # first, for it notes when the process began

import sys

from buyers import DAYS, buyers

from pipelines.methods.purchase_model import alive, histories, purchase_model, purchases_while_alive
from pipelines.methods.spend_model import expected_spend, spend_model


def work() -> dict[str, float]:
    times, last, age, spent = given
    found = histories(times, last, age)
    buying = purchase_model(found)
    again = times > 0
    spending = spend_model(times[again], spent[again])
    still = alive(buying, found.frequency, found.recency, found.age)
    bought = (still * purchases_while_alive(buying, DAYS, found.frequency, found.age))[found.of]
    value = bought * expected_spend(spending, times, spent)
    told = {"r": buying.r, "alpha / 100": buying.alpha / 100, "a": buying.a, "b": buying.b}
    each = {"alive": float(still[found.of].mean()), "bought": float(bought.mean())}
    return told | each | {"p": spending.p, "q": spending.q, "value / 1000": float(value[again].mean()) / 1000}


given = buyers(int(sys.argv[1]))
measured(work)
