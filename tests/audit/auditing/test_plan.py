"""Which work of an auditor is touched by what is audited, and a team and a plan as lines of text."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.auditing.plan import Auditor, PlanItem, named, touches
from audit.auditing.plan_lines import read_plan, read_planned, read_team, written_plan, written_planned, written_team
from audit.auditing.programme import PlannedAudit
from audit.errors import RecordError


@pytest.mark.parametrize(
    ("own", "audited"),
    [
        ("8.2", "8.2"),
        ("8.2", "8.2.1"),
        ("8.2.1", "8.2"),
        ("8", "8.2.1"),
        ("8.2.1", "8"),
        ("9.1.2", "9.1.2-a"),
        ("9.1.2-a", "9.1.2-b"),
        ("Complaint handling", "complaint  handling"),
        ("Straße", "STRASSE"),
        ("投诉处理", "投诉处理"),
    ],
)
def test_the_same_work_is_touched(own: str, audited: str) -> None:
    assert touches(own, audited) and touches(audited, own)


@pytest.mark.parametrize(
    ("own", "audited"),
    [
        ("8.2", "8.20"),  # clause 8.20 is no part of 8.2
        ("8.2", "8.3"),
        ("1", "10.2"),
        ("8.2.1", "8.2.2"),
        ("9.1", "9.2"),
        ("Complaints", "Complaint handling"),
        ("Sales", "Aftersales"),
        ("8.2", "sales"),
        ("投诉", "投诉处理"),
        ("e-mail", "e-commerce"),  # a dash does not make it a requirement of a clause
    ],
)
def test_other_work_is_not(own: str, audited: str) -> None:
    assert not touches(own, audited) and not touches(audited, own)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        (" , ;", ()),
        ("8.2", ("8.2",)),
        ("8.2, complaint handling; 9.1.2", ("8.2", "complaint handling", "9.1.2")),
        ("8.2、投诉处理；9.1.2，调查", ("8.2", "投诉处理", "9.1.2", "调查")),
    ],
)
def test_clauses_and_processes_are_listed(text: str, parts: tuple[str, ...]) -> None:
    assert named(text) == parts


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("2026-11-03 | 8.2 | Ann | Bo", PlanItem(dt.date(2026, 11, 3), "8.2", "Ann", "Bo")),
        ("| 8.2 | Ann", PlanItem(None, "8.2", "Ann")),
        ("2026-11-03\t8.2\tAnn\tBo", PlanItem(dt.date(2026, 11, 3), "8.2", "Ann", "Bo")),  # pasted from a sheet
        ("2026-11-03｜8.2｜李伟", PlanItem(dt.date(2026, 11, 3), "8.2", "李伟")),
        ("\n\n  2026-11-03|8.2\n\n", PlanItem(dt.date(2026, 11, 3), "8.2", "")),
    ],
)
def test_a_line_of_the_plan_is_read(line: str, item: PlanItem) -> None:
    assert read_plan(line) == (item,)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("8.2 | Ann", "line 1 of the plan: '8.2' is no day; write it as 2026-11-03, or begin the line with |"),
        ("| 8.2\n2026-02-30 | 8.2", "line 2 of the plan: '2026-02-30' is no day"),
        ("03.11.2026 | 8.2", "line 1 of the plan: '03.11.2026' is no day"),
        ("\n| a | b | c | d", "line 2 of the plan has 5 parts; write at most 4, with | between them"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, sentence: str) -> None:
    with pytest.raises(RecordError, match=f"^{re.escape(sentence)}") as refused:
        read_plan(text)
    assert "\n" not in str(refused.value)


def test_the_team_and_the_programme_are_read_as_strictly() -> None:
    with pytest.raises(RecordError, match="line 1 of the team has 4 parts; write at most 3"):
        read_team("Ann | course | 8.2 | more")
    with pytest.raises(RecordError, match="line 1 of the planned audits: '2027-13' is no month; write it as 2027-03"):
        read_planned("2027-13 | Surveys")
    assert read_team("") == () and read_planned(" \n") == ()
    assert read_planned("2027-03 | Surveys | 9.1.2") == (PlannedAudit("Surveys", dt.date(2027, 3, 1), "9.1.2"),)


WORD = st.text(st.characters(exclude_characters="|｜,;、，；", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
NONE_OR = st.one_of(st.just(""), WORD)
AUDITORS = st.builds(Auditor, WORD, NONE_OR, st.lists(WORD, max_size=3).map(tuple))
DAYS = st.one_of(st.none(), st.dates(dt.date(1900, 1, 1)))
ITEMS = st.builds(PlanItem, DAYS, WORD, NONE_OR, NONE_OR)
MONTHS = st.one_of(st.none(), st.dates(dt.date(1900, 1, 1)).map(lambda day: day.replace(day=1)))


@given(st.lists(AUDITORS), st.lists(ITEMS), st.lists(st.builds(PlannedAudit, WORD, MONTHS, NONE_OR)))
def test_what_is_written_is_read_again(
    auditors: list[Auditor], plan: list[PlanItem], planned: list[PlannedAudit]
) -> None:
    assert read_team(written_team(auditors)) == tuple(auditors)
    assert read_plan(written_plan(plan)) == tuple(plan)
    assert read_planned(written_planned(planned)) == tuple(planned)


def test_a_bar_within_a_part_does_not_split_it() -> None:
    assert read_plan(written_plan([PlanItem(None, "8.2|8.3\nand 8.4", "Ann")])) == (
        PlanItem(None, "8.2/8.3 and 8.4", "Ann"),
    )
