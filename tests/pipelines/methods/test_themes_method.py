"""Themes counted: shares and differences against independent figures, and what must stay unsaid."""

from __future__ import annotations

import numpy as np
import pytest
from corrections import corrected
from scipy.stats import ttest_ind
from statsmodels.stats.proportion import proportion_confint

from pipelines.methods.refused import Refused
from pipelines.methods.themes import LEAST, LEAST_SCORED, Themes, themes


def counted(about: np.ndarray, scores: np.ndarray | None = None, quarters: list[str] | None = None) -> Themes:
    n = len(about)
    given = np.full(n, np.nan) if scores is None else scores
    return themes(about, given, quarters or ["2026-Q1"] * n, np.ones(n, bool))


@pytest.fixture(scope="module")
def made() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    about = rng.random((300, 4)) < [0.3, 0.2, 0.1, 0.01]
    scores = np.clip(np.rint(3.6 - 1.2 * about[:, 0] + rng.normal(0, 1, 300)), 1, 5)
    scores[rng.random(300) < 0.1] = np.nan
    return about, scores


def test_shares_and_their_intervals_are_wilson_s(made: tuple[np.ndarray, np.ndarray]) -> None:
    found = counted(*made)
    for at, one in enumerate(found.themes):
        count = int(made[0][:, at].sum())
        low, high = proportion_confint(count, 300, method="wilson")
        share = one.share
        assert (share.count, share.n) == (count, 300)
        assert [share.value, share.low, share.high] == pytest.approx([count / 3, 100 * low, 100 * high])
    assert found.without.count == sum(not any(row) for row in made[0].tolist())


def test_differences_are_welch_s_and_corrected_by_holm(made: tuple[np.ndarray, np.ndarray]) -> None:
    about, scores = made
    found = [one.apart for one in counted(*made).themes]
    p = []
    for at, apart in enumerate(found[:3]):
        assert apart is not None
        known = ~np.isnan(scores)
        own, rest = scores[about[:, at] & known], scores[~about[:, at] & known]
        oracle = ttest_ind(own, rest, equal_var=False)
        p.append(oracle.pvalue)
        assert (apart.n, apart.rest_n) == (len(own), len(rest))
        assert [apart.own, apart.rest, apart.value] == pytest.approx(
            [own.mean(), rest.mean(), own.mean() - rest.mean()]
        )
        assert [apart.low, apart.high] == pytest.approx(list(oracle.confidence_interval()))
        assert apart.p == pytest.approx(oracle.pvalue)
    assert found[3] is None  # written about by fewer than ten
    assert [one.adjusted for one in found[:3] if one] == pytest.approx(corrected(p))
    assert found[0] and found[0].differs and found[0].value < 0


def test_the_interval_of_the_difference_covers_what_is_true() -> None:
    """300 worlds in which writers of a theme are one point less satisfied."""
    rng, hits = np.random.default_rng(11), 0
    for _ in range(300):
        about = np.zeros((60, 1), bool)
        about[:20] = True
        apart = counted(about, rng.normal(4.0 - about[:, 0], 1)).themes[0].apart
        assert apart is not None
        hits += apart.low <= -1 <= apart.high
    assert 0.92 <= hits / 300 <= 0.98


def test_quarters_are_of_all_and_shares_of_the_latest() -> None:
    about = np.array([[True]] * 10 + [[False]] * 50)
    quarters = ["2025-Q4"] * 10 + ["2026-Q1"] * 50
    lately = np.array([False] * 10 + [True] * 50)
    found = themes(about, np.full(60, np.nan), quarters, lately)
    assert found.n == 50 and found.themes[0].share.count == 0 and found.without.count == 50
    each = {quarter.label: (quarter.share.count, quarter.share.n) for quarter in found.themes[0].quarters}
    assert each == {"2025-Q4": (10, 10), "2026-Q1": (0, 50)}


@pytest.mark.parametrize("n", [0, 1, LEAST - 1])
def test_few_comments_are_refused_with_their_number(n: int) -> None:
    with pytest.raises(Refused, match=f"only {n} comments were written; at least {LEAST}"):
        counted(np.ones((n, 2), bool))


NOT_COMPARED = [
    # how many wrote of it, how many of these gave a score, how many of the others
    (LEAST_SCORED - 1, LEAST_SCORED - 1, 40),
    (40, LEAST_SCORED - 1, 40),
    (40, 40, LEAST_SCORED - 1),
    (40, 0, 0),
]


@pytest.mark.parametrize(("wrote", "scored", "others"), NOT_COMPARED)
def test_few_scores_are_not_compared(wrote: int, scored: int, others: int) -> None:
    about = np.array([[at < wrote] for at in range(wrote + 40)])
    scores = np.full(len(about), np.nan)
    scores[:scored], scores[wrote : wrote + others] = 1, 5
    assert counted(about, scores).themes[0].apart is None


@pytest.mark.parametrize(("own", "rest", "differs"), [(3, 3, False), (2, 4, True)])
def test_everybody_of_one_mind_on_either_side_needs_no_spread(own: int, rest: int, differs: bool) -> None:
    about = np.array([[at < 20] for at in range(40)])
    apart = counted(about, np.where(about[:, 0], float(own), float(rest))).themes[0].apart
    assert apart and (apart.value, apart.low, apart.high, apart.differs) == (
        own - rest,
        own - rest,
        own - rest,
        differs,
    )
