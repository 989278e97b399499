"""A complaint is typed into the table, saved, and stands in the list of loads with its author."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def type_into(page: Page, table: Locator, right: int, text: str) -> None:
    """Into the first row; a moment is written into the browser's own field for one."""
    table.scroll_into_view_if_needed()
    table.click(position={"x": right, "y": 52})
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    moment = page.locator("#portal input[type=datetime-local]")
    page.wait_for_timeout(400)
    if moment.count():
        moment.fill(text)
    else:
        page.keyboard.type(text, delay=30)
    page.keyboard.press("Enter")


def test_a_typed_complaint_is_a_load_with_its_author(page: Page, address: str) -> None:
    page.goto(f"{address}/registers?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Complaints: \d+ of \d+ entries are open"))
    table = page.get_by_test_id("stDataFrame").first
    type_into(page, table, 210, "2026-10-31T09:30:00")
    expect(page.get_by_text("1 new, 0 changed").first).to_be_visible()
    expect(page.get_by_role("cell", name="2026-10-31 09:30:00")).to_be_visible()
    author = page.get_by_role("textbox", name="Saved by")
    author.fill("Ana Novak")
    author.press("Enter")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text(re.compile("will be saved as one load by Ana Novak"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Save: 1 new")).click()
    expect(page.get_by_text(re.compile("Saved: 1 new, 0 changed, by Ana Novak"))).to_be_visible()
    page.get_by_role("link", name=re.compile("See the load")).click()
    expect(page.get_by_text(re.compile("received .* by Ana Novak"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"typed-complaints-\d{4}-\d{2}-\d{2}\.csv"))).to_be_visible()
    expect(page.get_by_text("complaint_id", exact=False).first).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0
