"""The evidence pack holds what it promises, opens offline, and is the same bytes for the same run."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from audit.evidence import Verdict
from audit.records.auditing import decisions
from pipelines.reports import pack
from pipelines.reports.archive import damage
from pipelines.run import run
from pipelines.runs import results
from pipelines.workspace import open_workspace

PROMISED = {
    "SHA256SUMS", "assessment.en.html", "assessment.zh.html", "assessment.json", "run.json", "gate.json",
    "measurements.csv", "documents.csv", "criteria.json", "conclusions.json", "trail-head.json", "findings.json",
    "management-review.json",
}  # fmt: skip


def built(folder: Path) -> bytes:
    workspace = open_workspace(folder)
    latest = results.latest(workspace)
    assert latest is not None
    with workspace.open_records() as records:
        return pack.build(workspace, records, latest)


@pytest.fixture(scope="module")
def files(demo: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(built(demo))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_builds_of_the_same_run_are_the_same_bytes(demo: Path) -> None:
    assert built(demo) == built(demo)


def test_running_again_over_the_same_data_gives_the_same_pack(own_demo: Path) -> None:
    before = built(own_demo)
    workspace = open_workspace(own_demo)
    with workspace.open_records() as records:
        run(workspace, records)
    assert built(own_demo) == before


def test_it_verifies_and_a_changed_byte_is_found(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "pack.zip"
    content = bytearray(built(demo))
    file.write_bytes(content)
    assert damage(file) == []
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert damage(file) != []


def test_it_holds_what_it_promises(files: dict[str, bytes]) -> None:
    assert files.keys() >= PROMISED
    assert "queries/kpis/nps.sql" in files and "queries/models/answers.sql" in files
    listed = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    others = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"}
    assert listed == others


class Page(HTMLParser):
    """What a browser would fetch for a page, and the text that it would show."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.text = ""
        self.feed(html.decode("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attributes if name in ("src", "href")]
        assert tag != "script"

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(("language", "word"), [("en", "Does not conform"), ("zh", "不符合")])
def test_the_page_opens_offline_and_says_every_verdict(files: dict[str, bytes], language: str, word: str) -> None:
    html = files[f"assessment.{language}.html"]
    page = Page(html)
    assert page.fetched == [] and b"url(" not in html and b"@import" not in html
    assert word in page.text
    for clause in json.loads(files["assessment.json"]):
        for requirement in clause["requirements"]:
            assert requirement["id"] in page.text
            for evidence in requirement["evidence"]:
                assert evidence["because"][language] in re.sub(r"\s+", " ", page.text)


def test_an_auditor_s_conclusion_and_a_hostile_reason_are_shown_as_text(own_demo: Path) -> None:
    workspace = open_workspace(own_demo)
    reason = "<script>alert(1)</script> seen on site"
    with workspace.open_records() as records:
        latest = results.latest(workspace)
        assert latest is not None
        decisions.conclude(
            records, "9.1.2-b", latest.id, Verdict.DOES_NOT_CONFORM, Verdict.CONFORMS, "A. Moreau", reason
        )
    with zipfile.ZipFile(io.BytesIO(built(own_demo))) as archive:
        page = archive.read("assessment.en.html").decode()
        concluded = json.loads(archive.read("conclusions.json"))
    assert "&lt;script&gt;alert(1)" in page and "<script>" not in page
    assert [(one["requirement_id"], one["concluded"], one["reason"]) for one in concluded] == [
        ("9.1.2-b", "conforms", reason)
    ]


def test_no_row_of_a_customer_leaves_the_house(files: dict[str, bytes]) -> None:
    """Names and comments stay; the pack holds figures, definitions and decisions."""
    whole = b"".join(content for name, content in files.items() if name.endswith((".csv", ".json", ".html")))
    whole = re.sub(rb'<ul class="sources">.*?</ul>', b"", whole)  # public commentaries, by their titles
    assert b"comment" not in whole.replace(b'"comment"', b"")
