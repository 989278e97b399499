"""Sign-off: what is signed is shown exactly, by whom and whether it stands, and one press signs that and no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.access.person import Person
from audit.evidence import Verdict
from audit.records.auditing import audit_steps, decisions
from audit.records.signing import signatures
from audit.records.signing.signature_row import Signature
from audit.records.trail import trail
from audit.signing.signed import AUDIT, snapshot
from pages.components.words import plain
from pipelines.reports.sign_off import sheet
from pipelines.signing import signing
from pipelines.workspace import SetUp, make_workspace, open_workspace
from tests.audit.records.team import audited

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
ME = Person("me")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "house", SetUp(organisation="A <test>"))
    return tmp_path / "house"


@pytest.fixture
def reported(empty: Path) -> Path:
    with open_workspace(empty).open_records() as records:
        audited(records, ME, ME, run="")
    return empty


def kept(folder: Path) -> list[Signature]:
    with open_workspace(folder).open_records() as records:
        return signatures.every(records)


def changed(folder: Path) -> None:
    with open_workspace(folder).open_records() as records:
        run, found = "run-1", Verdict.CONFORMS
        decisions.conclude(records, "9.1.2-a", run, found, Verdict.UNDETERMINED, ME, "Seen again", audit="AUD-001")


def sign(app: AppTest, meaning: str = "lead auditor") -> AppTest:
    app.selectbox(key="meaning audit").set_value(meaning).run()
    return pressed(app)


def pressed(app: AppTest) -> AppTest:
    next(button for button in app.button if button.label == "Sign").click().run()
    assert not app.exception
    return app


def column(app: AppTest, name: str) -> list[str]:
    return [str(cell) for table in app.table if name in table.value for cell in table.value[name]]


def test_where_nothing_can_be_signed_the_next_step_is_shown(opened: Open, empty: Path, words: Words) -> None:
    app = opened(empty, "sign_off")
    assert app.title[0].value == "Nothing can be signed yet"
    assert "once it is reported" in words(app)


def test_exactly_what_is_signed_stands_on_the_page(opened: Open, reported: Path) -> None:
    app = opened(reported, "sign_off")
    assert app.title[0].value == plain("Nobody has signed: audit AUD-001 · Complaints")
    assert "Half are missing" in column(app, "reason") and "they know" in column(app, "note")
    assert "Half of the answers are missing" in column(app, "statement")
    assert "Is 9.1.2 lived?" in column(app, "Value")
    with open_workspace(reported).open_records() as records:
        content = signing.of_audit(open_workspace(reported), records, "AUD-001")
    assert app.code[0].value == hashlib.sha256(snapshot(content)).hexdigest()


def test_one_press_signs_it(opened: Open, reported: Path) -> None:
    app = opened(reported, "sign_off")
    app.text_input(key="remark audit AUD-001").set_value("as presented").run()
    sign(app)
    assert "Signed as lead auditor" in app.success[0].value
    assert app.title[0].value == plain("1 of 3 signatures stand: audit AUD-001 · Complaints")
    (made,) = kept(reported)
    assert (made.meaning, made.reason, made.verified, made.independent) == (
        "lead auditor",
        "as presented",
        False,
        False,
    )
    assert json.loads(open_workspace(reported).store.get(made.sha256))["recorded"]["audit"]["title"] == "Complaints"
    assert any("● valid" in cell for cell in column(app, "Stands"))
    assert any("identity not verified" in cell for cell in column(app, "Signed by"))
    assert any("not independent" in cell for cell in column(app, "Independent"))


def test_the_same_is_not_signed_twice(opened: Open, reported: Path) -> None:
    app = sign(sign(opened(reported, "sign_off")))
    assert "has signed exactly this as lead auditor" in app.error[0].value
    assert len(kept(reported)) == 1


def test_a_change_afterwards_supersedes_and_is_shown(opened: Open, reported: Path) -> None:
    sign(opened(reported, "sign_off"))
    changed(reported)
    app = opened(reported, "sign_off")
    assert app.title[0].value == plain("Changed since it was signed: audit AUD-001 · Complaints")
    assert any("◷ superseded" in cell for cell in column(app, "Stands"))
    assert "as recorded › conclusions › 9.1.2-a › concluded" in column(app, "Where")
    assert "undetermined" in column(app, "Now")
    assert "1 of 3 signatures stand" in sign(app).title[0].value
    assert len(kept(reported)) == 2


def test_what_changed_under_the_reader_s_eyes_is_not_signed(opened: Open, reported: Path) -> None:
    app = opened(reported, "sign_off")
    changed(reported)
    pressed(app)
    assert kept(reported) == [] and "has changed since the page showed it" in app.warning[0].value
    pressed(app)
    assert len(kept(reported)) == 1 and not app.warning


def test_an_audit_in_progress_is_not_yet_signed_and_the_page_says_why(opened: Open, reported: Path) -> None:
    with open_workspace(reported).open_records() as records:
        audit_steps.resume(records, "AUD-001", ME, "One more")
    app = opened(reported, "sign_off")
    assert "is in progress; report or close it, then sign" in app.info[0].value
    assert "Sign" not in [button.label for button in app.button]


def test_a_snapshot_that_is_gone_is_said(opened: Open, reported: Path) -> None:
    sign(opened(reported, "sign_off"))
    workspace = open_workspace(reported)
    workspace.store.path(kept(reported)[0].sha256).unlink()
    app = opened(reported, "sign_off")
    assert any("✕ cannot be checked" in cell for cell in column(app, "Stands"))
    assert "is not in the store; bring it back from a backup" in app.error[0].value


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["identity not verified", "<b>me</b><br>local user"]), ("zh", ["<h1>", "<b>me</b><br>本机用户"])],
)
def test_the_print_view_needs_nothing_but_itself(reported: Path, language: str, words: list[str]) -> None:
    workspace = open_workspace(reported)
    with workspace.open_records() as records:
        content = signing.of_audit(workspace, records, "AUD-001")
        signatures.sign(records, workspace.store, content, "lead auditor", ME, "<script>alert(1)</script>")
        standings = [signing.standing(workspace, records, each) for each in signatures.of(records, AUDIT, "AUD-001")]
        page = sheet("A <test>", content, standings, records, language)  # type: ignore[arg-type]
        newest = trail.newest(records)
    assert (
        all(word in page for word in words)
        and "A &lt;test&gt;" in page
        and "<script" not in page
        and "src=" not in page
    )
    assert newest and newest.hash in page and standings[0].signature.sha256 in page and "Half are missing" in page


def test_what_was_signed_is_named_in_chinese_in_the_trail_and_on_the_page(opened: Open, reported: Path) -> None:
    workspace = open_workspace(reported)
    with workspace.open_records() as records:
        content = signing.of_audit(workspace, records, "AUD-001")
        signatures.sign(records, workspace.store, content, "lead auditor", ME)
    trail_page = opened(reported, "trail", lang="zh")
    cells = [str(cell) for table in trail_page.table for cell in table.value.to_numpy().ravel()]
    assert "签名 审核 AUD-001" in cells and not any("签名 audit" in cell for cell in cells)
    told = column(opened(reported, "sign_off", lang="zh"), "数值")
    assert "（姓名：me）、（姓名：me）" in told and r"ISO 9001\:2015" in told
