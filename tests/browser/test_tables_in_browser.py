"""Tables and axes as they are drawn: words that stand whole, at a desk and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

LINES = """heads => heads.map(head => {
    const lines = head.getBoundingClientRect().height / parseFloat(getComputedStyle(head).lineHeight)
    return [head.innerText, Math.round(lines)]
})"""
BELOW = """labels => labels.map(label => {
    const chart = label.closest('svg').getBoundingClientRect()
    return label.getBoundingClientRect().bottom - chart.bottom
})"""


def opened(page: Page, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_chinese_head_of_a_few_letters_stands_in_one_line(page: Page, address: str, width: int) -> None:
    opened(page, f"{address}/gap_analysis?lang=zh", width)
    expect(page.locator('[data-testid="stTable"] th').first).to_be_visible()
    heads = page.locator('[data-testid="stTable"] th p').evaluate_all(LINES)
    assert ["负责人", 1] in heads
    assert {lines for _name, lines in heads} == {1}


def test_a_date_of_the_register_of_documents_is_not_broken(page: Page, address: str) -> None:
    opened(page, f"{address}/documents?lang=zh", 1440)
    dates = page.locator('[data-testid="stTable"] td:nth-child(5) p')
    expect(dates.first).to_contain_text("2023-05-16")
    assert dates.evaluate_all(LINES)[0][1] == 1


def test_on_a_telephone_no_row_is_stretched_by_a_column_out_of_sight(page: Page, address: str) -> None:
    opened(page, f"{address}/gap_analysis?lang=zh", 390)
    rows = page.locator('[data-testid="stTable"] tbody tr')
    expect(rows.first).to_be_visible()
    heights = rows.evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")
    assert max(heights) < 300, "a third of the screen"


def test_on_a_telephone_the_months_of_a_chart_are_not_cut_off(page: Page, address: str) -> None:
    opened(page, f"{address}/complaints?lang=en", 390)
    months = page.locator(".xtick text", has_text="20")
    expect(months.first).to_be_visible()
    assert max(months.evaluate_all(BELOW)) <= 0
