"""The main job, as an auditor does it: from the overview to the rows, a file through the page, a pack that verifies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipelines.reports.archive import damage


def test_from_the_overview_to_the_rows_in_four_clicks(page: Page, address: str) -> None:
    page.goto(address)
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(re.compile(r"[1-9]\d* of \d+ clauses do not conform as proposed"))
    page.get_by_role("link", name=re.compile(r"^9\.1\.2 .$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"9\.1\.2 Customer satisfaction"))
    page.get_by_role("button", name=re.compile(r"9\.1\.2-b-2")).click()
    expect(page.get_by_text(re.compile(r"segment: Private\): 0\.0\s%")).first).to_be_visible()
    page.get_by_role("tab", name="Query").click()
    expect(page.get_by_text("survey_reach").first).to_be_visible()
    page.get_by_role("tab", name="Rows and files").click()
    expect(page.get_by_text(re.compile(r"customers\.csv")).first).to_be_visible()
    assert "evidence=9.1.2-b-2" in page.url, "the address must lead others to the same evidence"


def test_a_file_is_loaded_through_the_page(page: Page, address: str, tmp_path: Path) -> None:
    file = tmp_path / "october.csv"
    file.write_text(
        "complaint_id,received_at,closed_at,customer_id,severity\n"
        "new-1,2026-10-30 09:00:00,,C0001,low\n"
        "new-2,2026-10-30 10:00:00,,C0002,grave\n"
        "new-3,2026-10-31 11:00:00,2026-10-31 15:00:00,C0003,high\n",
        encoding="utf-8",
    )
    page.goto(f"{address}/data")
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_text("october.csv")).to_be_visible()
    page.get_by_role("button", name=re.compile("try it without publishing")).click()
    page.locator(".st-key-publish button").click()
    told = page.get_by_text(re.compile("Published with rejects"))
    expect(told).to_be_visible()
    expect(told).to_contain_text(re.compile(r"3 .*2 .*1 .*0"))


def test_a_refused_file_changes_nothing_and_shows_no_traceback(page: Page, address: str, tmp_path: Path) -> None:
    file = tmp_path / "complaints.csv"
    file.write_text("<!DOCTYPE html><html><body>Please sign in</body></html>", encoding="utf-8")
    page.goto(f"{address}/data")
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_text(re.compile("The file cannot be read"))).to_be_visible()
    expect(page.get_by_text(re.compile("Nothing was changed"))).to_be_visible()
    assert "Traceback" not in page.content()


def test_a_downloaded_pack_verifies(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/evidence_pack")
    page.get_by_role("button", name="Build the pack").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("Download the pack")).click()
    pack = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(pack)
    assert damage(pack) == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checklist?view=both",
        "clause?clause=9.1.2",
        "gap_analysis?priority=all",
        "gap_analysis?view=groups",
        "bridge",
        "kpi_trends",
        "data",
        "documents",
        "evidence_pack",
    ],
)
@pytest.mark.parametrize(("language", "switch"), [("en", "中文"), ("zh", "EN")])
def test_every_page_opens_in_both_languages_on_a_tablet(
    page: Page, address: str, path: str, language: str, switch: str
) -> None:
    page.set_viewport_size({"width": 820, "height": 1100})
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{address}/{path}{'&' if '?' in path else '?'}lang={language}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.get_by_text(switch, exact=True).first).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page must not scroll sideways"
    assert problems == []


def test_the_program_asks_no_other_machine_for_anything(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("", "kpi_trends", "data"):
        page.goto(f"{address}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    foreign = [url for url in asked if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))]
    assert foreign == []
