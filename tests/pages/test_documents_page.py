"""The register of documents: what is missing is said, and what a person keeps is kept as a revision."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.records import documents
from audit.records.documents import Revision
from pages.components.words import plain
from pipelines import definitions
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
KINDS = definitions.checklist("iso-9001-2015").asked_documents()


def kept(folder: Path) -> list[Revision]:
    with open_workspace(folder).open_records() as records:
        return documents.register_of(records)


def field(app: AppTest, label: str) -> object:
    return next(each for each in [*app.text_input, *app.date_input, *app.selectbox] if each.label == label)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def fill(app: AppTest, **values: object) -> None:
    for label, value in values.items():
        field(app, label.replace("_", " ")).set_value(value)  # type: ignore[attr-defined]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    return tmp_path / "new"


def test_every_kind_that_the_checklist_asks_for_has_a_row(opened: Open, demo: Path) -> None:
    table = opened(demo, "documents").table[0].value
    for title in (kind.title.en for kind in KINDS.values()):
        assert table["Kind"].str.contains(title, regex=False).sum() >= 1
    titles = [plain(each.document.title) for each in kept(demo)]
    assert all(table["Document"].str.contains(title, regex=False).any() for title in titles)


def test_a_kind_without_a_document_is_listed_with_what_to_do(opened: Open, empty: Path) -> None:
    app = opened(empty, "documents")
    assert app.title[0].value == f"No document is registered yet; the checklist asks for {len(KINDS)} kinds"
    table = app.table[0].value
    assert len(table) == len(KINDS)
    assert table["Document"].str.contains("none registered").all()
    assert table["Document"].str.contains("Register it below").all()


def test_the_outcome_of_the_last_run_stands_beside_the_document(opened: Open, demo: Path) -> None:
    table = opened(demo, "documents").table[0].value
    survey_method = table[table["Kind"].str.contains("Survey method")].iloc[0]
    assert "✕ Not met" in survey_method["Weighed in the last run"]
    supplier = table[table["Kind"].str.contains("Supplier evaluation")].iloc[0]
    assert re.search(r"● \d Met", supplier["Weighed in the last run"])


def test_a_document_is_registered_with_its_file(opened: Open, empty: Path) -> None:
    app = opened(empty, "documents")
    app.selectbox(key="kind").set_value("survey method")
    fill(app, Title="How we ask", Status="approved", Owner="Ana", Reviewed_on=dt.date(2026, 3, 1))
    app.file_uploader[0].set_value(("../../m<b>.pdf", b"method", "application/pdf"))
    press(app, "Register")
    assert "DOC-001 is kept" in app.success[0].value
    (found,) = kept(empty)
    document = found.document
    assert (document.kind, document.title, document.status, document.owner) == (
        "survey method",
        "How we ask",
        "approved",
        "Ana",
    )
    assert (document.reviewed_on, document.file, found.size) == (dt.date(2026, 3, 1), "m_b_.pdf", 6)
    assert open_workspace(empty).store.get(document.sha256) == b"method"
    assert field(app, "Title").value == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "title"),
        ({"Title": "   "}, "title"),
        ({"Title": "t", "Reviewed_on": dt.date.today() + dt.timedelta(days=400)}, "reviewed"),
        ({"Title": "t", "Covers_from": dt.date(2026, 2, 1), "Covers_to": dt.date(2026, 1, 1)}, "covers"),
    ],
    ids=["no title", "blank title", "review in the future", "period the wrong way round"],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_kept(
    opened: Open, empty: Path, values: dict[str, object], said: str
) -> None:
    app = opened(empty, "documents")
    fill(app, **values)
    press(app, "Register")
    (error,) = app.error
    assert error.value.startswith("Nothing was kept") and said in error.value
    assert kept(empty) == [] and not app.success


def test_a_revision_keeps_the_former_one_listed(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "documents", view="revise", document="DOC-001")
    fill(app, Status="in review", What_was_changed_and_why="scale changed")
    press(app, "Keep as a new revision")
    assert "DOC-001 is kept" in app.success[0].value
    listed = next(table.value for table in app.table if "Revision" in table.value)
    assert listed["Revision"].tolist() == ["2", "1"]
    assert listed["Reason"].tolist() == ["scale changed", "–"]
    newest = next(each for each in kept(own_demo) if each.document.id == "DOC-001")
    assert (newest.document.status, newest.revision) == ("in review", 2)


def test_a_revision_without_a_reason_is_not_kept(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "documents", view="revise", document="DOC-001")
    press(app, "Keep as a new revision")
    assert "reason" in app.error[0].value
    assert next(each for each in kept(own_demo) if each.document.id == "DOC-001").revision == 1


def test_the_file_of_a_document_can_be_downloaded(opened: Open, demo: Path) -> None:
    app = opened(demo, "documents", view="revise", document="DOC-001")
    assert [button.label for button in app.download_button] == ["Download the file of revision 1"]


def test_a_file_that_was_changed_in_the_store_is_named_and_not_offered(opened: Open, own_demo: Path) -> None:
    document = next(each.document for each in kept(own_demo) if each.document.id == "DOC-001")
    path = open_workspace(own_demo).store.path(document.sha256)
    path.chmod(0o640)
    path.write_bytes(b"forged")
    app = opened(own_demo, "documents", view="revise", document="DOC-001")
    assert "changed" in app.error[0].value and not app.download_button


@pytest.mark.parametrize("title", ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", ":red-badge[✕ fake]"])
def test_a_hostile_title_is_shown_letter_by_letter(opened: Open, empty: Path, title: str) -> None:
    app = opened(empty, "documents")
    fill(app, Title=title)
    press(app, "Register")
    shown = next(cell for cell in app.table[0].value["Document"] if "DOC-001" in cell)
    assert plain(title) in shown and title not in shown


def test_nothing_to_revise_says_where_to_begin(opened: Open, empty: Path, words: Words) -> None:
    assert "None is registered yet" in words(opened(empty, "documents", view="revise"))
