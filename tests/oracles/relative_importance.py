"""What pingouin says of the relative importance of columns: rows, their names, and the outcome of each row."""

from __future__ import annotations

import json
import sys

import numpy as np
from pingouin import linear_regression

asked = json.load(sys.stdin)
answers = []
for one in asked:
    found = linear_regression(np.array(one["rows"]), np.array(one["outcome"]), relimp=True, as_dataframe=False)
    told = {"r2": found["r2"], "lmg": found["relimp"][1:], "share": found["relimp_perc"][1:]}  # without the intercept
    answers.append({name: np.asarray(value, dtype=float).tolist() for name, value in told.items()})
json.dump(answers, sys.stdout)
