"""A first load in a real browser: a German file in Windows-1252, and a Chinese one in GB18030 on a Chinese page."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from pipelines import definitions

GERMAN = """Auftrags-Nr;Kunden-Nr;Bestelldatum;Liefertermin;Auftragswert;Auftragsstatus;Produkt;Sachbearbeiter
B-1;C0001;02.10.2026;14.10.2026;1.317,50;geliefert;Ölpumpe;Jürgen Groß
B-2;C0002;03.10.2026;-;635,00;storniert;Überdruckventil;Jürgen Groß
B-3;C0003;31.09.2026;-;12,00;offen;Größe L;Jürgen Groß
"""
CHINESE = (
    "投诉编号,收到时间,客户编号,严重程度,产品\nTS-1,2026年10月5日,C0001,高,水泵\nTS-2,2026年10月6日,C0002,低,阀门\n"
)


def dropped(page: Page, address: str, file: Path) -> None:
    page.goto(address)
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.locator(".st-key-step_on button")).to_be_enabled()


def settled(page: Page) -> None:
    """The button of the step before stands there until the page is whole, and would lead here again."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()


def on(page: Page, heading: str) -> None:
    """To the next step, which is there when its heading is."""
    settled(page)
    page.locator(".st-key-step_on button").click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def test_a_german_export_is_loaded_without_writing_a_mapping(
    page: Page, address: str, workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "browser-auftraege.csv"
    file.write_bytes(GERMAN.encode("cp1252"))
    dropped(page, f"{address}/data?lang=en", file)
    expect(page.get_by_text(re.compile("Windows-1252")).first).to_be_visible()
    expect(page.get_by_text(re.compile("Ölpumpe;Jürgen Groß"))).to_be_visible()
    on(page, "Which column is which?")
    on(page, "Are the values read rightly?")
    expect(page.get_by_text(re.compile(r"DD\.MM\.YYYY")).first).to_be_visible()
    on(page, "What would come of it?")
    expect(page.get_by_text(re.compile("3 = 2 would be loaded . 1 rejected . 0 blank"))).to_be_visible()
    expect(page.get_by_text("31.09.2026", exact=True).first).to_be_visible()
    page.locator(".st-key-publish button").click()
    expect(page.get_by_text(re.compile("Published with rejects"))).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the mapping").click()
    waiting.value.save_as(tmp_path / "down.yaml")
    saved = definitions.saved_mappings(workspace)["browser-auftraege"]
    assert (tmp_path / "down.yaml").read_bytes() == saved.read_bytes()
    read = definitions.mapping(saved, "orders")
    assert (read.encoding, read.delimiter) == ("cp1252", ";")
    assert (read.columns["amount"].decimal, read.columns["ordered_at"].format) == (",", "%d.%m.%Y")
    assert page.get_by_test_id("stException").count() == 0


def test_a_chinese_file_is_loaded_on_a_chinese_page(page: Page, address: str, workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "浏览器投诉.csv"
    file.write_bytes(CHINESE.encode("gb18030"))
    page.set_viewport_size({"width": 820, "height": 1100})
    dropped(page, f"{address}/data?lang=zh", file)
    expect(page.get_by_text(re.compile("GB18030")).first).to_be_visible()
    expect(page.get_by_text(re.compile("投诉编号,收到时间")).first).to_be_visible()
    for heading in ("哪一列对应哪一列？", "各列的值读取正确吗？", "导入后会怎样？"):
        on(page, heading)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, "the page must not scroll sideways"
    page.locator(".st-key-publish button").click()
    expect(page.locator(".st-key-load_another button")).to_be_visible()
    read = definitions.mapping(definitions.saved_mappings(workspace)["浏览器投诉"], "complaints")
    assert read.encoding == "gb18030" and read.columns["severity"].recode == {"高": "high", "低": "low"}
    assert page.get_by_test_id("stException").count() == 0
