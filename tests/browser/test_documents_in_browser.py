"""A document goes up and comes down again byte by byte as an attachment; a program under a false name does not."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) + b"\n%%EOF\n"


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    expect(page.get_by_role("button", name=re.compile("Remove .*"))).to_be_visible()


def test_a_document_goes_up_and_comes_down_as_an_attachment(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/documents?lang=en")
    title = page.get_by_role("textbox", name="Title", exact=True)
    title.fill("How we ask at trade fairs")
    title.press("Tab")
    choose(page, "survey.csv", b"MZ\x90\x00\x03\x00")
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_text("'survey.csv' is a Windows program, which is no document")).to_be_visible()
    expect(title).to_have_value("How we ask at trade fairs")
    page.get_by_role("button", name="Remove survey.csv").click()
    choose(page, "method\u202e2026.pdf", PDF)
    page.get_by_role("button", name="Register", exact=True).click()
    done = page.get_by_text(re.compile(r"DOC-\d+ is kept in the register"))
    expect(done).to_be_visible()
    id = re.search(r"DOC-\d+", done.inner_text())
    assert id
    page.goto(f"{address}/documents?lang=en&view=revise&document={id[0]}")
    expect(page.get_by_role("heading", name="How we ask at trade fairs", exact=True)).to_be_visible()
    with page.expect_download() as down:
        page.get_by_role("button", name="Download the file of revision 1").click()
    assert down.value.suggested_filename == "method2026.pdf"
    down.value.save_as(tmp_path / "down")
    assert (tmp_path / "down").read_bytes() == PDF
    media = page.request.get(down.value.url)
    assert media.headers["content-type"].startswith("application/octet-stream")
    assert media.headers["content-disposition"].startswith("attachment")
    assert page.get_by_test_id("stException").count() == 0
