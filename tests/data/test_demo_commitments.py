"""Promises and the records of reviews in the demonstration, read by pandas: whole, in order, and the same in both."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.demo.scene import AS_OF, LAST_YEAR

STORIES = ("decline", "healthy")
END = pd.Timestamp(AS_OF) + pd.Timedelta(days=1)


@pytest.fixture(scope="module")
def promises(folders: dict[str, Path], made: object) -> pd.DataFrame:
    dated = ["made_on", "due_at", "kept_at", "compensated_on"]
    return pd.read_csv(folders["decline"] / "promises.csv", parse_dates=dated)


@pytest.fixture(scope="module")
def reviews(folders: dict[str, Path], made: object) -> pd.DataFrame:
    return pd.read_csv(folders["decline"] / "contract-reviews.csv")


@pytest.mark.parametrize("file", ["promises.csv", "contract-reviews.csv"])
def test_nothing_is_planted_here(file: str, folders: dict[str, Path], made: object) -> None:
    assert (folders["decline"] / file).read_bytes() == (folders["healthy"] / file).read_bytes()


def test_promises_are_made_then_due_then_kept_and_made_good_only_when_broken(promises: pd.DataFrame) -> None:
    assert promises["promise_id"].is_unique and 200 <= len(promises) <= 260
    assert (promises["due_at"] > promises["made_on"]).all() and promises["due_at"].max() < END
    assert not (promises["kept_at"] < promises["made_on"]).any() and not (promises["kept_at"] >= END).any()
    good = (promises["kept_at"] <= promises["due_at"]) | promises["kept"].eq(True)
    assert promises.loc[good, "compensated_on"].isna().all() and (promises.loc[~good, "level"] == "basic").all()
    assert not (promises["compensated_on"] <= promises["due_at"].dt.normalize()).any()


def test_a_promise_without_a_moment_is_noted_and_one_with_a_moment_is_not(promises: pd.DataFrame) -> None:
    noted = promises["kept"].notna()
    assert noted.any() and (~noted).any() and promises.loc[noted, "kept_at"].isna().all()
    assert set(promises["promise"][noted]).isdisjoint(promises["promise"][~noted])


def test_most_promises_of_each_code_are_kept_and_most_broken_ones_made_good(promises: pd.DataFrame) -> None:
    year = promises[promises["due_at"] >= pd.Timestamp(LAST_YEAR)]
    good = (year["kept_at"] <= year["due_at"]) | year["kept"].eq(True)
    assert 0.9 <= good.mean() < 1
    assert (good.groupby(year["code"]).mean() >= 0.8).all() and good.groupby(year["code"]).size().min() >= 10
    assert 0.8 <= year.loc[~good, "compensated_on"].notna().mean() < 1


def test_promises_are_made_to_customers_of_the_base(
    promises: pd.DataFrame, folders: dict[str, Path], made: object
) -> None:
    accounts = pd.read_csv(folders["decline"] / "customers.csv", dtype=str)["Account No"]
    assert set(promises["customer_id"]) <= set(accounts)


def test_a_review_that_did_not_take_place_left_no_record(reviews: pd.DataFrame) -> None:
    never = reviews[reviews["reviewed_on"].isna()]
    found = ["covers_stated", "covers_implied", "covers_legal", "covers_own", "feasibility", "risk", "result",
             "department_results", "difference_resolved_on", "document_reference"]  # fmt: skip
    assert len(never) and never[found].isna().all().all()


def test_kinds_agree_with_form_and_amendment_and_only_new_products_have_a_feasibility(reviews: pd.DataFrame) -> None:
    kind = reviews["kind"]
    assert (kind.eq("amendment") == reviews["amended"]).all()
    assert (reviews.loc[kind.eq("oral order"), "form"] == "oral").all()
    assert (reviews.loc[kind.isin(["contract", "order", "new product"]), "form"] == "written").all()
    reviewed = reviews["reviewed_on"].notna()
    assert (reviews["feasibility"].notna() == (kind.eq("new product") & reviewed)).all()
    assert reviews.loc[~reviews["differs"], "difference_resolved_on"].isna().all()
