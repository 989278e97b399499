"""The figures of both stories, computed by pandas from their files: healthy, save what is planted in one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from story_tables import Tables

from data.demo.scene import AS_OF, BEGINS, LAST_YEAR, SEGMENTS
from data.demo.story import Story

STORIES = ("decline", "healthy")
END = pd.Timestamp(AS_OF) + pd.Timedelta(days=1)
MIDDLE = pd.Timestamp(LAST_YEAR)
DECLINE_BEGINS = pd.Timestamp(2026, 3, 1)


def last_year(days: pd.Series) -> pd.Series:
    return (days >= MIDDLE) & (days < END)


def before(days: pd.Series) -> pd.Series:
    return (days >= pd.Timestamp(BEGINS)) & (days < MIDDLE)


def top_two(answers: pd.DataFrame) -> float:
    return 100 * float((answers.satisfaction.dropna() >= 4).mean())


def nps(answers: pd.DataFrame) -> float:
    scores = answers.recommend.dropna()
    return 100 * float((scores >= 9).mean() - (scores <= 6).mean())


def z_of_change(now: pd.DataFrame, then: pd.DataFrame) -> float:
    a, b = now.satisfaction.dropna() >= 4, then.satisfaction.dropna() >= 4
    pooled = (a.sum() + b.sum()) / (len(a) + len(b))
    return float((a.mean() - b.mean()) / np.sqrt(pooled * (1 - pooled) * (1 / len(a) + 1 / len(b))))


def days(complaints: pd.DataFrame, column: str) -> pd.Series:
    return (complaints[column] - complaints.Opened).dropna().dt.total_seconds() / 86400


@pytest.mark.parametrize("year", (before, last_year))
def test_the_other_figures_look_healthy_in_both(either: Tables, year: Callable[[pd.Series], pd.Series]) -> None:
    asked, heard = either.invitations[year(either.invitations["Sent On"])], either.answers[year(either.answers.day)]
    orders, complaints = (
        either.orders[year(either.orders.ordered_at)],
        either.complaints[year(either.complaints.Opened)],
    )
    due = orders[orders.delivered_at.notna()]
    closed = complaints[complaints.Closed.notna()]
    assert 35 <= 100 * len(heard) / len(asked) <= 41
    assert 30 <= nps(heard) <= 40
    assert 5.4 <= heard.ease.mean() <= 5.8
    assert 94 <= 100 * (due.delivered_at <= due.promised_at).mean() <= 96
    assert 94 <= 100 * (due.delivered_at.dt.normalize() <= due.promised_at.dt.normalize()).mean() <= 96
    assert 25 <= 1000 * len(complaints) / len(orders) <= 30
    assert days(complaints, "First Reply").median() < 1 and days(complaints, "First Reply").quantile(0.9) < 2
    assert 8 <= days(closed, "Closed").median() <= 11 and days(closed, "Closed").quantile(0.9) < 24
    assert 93 <= 100 * (closed.Closed.dt.normalize() <= closed["Promised By"]).mean() <= 99
    assert closed["What We Did"].notna().all()
    assert 100 * (orders.groupby("customer_id").size() >= 2).mean() > 50


@pytest.mark.parametrize(("first", "last"), ((BEGINS, LAST_YEAR), (LAST_YEAR, AS_OF)))
def test_customers_stay(either: Tables, first: dt.date, last: dt.date) -> None:
    since, left = either.customers["Customer Since"], either.customers["Left On"]
    standing = (since <= pd.Timestamp(first)) & ~(left <= pd.Timestamp(first))
    stayed = standing & ~(left <= pd.Timestamp(last))
    assert 91 <= 100 * stayed.sum() / standing.sum() <= 96


def test_no_complaint_is_open_and_overdue_at_the_end(either: Tables) -> None:
    still_open = either.complaints[either.complaints.Closed.isna()]
    assert 1 <= len(still_open) <= 10
    assert (still_open["Promised By"] >= pd.Timestamp(AS_OF)).all()


def test_few_complaints_come_back(either: Tables) -> None:
    repeated = either.complaints.duplicated(["Account No", "Topic"]).sum()
    assert 0.02 <= repeated / len(either.complaints) <= 0.05


def test_healthy_satisfaction_is_steady(healthy: Tables) -> None:
    then, now = healthy.answers[before(healthy.answers.day)], healthy.answers[last_year(healthy.answers.day)]
    assert 82 <= top_two(then) <= 86 and 82 <= top_two(now) <= 86
    assert abs(z_of_change(now, then)) < 1


def test_satisfaction_declines_clearly(decline: Tables) -> None:
    then, now = decline.answers[before(decline.answers.day)], decline.answers[last_year(decline.answers.day)]
    assert 82 <= top_two(then) <= 86
    assert 71 <= top_two(decline.answers[decline.answers.day >= DECLINE_BEGINS]) <= 75
    assert z_of_change(now, then) < -2.5


def test_every_segment_is_asked_and_answers_in_proportion_where_all_is_well(healthy: Tables) -> None:
    asked = healthy.invitations[last_year(healthy.invitations["Sent On"])].groupby("segment").size()
    heard = healthy.answers[last_year(healthy.answers.day)].groupby("segment").size()
    assert set(asked.index) == set(SEGMENTS)
    assert (heard / asked).between(0.33, 0.43).all()


def test_one_segment_is_not_asked_in_the_decline(decline: Tables) -> None:
    asked = decline.invitations[decline.invitations.segment == "Private"]["Sent On"]
    assert before(asked).sum() > 500 and not last_year(asked).any()
    assert not last_year(decline.answers[decline.answers.segment == "Private"].day).any()


@pytest.mark.parametrize(("story", "least", "most"), (("healthy", 0.0, 0.02), ("decline", 0.25, 0.35)))
def test_share_of_complaints_closed_last_year_without_a_cause(
    story: str, least: float, most: float, tables: dict[str, Tables]
) -> None:
    closed = tables[story].complaints[last_year(tables[story].complaints.Closed)]
    assert least <= closed.Cause.isna().mean() <= most


@pytest.mark.parametrize("story", STORIES)
def test_documents_are_approved_owned_and_fresh_save_those_planted(story: str, made: dict[str, Story]) -> None:
    stale = {document.kind for document in made[story].documents if document.reviewed_on < LAST_YEAR}
    assert stale == ({"survey method", "improvement plan"} if story == "decline" else set())
    assert all(document.status == "approved" and document.owner for document in made[story].documents)
    covering = {document.kind for document in made[story].documents if document.covers_to}
    assert covering == {
        "performance analysis", "management review input", "management review minutes", "monitoring results",
        "control chart notes", "audit plan", "internal audit report",
    }  # fmt: skip
    assert all(
        document.covers_to is None or document.covers_to >= dt.date(2026, 9, 30) for document in made[story].documents
    )
