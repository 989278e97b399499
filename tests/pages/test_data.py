"""The Data page: a file comes in through it, and each thing that can become of a file is said clearly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.load import Load
from audit.records import loads
from pages.components.words import plain
from pipelines import definitions
from pipelines.runs import results
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]

GOOD = b"complaint_id,received_at\nC9001,2026-10-30 09:00:00\n"
WITH_REJECTS = b"complaint_id,received_at\nC9001,2026-10-30 09:00:00\nC9002,not a date\n\nC9003,2026-10-30 10:00:00\n"
OF_FEATURES = b"response_id,feature,answered_on,functional,dysfunctional\nE1,lamp,2026-10-30,like,neutral\n"
STOPPED = b"complaint_id,received_at,closed_at\nC9010,2026-10-30 09:00:00,2026-10-01 09:00:00\n"
UNKNOWN = b"foo,bar\n1,2\n"


def kept(folder: Path) -> list[Load]:
    with open_workspace(folder).open_records() as records:
        return loads.every(records)


def dropped(app: AppTest, content: bytes, name: str = "new.csv") -> AppTest:
    app.file_uploader(key="upload_file").set_value((name, content, "text/csv")).run()
    assert not app.exception
    return app


def tried(app: AppTest, content: bytes, name: str = "new.csv") -> AppTest:
    """A file with the names of its dataset: dropped and tried."""
    dropped(app, content, name).button(key="step_on").click().run()
    assert not app.exception
    return app


def load(app: AppTest, content: bytes, name: str = "new.csv") -> AppTest:
    tried(app, content, name).button(key="publish").click().run()
    assert not app.exception
    return app


def used(folder: Path) -> list[str]:
    """Sources that are loaded or that a clause rests on."""
    checklist, loaded = open_workspace(folder).checklist(), {each.source for each in kept(folder)}
    return [name for name in definitions.sources() if name in loaded or results.rests_on(name, checklist)]


def title(source: str) -> str:
    return definitions.sources()[source].title.en


def shown(app: AppTest) -> list[str]:
    """Titles of the sources in the table."""
    return [first.removeprefix("**").split("**")[0] for first in app.table[0].value["Source"]]


def test_every_source_in_use_has_a_row_with_the_clauses_that_rest_on_it(opened: Open, demo: Path) -> None:
    app = opened(demo, "data")
    assert shown(app) == [plain(title(name)) for name in used(demo)]
    checklist = open_workspace(demo).checklist()
    for (_index, row), source in zip(app.table[0].value.iterrows(), used(demo), strict=True):
        assert row["State"] != ""
        assert row["Clauses that rest on it"] == ", ".join(results.rests_on(source, checklist)) or "–"


@pytest.fixture
def lean(tmp_path: Path) -> Path:
    """Nobody has loaded anything yet."""
    make_workspace(tmp_path / "lean", SetUp(organisation="Lean"))
    return tmp_path / "lean"


def test_every_source_is_offered_those_in_use_first(opened: Open, lean: Path) -> None:
    first = used(lean)
    others = [name for name in definitions.sources() if name not in first]
    box = opened(lean, "data", view="contract").selectbox(key="source")
    assert box.options == [title(name) for name in [*first, *others]] and box.value == first[0]
    box = dropped(opened(lean, "data", view="load"), UNKNOWN).selectbox(key="guided_source")
    assert box.options == [title(name) for name in [*first, *others]] and box.value is None
    assert others


def test_a_source_that_no_clause_needs_gets_a_row_when_it_is_loaded(opened: Open, lean: Path, words: Words) -> None:
    app = opened(lean, "data")
    others = len(definitions.sources()) - len(used(lean))
    assert title("kano_answers") not in shown(app)
    assert f"no clause of your checklist rests on them: {others}" in words(app)
    load(app, OF_FEATURES)
    assert title("kano_answers") in shown(app) and f"rests on them: {others - 1}" in words(app)


def test_for_every_file_lines_are_loaded_and_rejected_and_blank(opened: Open, demo: Path) -> None:
    listed = opened(demo, "data", view="loads").dataframe[0].value
    assert listed["Lines"].tolist() == (listed["Loaded"] + listed["Rejected"] + listed["Blank"]).tolist()
    assert listed["File"].tolist() == [each.file for each in kept(demo)]


def test_a_selected_file_shows_its_rejects_with_the_reason_first(opened: Open, demo: Path) -> None:
    with_rejects = next(each for each in kept(demo) if each.rejected)
    app = opened(demo, "data", view="loads", load=with_rejects.id)
    rejected = next(table.value for table in app.table if "Value in the file" in table.value)
    assert list(rejected)[0] == "Reason" and len(rejected) == with_rejects.rejected
    assert (rejected["Reason"].str.len() > 0).all()
    assert any("load the whole file again" in each.value for each in app.markdown)
    gate = next(table.value for table in app.table if "Severity" in table.value)
    assert len(gate) == len(with_rejects.gate)


def test_a_file_is_loaded_and_published(opened: Open, own_demo: Path) -> None:
    before = len(kept(own_demo))
    app = load(opened(own_demo, "data"), GOOD)
    (done,) = app.success
    assert done.value.startswith("Published: `new.csv`. Lines: 1 = 1 loaded")
    newest = kept(own_demo)[0]
    assert (len(kept(own_demo)), newest.published, newest.loaded) == (before + 1, True, 1)


def test_the_same_file_again_changes_nothing(opened: Open, own_demo: Path) -> None:
    app = load(opened(own_demo, "data"), GOOD)
    after = kept(own_demo)
    app.button(key="load_another").click().run()
    load(app, GOOD)
    assert "loaded already" in app.info[0].value
    assert kept(own_demo) == after


def test_rejects_are_counted_and_their_place_is_named(opened: Open, own_demo: Path, words: Words) -> None:
    app = load(opened(own_demo, "data"), WITH_REJECTS)
    assert "Lines: 4 = 2 loaded + 1 rejected + 1 blank" in app.warning[0].value
    assert "Files so far" in words(app)


def test_a_file_that_the_gate_would_stop_cannot_be_published(opened: Open, own_demo: Path, words: Words) -> None:
    before = kept(own_demo)
    app = tried(opened(own_demo, "data"), STOPPED)
    assert "The gate would stop this file" in app.error[0].value
    told = next(table.value for table in app.table if "Why it is asked" in table.value)
    reasons = [each.reason.en for each in definitions.sources()["complaints"].gate if "closed_at" in each.column]
    assert any(plain(reason) == told["Why it is asked"].iloc[0] for reason in reasons)
    assert "Failed" in told["Outcome"].iloc[0] and "critical" in told["Severity"].iloc[0]
    assert not [button for button in app.button if button.key == "publish"]
    assert kept(own_demo) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<html><body>sign in</body></html>", "HTML"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04rest of a spreadsheet", "broken"),
    ],
    ids=["empty", "web page", "PDF", "spreadsheet"],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    opened: Open, own_demo: Path, content: bytes, said: str
) -> None:
    before = kept(own_demo)
    app = dropped(opened(own_demo, "data"), content)
    (error,) = app.error
    assert said in error.value.replace("\\", "") and "Traceback" not in error.value
    assert kept(own_demo) == before and not app.success


def test_a_header_without_rows_is_refused_when_it_is_tried(opened: Open, own_demo: Path) -> None:
    app = tried(opened(own_demo, "data"), b"complaint_id,received_at\n")
    (error,) = app.error
    assert "0 rows" in error.value and not [button for button in app.button if button.key == "publish"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "<img src=x onerror=alert(1)>.csv", "[x](http://a.example).csv", "=cmd|calc.csv"]
)
def test_a_hostile_name_is_shown_as_code_and_never_a_path(opened: Open, own_demo: Path, name: str) -> None:
    app = load(opened(own_demo, "data"), GOOD, name)
    shown = app.success[0].value
    assert shown.startswith("Published: `") and "/" not in kept(own_demo)[0].file
    assert not (own_demo.parent / "passwd.csv").exists()


def test_after_a_load_a_new_run_is_offered_and_made(opened: Open, own_demo: Path, words: Words) -> None:
    workspace = open_workspace(own_demo)
    before = results.latest(workspace)
    app = load(opened(own_demo, "data"), GOOD)
    assert "data came in after this run" in words(app)
    app.button(key="run_again").click().run()
    after = results.latest(workspace)
    assert before is not None and after is not None and before.id != after.id
    assert after.rows["complaints"] == before.rows["complaints"] + 1
    assert "data came in after this run" not in words(app)


def test_a_run_over_unchanged_data_says_that_nothing_has_changed(opened: Open, own_demo: Path) -> None:
    app = opened(own_demo, "data")
    app.button(key="run_again").click().run()
    assert app.info[0].value.startswith("Nothing has changed since run")


def test_an_empty_workspace_says_what_is_missing(opened: Open, tmp_path: Path, words: Words) -> None:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    app = opened(tmp_path / "new", "data", view="loads")
    assert app.title[0].value == "No data has been loaded yet"
    assert app.table[0].value["State"].str.contains("Not loaded").all()
    assert "Load a file" in words(app) and not app.dataframe


@pytest.mark.parametrize("source", list(definitions.sources()))
def test_the_contract_explains_every_column_in_both_languages(opened: Open, demo: Path, source: str) -> None:
    columns = definitions.sources()[source].columns
    app = opened(demo, "data", view="contract", source=source)
    told = next(table.value for table in app.table if "What it means" in table.value)
    assert told["Column"].tolist() == [f"`{name}`" for name in columns]
    for meaning, column in zip(told["What it means"], columns.values(), strict=True):
        assert plain(column.meaning.en) in meaning and plain(column.meaning.zh) in meaning
