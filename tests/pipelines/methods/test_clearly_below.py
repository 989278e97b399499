"""Which means fell short, of all together: held against scipy's tests and statsmodels' correction."""

from __future__ import annotations

import numpy as np
import pytest
from corrections import corrected
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pipelines.methods.clearly_below import Mean, clearly_below
from pipelines.methods.service_gaps import mean_of


def means(samples: list[np.ndarray]) -> list[Mean]:
    found = []
    for sample in samples:
        value, _, high = mean_of(sample)
        found.append(Mean(value, high, len(sample)))
    return found


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 8), st.floats(-0.6, 0.2))
def test_as_scipy_tests_and_statsmodels_corrects(seed: int, count: int, true: float) -> None:
    dice = np.random.default_rng(seed)
    samples = [dice.normal(true, 1, int(dice.integers(5, 80))) for _ in range(count)]
    tested = [float(stats.ttest_1samp(sample, 0).pvalue) for sample in samples]
    wanted = [p <= 0.05 and bool(sample.mean() < 0) for p, sample in zip(corrected(tested), samples, strict=True)]
    assert clearly_below(means(samples)) == wanted


# standard error 1/3 and 30 respondents: by itself a mean is clearly below from -0.682 on (t = 2.045)
LONE = Mean(-0.70, -0.70 + 2.045229642 / 3, 30)
FAR = Mean(-3.0, -3.0 + 2.045229642 / 3, 30)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ([LONE], [True]),
        ([LONE._replace(value=0.70, high=0.70 + 2.045229642 / 3)], [False]),
        ([LONE, LONE._replace(value=0.1, high=0.1 + 2.045229642 / 3)], [False, False]),
        ([FAR, LONE], [True, True]),
        ([FAR, *[Mean(0.0, 2.045229642 / 3, 30)] * 4], [True, False, False, False, False]),
        ([LONE, Mean(-9.0, None, 2)], [True, False]),
        ([Mean(-9.0, None, 2)], [False]),
        ([], []),
    ],
    ids=["alone", "above", "beside another", "beside a surer one", "one of five", "beside one without an interval",
         "no interval", "nothing"],
)  # fmt: skip
def test_clearly_below(found: list[Mean], wanted: list[bool]) -> None:
    assert clearly_below(found) == wanted


def test_where_all_is_as_expected_little_looks_short() -> None:
    """Of surveys with five dimensions, 2.5 % may name any; each by its own interval would make 12 %."""
    dice, surveys = np.random.default_rng(11), 1_500
    named = alone = 0
    for _ in range(surveys):
        found = means([dice.normal(0, 1, 40) for _ in range(5)])
        named += any(clearly_below(found))
        alone += any(mean.high is not None and mean.high < 0 for mean in found)
    assert named / surveys < 0.025 + 3 * (0.025 * 0.975 / surveys) ** 0.5
    assert alone / surveys > 0.09
