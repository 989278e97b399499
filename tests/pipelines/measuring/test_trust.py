"""What silences a figure, and what must not: two tables, the one as long as the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hand_made import MARCH, Rows, broke, load_of, tables

from audit.load import Load
from pipelines import definitions
from pipelines.measuring.lineage import read_by
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Doubt, Trust

FEBRUARY = Period("month", "2026-02", dt.date(2026, 2, 1), dt.date(2026, 2, 28))
NEXT_YEAR = Period("month", "2027-03", dt.date(2027, 3, 1), dt.date(2027, 3, 31))
EARLY, LATE = dt.datetime(2026, 4, 1, tzinfo=dt.UTC), dt.datetime(2026, 4, 9, tzinfo=dt.UTC)
SOURCES = tuple(definitions.sources())


def rows_of(source: str, load: str = "", count: int = 100, **row: Any) -> Rows:
    contract = definitions.sources()[source]
    key = next(name for name in contract.key if contract.columns[name].type == "text")
    return {source: [{key: f"{load}{at}", "_load": load or source, **row} for at in range(count)]}


def doubt(kpi: str, rows: Rows, loads: list[Load], period: Period = MARCH, at: tuple[str, ...] = SOURCES) -> Doubt:
    with tables(rows) as connection:
        return Trust(connection, at, loads).doubt(kpi, period)


def without(source: str, *columns: str) -> tuple[str, ...]:
    return tuple(name for name in definitions.sources()[source].columns if name not in columns)


ANSWERS, CASES, ORDERS = rows_of("survey_responses"), rows_of("complaints"), rows_of("orders")
SURVEY, INVITED = "survey_responses", "survey_invitations"
STOP = broke("satisfaction", {"2026-03": 3}, severity="critical")
STOPPED = load_of(SURVEY, "bad", published=False, version=None, gate=(STOP,), received_at=EARLY)
LOST = load_of(SURVEY, "lost", published=False, version=None, months={}, rejected=60, received_at=LATE)
SILENT: list[tuple[str, str, Rows, list[Load], Period, str]] = [
    ("nothing of it was ever loaded", "nps", {}, [], MARCH, "nothing is loaded of Survey responses"),
    ("one of its two sources was not loaded", "survey_response_rate", rows_of(INVITED), [load_of(INVITED)], MARCH,
     "nothing is loaded of Survey responses"),
    ("the complaints are there and the orders are not", "complaint_rate", CASES, [load_of("complaints")], MARCH,
     "nothing is loaded of Orders"),
    ("no file had the column", "ces", ANSWERS, [load_of(SURVEY, delivered=without(SURVEY, "ease"))], MARCH,
     "had the column ease"),
    ("no file had a column that the model joins by a sub-query", "survey_response_rate", ANSWERS | rows_of(INVITED),
     [load_of(SURVEY, delivered=without(SURVEY, "invitation_id")), load_of(INVITED)], MARCH, "invitation_id"),
    ("no file had the column that a window of the model needs", "repeat_complaints", CASES,
     [load_of("complaints", delivered=without("complaints", "category"))], MARCH, "had the column category"),
    ("the newest row is too old", "nps", ANSWERS, [load_of(SURVEY)], Period("month", "", dt.date(2027, 4, 1),
     dt.date(2027, 4, 30)), "the newest row of Survey responses is of 5 Mar 2026, 421 days before"),
    ("the gate stopped a file of this month", "nps", ANSWERS, [load_of(SURVEY), STOPPED], MARCH,
     "the gate stopped the file bad.csv of Survey responses"),
    ("the gate stopped it, and only an earlier file was good", "nps", ANSWERS,
     [load_of(SURVEY, received_at=EARLY - dt.timedelta(1)), STOPPED], MARCH, "the gate stopped"),
    ("the gate stopped a file because an expectation could not be checked", "nps", ANSWERS,
     [load_of(SURVEY), load_of(SURVEY, "bad", published=False, version=None,
      gate=(broke("recommend", outcome="could not be checked", severity="critical"),))], MARCH, "the gate stopped"),
    ("the gate stopped a file of two months and a later one made the other good", "nps", ANSWERS,
     [load_of(SURVEY, received_at=LATE, months={"2026-02": 100}),
      load_of(SURVEY, "bad", published=False, version=None, gate=(STOP,), received_at=EARLY,
              months={"2026-02": 5, "2026-03": 5})], MARCH, "the gate stopped"),
    ("the gate stopped the customers, who have no months", "retention_rate", rows_of("customers"),
     [load_of("customers"), load_of("customers", "bad", published=False, version=None,
      gate=(broke("customer_id", severity="critical"),))], MARCH, "the gate stopped"),
    ("more was refused than is tolerated", "nps", ANSWERS, [load_of(SURVEY, rejected=6)], MARCH, "5.7 % of the rows"),
    ("every row of a file was refused", "nps", ANSWERS, [load_of(SURVEY, received_at=EARLY), LOST], MARCH,
     "37.5 % of the rows"),
    ("every row of a file was refused, and only an earlier file came in", "retention_rate", rows_of("customers"),
     [load_of("customers", received_at=EARLY), load_of("customers", "lost", published=False, version=None, months={},
      rejected=60, received_at=LATE)], MARCH, "of the rows of Customers were refused"),
    ("every row of a file was refused, and a later one brought few of them", "nps", ANSWERS,
     [load_of(SURVEY, received_at=EARLY - dt.timedelta(1)), replace(LOST, received_at=EARLY),
      load_of(SURVEY, "few", received_at=LATE, months={"2026-03": 10})], MARCH, "33.3 % of the rows"),
    ("the same file was refused whole twice", "nps", ANSWERS,
     [load_of(SURVEY, received_at=EARLY), LOST, replace(LOST, id="again")], MARCH, "37.5 % of the rows"),
    ("more was refused, and a later file brought as many rows, which may be others", "nps",
     {SURVEY: [*rows_of(SURVEY)[SURVEY], *rows_of(SURVEY, "b", 6)[SURVEY]]},
     [load_of(SURVEY, rejected=6, received_at=EARLY),
      load_of(SURVEY, "b", received_at=LATE, months={"2026-03": 6}, replaced={})], MARCH,
     "at most 5 % is tolerated; mend the file and load the whole of it again"),
    ("more broke an expectation than is tolerated", "csat_top_2_box", ANSWERS,
     [load_of(SURVEY, gate=(broke("satisfaction", {"2026-03": 6}),))], MARCH, "6 % of the rows"),
    ("an expectation over two columns, one of which it reads", "complaint_close_days_median", CASES,
     [load_of("complaints", gate=(broke("acknowledged_at, received_at", {"2026-03": 60}),))], MARCH, "60 %"),
    ("an expectation on a column that it reads could not be checked", "nps", ANSWERS,
     [load_of(SURVEY, gate=(broke("recommend", outcome="could not be checked"),))], MARCH, "could not be checked"),
    ("the customers, whose flaws have no month", "retention_rate", rows_of("customers"),
     [load_of("customers", gate=(broke("left_on", {"": 9}),))], MARCH, "9 % of the rows of Customers"),
    ("many of its rows came in a file without the column", "ces", {SURVEY: [*rows_of(SURVEY)[SURVEY], *rows_of(SURVEY,
     "b", 6)[SURVEY]]},
     [load_of(SURVEY), load_of(SURVEY, "b", delivered=without(SURVEY, "ease"), months={"2026-03": 6})], MARCH,
     "came in files without a column"),
    ("nothing of all that it could do without", "perception_sources", {}, [], MARCH, "nothing is loaded of Survey"),
    ("what it cannot do without is missing, and what it can is there", "silent_customers", CASES,
     [load_of("complaints")], MARCH, "nothing is loaded of Customers"),
    ("a source that it could do without is there and bad", "complaints_with_action",
     CASES | rows_of("complaint_actions"), [load_of("complaints"), load_of("complaint_actions", rejected=50)], MARCH,
     "33.3 % of the rows of Actions on complaints"),
    ("a source that it could do without is there and lacks a column", "complaints_with_action",
     CASES | rows_of("complaint_actions"),
     [load_of("complaints"), load_of("complaint_actions", delivered=without("complaint_actions", "what"))], MARCH,
     "had the column what"),
    ("rows whose load nobody recorded", "nps", rows_of(SURVEY, "unknown"), [], MARCH, "no file of Survey responses"),
]  # fmt: skip

SPOKEN: list[tuple[str, str, Rows, list[Load], Period]] = [
    ("all is well", "nps", ANSWERS, [load_of(SURVEY)], MARCH),
    ("a figure that measures age is not silenced by age", "days_since_last_survey", ANSWERS, [load_of(SURVEY)],
     NEXT_YEAR),
    ("exactly as old as is promised", "complaint_close_days_median", CASES, [load_of("complaints")],
     Period("month", "", dt.date(2026, 5, 1), dt.date(2026, 3, 5) + dt.timedelta(62))),
    ("a period long past", "nps", ANSWERS, [load_of(SURVEY)], FEBRUARY),
    ("no file had a column whose absence means something", "on_time_of_orders_due", ORDERS,
     [load_of("orders", delivered=without("orders", "status"))], MARCH),
    ("some files had it and others had not", "on_time_of_orders_due",
     {"orders": [*ORDERS["orders"], *rows_of("orders", "b", 50)["orders"]]},
     [load_of("orders"), load_of("orders", "b", delivered=without("orders", "status"), months={"2026-03": 50})], MARCH),
    ("no customers at all, where each account stands for itself", "repurchase_rate", ORDERS, [load_of("orders")],
     MARCH),
    ("no register of actions, without which it can be told", "complaints_with_action", CASES, [load_of("complaints")],
     MARCH),
    ("one of four that it could each do without", "perception_sources", CASES, [load_of("complaints")], MARCH),
    ("no customers at all, who only group it", "nps", ANSWERS, [load_of(SURVEY)], MARCH),
    ("a file lacks a column that it does not read", "nps", ANSWERS,
     [load_of(SURVEY, delivered=without(SURVEY, "ease", "comment", "customer_id"))], MARCH),
    ("the gate stopped a file of another month", "nps", ANSWERS, [load_of(SURVEY), STOPPED], FEBRUARY),
    ("the gate stopped a file of another source", "nps", ANSWERS,
     [load_of(SURVEY), load_of("orders", "bad", published=False, version=None, gate=(STOP,))], MARCH),
    ("the gate stopped a file, and a later one made it good", "nps", ANSWERS,
     [load_of(SURVEY, received_at=LATE), STOPPED], MARCH),
    ("the customers were stopped, and a later file made it good", "retention_rate", rows_of("customers"),
     [load_of("customers", received_at=LATE), load_of("customers", "bad", published=False, version=None,
      received_at=EARLY, gate=(broke("customer_id", severity="critical"),))], MARCH),
    ("an unpublished file that no expectation stopped", "nps", ANSWERS,
     [load_of(SURVEY), load_of(SURVEY, "none", published=False, version=None, months={})], MARCH),
    ("every row of a file was refused, and a later file came in", "nps", ANSWERS,
     [replace(LOST, received_at=EARLY), load_of(SURVEY, received_at=LATE)], MARCH),
    ("every row of a file of another source was refused", "nps", ANSWERS,
     [load_of(SURVEY, received_at=EARLY), replace(LOST, source="orders")], MARCH),
    ("a flaw in a column that it does not read", "nps", ANSWERS,
     [load_of(SURVEY, gate=(broke("satisfaction", {"2026-03": 60}),))], MARCH),
    ("a flaw in a column that only groups it", "nps", ANSWERS,
     [load_of(SURVEY, gate=(broke("channel", {"2026-03": 60}),))], MARCH),
    ("a flaw in another month", "csat_top_2_box", ANSWERS,
     [load_of(SURVEY, months={"2026-02": 100, "2026-03": 100}, gate=(broke("satisfaction", {"2026-02": 90}),))], MARCH),
    ("what a file broke that was replaced row by row", "csat_top_2_box", rows_of(SURVEY, "new"),
     [load_of(SURVEY, "old", rejected=50, gate=(broke("satisfaction", {"2026-03": 90}),)), load_of(SURVEY, "new")],
     MARCH),
    ("more was refused, and then the whole mended file was loaded", "nps", rows_of(SURVEY, "mended", 106),
     [load_of(SURVEY, rejected=6, received_at=EARLY),
      load_of(SURVEY, "mended", received_at=LATE, months={"2026-03": 106}, replaced={SURVEY: 100})], MARCH),
    ("an expectation on a column that it does not read could not be checked", "nps", ANSWERS,
     [load_of(SURVEY, gate=(broke("ease", outcome="could not be checked"),))], MARCH),
    ("an expectation that held", "nps", ANSWERS,
     [load_of(SURVEY, gate=(broke("recommend", {"2026-03": 60}, outcome="passed"),))], MARCH),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kpi", "rows", "loads", "period", "reason"), [c[1:] for c in SILENT], ids=[c[0] for c in SILENT]
)
def test_not_evaluated_when(kpi: str, rows: Rows, loads: list[Load], period: Period, reason: str) -> None:
    found = doubt(kpi, rows, loads, period)
    assert found.not_evaluated is not None
    assert reason in found.not_evaluated.en
    assert "{" not in found.not_evaluated.en + found.not_evaluated.zh


@pytest.mark.parametrize(("kpi", "rows", "loads", "period"), [c[1:] for c in SPOKEN], ids=[c[0] for c in SPOKEN])
def test_evaluated_without_a_word_when(kpi: str, rows: Rows, loads: list[Load], period: Period) -> None:
    assert doubt(kpi, rows, loads, period) == Doubt()


@pytest.mark.parametrize(
    ("kpi", "loads", "words"),
    [
        ("csat_top_2_box", [load_of(SURVEY, gate=(broke("satisfaction", {"2026-03": 5}),))], "5 % of the rows"),
        ("csat_top_2_box", [load_of(SURVEY, months={"2026-03": 95}, rejected=5)], "5 % of the rows"),
        ("csat_top_2_box", [load_of(SURVEY, months={"2026-03": 95}, rejected=5)], "loaded; up to 5 % is tolerated"),
        ("csat_top_2_box", [load_of(SURVEY, gate=(broke("satisfaction", {"2026-03": 1}),))], "satisfaction matters"),
    ],
)
def test_a_share_up_to_the_tolerance_is_a_warning_that_travels_with_the_figure(
    kpi: str, loads: list[Load], words: str
) -> None:
    found = doubt(kpi, rows_of(SURVEY, count=loads[0].loaded), loads)
    assert found.not_evaluated is None
    assert found.warning is not None and words in found.warning.en


def test_a_source_that_the_run_does_not_see_is_not_loaded() -> None:
    found = doubt("nps", ANSWERS, [load_of(SURVEY)], at=("orders",))
    assert found.not_evaluated is not None and "nothing is loaded of Survey responses" in found.not_evaluated.en


def test_of_a_silence_and_a_warning_the_silence_is_told() -> None:
    loads = [load_of("complaints", gate=(broke("received_at", {"2026-03": 1}),)), load_of("orders", rejected=50)]
    found = doubt("complaint_rate", CASES | ORDERS, loads)
    assert found.not_evaluated is not None and "33.3 % of the rows of Orders" in found.not_evaluated.en


@pytest.mark.parametrize("kpi", definitions.kpis())
def test_without_its_source_no_figure_is_believed(kpi: str) -> None:
    """Whatever a figure rests on: take any of its sources away, and unless its absence means something it is silent."""
    read = read_by(kpi)
    rows = {name: whole for source in read for name, whole in rows_of(source).items()}
    every = [load_of(source) for source in read]
    assert doubt(kpi, rows, every) == Doubt()
    for gone in read:
        left = {name: whole for name, whole in rows.items() if name != gone}
        columns = definitions.sources()[gone].columns
        meant = bool(read[gone]) and all(columns[name].absent_means for name in read[gone])
        spared = gone in definitions.kpis()[kpi].may_lack
        assert (doubt(kpi, left, every).not_evaluated is None) == (meant or spared), gone


def test_what_a_figure_may_lack_is_among_what_it_reads() -> None:
    for kpi in definitions.kpis().values():
        assert set(kpi.may_lack) <= set(read_by(kpi.name)), kpi.name
