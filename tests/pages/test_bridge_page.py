"""The Bridge page: only what the next edition changes, how sure that is, and what is missing for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from pipelines.run import run
from pipelines.upkeep import set_up
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
LATER = Path(__file__).resolve().parents[2] / "checklists" / "iso-9001-2026"


def new_in_the_files() -> set[str]:
    """Requirements that the files of the edition do not carry over."""
    written = [yaml.safe_load(path.read_text("utf-8")) for path in LATER.glob("[0-9]*.yaml")]
    return {asked["id"] for clause in written for asked in clause["requirements"] if "carries" not in asked}


def rows(app: AppTest) -> dict[str, list[str]]:
    """Requirement -> its row in the table."""
    cells = [[str(cell) for cell in row] for row in app.table[0].value.to_numpy()]
    return {re.split(r"\*\*", row[0])[1]: row for row in cells}


def test_every_new_requirement_is_a_step(opened: Open, demo: Path) -> None:
    found = rows(opened(demo, "bridge"))
    assert new_in_the_files() <= set(found)
    assert found["5.1.1-i"][1] == "– → 5.1.1"
    assert found["5.1.1-i"][2] == "new"


@pytest.mark.parametrize("same", ["9.1.2-a", "9.1.2-b", "10.2-a", "4.1-a"])
def test_what_stays_is_no_step(opened: Open, demo: Path, same: str) -> None:
    assert same not in rows(opened(demo, "bridge"))


def test_each_step_says_how_sure_it_is_and_what_is_missing(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "bridge")
    for row in rows(app).values():
        assert re.search(r"confidence|uncertain", row[3])
        assert int(row[6]) >= 0
    assert "Nobody has recorded an interview yet" in words(app)
    assert "can be recorded once you audit against edition 2026" in words(app)


def test_a_document_of_before_is_named_with_what_to_read_in_it(opened: Open, demo: Path, words: Words) -> None:
    text = words(opened(demo, "bridge"))
    assert "Read in it whether it says what is new" in text
    assert "read in it what the audit was meant to find out" in text


def test_the_end_of_the_transition_is_reported_as_uncertain(opened: Open, demo: Path, words: Words) -> None:
    text = words(opened(demo, "bridge"))
    assert "30 Sep 2029" in text
    assert "Confirm with your certification body" in text
    assert "low confidence" in text


def test_the_organisation_may_know_the_end_better(opened: Open, own_demo: Path, words: Words) -> None:
    written = own_demo / "workspace.yaml"
    written.write_text(written.read_text("utf-8") + "\ntransition_until: 2029-06-30\n", encoding="utf-8")
    text = words(opened(own_demo, "bridge"))
    assert "30 Jun 2029" in text
    assert "Confirm with your certification body" not in text


def test_who_is_audited_against_the_newest_edition_has_no_bridge(opened: Open, own_demo: Path) -> None:
    before = open_workspace(own_demo)
    with before.open_records() as records:
        run(set_up.audit_against(before, records, "iso-9001-2026", (), "Ann", "the transition begins"), records)
    app = opened(own_demo, "bridge")
    assert app.title[0].value == "No later edition is known"
    assert not app.error
