"""The Checklist page: every clause can be found and read in both languages, with who can judge it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def branches(app: AppTest) -> list[str]:
    """Clauses in the tree, by the keys of their buttons."""
    keys = [str(button.key) for button in app.button]
    return [key.removeprefix("branch ") for key in keys if key.startswith("branch ")]


def test_the_title_counts_clauses_and_requirements(
    opened: Open, demo: Path, clause_count: int, requirement_count: int
) -> None:
    title = opened(demo, "checklist").title[0].value
    assert title.startswith(f"{clause_count} clauses ask {requirement_count} things")


def test_the_tree_holds_every_clause_in_its_chapter(opened: Open, demo: Path, clause_count: int) -> None:
    app = opened(demo, "checklist")
    assert len(branches(app)) == clause_count
    chapters = [part.label for part in app.expander if re.match(r"\d+ ", part.label)]
    assert [label.split()[0] for label in chapters] == ["4", "5", "6", "7", "8", "9", "10"]
    assert sum(int(label.split("(")[1][:-1]) for label in chapters) == clause_count


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ({"verdict": "does not conform"}, {"5.1.2", "9.1.2", "10.2"}, {"4.1", "8.2.1"}),
        ({"who": "by people"}, {"4.1", "4.2"}, {"9.1.2", "5.1.2"}),
        ({"who": "partly"}, {"9.1.2", "8.2.1"}, {"4.1"}),
        ({"edition": "iso-9001-2026"}, {"6.1.3", "9.1.2"}, {"10.3"}),
        ({}, {"4.1", "10.3"}, {"6.1.3"}),
    ],
)
def test_a_filter_shows_what_it_names(
    opened: Open, demo: Path, query: dict[str, str], there: set[str], gone: set[str]
) -> None:
    found = set(branches(opened(demo, "checklist", **query)))
    assert there <= found
    assert not gone & found


@pytest.mark.parametrize("query", [{"verdict": "perfect"}, {"edition": "iso-1"}, {"who": "<script>"}, {"clause": "99"}])
def test_what_the_address_asks_and_nobody_knows_is_passed_over(
    opened: Open, demo: Path, clause_count: int, query: dict[str, str]
) -> None:
    app = opened(demo, "checklist", **query)
    assert len(branches(app)) == clause_count
    assert not app.error


@pytest.mark.parametrize(("edition", "told"), [("iso-9001-2026", True), ("iso-9001-2015", False)])
def test_documented_information_of_an_unread_edition_is_told_as_the_former_asks_it(
    opened: Open, demo: Path, words: Words, edition: str, told: bool
) -> None:
    page = words(opened(demo, "checklist", edition=edition, clause="8.2.3"))
    assert ("as ISO 9001:2015 asks it. What this edition asks was not seen" in page) == told
    assert "Any requirement that was new." in page


def test_where_no_clause_fits_the_page_says_so(opened: Open, demo: Path) -> None:
    app = opened(demo, "checklist", verdict="not applicable")
    assert branches(app) == []
    assert "No clause fits" in app.info[0].value


def test_a_click_in_the_tree_opens_the_clause(opened: Open, demo: Path) -> None:
    app = opened(demo, "checklist")
    app.button(key="branch 9.1.2").click().run()
    assert app.header[0].value == "9.1.2 Customer satisfaction"


def test_a_clause_is_read_in_both_languages_side_by_side(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "checklist", clause="9.1.2", view="both")
    assert app.header[0].value == "9.1.2 Customer satisfaction · 顾客满意"
    text = words(app)
    assert "Which customers were not asked, and why?" in text
    assert "哪些顾客没有被调查到？为什么？" in text


def test_one_language_shows_no_word_of_the_other(opened: Open, demo: Path) -> None:
    app = opened(demo, "checklist", clause="9.1.2", lang="en")
    shown = [part.value for part in app.markdown if "林谷" not in part.value]
    assert not [text for text in shown if re.search(r"[\u4e00-\u9fff]", text)]


def test_the_sources_of_a_fact_are_named_with_their_address(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "checklist", clause="4.1")
    assert [part for part in app.expander if part.label.startswith("Sources of what is said")]
    text = words(app).replace("\\", "")
    assert "high confidence" in text
    assert "**S2** Record of ISO 9001:2015" in text


def test_each_role_has_an_interview_sheet(opened: Open, demo: Path) -> None:
    labels = [button.label for button in opened(demo, "checklist", clause="9.1.2").download_button]
    assert labels == [f"Interview sheet: {role}" for role in ("top management", "process owner", "staff")]


def test_packs_and_edition_are_kept_for_the_next_run(opened: Open, own_demo: Path, words: Words) -> None:
    app = opened(own_demo, "checklist")
    app.multiselect(key="against_packs").set_value(["iso-10002", "iatf-16949"])
    keep(app)
    assert [error.value for error in app.error] and open_workspace(own_demo).set_up.packs == (), "nobody said why"
    app.text_input(key="against_reason").set_value("our customers ask for it")
    keep(app)
    assert not app.error
    assert open_workspace(own_demo).set_up.packs == ("iatf-16949", "iso-10002")
    assert "9.1.2.1" in branches(app)
    assert "changed after the last run" in words(app)
    app.button(key="run_again").click().run()
    assert "changed after the last run" not in words(app)
    assert "9.1.2.1" in {clause.clause for clause in latest(own_demo).clauses}


def keep(app: AppTest) -> None:
    [button for button in app.button if button.label == "Keep"][0].click().run()


def latest(folder: Path) -> Run:
    found = results.latest(open_workspace(folder))
    assert found is not None
    return found


def test_the_checklist_is_read_before_any_run(opened: Open, tmp_path: Path, clause_count: int) -> None:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    app = opened(tmp_path / "new", "checklist")
    assert len(branches(app)) == clause_count
    assert not app.error
