"""Lifetime value of many customers, by lifetimes."""

from __future__ import annotations

from clock import measured  # isort: skip  # first, for it notes when the process began

import sys

import numpy as np
from buyers import DAYS, buyers
from lifetimes import BetaGeoFitter, GammaGammaFitter


def work() -> dict[str, float]:
    times, last, age, spent = given
    buying = BetaGeoFitter(penalizer_coef=0.0).fit(times, last, age)
    again = times > 0
    spending = GammaGammaFitter(penalizer_coef=0.0).fit(times[again], spent[again])
    still = np.asarray(buying.conditional_probability_alive(times, last, age))
    bought = np.asarray(buying.conditional_expected_number_of_purchases_up_to_time(DAYS, times, last, age))
    value = bought[again] * np.asarray(spending.conditional_expected_average_profit(times[again], spent[again]))
    own, theirs = buying.params_, spending.params_
    told = {"r": own["r"], "alpha / 100": own["alpha"] / 100, "a": own["a"], "b": own["b"]}
    each = {"alive": still.mean(), "bought": bought.mean(), "p": theirs["p"], "q": theirs["q"]}
    return {name: float(figure) for name, figure in (told | each | {"value / 1000": value.mean() / 1000}).items()}


given = buyers(int(sys.argv[1]))
measured(work)
