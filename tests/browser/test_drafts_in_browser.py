"""What is typed outlives the program itself, and a second writer sees both texts."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from audit.evidence import Verdict
from audit.records import drafts
from audit.records.auditing import decisions
from pipelines.workspace import open_workspace
from tests.browser.conftest import HOUSE, wait_for

TYPED = "Private customers were asked by phone / 电话询问"
FORM = "conclude 9.1.2-b"


class Program:
    """That can be killed and started again at the same address."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "pages", "--server.port", str(self.port)]
        environment = os.environ | {"CLAUSELIGHT_WORKSPACE": str(self.folder)}
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=quiet, stderr=quiet)
        wait_for(f"{self.address}/_stcore/health", self.process)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)


@pytest.fixture
def program(workspace: Path, tmp_path: Path, free_port: int) -> Iterator[Program]:
    running = Program(shutil.copytree(workspace, tmp_path / "demo"), free_port)
    yield running
    running.kill()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def form(page: Page, program: Program) -> Locator:
    page.goto(f"{program.address}/clause?clause=9.1.2&evidence=9.1.2-b-2&lang=en")
    found = page.locator('[class*="st-key-draft-conclude-9-1-2-b"]').first
    expect(found.locator("textarea")).to_be_visible()
    return found


def noted(program: Program) -> str:
    with open_workspace(program.folder).open_records() as records:
        found = drafts.found(records, account(), FORM)
        return str(found.typed["reason"]) if found else ""


def account() -> str:
    return getpass.getuser()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_what_was_typed_outlives_a_killed_program_and_a_second_writer_sees_both_texts(
    page: Page, program: Program
) -> None:
    asked = form(page, program)
    asked.get_by_text("● Conforms").click()
    asked.locator("textarea").press_sequentially(TYPED, delay=10)  # and the field is never left
    until(page, lambda: noted(program) == TYPED)
    program.kill()
    program.start()
    asked = form(page, program)
    expect(asked.locator("textarea")).to_have_value(TYPED)
    expect(asked.get_by_text("what you typed at")).to_be_visible()

    proposed = Verdict.DOES_NOT_CONFORM
    with open_workspace(program.folder).open_records() as records:
        decisions.conclude(records, "9.1.2-b", "2026", proposed, Verdict.UNDETERMINED, "B. Other", "asked nobody")
    asked.get_by_role("button", name="Record conclusion").click()
    expect(asked.get_by_text("Changed by B. Other")).to_be_visible()
    expect(asked.get_by_test_id("stTable")).to_contain_text("asked nobody")
    expect(asked.get_by_test_id("stTable")).to_contain_text(TYPED)
    asked.get_by_role("button", name="Mine may follow theirs").click()
    expect(asked.get_by_text("Changed by B. Other")).to_have_count(0)
    asked.get_by_role("button", name="Record conclusion").click()
    until(page, lambda: len(concluded(program)) == 2)
    assert concluded(program)[0].reason == TYPED and noted(program) == ""


def concluded(program: Program) -> list[decisions.Decision]:
    with open_workspace(program.folder).open_records() as records:
        return decisions.history(records, "9.1.2-b")


def until(page: Page, true: Callable[[], bool]) -> None:
    for _ in range(120):
        if true():
            return
        page.wait_for_timeout(500)
    raise AssertionError("it did not come to pass within a minute")
