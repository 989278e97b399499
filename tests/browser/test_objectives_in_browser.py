"""An objective is set, its target changed and the objective retired, in a real browser."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from audit.records.targets import objectives
from pipelines.workspace import open_workspace
from tests.browser.test_findings_in_browser import pick, press, settled, write


def test_an_objective_is_set_changed_and_retired(page: Page, address: str, workspace: Path) -> None:
    page.goto(f"{address}/objectives?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("No quality objective is set yet")
    write(page, "Title", "Customers come back satisfied")
    pick(page, "Since", dt.date(2025, 1, 1))
    write(page, "Target, at least", "75")
    write(page, "Owner", "Head of Research")
    write(page, "Why this objective", "They come back.")
    press(page, "Keep the objective")
    expect(page.get_by_text(re.compile("is in count; write it in"))).to_be_visible()
    write(page, "Target, at least", "1 %")
    press(page, "Keep the objective")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^1 of 1 objectives attained"))
    expect(page.get_by_text("● attained").first).to_be_visible()

    page.get_by_role("link", name=re.compile("Look at it")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Customers come back satisfied: attained"))
    page.get_by_text("Change the target from a day on").click()
    pick(page, "Since", dt.date(2026, 1, 1))
    write(page, "Target, at least", "99 %")
    write(page, "Your reason", "the year before was easy")
    press(page, "Keep the new target")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("not attained in Q3 2026"))

    page.get_by_text("Retire it", exact=True).click()
    write(page, "Your reason", "replaced", page.locator("[class*='st-key-draft-objective-retire']"))
    press(page, "Retire the objective")
    expect(page.get_by_text("tick the box above if you mean it")).to_be_visible()
    page.get_by_text("Yes, retire OBJ-001").click()
    settled(page)
    press(page, "Retire the objective")
    expect(page.get_by_text("Retire it", exact=True)).not_to_be_visible()
    with open_workspace(workspace).open_records() as records:
        found = objectives.find(records, "OBJ-001")
        assert [(step.since.year, step.at_least and step.at_least.value) for step in found.targets] == [
            (2025, 1),
            (2026, 99),
        ]
        assert [one.reason for one in objectives.revisions(records, found.id)] == [
            "replaced", "the year before was easy", "They come back.",
        ]  # fmt: skip
        assert found.retired_on == dt.date.today()
