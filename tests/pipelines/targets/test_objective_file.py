"""Objectives to a file and from one: the same comes back, every mistake has its place, nothing is half taken in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.errors import DefinitionError, RecordError
from audit.quantity import Quantity
from audit.records import Records
from audit.records.targets import objectives
from audit.records.trail import trail
from audit.targets.objective import Objective, Target
from pipelines.targets.objective_file import mistakes, planned, read, text_of
from pipelines.targets.objective_fit import refuse_misfit
from tests.pipelines.conftest import Ours

GOOD = """\
objectives:
  - title: Satisfied customers
    kpi: csat_top_2_box
    grain: quarter
    owner: Head of Research
    why: They come back.
    targets:
      - {since: 2025-01-01, at_least: 75 %}
      - {since: 2026-01-01, at_least: 80 %, warn_at: 85 %, stretch: 90 %}
  - title: 少投诉
    kpi: complaint_rate
    grain: year
    owner: 装配部
    why: 每个投诉都费时
    targets:
      - since: 2026-01-01
        at_most: 30 per 1,000
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "objectives.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_written_is_read(own: Ours, tmp_path: Path) -> None:
    one, other = read(own.workspace, write(tmp_path, GOOD))
    assert [t.at_least for t in one.targets] == [Quantity(75, "%"), Quantity(80, "%")]
    assert (other.title, other.targets[0].at_most) == ("少投诉", Quantity(30, "per 1,000"))
    assert mistakes(own.workspace, tmp_path / "objectives.yaml") == []


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("kpi: csat_top_2_box", "kpi: csat_top2_box", ["3:5 there is no KPI 'csat_top2_box' (did you mean"]),
        ("30 per 1,000", "0.75", ["17:9 '0.75 count' is in count; write it in per 1,000"]),
        ("75 %", "75 points", ["7:5 objectives.0.targets: one step is in points, another in %"]),
        ("at_least: 75 %", "at_most: 75 %", ["8:29 of csat_top_2_box the higher figure is the better one"]),
        ("at_most: 30", "at_least: 30", ["17:9 of complaint_rate the lower figure is the better one; write at_most"]),
        ("warn_at: 85 %", "warn_at: 70 %", ["9:9 objectives.0.targets.1: warn_at '70 %' must lie above"]),
        ("since: 2025-01-01", "since: 2026-01-01", ["7:5 objectives.0.targets: two steps begin on 2026-01-01"]),
        ("since: 2025-01-01", "since: 2027-01-01", ["7:5 objectives.0.targets: the step of 2026-01-01 stands after"]),
        ("since: 2025-01-01", "since: 1.1.2025", ["8:10 objectives.0.targets.0.since: '1.1.2025' is not a date"]),
        ("at_least: 75 %", "at_leest: 75 %", ["8:29 'at_leest' is not known here (did you mean 'at_least'?)"]),
        ("grain: quarter", "grain: quater", ["4:5 objectives.0.grain: 'quater'"]),
        ("grain: quarter", "grain: fiscal_year", ["4:5 the fiscal year is the calendar year here; write 'year'"]),
        ("    owner: 装配部\n", "", ["10:5 'owner' is missing; add it"]),
        ("owner: Head of Research", "owner: ' '", ["5:5 objectives.0.owner: "]),
        ("title: 少投诉", "title: Satisfied customers", ["10:5 title 'Satisfied customers' is that of entry 1 too"]),
        ("grain: year\n", "grain: year\n    by: segmnt\n    group: Private\n", ["13:5 complaint_rate is not"]),
        ("kpi: csat_top_2_box", "by: channel\n    group: wep\n    kpi: csat_top_2_box",
         ["4:5 nothing is measured of the channel 'wep' (did you mean 'web'?)"]),
        ("kpi: csat_top_2_box", "by: channel\n    kpi: csat_top_2_box", ["2:5 objectives.0: for whom it is"]),
        ("  - title: Sat", "  - revision: 3\n    title: Sat", ["2:5 revisions are counted here and not written"]),
        ("objectives:", "objektives:", ["1:1 'objectives' is missing; add it", "1:1 'objektives' is not known here"]),
        ("objectives:\n", "objectives: none\nrest:\n", ["1:1 objectives: 'none': write", "2:1 'rest' is not"]),
        ("75 %", "*seventy", ["8:39 aliases (*name) are not allowed"]),
    ],
)  # fmt: skip
def test_every_mistake_has_its_line_and_column(
    own: Ours, tmp_path: Path, old: str, new: str, places: list[str]
) -> None:
    assert GOOD.count(old) >= 1
    file = write(tmp_path, GOOD.replace(old, new, 1))
    try:
        found = mistakes(own.workspace, file)
    except DefinitionError as unreadable:
        found = [unreadable]
    told = [f"{each.line}:{each.column} {each.message}" for each in found]
    assert found and all(any(line.startswith(place) for line in told) for place in places)
    with pytest.raises(DefinitionError):
        read(own.workspace, file)


