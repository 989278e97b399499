"""From the checklist to a clause, what people tell, a new run with other verdicts, and a plan for the gap."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from audit.records.auditing import answers, gap_plans
from pipelines.workspace import open_workspace


def settled(page: Page) -> None:
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()


def chip(page: Page, requirement: str) -> Locator:
    """The way down to a requirement, with its verdict behind it."""
    return page.locator("p", has=page.get_by_role("link", name=requirement, exact=True))


def tell(page: Page, outcome: str, note: str) -> None:
    """Into the open form, and out of it."""
    settled(page)
    form = page.locator('[class*="st-key-draft-answer"], [class*="st-key-draft-judge"]').first
    form.get_by_text(outcome, exact=True).click()
    settled(page)
    form.locator("textarea").fill(note)
    form.locator("textarea").blur()
    settled(page)
    form.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recorded. The next run counts it.")).to_be_visible()


def test_what_people_tell_changes_verdicts_and_a_gap_is_planned(page: Page, address: str, workspace: Path) -> None:
    page.goto(f"{address}/checklist?lang=en&clause=4.3")
    expect(page.get_by_role("heading", name=re.compile("4.3 Determining the scope"))).to_be_visible()
    page.get_by_role("link", name="Judge this clause").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("4.3 .*undetermined"))
    expect(chip(page, "4.3-b")).to_contain_text(re.compile(r"4\.3-b\s*◇ Undetermined"))
    page.get_by_role("button", name=re.compile("4.3-b-1")).click()
    expect(page.get_by_role("heading", level=3, name=re.compile("4.3-b-1"))).to_be_visible()
    tell(page, "● Met", "The head of sales showed the list of sites, L-7.")

    page.goto(f"{address}/clause?lang=en&clause=8.7&evidence=8.7-b-1")
    expect(page.get_by_text("0 of 12 judged").first).to_be_visible()
    tell(page, "✕ Not met", "No decision on file.")
    expect(page.get_by_text("1 of 12 judged").first).to_be_visible()
    page.get_by_role("button", name="Run the assessment again").click()
    expect(page.get_by_text(re.compile("Run .* is done")).first).to_be_visible(timeout=180_000)

    page.goto(f"{address}/clause?lang=en&clause=4.3")
    expect(chip(page, "4.3-b")).to_contain_text(re.compile(r"4\.3-b\s*● Conforms"))
    page.goto(f"{address}/clause?lang=en&clause=8.7")
    expect(chip(page, "8.7-b")).to_contain_text(re.compile(r"8\.7-b\s*✕ Does not conform"))

    page.goto(f"{address}/gap_analysis?lang=en")
    expect(page.get_by_role("cell", name=re.compile("8.7-b"))).to_be_visible()
    page.get_by_text("Plan a gap: who does what until when").click()
    page.get_by_role("textbox", name="Owner").fill("Head of service")
    page.get_by_role("textbox", name="Owner").blur()
    page.get_by_role("button", name="Keep the plan").click()
    expect(page.get_by_text(re.compile("The plan for .* is kept"))).to_be_visible()
    expect(page.get_by_role("cell", name="Head of service")).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0
    with open_workspace(workspace).open_records() as records:
        assert [plan.owner for plan in gap_plans.current(records).values()] == ["Head of service"]
        assert answers.current(records)["4.3-b-1", ""].note.endswith("L-7.")
