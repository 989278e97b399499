"""The Overview: its title is the answer, and what needs somebody comes first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from audit.evidence import ClauseAssessment, RequirementAssessment, Verdict
from audit.records.auditing import decisions
from audit.records.auditing.decisions import Decision
from audit.text import Text
from pages.components.clause.chapters import by_chapter, chapter_name
from pages.components.clause.clauses import Standing, attention, standing
from pipelines.run import run
from pipelines.runs import results
from pipelines.workspace import Workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
YES, NO, OPEN, OUT = Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM, Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE
ANY = Text(en="any", zh="任意")


def decided(requirement: str, proposed: Verdict, concluded: Verdict) -> Decision:
    at = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    return Decision(requirement, "run", proposed, concluded, "A. Moreau", "seen on site", at)


def clause(name: str, proposed: Verdict, *judged: Verdict | None) -> Standing:
    """A clause with one requirement per entry of `judged`: what the auditor concluded of it, None for nothing yet."""
    parts = tuple(RequirementAssessment(f"{name}-{place}", ANY, proposed, ()) for place, _ in enumerate(judged))
    kept = {
        part.id: decided(part.id, proposed, verdict) for part, verdict in zip(parts, judged, strict=True) if verdict
    }
    return standing(ClauseAssessment(name, ANY, proposed, None, ANY, parts), kept)


@pytest.mark.parametrize(
    ("judged", "concluded"),
    [
        ((YES, YES), YES),
        ((YES, NO), NO),
        ((YES, OPEN), OPEN),
        ((OUT, OUT), OUT),
        ((OUT, YES), YES),
        # one requirement without a word of the auditor keeps the whole clause open
        ((NO, None), None),
        ((YES, None), None),
        ((None, None), None),
    ],
)
def test_a_clause_is_concluded_once_each_requirement_is(
    judged: tuple[Verdict | None, ...], concluded: Verdict | None
) -> None:
    assert clause("9.1.2", YES, *judged).concluded == concluded


def test_what_needs_somebody_comes_in_this_order() -> None:
    undetermined = clause("5.1.2", OPEN, None)
    differing = clause("8.2.1", NO, YES)
    changed = standing(clause("9.1.2", NO, None).clause, {"9.1.2-0": decided("9.1.2-0", YES, YES)})
    failing = clause("9.1.3", NO, None)
    assert attention([undetermined, differing, changed, failing]) == [failing, changed, differing, undetermined]


@pytest.mark.parametrize(
    "quiet",
    [clause("9.1.2", YES, None), clause("9.1.2", YES, YES), clause("9.1.2", NO, NO), clause("9.1.2", OPEN, OPEN)],
    ids=["conforms, open", "agreed", "nonconformity agreed", "undetermined agreed"],
)
def test_what_needs_nobody_is_not_listed(quiet: Standing) -> None:
    assert attention([quiet]) == []


def test_the_title_counts_what_the_run_proposes(opened: Open, demo: Path, clause_count: int) -> None:
    run = results.latest(open_workspace(demo))
    assert run is not None
    failing = sum(each.proposed == NO for each in run.clauses)
    app = opened(demo)
    first, _, second = app.title[0].value.partition("; ")
    assert first == f"{failing} of {clause_count} clauses do not conform as proposed"
    assert second == f"{clause_count} conclusions are still open"


def test_the_planted_defects_stand_on_the_page_with_their_reason(opened: Open, demo: Path, words: Words) -> None:
    text = words(opened(demo)).replace("\\", "")
    for sign in ("nobody acted on it", "segment: Private", "a cause on record", "was last reviewed on"):
        assert sign in text


def test_what_it_rests_on_is_said(opened: Open, demo: Path, words: Words) -> None:
    text = words(opened(demo))
    assert "Data as of 31 Oct 2026" in text
    assert "gate expectations passed" in text
    assert "data came in after this run" not in text


def test_data_that_came_in_after_the_audit_date_is_named(opened: Open, own_demo: Path, words: Words) -> None:
    """The demonstration's files are of 2 November; its audit date is 31 October."""
    told = "Loaded after the audit date, and counted as it stands now: "
    (line,) = [line for line in words(opened(own_demo)).splitlines() if told in line]
    assert "Complaints" in line and "Survey responses" in line
    workspace = open_workspace(own_demo)
    with workspace.open_records() as records:
        run(workspace, records, as_of=dt.date(2026, 11, 2))
    assert told not in words(opened(own_demo))


