"""Every contract reads in both languages, takes a clean file whole, and each of its expectations catches a row."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd
import pytest

from audit.limits import ComputedLimits
from audit.load import Load
from audit.mapping import ColumnMapping, Mapping, Pivot
from audit.source import Column, Source
from audit.text import Text
from pipelines import definitions
from pipelines.gate import validate
from pipelines.gating.expectation_arguments import of_day
from pipelines.runs.run_folder import Run
from pipelines.stage import Batch, stage
from pipelines.workspace import SetUp

DAY = dt.date(2026, 3, 31)
"""On which the files come in."""
WRITTEN = definitions.sources()
SOURCES = {name: of_day(contract, DAY) for name, contract in WRITTEN.items()}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ROWS = 4
LAST_LINE = ROWS + 1

# For each expectation of the gate, in its order: what one row must say so that this expectation alone fails.
DIRTY: dict[str, list[dict[str, Any]]] = {
    "competitor_scores": [
        {"measured_on": "2026-03-01", "competitor": "competitor 0", "measure": "measure 0"},
        {"score": -1},
        {"score": 99},
        {"origin": None},
        {"measured_on": "1970-01-01"},
    ],
    "complaint_actions": [
        {"action_id": "action_id 0"},
        {"done_on": "2026-01-31"},
        {"owner": None},
        {"what": None},
        {"decided_on": "1970-01-01"},
    ],
    "complaints": [
        {"complaint_id": "complaint_id 0"},
        {"closed_at": "2026-03-04 08:59:59"},
        {"acknowledged_at": "2026-02-28 09:00:00"},
        {"cost": -1},
        {"customer_id": None},
        {"received_at": "1970-01-01 23:59:59"},
        {"closed_at": "2026-04-02 00:00:00"},
    ],
    "contract_reviews": [
        {"review_id": "review_id 0"},
        {"accepted_on": "2026-03-03"},
        {"reviewed_on": "2025-03-04"},
        {"form": None},
        {"received_on": "1970-01-01"},
    ],
    "customer_needs": [
        {"need_id": "need_id 0"},
        {"met_on": "2026-03-03"},
        {"fed_back_on": "2025-12-31"},
        {"owner": None},
        {"importance": 6},
        {"urgency": 0},
        {"effect": -1},
        {"evaluated_on": "2026-03-01"},
        {"raised_on": "1900-01-01"},
    ],
    "customers": [{"customer_id": "customer_id 0"}, {"left_on": "2026-03-03"}],
    "deliveries": [
        {"order_id": "order_id 0", "order_line": "order_line 0"},
        {"quantity_ordered": 0, "quantity_delivered": 0},
        {"quantity_delivered": -4},
        {"quantity_delivered": 4.5},
        {"delivered_at": "2027-03-04 09:00:00"},
    ],
    "employee_survey": [
        {"response_id": "response_id 0"},
        {"satisfaction": 6},
        {"satisfaction": None},
        {"unit": None},
        {"answered_on": "2026-04-02"},
    ],
    "expectations": [
        {"response_id": "response_id 0", "question": "question 0"},
        {"expected": 8},
        {"perceived": 99},
        {"expected": 0},
        {"perceived": -1},
        {"answered_on": "2099-12-31"},
    ],
    "interactions": [
        {"interaction_id": "interaction_id 0"},
        {"sentiment": None},
        {"note": None},
        {"occurred_at": "2026-04-02 00:00:00"},
    ],
    "kano_answers": [
        {"response_id": "response_id 0", "feature": "feature 0"},
        {"functional": None},
        {"dysfunctional": None},
        {"functional": "like", "dysfunctional": "like"},
        {"answered_on": "1970-01-01"},
    ],
    "market_sizes": [
        {"measured_on": "2026-03-01", "market": "market 0"},
        {"own_sales": -1},
        {"own_sales": 5},
        {"origin": None},
        {"measured_on": "2026-04-02"},
    ],
    "orders": [
        {"order_id": "order_id 0"},
        {"delivered_at": "2026-03-04 08:00:00"},
        {"amount": -0.01},
        {"ordered_at": "1899-12-30 00:00:00"},
        {"delivered_at": "2062-03-04 09:00:00"},
    ],
    "promises": [
        {"promise_id": "promise_id 0"},
        {"due_at": "2026-03-03 23:00:00"},
        {"kept_at": "2026-03-03 09:00:00"},
        {"compensated_on": "2026-03-03"},
        {"kept_at": "2026-04-02 00:00:00"},
    ],
    "returns": [
        {"return_id": "return_id 0"},
        {"quantity_returned": 0},
        {"reason": None},
        {"returned_on": "2062-03-04"},
    ],
    "staff_training": [{"training_id": "training_id 0"}, {"valid_until": "2026-03-03"}, {"unit": None}],
    "survey_answers": [
        {"response_id": "response_id 0", "question": "question 0"},
        {"score": -1},
        {"score": 99},
        {"driver": None},
        {"answered_on": "2026-04-02"},
    ],
    "survey_invitations": [
        {"invitation_id": "invitation_id 0"},
        {"campaign": None},
        {"invited_on": "2026-04-02"},
    ],
    "survey_responses": [
        {"response_id": "response_id 0"},
        {"satisfaction": 0},
        {"recommend": 11},
        {"satisfaction": None},
        {"answered_on": "2062-03-04"},
    ],
    "waiting_times": [
        {"visit_id": "visit_id 0"},
        {"served_at": "2026-03-04 08:59:00"},
        {"unit": None},
        {"arrived_at": "1970-01-01 09:00:00"},
    ],
}
CASES = [(name, place) for name, dirty in DIRTY.items() for place in range(len(dirty))]


def cell(name: str, column: Column, place: int, at: int) -> str:
    """Numbers and dates of one row are equal, so that none is before or above another."""
    if column.one_of:
        return column.one_of[(at + place) % len(column.one_of)]
    whole = at + 1 if column.scale is None else min(int(column.scale.lowest) + at, int(column.scale.highest))
    return {
        "text": f"{name} {at}",
        "integer": str(whole),
        "number": f"{whole}.0",
        "date": f"2026-03-{at + 1:02}",
        "timestamp": f"2026-03-{at + 1:02} 09:00:00",
        "boolean": "true" if at % 2 else "false",
    }[column.type]


@cache
def clean(name: str) -> Batch:
    """A small file with every column of the contract, made from the contract alone."""
    columns = SOURCES[name].columns
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    for at in range(ROWS):
        writer.writerow(cell(each, column, place, at) for place, (each, column) in enumerate(columns.items()))
    return stage(file.getvalue().encode(), f"{name}.csv", SOURCES[name], Mapping(source=name))


def dirtied(name: str, changes: dict[str, Any]) -> pd.DataFrame:
    """The clean rows, the last of them with these values in place of its own."""
    frame = clean(name).frame.copy()
    for column, value in changes.items():
        dated = SOURCES[name].columns[column].type in ("date", "timestamp")
        frame.loc[ROWS - 1, column] = pd.Timestamp(value) if dated else value
    return frame


def texts(contract: Source) -> Iterator[Text]:
    yield from (contract.title, contract.meaning, contract.owner)
    for column in contract.columns.values():
        yield column.meaning
        if column.absent_means:
            yield column.absent_means
    yield from (expectation.reason for expectation in contract.gate)


@pytest.mark.parametrize("name", SOURCES)
def test_everything_is_said_in_both_languages(name: str) -> None:
    for text in texts(SOURCES[name]):
        assert CHINESE.search(text.zh) and not CHINESE.search(text.en), text
        assert not re.search(r"[\u4e00-\u9fff][,;:?!.()]", text.zh), f"half-width punctuation: {text.zh}"
        assert text.en.endswith(".") == text.zh.endswith("。"), text


@pytest.mark.parametrize("name", SOURCES)
def test_every_word_that_a_column_allows_is_explained_in_both_languages(name: str) -> None:
    for column in SOURCES[name].columns.values():
        for word in column.one_of:
            assert word in column.meaning.en and word in column.meaning.zh, word


@pytest.mark.parametrize("name", SOURCES)
def test_what_names_and_dates_a_row_is_required(name: str) -> None:
    contract = SOURCES[name]
    for column in (*contract.key, *([contract.dated_by] if contract.dated_by else [])):
        assert contract.columns[column].required, column
        assert contract.columns[column].absent_means is None
    if contract.dated_by:
        assert contract.columns[contract.dated_by].type in ("date", "timestamp")
    assert bool(contract.stale_after) == bool(contract.dated_by)


@pytest.mark.parametrize("name", SOURCES)
def test_names_tell_days_from_moments(name: str) -> None:
    for column_name, column in SOURCES[name].columns.items():
        assert column_name.endswith("_at") == (column.type == "timestamp"), column_name
        assert column.type == "date" or not column_name.endswith("_on"), column_name
        assert not (column.scale or column.unit) or column.type in ("integer", "number"), column_name


@pytest.mark.parametrize("name", SOURCES)
def test_the_key_is_asked_to_be_unique_above_all(name: str) -> None:
    contract, first = SOURCES[name], SOURCES[name].gate[0]
    several = len(contract.key) > 1
    wanted = "expect_compound_columns_to_be_unique" if several else "expect_column_values_to_be_unique"
    assert (first.type, first.severity, first.column) == (wanted, "critical", ", ".join(contract.key))
    assert len(contract.gate) == len(set(map(str, contract.gate))) >= 2


def test_a_column_of_the_same_name_has_the_same_type_in_every_contract() -> None:
    types: dict[str, set[str]] = {}
    for contract in SOURCES.values():
        for name, column in contract.columns.items():
            types.setdefault(name, set()).add(column.type)
    assert not {name: found for name, found in types.items() if len(found) > 1}


@pytest.mark.parametrize("name", SOURCES)
def test_a_clean_file_goes_in_whole_and_passes_its_gate(name: str) -> None:
    batch = clean(name)
    assert (batch.rejects, batch.ignored, len(batch.frame)) == ([], (), ROWS)
    assert batch.delivered == tuple(SOURCES[name].columns)
    assert {result.outcome for result in validate(batch.frame, SOURCES[name])} == {"passed"}


def test_every_expectation_has_a_dirty_row() -> None:
    assert {name: len(dirty) for name, dirty in DIRTY.items()} == {name: len(c.gate) for name, c in SOURCES.items()}


@pytest.mark.parametrize(("name", "place"), CASES)
def test_one_dirty_row_makes_exactly_that_expectation_fail(name: str, place: int) -> None:
    results = validate(dirtied(name, DIRTY[name][place]), SOURCES[name])
    assert [at for at, result in enumerate(results) if result.outcome != "passed"] == [place]
    failed = results[place]
    assert failed.outcome == "failed" and LAST_LINE in failed.lines
    assert failed.unexpected == (2 if place == 0 else 1), "a key that is there twice is two rows"
    assert failed.reason == SOURCES[name].gate[place].reason


def test_every_name_in_the_page_about_data_is_a_column_or_a_word_of_a_contract() -> None:
    page = (definitions.HOUSE / "docs" / "data.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", page))
    columns = {column for contract in SOURCES.values() for column in contract.columns}
    words = {*Source.model_fields, *ComputedLimits.model_fields, *Load.__dataclass_fields__}
    words |= {*SetUp.model_fields, *Run.__dataclass_fields__}
    words |= {*Mapping.model_fields, *ColumnMapping.model_fields, *Pivot.model_fields, *definitions.ready_mappings()}
    assert named <= columns | words | set(SOURCES), named - columns - words - set(SOURCES)
