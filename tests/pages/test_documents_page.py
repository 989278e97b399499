"""The register of documents: what is missing is said, and what a person keeps is kept as a revision."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.records.document import documents
from audit.records.document.documents import NewDocument, Revision
from pages.components.words import plain
from pipelines import definitions
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
PDF = b"%PDF-1.7\nmethod\n%%EOF\n"
KINDS = definitions.checklist("iso-9001-2015").asked_documents()


def kept(folder: Path) -> list[Revision]:
    with open_workspace(folder).open_records() as records:
        return documents.register_of(records)


def field(app: AppTest, label: str) -> object:
    return next(
        each for each in [*app.text_input, *app.date_input, *app.selectbox, *app.number_input] if each.label == label
    )


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
    app.file_uploader[0].set_value(("../../m<b>.pdf", PDF, "application/pdf"))
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
    assert (document.reviewed_on, document.file, found.size) == (dt.date(2026, 3, 1), "m_b_.pdf", len(PDF))
    assert found.file_type == "pdf" and open_workspace(empty).store.get(document.sha256) == PDF
    assert field(app, "Title").value == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "title"),
        ({"Title": "   "}, "title"),
        ({"Title": "t", "Reviewed_on": dt.date.today() + dt.timedelta(days=400)}, "reviewed"),
        ({"Title": "t", "Link, where it is kept elsewhere": "http://example.org"}, "is no https address"),
        ({"Title": "t", "Covers_from": dt.date(2026, 2, 1), "Covers_to": dt.date(2026, 1, 1)}, "covers"),
    ],
    ids=["no title", "blank title", "review in the future", "a link that is not safe", "period the wrong way round"],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_kept(
    opened: Open, empty: Path, values: dict[str, object], said: str
) -> None:
    app = opened(empty, "documents")
    fill(app, **values)
    press(app, "Register")
    (error,) = app.error
    assert said in error.value and "\n" not in error.value
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


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ\x90\x00", "survey.csv", "is a Windows program"),
        (PDF, "survey.csv", "is a PDF by its content, not text"),
        (b"method", "method.pdf", "is text by its content, not a PDF"),
        (b"", "method.pdf", "is empty"),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_refused_and_what_was_typed_stays(
    opened: Open, empty: Path, content: bytes, name: str, said: str
) -> None:
    app = opened(empty, "documents")
    fill(app, Title="How we ask")
    app.file_uploader[0].set_value((name, content, "text/csv"))
    press(app, "Register")
    (error,) = app.error
    assert said in error.value and field(app, "Title").value == "How we ask"  # type: ignore[attr-defined]
    assert kept(empty) == [] and list(open_workspace(empty).store.files()) == []


def test_the_same_file_twice_is_said_and_stored_once(opened: Open, empty: Path) -> None:
    app = opened(empty, "documents")
    for title in ("First", "Second"):
        fill(app, Title=title)
        app.file_uploader[0].set_value(("m.pdf", PDF, "application/pdf"))
        press(app, "Register")
    assert [each.value for each in app.info] == ["The same file is registered as DOC-001 too; it is stored once."]
    assert len(kept(empty)) == 2 and len(list(open_workspace(empty).store.files())) == 1


def test_all_that_is_written_about_a_document_is_kept_and_shown(opened: Open, empty: Path) -> None:
    app = opened(empty, "documents")
    written = {
        "Title": "How we ask", "Status": "approved", "Approved by": "Ben", "Reviewed on": dt.date(2026, 3, 1),
        "Review every … months": 12, "Expires on": dt.date(2030, 5, 1), "Must be kept until": dt.date(2036, 12, 31),
        "Covers from": dt.date(2025, 1, 1), "Covers to": dt.date(2025, 12, 31), "Note": "Second edition",
        "Link, where it is kept elsewhere": "https://docs.example.org/method",
    }  # fmt: skip
    fill(app, **written)
    app.multiselect[0].set_value(["9.1.2-a", "8.2.1-b"])
    press(app, "Register")
    (found,) = kept(empty)
    document = found.document
    assert (document.review_every, document.expires_on, found.retain_until) == (
        12,
        dt.date(2030, 5, 1),
        dt.date(2036, 12, 31),
    )
    assert (document.link, document.requirements) == ("https://docs.example.org/method", ("9.1.2-a", "8.2.1-b"))
    assert (found.approved_by, found.approval, found.note) == ("Ben", "stated", "Second edition")
    facts = facts_of(opened(empty, "documents", view="revise"))
    assert facts["Next review due"].startswith("1 Mar 2027") and facts["Covers"] == "1 Jan 2025 – 31 Dec 2025"
    assert "approved by Ben, for whom nobody vouches" in facts["Status"]
    assert (facts["Expires on"], facts["Must be kept until"]) == ("1 May 2030", "31 Dec 2036")
    assert (
        facts["Requirements that it helps to show"] == "9.1.2-a, 8.2.1-b"
        and "docs.example.org" in facts["File or link"]
    )


def facts_of(app: AppTest) -> dict[str, str]:
    return dict(app.table[0].value.itertuples(index=False))


def test_one_document_alone_says_that_its_author_approved_it(opened: Open, empty: Path) -> None:
    app = opened(empty, "documents")
    fill(app, Title="Policy", Status="approved")
    press(app, "Register")
    assert "not independent" in facts_of(opened(empty, "documents", view="revise"))["Status"]


def test_a_second_writer_sees_both_texts_and_keeps_the_own(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "documents", view="revise", document="DOC-001")
    fill(app, Title="My title", What_was_changed_and_why="mine")
    with open_workspace(own_demo).open_records() as records:
        documents.revise(records, "DOC-001", "Ben", "theirs", title="Their title")
    press(app, "Keep as a new revision")
    assert "Changed by Ben" in app.warning[0].value
    both = next(table.value for table in app.table if "Theirs, kept" in table.value)
    assert both.iloc[0].tolist() == ["Title", "Their title", "My title"]
    assert kept_title(own_demo) == "Their title"
    press(press(app, "Mine may follow theirs"), "Keep as a new revision")
    assert kept_title(own_demo) == "My title"


def kept_title(folder: Path) -> str:
    return next(each.document.title for each in kept(folder) if each.document.id == "DOC-001")


def test_whoever_has_read_a_document_says_so_once(opened: Open, own_demo: Path, words: Words) -> None:
    app = opened(own_demo, "documents", view="revise", document="DOC-001")
    assert "Nobody has acknowledged it yet." in words(app)
    press(app, "I have read revision 1")
    assert "Your reading is kept." in words(app) and "You have acknowledged this revision." in words(app)
    assert not [button for button in app.button if button.label.startswith("I have read")]
    fill(app, Owner="Sales", What_was_changed_and_why="new owner")
    press(app, "Keep as a new revision")
    read = next(table.value for table in app.table if "Who" in table.value)
    assert read["Revision"].tolist() == ["1"] and "Of a former revision" in read.iloc[0, 3]
    assert "I have read revision 2" in [button.label for button in app.button]


def test_what_grows_old_stands_soonest_first_and_what_is_over_says_so(opened: Open, empty: Path, words: Words) -> None:
    today = dt.date.today()
    with open_workspace(empty).open_records() as records:
        for title, days in (("Next year", 400), ("Last week", -7), ("Tomorrow", 1), ("Today", 0)):
            documents.register(
                records, NewDocument("policy", title, expires_on=today + dt.timedelta(days), retain_until=today), "Ann"
            )
        documents.register(records, NewDocument("policy", "Never", retain_until=today - dt.timedelta(1)), "Ann")
    app = opened(empty, "documents", view="ages")
    table = app.table[0].value
    assert [title.split(" :")[0] for title in table["Document"]] == ["Last week", "Today", "Tomorrow", "Next year"]
    assert ["Expired" in what for what in table["What"]] == [True, False, False, False]
    assert "1 document expired" in words(app) and "overdue" not in words(app)
    assert [what.startswith("may be disposed of since") for what in app.table[1].value["What"]] == [True, *[False] * 4]


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("requests", "No request is open. Ask for a document below"),
        ("ages", "No document has a review interval or an expiry yet"),
        ("revise", "None is registered yet: begin at “Register of documents”"),
    ],
)
def test_an_empty_register_says_what_to_do_next(opened: Open, empty: Path, words: Words, view: str, said: str) -> None:
    assert said in words(opened(empty, "documents", view=view))