def test_every_figure_of_a_month_shows_its_n(opened: Open, demo: Path) -> None:
    rows = [part.value for part in opened(demo).markdown if "n = " in part.value and part.value.startswith("**")]
    assert len(rows) == 4


def test_the_table_names_every_clause_with_word_and_mark(opened: Open, demo: Path, clause_count: int) -> None:
    (table,) = opened(demo).table
    frame = table.value
    assert len(frame) == clause_count
    assert all("badge[" in cell and cell.split("badge[")[1][0] in "●✕◇–" for cell in frame["Proposed"])
    assert all("Awaiting auditor" in cell for cell in frame["Concluded"])


def test_conclusions_of_all_requirements_close_the_clause(
    opened: Open, own_demo: Path, words: Words, clause_count: int
) -> None:
    workspace = open_workspace(own_demo)
    conclude_all(workspace, "9.1.2", Verdict.UNDETERMINED)
    app = opened(own_demo)
    assert app.title[0].value.endswith(f"{clause_count - 1} conclusions are still open")
    assert "seen on site" in words(app)
    (cell,) = [each for each in cells(app) if each.label.startswith("**9.1.2**")]
    assert cell.label == "**9.1.2** ✕ → ◇"
    assert cell.proto.help.endswith("concluded Undetermined")


def cells(app: AppTest) -> list[Any]:
    """Of the ribbon: links whose label begins with a clause's number in bold."""
    return [link for link in links(app) if re.match(r"\*\*[\d.]+\*\* ", link.label)]


def links(app: AppTest) -> list[Any]:
    return list(app.get("page_link"))


def test_the_ribbon_leads_to_every_clause_and_says_it_in_words(opened: Open, demo: Path, clause_count: int) -> None:
    found = cells(opened(demo))
    assert len(found) == clause_count
    assert all(each.label.split()[-1] in "●✕◇–" for each in found)
    assert all("proposed" in each.proto.help and "concluded Awaiting auditor" in each.proto.help for each in found)
    assert "clause=4.1&" in found[0].proto.query_string + "&"


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        (["4.1", "4.2", "10.1"], {"4": ["4.1", "4.2"], "10": ["10.1"]}),
        (["9.1.2", "9.1.2.1", "10.2"], {"9": ["9.1.2", "9.1.2.1"], "10": ["10.2"]}),
        (["3.1", "8.1"], {"3": ["3.1"], "8": ["8.1"]}),
        ([], {}),
    ],
)
def test_clauses_stand_in_their_chapter(clauses: list[str], expected: dict[str, list[str]]) -> None:
    assert by_chapter(clauses, lambda clause: clause) == expected


@pytest.mark.parametrize(("number", "name"), [("8", "8 Operation"), ("10", "10 Improvement"), ("11", "11")])
def test_a_chapter_is_named_where_it_has_a_name(number: str, name: str) -> None:
    assert chapter_name(number) == name


def test_readiness_is_summarised_with_its_formula_and_the_way_on(opened: Open, demo: Path, words: Words) -> None:
    """The four shares are those of the pieces of evidence, weighed by requirement; here by hand."""
    run = results.latest(open_workspace(demo))
    assert run is not None
    asked = [requirement for each in run.clauses for requirement in each.requirements]
    parts = [Fraction(sum(e.outcome == "met" for e in r.evidence), len(r.evidence)) for r in asked]
    share = round(100 * sum(parts, Fraction()) / len(asked))
    app = opened(demo)
    text = words(app).replace("\\", "")
    assert f":green-badge[● Met] {share}\N{NO-BREAK SPACE}%" in text
    assert "weight of all that is asked" in text
    assert [link for link in links(app) if link.label.startswith("What is missing")]


def conclude_all(workspace: Workspace, name: str, verdict: Verdict) -> None:
    run = results.latest(workspace)
    assert run is not None
    (found,) = [each for each in run.clauses if each.clause == name]
    with workspace.open_records() as records:
        for requirement in found.requirements:
            proposed = requirement.proposed
            decisions.conclude(records, requirement.id, run.id, proposed, verdict, "auditor", "seen on site")
