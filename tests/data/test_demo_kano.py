"""The Kano study and the register of needs of the demonstration, counted by pandas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

STORIES = ("decline", "healthy")
NEAR_TIE, BY_SEGMENT = "Self-priming", "Connection for the flow meter"
PLEASED = {("like", "must-be"), ("like", "neutral"), ("like", "live-with")}
"""The cells of the published table that make a feature attractive."""


@pytest.fixture(scope="module", params=STORIES)
def folder(request: pytest.FixtureRequest, folders: dict[str, Path], made: object) -> Path:
    return folders[request.param]


def study(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "kano-answers.csv")


def needs(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "customer-needs.csv")


def test_a_hundred_people_and_more_were_asked_of_eight_to_ten_features_each(folder: Path) -> None:
    found = study(folder)
    assert 115 <= found.response_id.nunique() <= 130 and 8 <= found.feature.nunique() <= 10
    assert (found.groupby("response_id").feature.nunique() == found.feature.nunique()).all()
    assert found[["functional", "dysfunctional"]].isna().any(axis=1).mean() < 0.05


def test_one_feature_is_nearly_a_tie(folder: Path) -> None:
    found = study(folder).query("feature == @NEAR_TIE")
    pairs = list(zip(found.functional, found.dysfunctional, strict=True))
    attractive, one_dimensional = sum(pair in PLEASED for pair in pairs), pairs.count(("like", "dislike"))
    assert min(attractive, one_dimensional) > 30 and 0 < abs(attractive - one_dimensional) < 8


def test_one_feature_is_a_must_to_one_segment_alone(folder: Path) -> None:
    segments = pd.read_csv(folder / "customers.csv").set_index("Account No").Segment
    found = study(folder).query("feature == @BY_SEGMENT").dropna()
    must = (found.functional != "like") & (found.functional != "dislike") & (found.dysfunctional == "dislike")
    share = must.groupby(found.customer_id.map(segments)).mean()
    assert share["Municipal"] > 0.5 and share.drop("Municipal").max() < 0.3


def test_needs_name_the_features_of_the_study(folder: Path) -> None:
    named = set(needs(folder).feature.dropna())
    assert named == set(study(folder).feature)


def test_a_class_stands_in_the_register_for_some_features_and_waits_for_the_rest(folder: Path) -> None:
    found = needs(folder).dropna(subset="feature")
    classes = found.groupby("feature").kano_class.agg(lambda each: tuple(each.dropna().unique()))
    assert classes.map(len).max() == 1 and 2 <= (classes.map(len) == 1).sum() <= 4


def test_most_needs_are_ranked_on_their_scale_approved_and_evaluated(folder: Path) -> None:
    found = needs(folder)
    for column in ("importance", "urgency", "effect"):
        assert found[column].dropna().between(1, 5).all() and 0.9 < found[column].notna().mean() < 1
    met = found[found.met_on.notna()]
    assert 0.9 < met.approved_on.notna().mean() < 1 and 0.9 < met.evaluation.notna().mean() < 1
    assert set(met.evaluation.dropna()) == {"met", "partly", "not"}
    assert found[found.status == "rejected"][["approved_on", "evaluated_on"]].isna().all(axis=None)
    assert (found.approved_on.isna() == found.approved_by.isna()).all()
