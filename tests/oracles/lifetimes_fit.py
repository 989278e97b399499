"""BG/NBD and Gamma-Gamma by lifetimes: parameters, P(alive), expected purchases and value of each customer."""

import json
import sys

import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter

asked = json.load(sys.stdin)
x, recency, age = (np.array(asked[name], dtype=float) for name in ("frequency", "recency", "age"))
spent = np.array(asked["value"], dtype=float)
again = x > 0

buying = BetaGeoFitter(penalizer_coef=0.0).fit(x, recency, age)
spending = GammaGammaFitter(penalizer_coef=0.0).fit(x[again], spent[again])
days = asked["days"]
lifetime = spending.customer_lifetime_value(
    buying, *(pd.Series(each[again]) for each in (x, recency, age, spent)), time=asked["months"],
    discount_rate=asked["discount"], freq="D",
)  # fmt: skip
print(json.dumps({
    "buying": {name: float(value) for name, value in buying.params_.items()},
    "errors": {name: float(value) for name, value in buying.standard_errors_.items()},
    "alive": np.asarray(buying.conditional_probability_alive(x, recency, age)).tolist(),
    "expected": np.asarray(
        buying.conditional_expected_number_of_purchases_up_to_time(days, x, recency, age)
    ).tolist(),
    "spending": {name: float(value) for name, value in spending.params_.items()},
    "each": np.asarray(spending.conditional_expected_average_profit(x[again], spent[again])).tolist(),
    "lifetime": lifetime.tolist(),
}))  # fmt: skip
