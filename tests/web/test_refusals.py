"""What a foreign page, a wrong host, a missing token and a large file meet; and what an error tells."""

from __future__ import annotations

import base64
import os
import re
import shutil
from pathlib import Path

import pytest
from app_server import HOUSE, Served, SignIn
from crew import CANARY, address_of
from visit import STREAM, Tab, opened, status, uploaded, xsrf

from pipelines.workspace import Workspace

SAME = "http://localhost:{port}"
HERE = "localhost:{port}"
# Host, Origin, and whether a websocket is opened
HANDSHAKES = [
    (HERE, SAME, True),
    ("127.0.0.1:{port}", "http://127.0.0.1:{port}", True),
    ("evil.example", SAME, False),
    ("evil.example", "http://evil.example", False),
    ("localhost.evil.example:{port}", "http://localhost.evil.example:{port}", False),
    ("evil.example:{port}@localhost", SAME, False),
    ("", SAME, False),
    (HERE, "http://evil.example", False),
    (HERE, "https://localhost.evil.example", False),
    (HERE, "http://evil.example#localhost", False),
    (HERE, "null", False),
    (HERE, "file://", False),
]


@pytest.mark.parametrize(("host", "origin", "opens"), HANDSHAKES, ids=[f"{h} {o}" for h, o, _ in HANDSHAKES])
def test_a_websocket_is_opened_for_this_server_s_own_page_alone(
    served: Served, host: str, origin: str, opens: bool
) -> None:
    key = base64.b64encode(os.urandom(16)).decode()
    asked = f"GET {STREAM} HTTP/1.1\nHost: {host}\nOrigin: {origin}\nUpgrade: websocket\nConnection: Upgrade\n"
    asked += f"Sec-WebSocket-Key: {key}\nSec-WebSocket-Version: 13\n\n"
    assert (status(served, asked.format(port=served.port)) == 101) == opens


def test_a_websocket_without_an_origin_carries_no_sign_in(served: Served, sign_in: SignIn) -> None:
    """No browser sends none; a program that does is nobody."""
    tab = opened(served, sign_in.cookie("auditor", address_of("auditor")), origin=None)
    assert CANARY not in tab.ask("documents").text
    tab.close()


def test_a_websocket_without_the_token_carries_no_sign_in(served: Served, sign_in: SignIn) -> None:
    tab = opened(served, sign_in.cookie("auditor", address_of("auditor")), token="2|00000000|00|1")
    assert CANARY not in tab.ask("documents").text
    tab.close()


@pytest.mark.parametrize("case", ["no token", "no cookie", "neither", "another one's token", "no such session"])
def test_a_file_without_the_page_s_token_is_refused(
    served: Served, sign_in: SignIn, tabs: list[Tab], case: str
) -> None:
    tabs.append(opened(served, sign_in.cookie("auditor", address_of("auditor"))).ask("documents"))
    token, other = xsrf(served), xsrf(served)
    sent = {
        "no token": ("", token),
        "no cookie": (token, ""),
        "neither": ("", ""),
        "another one's token": (other, token),
    }
    if case == "no such session":
        tabs[-1].session = "00000000-0000-0000-0000-000000000000"
    assert uploaded(served, tabs[-1], *sent.get(case, (token, token))) in (400, 403)


@pytest.mark.parametrize(("size", "answer"), [(10, 204), (49_000_000, 204), (53_000_000, 413)])
def test_a_file_is_taken_up_to_the_limit(
    served: Served, sign_in: SignIn, tabs: list[Tab], size: int, answer: int
) -> None:
    tabs.append(opened(served, sign_in.cookie("auditor", address_of("auditor"))).ask("documents"))
    assert uploaded(served, tabs[-1], size=size) == answer


def test_a_page_that_fails_tells_a_reference_and_nothing_else(
    served: Served, sign_in: SignIn, tabs: list[Tab], team: Workspace
) -> None:
    """A run whose files were damaged: what the program raises names paths, modules and lines."""
    run = team.folder / "runs" / "2026-10-31-damaged"
    run.mkdir(parents=True)
    (team.folder / "runs" / "latest").write_text(run.name, encoding="utf-8")
    (run / "assessment.json").write_text('{"private": "bo.secret@example.org"', encoding="utf-8")
    (run / "run.json").write_text('{"private": "bo.secret@example.org"', encoding="utf-8")
    try:
        shown = opened(served, sign_in.cookie("auditor", address_of("auditor"))).ask("overview")
    finally:
        shutil.rmtree(team.folder / "runs")
    tabs.append(shown)
    reference = re.search(r"under ([0-9a-f]{8})", shown.text)
    assert reference and f"reference {reference[1]}" in served.told()
    assert "Traceback" in served.told()
    for secret in (team.folder, HOUSE, Path.home(), "Traceback", "JSONDecode", "assessment", "bo.secret", "viewer@"):
        assert str(secret) not in shown.text, secret
