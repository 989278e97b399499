"""The Gap analysis page: what is missing, planned, by group, how mature, what would change it, what grows old."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from audit.evidence import ClauseAssessment, Outcome, Verdict
from audit.records.auditing import decisions, gap_plans, maturity
from audit.records.auditing.gap_plans import GapPlan
from pipelines.runs import results
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def clauses(folder: Path) -> tuple[ClauseAssessment, ...]:
    run = results.latest(open_workspace(folder))
    assert run is not None
    return run.clauses


def missing(folder: Path) -> set[str]:
    """Requirements with evidence that is not met or not evaluated, counted here once more."""
    asked = [requirement for clause in clauses(folder) for requirement in clause.requirements]
    short = {Outcome.NOT_MET, Outcome.NOT_EVALUATED}
    return {requirement.id for requirement in asked if short & {e.outcome for e in requirement.evidence}}


def shown(app: AppTest) -> list[str]:
    """Requirements in the table, in its order."""
    return [re.split(r"\*\*", str(row[0]))[1] for row in app.table[0].value.to_numpy()]


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_the_title_counts_every_gap(opened: Open, demo: Path) -> None:
    title = opened(demo, "gap_analysis").title[0].value
    counts = [int(number) for number in re.findall(r"\d+", title)]
    assert counts[0] == len(missing(demo)) == sum(counts[1:])


def test_the_pressing_gaps_come_first_and_name_what_is_wrong(opened: Open, demo: Path, words: Words) -> None:
    """The demonstration plants four defects."""
    app = opened(demo, "gap_analysis")
    assert set(shown(app)) == {"5.1.2-c", "9.1.2-a", "9.1.2-b", "10.2-b"}
    cells = " ".join(str(cell) for cell in app.table[0].value.to_numpy().ravel()).replace("\\", "")
    assert "Not met" in cells
    assert "would probably write a nonconformity" in cells


def test_a_long_list_is_paged_and_every_gap_stands_on_one_page(opened: Open, demo: Path) -> None:
    app = opened(demo, "gap_analysis", priority="all")
    seen = shown(app)
    assert len(seen) == 20
    for page in range(2, len(missing(demo)) // 20 + 2):
        app.session_state["gaps_page"] = page
        seen += shown(app.run())
    assert sorted(seen) == sorted(missing(demo))


@pytest.mark.parametrize(
    ("query", "only"),
    [
        ({"priority": "all", "chapter": "9"}, r"9\."),
        ({"priority": "all", "chapter": "10"}, r"10\."),
        ({"priority": "first", "by": "document"}, r"9\.1\.2-a"),
    ],
)
def test_a_filter_shows_what_it_names(opened: Open, demo: Path, query: dict[str, str], only: str) -> None:
    found = shown(opened(demo, "gap_analysis", **query))
    assert found
    assert all(re.match(only, requirement) for requirement in found)


def test_what_an_auditor_concluded_as_conforming_is_no_gap(opened: Open, own_demo: Path) -> None:
    with open_workspace(own_demo).open_records() as records:
        no, yes = Verdict.DOES_NOT_CONFORM, Verdict.CONFORMS
        decisions.conclude(records, "10.2-b", "run", no, yes, "A. Moreau", "causes stand in another register")
    assert "10.2-b" not in shown(opened(own_demo, "gap_analysis"))


def plans(folder: Path) -> dict[str, GapPlan]:
    with open_workspace(folder).open_records() as records:
        return gap_plans.current(records)


def test_a_gap_is_planned_and_stands_in_the_list(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "gap_analysis")
    app.selectbox(key="gap_asked").set_value("10.2-b").run()
    app.selectbox(key="effort 10.2-b").set_value("weeks")
    app.text_input(key="owner 10.2-b").set_value("Head of [service](http://x.example)")
    app.date_input(key="due 10.2-b").set_value(dt.date(2026, 12, 15))
    app.text_area(key="note 10.2-b").set_value("Make the field compulsory.")
    press(app, "Keep the plan")
    assert not app.error
    kept = plans(own_demo)["10.2-b"]
    assert (kept.effort, kept.due_on, kept.note) == ("weeks", dt.date(2026, 12, 15), "Make the field compulsory.")
    (row,) = [row for row in app.table[0].value.to_numpy() if "10.2-b" in str(row[0])]
    assert "Head of \\[service\\]" in row[4]
    assert row[5] == "15 Dec 2026"


def heat_map(app: AppTest) -> Any:
    return next(chart for chart in app.get("plotly_chart") if "Private" in chart.proto.alt)


def test_the_heat_map_says_every_cell_in_words(opened: Open, demo: Path) -> None:
    app = opened(demo, "gap_analysis", view="groups", group="segment")
    alt = heat_map(app).proto.alt
    assert re.search(r"9\.1\.2 Private: ✕ Does not conform", alt)
    table = app.table[0].value
    cells = [str(cell) for cell in table.iloc[:, 1:].to_numpy().ravel() if str(cell) != "–"]
    assert len(cells) == len(alt.split("; "))
    assert all(re.search(r"badge\[[●✕◇] ", cell) for cell in cells)


def test_why_a_group_does_not_conform_stands_below(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "gap_analysis", view="groups", group="segment")
    assert "**9.1.2** · Private" in [part.label for part in app.expander]
    assert "0.0\N{NO-BREAK SPACE}%" in words(app)


def test_a_process_goes_by_the_records_that_it_leaves(opened: Open, demo: Path) -> None:
    app = opened(demo, "gap_analysis", view="groups", group="process")
    alt = next(chart.proto.alt for chart in app.get("plotly_chart") if "5.1.2" in chart.proto.alt)
    assert re.search(r"10\.2 Complaints: ✕ Does not conform", alt)
    assert re.search(r"8\.2\.3 Reviews of orders and contracts: ● Conforms", alt)


def test_a_clause_is_rated_with_a_reason(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "gap_analysis", view="maturity")
    app.selectbox(key="rate_clause").set_value("9.1.2").run()
    app.radio[0].set_value(4)
    app.text_area[0].set_value("Complaints and surveys are compared each month.")
    press(app, "Keep the level")
    assert not app.error
    with open_workspace(own_demo).open_records() as records:
        assert maturity.current(records)["9.1.2"].level == 4
    (row,) = [row for row in app.table[0].value.to_numpy() if "**9.1.2**" in str(row[0])]
    assert "▮▮▮▮▯ **4**" in row[2]


@pytest.mark.parametrize(("level", "reason", "said"), [(None, "seen", "Choose a level"), (3, " ", "reason")])
def test_a_rating_that_says_too_little_is_not_kept(
    opened: Open, own_demo: Path, level: int | None, reason: str, said: str
) -> None:
    app = opened(own_demo, "gap_analysis", view="maturity")
    app.radio[0].set_value(level)
    app.text_area[0].set_value(reason)
    press(app, "Keep the level")
    assert said in app.error[0].value
    with open_workspace(own_demo).open_records() as records:
        assert maturity.current(records) == {}


def test_a_lever_changes_a_verdict_and_nothing_on_record(opened: Open, own_demo: Path, words: Words) -> None:
    app = opened(own_demo, "gap_analysis", view="what-if")
    before = {path: path.stat().st_mtime_ns for path in own_demo.rglob("*") if path.is_file()}
    assert "No verdict changes yet" in words(app)
    lever = next(field for field in app.number_input if "Closed complaints with a cause on record" in field.label)
    lever.set_value(99.0).run()
    assert "10.2-b" in shown(app)
    assert {path: path.stat().st_mtime_ns for path in own_demo.rglob("*") if path.is_file()} == before


def test_an_approved_document_settles_what_waits_for_it(opened: Open, demo: Path) -> None:
    app = opened(demo, "gap_analysis", view="what-if")
    app.multiselect(key="approved").set_value(["survey method"]).run()
    changed = {row[0].split("**")[1]: (row[1], row[3]) for row in app.table[0].value.to_numpy()}
    assert "Does not conform" in changed["9.1.2-a"][0]
    assert "Conforms" in changed["9.1.2-a"][1]


def test_what_grows_old_depends_on_the_day(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "gap_analysis", view="expiry")

    def old(day: dt.date) -> int:
        app.date_input(key="audit_day").set_value(day).run()
        (line,) = [line for line in words(app).splitlines() if "will have grown old" in line]
        return int(line.split()[0])

    counts = [old(day) for day in (dt.date(2026, 10, 31), dt.date(2027, 1, 31), dt.date(2031, 1, 1))]
    assert counts == sorted(counts)
    assert counts[0] == 0 < counts[1] < counts[2]
