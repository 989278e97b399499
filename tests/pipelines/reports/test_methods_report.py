"""The report of methods: all that a run found, in both languages, with nothing hidden and nobody exposed."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest

from audit.assumption import Assumption
from audit.quantity import Quantity
from audit.records import Records, assumptions
from audit.records.targets import objectives, scorecards
from audit.targets.objective import Objective, Target
from audit.targets.scorecard import Indicator, Level, Scorecard
from audit.text import LANGUAGES, Language
from audit.wording import say
from pipelines import analyses, definitions
from pipelines.__main__ import main
from pipelines.reports import methods
from pipelines.reports.told import Chapter, chapters, soundness
from pipelines.runs import results
from pipelines.workspace import Workspace, open_workspace

HOSTILE = '<script>alert("1")</script>&<b>'
SINCE = dt.date(2024, 11, 1)
LEVELS = (Level(word="failing", points=0), Level(word="satisfying", points=70, reaches=Quantity(1, "%")))
GROUP = {"by": "segment", "group": "Industry"}
CHAPTERS = {
    "Is the survey sound?": "The survey as a whole",
    "What the methods of the run found": "",
    "Complaints": "Where the chain breaks",
    "Which figures are changing?": "Signals of every figure, by month",
    "Are objectives attained?": "Quality objectives",
    "What do the scorecards come to?": f"{HOSTILE} (SCO-001)",
    "What is keeping customers worth?": "What a point of retention is worth",
}


class Told(NamedTuple):
    workspace: Workspace
    chapters: list[Chapter]
    pages: dict[Language, str]


ASSUMED = {"contribution_margin": 30, "discount_rate": 5, "horizon": 24, "share_that_complains": 4}


def decide(records: Records) -> None:
    for name, number in ASSUMED.items():
        assumptions.set_assumption(records, Assumption(name=name, value=number, owner="A", source="s"), "Ann", "w")
    goal = (Target(since=SINCE, at_least=Quantity(5, "%")),)
    for title, of in ((HOSTILE, {}), ("Of a group", GROUP)):
        objectives.set_objective(
            records,
            Objective(title=title, kpi="csat_top_2_box", grain="quarter", targets=goal, owner="A", why="w", **of),
            "Ann",
        )
    parts = (Indicator(kpi="csat_top_2_box", weight=4, levels=LEVELS),
             Indicator(kpi="csat_top_2_box", weight=1, levels=LEVELS, **GROUP))  # fmt: skip
    scorecards.set_scorecard(
        records, Scorecard(title=HOSTILE, department="D", owner="A", grain="quarter", why="w", indicators=parts), "Ann"
    )


@pytest.fixture(scope="module")
def told(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """In a house where a group is small that has fewer than 150 records."""
    folder = shutil.copytree(demo, tmp_path_factory.mktemp("told") / "demo")
    written = folder / "workspace.yaml"
    lines = [line for line in written.read_text("utf-8").splitlines() if not line.startswith("small_cells")]
    written.write_text("\n".join([*lines, "small_cells: 150", ""]), encoding="utf-8")
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run
    with workspace.open_records() as records:
        decide(records)
        found = chapters(workspace, run, records)
    return Told(workspace, found, {each: methods.written(found, workspace, run, each) for each in LANGUAGES})


def section(told: Told, title: str) -> str:
    """The text of one section of the English page."""
    page = unescape(re.sub(r"<[^>]+>", " ", told.pages["en"][told.pages["en"].index("</nav>") :]))
    begin = page.index(title)
    return page[begin : begin + 4000]


def test_every_chapter_and_every_section_is_in_the_contents_and_leads_there(told: Told) -> None:
    assert [each.title.en for each in told.chapters] == list(CHAPTERS)
    for chapter, expected in zip(told.chapters, CHAPTERS.values(), strict=True):
        assert not expected or expected in [each.title.en for each in chapter.sections]
    for page in told.pages.values():
        links, places = re.findall(r'href="#([^"]+)"', page), re.findall(r' id="([^"]+)"', page)
        assert sorted(links) == sorted(places) and len(places) == sum(1 + len(c.sections) for c in told.chapters)


def test_every_analysis_that_the_run_kept_has_a_section(told: Told) -> None:
    run = results.latest(told.workspace)
    assert run
    folder = told.workspace.runs / run.id
    titles = {each.title.en for each in told.chapters[1].sections}
    for name in analyses.ANALYSES:
        found = analyses.of_run(name, folder)
        own = {each.title.en for each in analyses.named(name).sections(found)} - {"Which needs come first"}
        assert own and own <= titles, name


def test_every_section_says_what_it_shows_and_how_it_was_found_in_both_languages(told: Told) -> None:
    for each in (each for chapter in told.chapters for each in chapter.sections):
        for text in (each.title, each.sentence, each.method):
            assert text.en.strip() and text.zh.strip()
        assert all(len(row) == len(each.heads) for row in each.rows), each.title.en
        for text in (each.sentence.en, each.method.en):
            assert "{" not in text and "None" not in text
    assert 'lang="zh-CN"' in told.pages["zh"] and 'lang="en"' in told.pages["en"]


def test_what_is_at_stake_is_told_with_its_steps_or_with_the_assumption_that_nobody_owns(told: Told) -> None:
    worth = {each.title.en: each for each in told.chapters[6].sections}
    point, winning = worth["What a point of retention is worth"], worth["What winning over keeping costs"]
    assert point.rows[0][0].en == "customers" and "of margin" in point.sentence.en  # type: ignore[union-attr]
    assert "Nobody owns the assumption" in winning.sentence.en and not winning.rows
    assert any("4 % of the dissatisfied do: your assumption" in each.sentence.en for each in worth.values())


def test_what_a_stranger_wrote_stays_text(told: Told) -> None:
    for page in told.pages.values():
        assert "<script" not in page and "alert(&#34;1&#34;)" in page and "&amp;&lt;b&gt;" in page


def test_the_page_needs_nothing_but_itself(told: Told) -> None:
    for page in told.pages.values():
        assert not re.findall(r"<(?:link|img|iframe|script)\b|url\(|@import|src=", page)
        assert all(link.startswith("#") for link in re.findall(r'href="([^"]+)"', page))


def test_every_figure_has_its_verdict_and_its_reason(told: Told) -> None:
    (signals,) = told.chapters[3].sections
    assert {"worsening", "stable", "not evaluated"} <= {str(row[1].en) for row in signals.rows}  # type: ignore[union-attr]
    titles = {kpi.title.en for kpi in definitions.kpis().values()}
    assert {row[0].en for row in signals.rows} <= titles and len(signals.rows) > 50  # type: ignore[union-attr]
    assert all(row[2].en for row in signals.rows)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("title", "because"),
    [
        ("What would weighting change?", "nobody of Private answered, and no weight can speak for them"),
        ("Of a group", "suppressed: fewer than 150 records"),
        ("(SCO-001)", "suppressed: fewer than 150 records"),
    ],
)
def test_what_is_not_evaluated_says_why(told: Told, title: str, because: str) -> None:
    assert because in section(told, title)


def test_groups_too_small_to_be_shown_are_not_in_it(told: Told) -> None:
    """A run measured them; the report has neither their figures nor their counts."""
    run = results.latest(told.workspace)
    assert run
    measured = results.measurements(told.workspace, run.id, "csat_top_2_box", "quarter")
    own = measured[(measured["by"] == "segment") & (measured["group"] == "Industry")]
    assert (own["n"].dropna() < 150).all() and len(own) > 4
    card = next(each for each in told.chapters[5].sections)
    assert card.rows[0][2] is not None and card.rows[1][2:6] == (None, None, None, 0)
    assert "80.0" not in card.sentence.en and "56.0 to 70.0" in card.sentence.en  # 4 of 5 parts at 70, one unknown
    channels = next(each for each in told.chapters[2].sections if each.title.en.endswith("Channel"))
    assert [row for row in channels.rows if row[1] is not None and row[1] < 150] == []  # type: ignore[operator]


@pytest.mark.parametrize(
    ("title", "column", "least"),
    [
        ("Themes: Survey responses", 1, 150),
        ("Themes: Interactions with customers", 1, 150),
        ("Customers who stayed, by when they came", 1, 150),
        ("Promises kept", 2, 150),
        ("Orders: received, reviewed, accepted", 2, 130),
        ("Silent customers", 2, 150),
        ("Does the model foretell?", 1, 150),
    ],
)
def test_no_analysis_tells_of_a_group_that_is_too_small(told: Told, title: str, column: int, least: int) -> None:
    """Steps of the way of an order (134 differences, 154 amendments) are no groups of customers."""
    (one,) = [each for each in told.chapters[1].sections if each.title.en == title]
    sizes = [row[column] for row in one.rows if row[0] != say("together")]
    assert [n for n in sizes if isinstance(n, int) and 0 < n < least] == []


@pytest.mark.parametrize("title", ["Loyalty ladder", "Key customers", "Customers at risk",
                                   "Who is dissatisfied and was not heard?",
                                   "Complaints that nobody heard, by your survey"])  # fmt: skip
def test_what_a_few_customers_alone_would_tell_is_withheld(told: Told, title: str) -> None:
    (one,) = [each for chapter in told.chapters for each in chapter.sections if each.title.en == title]
    assert one.sentence.en.startswith("suppressed: fewer than 150 records") and not one.rows


def test_no_single_customer_and_no_single_need_is_in_it(told: Told) -> None:
    page = told.pages["en"]
    assert "The largest customer brought" not in page and not re.search(r"\bN-0\d+", page)
    shares = next(each for each in told.chapters[1].sections if each.title.en.startswith("On how few"))
    assert [row[0] for row in shares.rows][0] == "20 %"  # of 804 customers 10 % are fewer than 150


def test_where_small_groups_may_be_shown_they_are(demo: Path) -> None:
    run = results.latest(open_workspace(demo))
    assert run
    folder = demo / "runs" / run.id
    titles = [each.title.en for each in analyses.sections(folder)]
    assert "Which needs come first" in titles and analyses.sections(folder, 1) == analyses.sections(folder)


def test_only_a_group_of_whom_nobody_answered_is_called_missing(demo: Path) -> None:
    run = results.latest(open_workspace(demo))
    assert run
    told = soundness.sections(demo / "runs" / run.id, 1)
    rows = [row for each in told if each.title.en.startswith("Who answered?") for row in each.rows]
    remarks = {(row[7].en, bool(row[2])) for row in rows if row[7]}  # type: ignore[union-attr]
    assert remarks == {("missing", False), ("under-represented", True)}


def test_a_run_without_anything_says_so_in_each_chapter(tmp_path: Path, demo: Path) -> None:
    folder = shutil.copytree(demo, tmp_path / "demo")
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run
    for name in ("soundness.json", "complaints.json", *(analyses.named(each).FILE for each in analyses.ANALYSES)):
        (workspace.runs / run.id / name).unlink(missing_ok=True)
    with workspace.open_records() as records:
        found = chapters(workspace, run, records)
    assert [each.title.en for each in found] == [title for title in list(CHAPTERS)[3:6]]
    assert [each.sections[0].sentence.en for each in found[1:]] == [
        "No quality objective is on record here.", "No scorecard is on record here.",
    ]  # fmt: skip


def test_the_command_writes_it_in_the_language_of_its_name(demo: Path, tmp_path: Path) -> None:
    assert main(["report", "methods", "--to", str(tmp_path / "m.zh.html"), "--workspace", str(demo)]) == 0
    assert 'lang="zh-CN"' in (tmp_path / "m.zh.html").read_text("utf-8")
