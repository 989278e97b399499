"""What the demonstration says of single questions, key customers, the end of complaints, people and markets."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from story_tables import Tables

from data.demo.scene import AS_OF, BEGINS, LAST_YEAR, PRODUCTS

END = pd.Timestamp(AS_OF) + pd.Timedelta(days=1)
YES = {"yes": True, "no": False}
STORIES = ("decline", "healthy")


def read(folders: dict[str, Path], story: str, name: str, *days: str) -> pd.DataFrame:
    frame = pd.read_csv(folders[story] / f"{name}.csv")
    for column in days:
        frame[column] = pd.to_datetime(frame[column])
    return frame


@pytest.fixture(scope="session")
def rated(folders: dict[str, Path], made: object) -> dict[str, pd.DataFrame]:
    return {story: read(folders, story, "survey-answers", "answered_on") for story in STORIES}


def for_index(found: pd.DataFrame) -> pd.Series[bool]:
    """What nobody was asked the importance of is asked for the satisfaction index."""
    return ~found.driver.isin(found[found.asks_for == "importance"].driver)


def test_who_finds_it_easy_put_in_little_effort(either: Tables) -> None:
    both = either.answers.dropna(subset=["ease", "effort"])
    assert set(both.effort) == {1, 2, 3, 4, 5} and 1.7 <= both.effort.mean() <= 2.2
    assert both.ease.corr(both.effort) < -0.6


@pytest.mark.parametrize("story", STORIES)
def test_each_questionnaire_since_the_new_tool_was_asked_each_question_once(
    story: str, rated: dict[str, pd.DataFrame], tables: dict[str, Tables]
) -> None:
    answers, found = tables[story].answers, rated[story]
    assert not found.duplicated(["response_id", "question"]).any()
    assert (found[for_index(found)].groupby("response_id").question.nunique() == 14).all()
    per_person = found[~for_index(found)].groupby("response_id").asks_for.value_counts().unstack()
    assert (per_person.performance == 5).all() and (per_person.importance == 4).all()
    since = set(answers[answers.day >= pd.Timestamp(LAST_YEAR)].id)
    unreadable = set(per_person.index) - since
    assert since <= set(per_person.index) and len(unreadable) == (4 if story == "decline" else 0)


def test_scores_are_on_their_scale_and_not_applicable_has_none(rated: dict[str, pd.DataFrame]) -> None:
    found = rated["healthy"]
    assert found.score.dropna().between(1, 10).all()
    assert found[found.not_applicable].score.isna().all() and 100 < found.not_applicable.sum() < 400
    assert set(found[found.not_applicable].driver) == {"service"}
    assert (found[found.asks_for == "importance"].score.notna()).all()
    by_driver = found[(found.asks_for == "performance") & ~for_index(found)].groupby("driver").score.mean()
    assert by_driver.idxmin() == "paperwork" and by_driver.between(7, 9).all()
    assert found[found.asks_for == "importance"].groupby("driver").score.mean().idxmax() == "product quality"


def test_single_questions_sink_little_where_satisfaction_sinks(rated: dict[str, pd.DataFrame]) -> None:
    both = rated["decline"].merge(rated["healthy"], on=["response_id", "question"], suffixes=("", "_good"))
    assert len(both) == len(rated["decline"])
    assert not (both.score > both.score_good).any() and both.score.isna().eq(both.score_good.isna()).all()
    assert 0 < (both.score_good - both.score).mean() < 0.1


def test_key_customers_are_those_who_order_most(either: Tables) -> None:
    key = either.customers["Key Account"].map(YES)
    spent = either.orders[either.orders.status != "cancelled"].groupby("customer_id").amount.sum()
    amounts = either.customers["Account No"].map(spent).fillna(0)
    assert key.sum() == 40 and amounts[key].min() > amounts[~key].max()


def test_who_objected_was_not_asked_again(either: Tables) -> None:
    off = pd.to_datetime(either.customers["No Mailing Since"], format="%d/%m/%Y")
    last = either.invitations.groupby("Account No")["Sent On"].max()
    asked = either.customers["Account No"].map(last)
    assert 15 <= off.notna().sum() <= 40 and not (asked >= off).any()
    assert off.min() >= pd.Timestamp(BEGINS) and off.max() < END
    assert either.customers.loc[off.notna(), "Left On"].isna().all()


def test_nobody_answers_what_did_not_arrive(either: Tables) -> None:
    bounced = either.invitations.Bounced.map(YES)
    assert 0.01 <= bounced.mean() <= 0.04
    assert not set(either.invitations["Mailing ID"][bounced]) & set(either.answers.invitation)


def test_complaints_end_justified_or_not_with_a_cost(either: Tables) -> None:
    closed = either.complaints[either.complaints.Closed.notna()]
    waiting = either.complaints[either.complaints.Closed.isna()]
    assert 0.65 <= closed.Justified.map(YES).mean() <= 0.9
    at_once = closed["At First Contact"].map(YES)
    assert 0.15 <= at_once.mean() <= 0.4
    assert ((closed.Closed - closed.Opened)[at_once] <= pd.Timedelta(days=7)).all()
    assert (closed.Cost.astype(float) > 0).all()
    assert waiting.Justified.isna().all() and waiting.Cost.isna().all()
    assert 0.001 <= closed.Cost.astype(float).sum() / either.orders.amount.sum() <= 0.01


@pytest.mark.parametrize("story", STORIES)
def test_premium_freight_is_known_of_what_was_delivered_and_rare(
    story: str, folders: dict[str, Path], made: object
) -> None:
    lines = read(folders, story, "deliveries", "delivered_at")
    assert lines.premium_freight.isna().eq(lines.delivered_at.isna()).all()
    assert 0.008 <= lines.premium_freight.dropna().eq(True).mean() <= 0.03
    assert not lines[lines["product"] == "Field service"].premium_freight.eq(True).any()


@pytest.mark.parametrize("name", ["employee-survey", "staff-training", "competitor-scores", "market-sizes"])
def test_people_and_markets_are_the_same_in_both_stories(name: str, folders: dict[str, Path], made: object) -> None:
    assert (folders["decline"] / f"{name}.csv").read_bytes() == (folders["healthy"] / f"{name}.csv").read_bytes()


def test_employees_are_many_enough_in_each_team_that_nobody_is_recognised(
    folders: dict[str, Path], made: object
) -> None:
    given = read(folders, "healthy", "employee-survey", "answered_on")
    assert given.response_id.is_unique and set(given.satisfaction) <= {1, 2, 3, 4, 5}
    lately = given[given.answered_on >= pd.Timestamp(LAST_YEAR)]
    assert lately.groupby("unit").size().min() >= 10
    assert 0.65 <= (given.satisfaction >= 4).mean() <= 0.85
    assert given.answered_on.min() >= pd.Timestamp(BEGINS) and given.answered_on.max() < END


def test_a_renewed_training_follows_the_one_that_ran_out(folders: dict[str, Path], made: object) -> None:
    entries = read(folders, "healthy", "staff-training", "required_on", "trained_on", "valid_until", "ended_on")
    assert entries.training_id.is_unique and entries.required_on.max() > pd.Timestamp(LAST_YEAR)
    assert (entries.ended_on.dropna() == entries.valid_until[entries.ended_on.notna()]).all()
    renewed = entries[entries.ended_on.notna()].value_counts(["unit", "topic", "ended_on"])
    begun = entries.value_counts(["unit", "topic", "required_on"])
    assert all(begun.get(place, 0) >= count for place, count in renewed.items())
    now = entries[entries.ended_on.isna()]
    valid = now.trained_on.notna() & ~(now.valid_until < pd.Timestamp(AS_OF))
    assert 0.9 <= valid.mean() <= 1


def test_markets_are_of_whole_quarters_and_larger_than_the_own_sales(folders: dict[str, Path], made: object) -> None:
    sizes = read(folders, "healthy", "market-sizes", "measured_on")
    assert sizes.measured_on.eq(sizes.measured_on + pd.offsets.QuarterEnd(0)).all() and sizes.measured_on.nunique() == 7
    assert set(sizes.market) == set(PRODUCTS) and not sizes.duplicated(["measured_on", "market"]).any()
    assert (sizes.own_sales / sizes.market_sales).between(0.05, 0.2).all()


def test_own_sales_are_those_of_the_orders(folders: dict[str, Path], healthy: Tables) -> None:
    sizes = read(folders, "healthy", "market-sizes", "measured_on").set_index(["measured_on", "market"]).own_sales
    orders = healthy.orders[healthy.orders.status != "cancelled"]
    quarter = orders.ordered_at.dt.normalize() + pd.offsets.QuarterEnd(0)
    sold = orders.groupby([quarter, "product"]).amount.sum()
    assert ((sizes - sold.reindex(sizes.index)).abs() < 1).all()


def test_competitors_are_measured_twice_a_year_on_their_scale(folders: dict[str, Path], made: object) -> None:
    scores = read(folders, "healthy", "competitor-scores", "measured_on")
    assert scores.groupby(["competitor", "measure"]).size().eq(4).all() and set(scores.measure) >= {"satisfaction"}
    assert scores.score.between(scores.scale_lowest, scores.scale_highest).all()
