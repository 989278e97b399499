"""From evidence that is not met through response, action and review to a closed finding, in a real browser."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from audit.records.finding import findings
from pipelines.workspace import open_workspace


def settled(page: Page) -> None:
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()


def write(page: Page, label: str, text: str, within: Locator | None = None) -> None:
    """Into a field and out of it, so that the program has it."""
    settled(page)
    field = (within or page).get_by_label(label, exact=True).locator("visible=true").first
    field.fill(text)
    field.press("Tab")
    settled(page)


def pick(page: Page, label: str, day: dt.date) -> None:
    """A day, typed part by part."""
    settled(page)
    field = page.get_by_role("group", name=label, exact=True).locator("visible=true").first
    field.get_by_role("spinbutton").first.click()
    page.keyboard.type(f"{day:%Y%m%d}")
    page.keyboard.press("Tab")
    settled(page)


def press(page: Page, name: str) -> None:
    settled(page)
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()
    settled(page)


def test_a_finding_is_raised_answered_acted_on_reviewed_and_closed(page: Page, address: str, workspace: Path) -> None:
    page.goto(f"{address}/clause?lang=en&clause=10.2&evidence=10.2-b-1")
    expect(page.get_by_role("heading", level=3, name=re.compile("10.2-b-1"))).to_be_visible()
    page.get_by_text("Raise a finding: 10.2-b-1").click()
    form = page.locator(".st-key-draft-raise-10-2-b-1")
    write(page, "Known by", "C-1042", form)
    write(page, "Owner of the response", "Head of service", form)
    form.get_by_text("None of these", exact=True).click()
    settled(page)
    expect(form.get_by_text("The answers lead to")).to_be_visible()
    form.get_by_text("▣ Minor nonconformity").last.click()
    settled(page)
    press(page, "Raise the finding")
    expect(page.get_by_text("F-001 is raised.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Open F-001")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("F-001 Minor nonconformity: Open"))
    write(page, "Correction: what was done at once", "Each open complaint was looked at again.")
    write(page, "1. Why did it happen?", "The register has no field for the cause.")
    write(page, "2. And why is that?", "Nobody owns the register.")
    press(page, "Keep the response")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Responded"))
    expect(page.get_by_text("Nobody owns the register.").first).to_be_visible()

    write(page, "What will be done about the cause", "Name an owner and add the field.")
    pick(page, "Due", dt.date.today() + dt.timedelta(days=30))
    press(page, "Keep the action")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Actions under way"))
    expect(page.get_by_text("Action ACT-001 is open")).to_be_visible()

    settled(page)
    page.get_by_text("Report it done", exact=True).click()
    write(page, "Known by", "DOC-004")
    press(page, "It is done")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Effectiveness due"))
    assert not page.get_by_role("button", name="Close the finding").count()

    settled(page)
    page.get_by_text("● Effective").first.click()
    write(page, "What was seen since, from which records", "All complaints of two months name their cause.")
    press(page, "Keep the review")
    press(page, "Close the finding")
    page.get_by_role("button", name="Yes, close it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("F-001 Minor nonconformity: Closed"))
    assert page.get_by_test_id("stException").count() == 0

    page.goto(f"{address}/findings?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("The finding is closed")
    with open_workspace(workspace).open_records() as records:
        (each,) = findings.followed(records)
    assert each.finding.closed and each.actions[0].evidence[0].key == "DOC-004"
    assert [reference.key for reference in each.finding.evidence] == ["10.2-b-1", "C-1042"]
