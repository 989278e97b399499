"""The pairs of expectation and perception of the demonstration, and its rated questions, counted by pandas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

STORIES = ("decline", "healthy")
SHORT = "responsiveness"


@pytest.fixture(scope="module", params=STORIES)
def pairs(request: pytest.FixtureRequest, folders: dict[str, Path], made: object) -> pd.DataFrame:
    return pd.read_csv(folders[request.param] / "expectations.csv", parse_dates=["answered_on"])


def test_some_150_customers_told_of_the_five_dimensions_in_the_last_year(pairs: pd.DataFrame) -> None:
    assert pairs.response_id.nunique() == 150 and pairs.question.nunique() <= 22
    assert set(pairs.dimension) == {"tangibles", "reliability", "responsiveness", "assurance", "empathy"}
    assert pairs.answered_on.between("2025-11-01", "2026-10-31").all()
    assert not pairs.duplicated(["response_id", "question"]).any()
    halves = pairs[["expected", "perceived"]].isna()
    assert 0 < (halves.expected != halves.perceived).mean() < 0.08


def test_answers_keep_to_their_scale_and_nobody_accepts_only_more_than_he_expects(pairs: pd.DataFrame) -> None:
    for name in ("expected", "perceived", "least_acceptable"):
        given = pairs[name].dropna()
        assert given.between(1, 7).all() and (given % 1 == 0).all() and given.nunique() > 3
    assert not (pairs.least_acceptable > pairs.expected).any()


def test_one_dimension_falls_clearly_short_and_no_other_nearly_as_far(pairs: pd.DataFrame) -> None:
    gap = (pairs.perceived - pairs.expected).groupby(pairs.dimension).mean()
    assert gap.idxmin() == SHORT and -1.8 < gap[SHORT] < -1
    assert gap.drop(SHORT).between(-0.6, 0.3).all()


def test_every_customer_stands_in_the_register(pairs: pd.DataFrame, folders: dict[str, Path]) -> None:
    known = pd.read_csv(folders["healthy"] / "customers.csv")["Account No"]
    assert set(pairs.customer_id) <= set(known)