def test_a_form_is_told_of_the_first_mistake_with_its_place(own: Ours, tmp_path: Path) -> None:
    objective = read(own.workspace, write(tmp_path, GOOD))[0].model_copy(update={"kpi": "csat_top2_box"})
    told = r"^kpi: there is no KPI 'csat_top2_box' \(did you mean 'csat_top_2_box'\?\)$"
    with pytest.raises(RecordError, match=told):
        refuse_misfit(own.workspace, None, objective)


def test_two_mistakes_are_both_named_in_the_order_of_the_file(own: Ours, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        GOOD.replace("75 %", "75 days")
        .replace("complaint_rate", "complaint_rat")
        .replace("80 %, w", "80 days, w")
        .replace("85 %", "85 days")
        .replace("90 %", "90 days"),
    )
    found = [(each.line, each.message.split(";")[0]) for each in mistakes(own.workspace, file)]
    assert found[0] == (8, "'75 days' is in days") and found[-1][0] == 11 and len(found) == 5


@pytest.mark.parametrize(
    ("changed", "what", "parts"),
    [
        ({}, "unchanged", ()),
        ({"owner": "Ben"}, "changed", ("owner",)),
        ({"targets": (Target(since=dt.date(2026, 1, 1), at_least=Quantity(85, "%")),), "why": "more"},
         "changed", ("targets", "why")),
        ({"id": "", "owner": "Ben"}, "changed", ("owner",)),  # known by its title
        ({"title": "Else"}, "changed", ("title",)),  # known by its id
        ({"id": "", "title": "Else"}, "new", ()),
        ({"id": "OBJ-009"}, "new", ()),  # another id is another objective
        ({"retired_on": dt.date(2026, 12, 31)}, "changed", ("retired_on",)),
    ],
)  # fmt: skip
def test_what_a_file_would_change(
    own_records: Records, changed: dict[str, Any], what: str, parts: tuple[str, ...]
) -> None:
    objectives.set_objective(own_records, OBJECTIVE, "Ann")
    entries = len(trail.entries(own_records))
    (found,) = planned(own_records, [OBJECTIVE.model_copy(update={"id": "OBJ-001"} | changed)])
    assert (found.what, set(found.changed)) == (what, set(parts))
    assert len(trail.entries(own_records)) == entries, "looking changes nothing"


OBJECTIVE = Objective(
    title="Satisfied", kpi="csat_top_2_box", grain="quarter", owner="Ann", why="they return",
    targets=(Target(since=dt.date(2026, 1, 1), at_least=Quantity(80, "%")),),
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip)
amounts = st.decimals(-999999, 999999, places=3).map(lambda d: Quantity(float(d), "%"))
steps = st.lists(
    st.tuples(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), amounts), min_size=1, unique_by=lambda s: s[0]
)


@settings(max_examples=100)
@given(texts, texts, texts, steps, st.none() | st.just(dt.date(2150, 1, 1)))
def test_whatever_can_be_set_comes_back_from_its_file(
    title: str, owner: str, why: str, when: list[tuple[dt.date, Quantity]], end: dt.date | None
) -> None:
    from pipelines.targets.objective_file import Listed
    from pipelines.yaml_file import Page

    targets = tuple(Target(since=day, at_least=amount) for day, amount in sorted(when, key=lambda each: each[0]))
    given = {"title": title, "owner": owner, "why": why, "targets": targets, "retired_on": end, "id": "OBJ-007"}
    one = Objective.model_validate(OBJECTIVE.model_dump() | given)
    (back,) = Page(text_of("House 房子", [one]), "file").as_model(Listed).objectives
    assert back == one
    assert text_of("H", [back]) == text_of("H", [one])


def test_the_workspace_that_is_read_into_may_be_another(own: Ours, own_records: Records, tmp_path: Path) -> None:
    kept = objectives.set_objective(own_records, OBJECTIVE, "Ann")
    file = write(tmp_path, text_of("House", [kept]))
    assert read(own.workspace, file) == [kept.model_copy(update={"revision": 0})]
