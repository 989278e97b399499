"""The parts of a because-sentence, word for word."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from written_and_found import computed, documentary, figure, group, kpi, text

from audit.measurement import Measurement
from audit.sentence import (
    criterion_of,
    dimension_word,
    document_criterion_of,
    group_word,
    joined,
    measured,
    named,
    status_word,
    with_interval,
)
from audit.text import Text

INTERVALS = [
    (figure(85.0, 100), "85 % (n = 100)"),
    (figure(85.04, 12_345, low=84.41, high=85.66), "85.0 % (84.4 to 85.7, n = 12,345)"),
    (figure(85.0, 100, low=80.0), "85 % (n = 100)"),
    (figure(85.0, 100, high=90.0), "85 % (n = 100)"),
    (figure(0.0, 1, low=0.0, high=79.3), "0.0 % (0.0 to 79.3, n = 1)"),
    (figure(-3.0, 40, unit="points", low=-20.5, high=-0.01), "-3.0 points (-20.5 to 0.0, n = 40)"),
    (figure(4.256, 40, unit="score", low=4.0, high=4.5), "4.26 (4.00 to 4.50, n = 40)"),
    (figure(1.0, 40, unit="days"), "1 day (n = 40)"),
]


@pytest.mark.parametrize(("found", "words"), INTERVALS)
def test_a_value_never_comes_without_its_count(found: Measurement, words: str) -> None:
    assert with_interval(found).en == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "On time"),
        (figure(), "On time"),
        (group("Retail"), "On time (segment: Retail)"),
        (group(""), "On time (segment: not stated)"),
        (group("{n}"), "On time (segment: {n})"),
        (figure(by="branch", group="7"), "On time (branch: 7)"),
    ],
)
def test_a_figure_is_named_with_its_group(found: Measurement | None, words: str) -> None:
    assert named(kpi(), found).en == words.replace("On time", kpi().title.en)


def test_a_figure_is_said_in_one_order_measure_value_interval_count_period() -> None:
    found = group("Retail", 85.0, 100, low=76.7, high=90.7)
    words = "On time (segment: Retail): 85.0 % (76.7 to 90.7, n = 100), 1 Jul 2025 to 30 Jun 2026"
    assert measured(kpi(), found).en == words


CRITERIA: list[tuple[dict[str, Any], str]] = [
    ({"at_least": "20 %"}, "at least 20 %, n at least 30, over 12 months"),
    ({"at_most": "5 days", "over": "1 month"}, "at most 5 days, n at least 30, over 1 month"),
    ({"at_least": "20 %", "at_most": "80 %", "sample_of": 1000},
     "at least 20 %, at most 80 %, n at least 1,000, over 12 months"),
    ({"at_least": "0 points"}, "at least 0 points, n at least 30, over 12 months"),
    ({"at_least": "10 %", "for_each": "segment"}, "at least 10 %, for each segment, n at least 30, over 12 months"),
    ({"no_worse_than_before": True}, "no worse than the period before, n at least 30, over 12 months"),
    ({"no_worse_than_before": True, "acted_on_by": "improvement plan", "sample_of": 5, "over": "3 months"},
     "no worse than the period before, or acted on, n at least 5, over 3 months"),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "words"), CRITERIA)
def test_a_criterion_is_said_in_full(accept: dict[str, Any], words: str) -> None:
    assert criterion_of(computed(**accept).accept, kpi()).en == words


@pytest.mark.parametrize(
    ("accept", "words"),
    [
        ({}, "approved"),
        ({"status": "in review"}, "in review"),
        ({"reviewed_within": "24 months"}, "approved, reviewed within 24 months"),
        ({"covers": "1 month"}, "approved, covers a period that ended within 1 month"),
        ({"reviewed_within": "12 months", "covers": "12 months"},
         "approved, reviewed within 12 months, covers a period that ended within 12 months"),
    ],
)  # fmt: skip
def test_a_criterion_for_a_document_is_said_in_full(accept: dict[str, Any], words: str) -> None:
    assert document_criterion_of(documentary(**accept).accept).en == words


def test_chinese_parts_are_joined_as_chinese_is_written() -> None:
    assert joined([Text(en="a", zh="甲"), Text(en="b", zh="乙")]) == Text(en="a, b", zh="甲，乙")


@pytest.mark.parametrize("status", ["draft", "in review", "approved", "obsolete"])
def test_a_status_has_its_word(status: str) -> None:
    assert status_word(status).en == status and status_word(status).zh


@pytest.mark.parametrize("dimension", ["segment", "region", "channel", "product", "a column of theirs"])
def test_a_dimension_has_its_word_and_an_unknown_one_keeps_its_name(dimension: str) -> None:
    assert dimension_word(dimension).en == dimension and dimension_word(dimension).zh


def test_a_group_is_data_and_the_same_in_both_languages() -> None:
    assert group_word("华东") == Text(en="华东", zh="华东")
    assert group_word("").en == "not stated"


def test_each_language_is_said_with_its_own_parts() -> None:
    said = measured(kpi(title=text("On time")), figure(85.0, 1234, starts=dt.date(2026, 1, 1)))
    assert "On time: 85 % (n = 1,234), 1 Jan 2026" in said.en
    assert "【On time】" in said.zh and "2026-01-01" in said.zh
