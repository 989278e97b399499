"""Trends with a mouse: a picture opens its figure, Back returns, and a filter stands in the address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

TITLE = re.compile(r"measures? shows? a signal")


def test_what_is_looked_for_stands_in_the_address_and_back_leaves_a_figure(page: Page, address: str) -> None:
    page.goto(f"{address}/kpi_trends?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("img.small-multiple").nth(20)).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    page.get_by_role("textbox", name="Find a measure").fill("promoter")
    page.get_by_role("textbox", name="Find a measure").press("Enter")
    expect(page).to_have_url(re.compile("find=promoter"))
    expect(page.locator("img.small-multiple")).to_have_count(1)
    assert page.locator("img.small-multiple").evaluate("picture => picture.naturalWidth") > 0
    page.get_by_role("link", name="Net Promoter Score").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Net Promoter Score: "))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_the_first_picture_is_one_that_worsens(page: Page, address: str) -> None:
    page.goto(f"{address}/kpi_trends?lang=en")
    first = page.locator('[class*="st-key-figure-"]').first
    expect(first).to_contain_text("worsening")
    expect(first.get_by_role("img")).to_have_attribute("alt", re.compile("Worsening: "))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "path",
    [
        "kpi_trends?view=pictures",
        "kpi_trends?view=table",
        "kpi_trends?kpi=csat_top_2_box&by=segment",
        "measure?kpi=csat_top_2_box",
    ],
)
def test_nothing_is_wider_than_a_telephone(page: Page, address: str, path: str, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/{path}&lang={language}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    assert page.get_by_test_id("stException").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
