"""The way in of a first load: proposed by the program, confirmed by a person, tried before it is published."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from deltalake import DeltaTable
from streamlit.testing.v1 import AppTest

from audit.load import Load
from audit.mapping import Mapping
from audit.records import loads
from pages.components.guided import columns_step, spelled_question, zone_question
from pages.components.guided.draft import DRAFT, Draft
from pages.components.guided.trial_step import rejects_csv
from pages.components.table import code
from pipelines import definitions
from pipelines.loading.load_id import fingerprint
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]

OWN = b"complaint_id,received_at,customer_id,severity\nC9001,2026-10-30 09:00:00,C0001,low\n"
GERMAN = """Auftragsliste Werk Süd

Auftrags-Nr;Kunden-Nr;Bestelldatum;Lieferdatum;Auftragswert;Auftragsstatus;Produkt;Sachbearbeiter
A-1;K-1;02.03.2026;04.03.2026;1.317,50;geliefert;Ölpumpe;Jürgen Groß
A-2;K-2;03.03.2026;-;635,00;storniert;Überdruckventil;Jürgen Groß
A-3;K-3;31.02.2026;-;12,00;offen;Größe L;Jürgen Groß
"""
CHINESE = "投诉编号,收到时间,客户编号,严重程度,产品\nTS-1,2026年3月5日,K001,高,水泵\nTS-2,2026年3月6日,K002,低,阀门\n"
AMERICAN = (
    b"Response ID,Submitted on,Overall satisfaction,Comments\n"
    b"R1,03/04/2026,10,n/a\nR2,05/06/2026,5,ok\nR3,05/06/2026,0,ok\n"
)
FRESHDESK = (
    b"Ticket ID,Priority,Source,Type,Created time,Due by Time,Resolved time,Contact ID\n"
    b"C9001,Urgent,Email,Problem,2026-10-30 09:00:00,,,77\n"
)
MAPPING = b"""# ours
source: complaints
delimiter: ";"
columns:
  complaint_id: Nr
  received_at: {from: am, format: "%d.%m.%Y %H:%M"}
"""
MAPPED = b"Nr;am\nC9001;30.10.2026 09:00\n"


def kept(folder: Path) -> list[Load]:
    with open_workspace(folder).open_records() as records:
        return loads.every(records)


def dropped(app: AppTest, content: bytes, name: str = "new.csv") -> AppTest:
    app.file_uploader(key="upload_file").set_value((name, content, "text/csv")).run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def on(app: AppTest) -> AppTest:
    return press(app, "step_on")


def draft(app: AppTest) -> Draft:
    found: Draft = app.session_state[DRAFT]
    return found


def options(app: AppTest, key: str) -> list[str]:
    return list(app.selectbox(key=key).options)


def test_a_file_with_the_names_of_the_dataset_takes_two_clicks(opened: Open, own_demo: Path, words: Words) -> None:
    app = dropped(opened(own_demo, "data"), OWN)
    assert "Its columns have the names of the dataset" in words(app) and "All columns recognised" in words(app)
    assert app.selectbox(key="guided_source").value == "complaints"
    press(on(app), "publish")
    assert app.success[0].value.startswith("Published: `new.csv`. Lines: 1 = 1 loaded")
    assert "needs no mapping" in words(app) and definitions.saved_mappings(own_demo) == {}
    assert kept(own_demo)[0].mapping == fingerprint(Mapping(source="complaints")), "the same load as without the page"


def in_format(ending: str) -> bytes:
    """The rows of OWN as other tools hand them out."""
    rows, held = pd.read_csv(io.BytesIO(OWN)), io.BytesIO()
    if ending == "xlsx":
        rows.to_excel(held, index=False)
    elif ending == "parquet":
        rows.to_parquet(held, index=False)
    elif ending == "jsonl":
        rows.to_json(held, orient="records", lines=True)
    elif ending == "csv.gz":
        held.write(gzip.compress(OWN))
    else:
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("complaints.csv", OWN)
    return held.getvalue()


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "jsonl", "csv.gz", "zip"])
def test_a_file_of_every_format_is_published(opened: Open, own_demo: Path, ending: str) -> None:
    app = dropped(opened(own_demo, "data"), in_format(ending), f"new.{ending}")
    assert [error.value for error in app.error] == [] and app.selectbox(key="guided_source").value == "complaints"
    press(on(app), "publish")
    assert app.success[0].value.startswith(f"Published: `new.{ending}`. Lines: 1 = 1 loaded")


def test_a_german_file_is_matched_confirmed_tried_and_published(opened: Open, own_demo: Path, words: Words) -> None:
    before = len(kept(own_demo))
    app = dropped(opened(own_demo, "data"), GERMAN.encode("cp1252"), "aufträge.csv")
    assert app.selectbox(key="guided_encoding").value == "cp1252"
    assert "Ölpumpe;Jürgen Groß" in app.table[0].value.iloc[0, 1]
    assert app.selectbox(key="guided_delimiter").value == ";" and app.number_input(key="guided_header_line").value == 3
    assert app.selectbox(key="guided_source").value == "orders"
    on(app)
    assert app.selectbox(key="match_ordered_at").value == "Bestelldatum"
    assert "`Sachbearbeiter`" in words(app), "what is not stored is said"
    on(app)
    assert "DD.MM.YYYY" in words(app) and app.multiselect(key="missing_delivered_at").value == ["-"]
    on(app)
    assert "Lines: 3 = 2 would be loaded + 1 rejected + 0 blank" in app.warning[0].value
    rejected = next(table.value for table in app.table if "Value in the file" in table.value)
    assert rejected["Line"].tolist() == ["6"] and rejected["Value in the file"].tolist() == ["`31.02.2026`"]
    assert len(kept(own_demo)) == before, "a dry run records nothing"
    press(app, "publish")
    newest = kept(own_demo)[0]
    assert (newest.published, newest.loaded, newest.rejected, newest.ignored) == (True, 2, 1, ("Sachbearbeiter",))
    saved = definitions.saved_mappings(own_demo)
    assert list(saved) == ["aufträge"]
    assert newest.mapping == fingerprint(definitions.mapping(saved["aufträge"], "orders"))


def test_the_rows_that_are_published_are_those_of_the_file(opened: Open, own_demo: Path) -> None:
    press(on(on(on(dropped(opened(own_demo, "data"), GERMAN.encode("cp1252"))))), "publish")
    table = DeltaTable(open_workspace(own_demo).table("orders")).to_pyarrow_table().to_pylist()
    rows = {row["order_id"]: row for row in table if row["order_id"] in ("A-1", "A-2", "A-3")}
    assert rows.keys() == {"A-1", "A-2"}
    assert (rows["A-1"]["amount"], rows["A-1"]["status"], rows["A-1"]["product"]) == (1317.5, "delivered", "Ölpumpe")
    assert rows["A-1"]["ordered_at"] == dt.datetime(2026, 3, 2) and rows["A-2"]["delivered_at"] is None


def test_the_next_file_like_it_is_recognised_by_the_saved_mapping(opened: Open, own_demo: Path, words: Words) -> None:
    app = press(on(on(on(dropped(opened(own_demo, "data"), GERMAN.encode("cp1252"), "erste.csv")))), "publish")
    press(app, "load_another")
    later = GERMAN.replace("A-", "B-").encode("cp1252")
    dropped(app, later, "zweite.csv")
    assert "your mapping `erste`" in words(app) and app.selectbox(key="guided_way").value == "saved:erste"
    press(on(app), "publish")
    assert kept(own_demo)[0].file == "zweite.csv" and kept(own_demo)[0].published
    assert list(definitions.saved_mappings(own_demo)) == ["erste"], "nothing new to save"


def test_a_chinese_file_in_gb18030_is_read_and_its_answers_recoded(opened: Open, own_demo: Path, words: Words) -> None:
    app = dropped(opened(own_demo, "data"), CHINESE.encode("gb18030"), "投诉.csv")
    compared = next(table.value for table in app.table if "Lines with letters beyond ASCII" in table.value)
    assert app.selectbox(key="guided_encoding").value == "gb18030" and len(compared) >= 2
    assert "投诉编号" in compared["Lines with letters beyond ASCII"].iloc[0]
    on(on(app))
    assert [box.value for box in app.selectbox if str(box.key).startswith("recode_severity")] == ["low", "high"]
    press(on(app), "publish")
    assert app.success and kept(own_demo)[0].loaded == 2
    assert list(definitions.saved_mappings(own_demo)) == ["投诉"]


def test_another_encoding_can_be_chosen_and_is_shown_at_once(opened: Open, demo: Path) -> None:
    app = dropped(opened(demo, "data"), CHINESE.encode("gb18030"))
    app.selectbox(key="guided_encoding").set_value("cp1252").run()
    assert not app.exception and draft(app).reading["encoding"] == "cp1252"
    assert "投诉编号" not in list(app.dataframe[0].value)
    app.selectbox(key="guided_encoding").set_value("gb18030").run()
    assert "投诉编号" in list(app.dataframe[0].value)


def test_a_date_that_can_be_read_both_ways_must_be_chosen(opened: Open, own_demo: Path, words: Words) -> None:
    app = on(on(dropped(opened(own_demo, "data"), AMERICAN)))
    radio = app.radio(key="way_answered_on")
    assert radio.value is None and app.button(key="step_on").disabled
    assert "`03/04/2026` → `2026-04-03`" in radio.options[0] and "`03/04/2026` → `2026-03-04`" in radio.options[1]
    radio.set_value(1).run()
    assert app.button(key="step_on").disabled, "the scale is still open"
    app.radio(key="scale_satisfaction").set_value(0).run()
    assert not app.button(key="step_on").disabled
    on(app)
    written = draft(app).mapping().columns
    assert written["answered_on"].format == "%m/%d/%Y"
    assert written["satisfaction"].rescale is not None and written["satisfaction"].rescale.source.highest == 10


STRANGE = b"complaint_id,received_at\nC1,2026/10/30 at 09.05\nC2,2026/10/31 at 17.20\n"


def test_a_format_that_nobody_proposes_is_spelled_and_tried_at_once(opened: Open, demo: Path, words: Words) -> None:
    app = dropped(opened(demo, "data"), STRANGE)
    app.selectbox(key="guided_way").set_value("match").run()
    on(on(app))
    assert app.button(key="step_on").disabled and "cannot be read as" in app.warning[0].value
    app.text_input(key="spelled_received_at").set_value("YYYY/MM/DD at hh.mm").run()
    assert not app.button(key="step_on").disabled and "`2026-10-30 09:05:00`" in words(app)
    on(app)
    assert (
        not app.button(key="publish").disabled
        and draft(app).mapping().columns["received_at"].format == "%Y/%m/%d at %H.%M"
    )


@pytest.mark.parametrize(
    ("spelled", "told"),
    [("DD.MM", "year, month and day are needed"), ("MM/DD/YYYY", "no value is written so"), ("DD.DD.YYYY", "twice")],
)
def test_a_format_that_reads_nothing_is_not_used(
    opened: Open, demo: Path, words: Words, spelled: str, told: str
) -> None:
    app = dropped(opened(demo, "data"), STRANGE)
    app.selectbox(key="guided_way").set_value("match").run()
    on(on(app)).text_input(key="spelled_received_at").set_value(spelled).run()
    assert told in words(app) and "format" not in draft(app).columns["received_at"]
    assert app.button(key="step_on").disabled


def test_without_the_spelled_format_the_proposals_count_again(opened: Open, demo: Path) -> None:
    app = on(on(dropped(opened(demo, "data"), AMERICAN)))
    app.text_input(key="spelled_answered_on").set_value("MM/DD/YYYY").run()
    assert draft(app).columns["answered_on"]["format"] == "%m/%d/%Y" and app.radio(key="way_answered_on").value == 1
    app.text_input(key="spelled_answered_on").set_value("").run()
    assert "format" not in draft(app).columns["answered_on"] and app.radio(key="way_answered_on").value is None


ZONED = b"Ticket,Opened,Closed\nC9001,2026-10-30 09:00:00,2026-10-30 11:00:00\nC9002,2026-10-25 01:30:00,\n"


def test_times_of_another_zone_are_moved_and_shown_before(opened: Open, own_demo: Path, words: Words) -> None:
    app = on(on(dropped(opened(own_demo, "data"), ZONED)))
    before = draft(app).text()
    app.selectbox(key="zone_of_file").set_value("America/New_York").run()
    assert app.button(key="step_on").disabled and "time_zone" not in draft(app).text()
    app.selectbox(key="zone_kept").set_value("Europe/Berlin").run()
    assert "`2026-10-30 09:00:00` → `2026-10-30 14:00:00`" in words(app)
    assert "way_received_at" not in [one.key for one in app.radio], "nothing else is asked"
    press(on(app), "publish")
    rows = DeltaTable(open_workspace(own_demo).table("complaints")).to_pyarrow_table().to_pylist()
    (row,) = [row for row in rows if row["complaint_id"] == "C9001"]
    assert row["received_at"] == dt.datetime(2026, 10, 30, 14) and row["closed_at"] == dt.datetime(2026, 10, 30, 16)
    saved = definitions.mapping(definitions.saved_mappings(own_demo)["new"], "complaints")
    assert saved.keep_in == "Europe/Berlin" and saved.columns["received_at"].time_zone == "America/New_York"
    assert "time_zone" not in before


def test_a_time_that_nobody_can_place_is_told_before_the_dry_run(opened: Open, demo: Path, words: Words) -> None:
    app = on(on(dropped(opened(demo, "data"), ZONED.replace(b"2026-10-25 01:30", b"2026-10-25 02:30"))))
    app.selectbox(key="zone_of_file").set_value("Europe/Berlin").run()
    app.selectbox(key="zone_kept").set_value("UTC").run()
    assert "rows rejected, because they cannot be read so: 1" in words(app) and "02:30" in words(app)


def test_the_zones_can_be_taken_back(opened: Open, demo: Path) -> None:
    app = on(on(dropped(opened(demo, "data"), ZONED)))
    before = draft(app).text()
    for key, zone in (
        ("zone_of_file", "Asia/Tokyo"),
        ("zone_kept", "UTC"),
        ("zone_of_file", None),
        ("zone_kept", None),
    ):
        app.selectbox(key=key).set_value(zone).run()
    assert draft(app).text() == before and not app.button(key="step_on").disabled


def test_days_have_no_time_zone(opened: Open, demo: Path) -> None:
    for content in (b"Ticket,Opened\nC1,2026-10-30\n", b"Ticket,Opened\nC1,30.10.2026\n"):
        app = on(on(dropped(opened(demo, "data"), content)))
        assert "zone_of_file" not in [box.key for box in app.selectbox]
        assert not app.button(key="step_on").disabled


def test_another_column_takes_its_zone_with_it(opened: Open, demo: Path) -> None:
    app = on(on(dropped(opened(demo, "data"), ZONED.replace(b",Closed", b",Other"))))
    app.selectbox(key="zone_of_file").set_value("Asia/Tokyo").run()
    app.selectbox(key="zone_kept").set_value("UTC").run()
    press(app, "step_columns")
    app.selectbox(key="match_received_at").set_value("Other").run()
    on(app)
    assert "keep_in" not in draft(app).reading
    assert draft(app).mapping().keep_in is None


def test_a_column_of_times_without_a_value_yet_has_the_zone_for_the_next_file(opened: Open, own_demo: Path) -> None:
    """Else the closings of the next file would stay in another zone than the receipts beside them."""
    app = on(on(dropped(opened(own_demo, "data"), b"Ticket,Opened,Closed\nC9001,2026-10-30 09:00:00,\n")))
    app.selectbox(key="zone_of_file").set_value("America/New_York").run()
    app.selectbox(key="zone_kept").set_value("Europe/Berlin").run()
    press(on(app), "publish")
    press(on(dropped(opened(own_demo, "data"), ZONED, "next.csv")), "publish")
    rows = DeltaTable(open_workspace(own_demo).table("complaints")).to_pyarrow_table().to_pylist()
    (row,) = [row for row in rows if row["complaint_id"] == "C9001"]
    assert (row["received_at"], row["closed_at"]) == (dt.datetime(2026, 10, 30, 14), dt.datetime(2026, 10, 30, 16))


SURVEY = (
    b"Response ID,Submitted on,Overall satisfaction\nR1,2026-10-31 22:30:00,5\nR2,2026-10-31 23:30:00,4\n"
    b"R3,2026-10-31 12:00:00,4\n"
)


def test_a_day_that_comes_of_a_time_is_that_of_the_organisation(opened: Open, own_demo: Path) -> None:
    """In Berlin it was November at half past eleven in London."""
    app = dropped(opened(own_demo, "data"), SURVEY)
    app.selectbox(key="guided_source").set_value("survey_responses").run()
    on(on(app))
    app.selectbox(key="zone_of_file").set_value("Europe/London").run()
    app.selectbox(key="zone_kept").set_value("Europe/Berlin").run()
    press(on(app), "publish")
    rows = DeltaTable(open_workspace(own_demo).table("survey_responses")).to_pyarrow_table().to_pylist()
    days = {row["response_id"]: row["answered_on"].day for row in rows if row["response_id"] in ("R1", "R2", "R3")}
    assert days == {"R1": 31, "R2": 1, "R3": 31}


DUE = (
    b"Ticket,Opened,Due date\nC9001,2026-10-30 09:00:00,2026-11-02 00:00:00\n"
    b"C9002,2026-10-30 23:00:00,2026-11-03 00:00:00\n"
)


def test_days_that_are_written_as_midnight_stay_the_same_days(opened: Open, own_demo: Path, words: Words) -> None:
    app = on(on(dropped(opened(own_demo, "data"), DUE)))
    app.selectbox(key="zone_of_file").set_value("UTC").run()
    app.selectbox(key="zone_kept").set_value("America/New_York").run()
    assert "Days alone are not moved: `due_on`" in words(app)
    press(on(app), "publish")
    rows = DeltaTable(open_workspace(own_demo).table("complaints")).to_pyarrow_table().to_pylist()
    (row,) = [row for row in rows if row["complaint_id"] == "C9001"]
    assert (row["received_at"], row["due_on"]) == (dt.datetime(2026, 10, 30, 5), dt.date(2026, 11, 2))


def test_a_z_behind_times_is_told_to_be_utc(opened: Open, demo: Path, words: Words) -> None:
    app = on(on(dropped(opened(demo, "data"), b"Ticket,Opened\nC1,2026-10-31T23:30:00Z\n")))
    assert "`received_at`: the Z behind these times means UTC" in words(app)
    assert not app.button(key="step_on").disabled
    app.selectbox(key="zone_of_file").set_value("UTC").run()
    app.selectbox(key="zone_kept").set_value("Asia/Shanghai").run()
    assert "means UTC" not in words(app) and "→ `2026-11-01 07:30:00`" in words(app)


OFFSETS = b"Ticket,Opened\nC9001,2026-10-31T23:30:00+01:00\nC9002,2026-07-01T00:30:00+02:00\n"


def test_times_with_their_offset_need_the_zone_of_the_organisation_alone(opened: Open, own_demo: Path) -> None:
    app = on(on(dropped(opened(own_demo, "data"), OFFSETS)))
    assert app.button(key="step_on").disabled and "zone_of_file" not in [box.key for box in app.selectbox]
    app.selectbox(key="zone_kept").set_value("UTC").run()
    press(on(app), "publish")
    rows = DeltaTable(open_workspace(own_demo).table("complaints")).to_pyarrow_table().to_pylist()
    found = {row["complaint_id"]: row["received_at"] for row in rows if row["complaint_id"] in ("C9001", "C9002")}
    assert found == {"C9001": dt.datetime(2026, 10, 31, 22, 30), "C9002": dt.datetime(2026, 6, 30, 22, 30)}
    assert definitions.mapping(definitions.saved_mappings(own_demo)["new"], "complaints").keep_in == "UTC"


@pytest.mark.parametrize(
    ("mapping", "error"),
    [(MAPPING, ""), (b"source: complaints\ndelimiter: ';'\ncolumns: {complaint_id: Nr}\n", "refused")],
)
def test_a_dry_run_writes_nothing_and_says_so(
    opened: Open, own_demo: Path, words: Words, mapping: bytes, error: str
) -> None:
    before = files(own_demo)
    app = dropped(opened(own_demo, "data"), MAPPED)
    app.selectbox(key="guided_source").set_value("complaints").run()
    app.selectbox(key="guided_way").set_value("file").run()
    app.file_uploader(key="guided_mapping").set_value(("m.yaml", mapping, "text/yaml")).run()
    on(app)
    assert "This was a dry run: nothing is published, nothing is recorded" in words(app)
    assert bool(app.error) == bool(error) and error in "".join(one.value for one in app.error)
    assert files(own_demo) == before


@pytest.mark.parametrize(
    ("row", "warned"),
    [
        (b"C9002,C0002,2026-10-31 09:00:00,\n", False),
        (b"C9002,C0002,2026-10-31 09:00:00,2099-10-31 10:00:00\n", True),
        (b"C9002,C0002,2099-10-31 09:00:00,\n", True),
    ],
    ids=["sound", "closed in the future", "received in the future"],
)
def test_what_the_gate_warns_of_is_said_beside_that_it_can_be_published(
    opened: Open, demo: Path, words: Words, row: bytes, warned: bool
) -> None:
    head = b"complaint_id,customer_id,received_at,closed_at\nC9001,C0001,2026-10-30 09:00:00,\n"
    text = words(on(dropped(opened(demo, "data"), head + row)))
    assert ("It can be published, and the gate warns of some rows." in text) == warned
    assert ("It can be published. " in text) != warned


def files(folder: Path) -> dict[Path, int]:
    """Without what SQLite's readers share in memory."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal")))
    return {path: path.stat().st_mtime_ns for path in found}


def test_what_may_be_no_value_in_a_text_is_asked_and_not_decided(opened: Open, demo: Path) -> None:
    app = on(on(dropped(opened(demo, "data"), AMERICAN)))
    box = app.multiselect(key="missing_comment")
    assert (box.options, box.value) == (["n/a"], [])
    box.set_value(["n/a"]).run()
    assert draft(app).columns["comment"]["missing"] == ["n/a"]


def test_a_column_that_is_needed_must_be_matched_before_one_goes_on(opened: Open, demo: Path, words: Words) -> None:
    app = dropped(opened(demo, "data"), b"Nr,Something\nC1,2026-10-30\n")
    assert app.button(key="step_on").disabled, "no dataset is proposed"
    app.selectbox(key="guided_source").set_value("complaints").run()
    on(app)
    assert app.button(key="step_on").disabled and "`received_at`" in words(app)
    app.selectbox(key="match_received_at").set_value("Something").run()
    assert not app.button(key="step_on").disabled


def test_a_constant_fills_what_the_file_does_not_say(opened: Open, demo: Path) -> None:
    app = dropped(opened(demo, "data"), b"Ticket,Opened\nC1,2026-10-30\n")
    on(app)
    app.selectbox(key="match_severity").set_value("\0constant").run()
    app.selectbox(key="constant_severity").set_value("high").run()
    app.selectbox(key="match_channel").set_value("\0constant").run()
    app.text_input(key="constant_channel").set_value("Web: form #1").run()
    on(on(app))
    columns = draft(app).mapping().columns
    assert (columns["severity"].constant, columns["channel"].constant) == ("high", "Web: form #1")
    assert not app.button(key="publish").disabled


def test_going_back_loses_nothing_and_another_language_neither(opened: Open, demo: Path) -> None:
    app = on(on(dropped(opened(demo, "data"), AMERICAN)))
    app.radio(key="way_answered_on").set_value(1).run()
    app.radio(key="scale_satisfaction").set_value(0).run()
    on(app)
    tried = draft(app).text()
    for language in ("zh", "en"):
        app.segmented_control(key="language_switch").set_value(language).run()
    press(app, "step_columns")
    assert app.selectbox(key="match_answered_on").value == "Submitted on"
    press(app, "step_preview")
    press(app, "step_formats")
    assert app.radio(key="way_answered_on").value == 1 and app.radio(key="scale_satisfaction").value == 0
    on(app)
    assert draft(app).text() == tried


def test_another_column_of_the_file_begins_with_no_format(opened: Open, demo: Path) -> None:
    content = b"Response ID,Submitted on,Other date\nR1,03/04/2026,2026-03-04\n"
    app = dropped(opened(demo, "data"), content)
    app.selectbox(key="guided_source").set_value("survey_responses").run()
    on(on(app)).radio(key="way_answered_on").set_value(0).run()
    press(app, "step_columns")
    app.selectbox(key="match_answered_on").set_value("Other date").run()
    on(app)
    assert draft(app).columns["answered_on"].get("format") is None
    on(app)
    assert not app.button(key="publish").disabled


def test_one_can_start_again(opened: Open, demo: Path) -> None:
    app = press(on(dropped(opened(demo, "data"), AMERICAN)), "begin_anew")
    assert DRAFT not in app.session_state and app.file_uploader(key="upload_file").value is None
    assert not [button for button in app.button if button.key == "step_on"]


def test_the_export_of_a_tool_is_recognised_and_read_word_for_word(opened: Open, own_demo: Path, words: Words) -> None:
    app = dropped(opened(own_demo, "data"), FRESHDESK)
    assert "filter to your complaints" in app.code[0].value, "its remarks are read before and not after"
    assert "export of Freshdesk" in words(app) and app.selectbox(key="guided_way").value == "ready:freshdesk"
    press(on(app), "publish")
    ready = definitions.mapping(definitions.ready_mappings()["freshdesk"], "complaints")
    assert kept(own_demo)[0].published and kept(own_demo)[0].mapping == fingerprint(ready)
    assert definitions.saved_mappings(own_demo) == {}


@pytest.mark.parametrize("lines", [b"", b"header_line: 1.0\nskip_lines_after_header: 0.0\n"], ids=["plain", "decimals"])
def test_a_mapping_of_ones_own_can_be_uploaded(opened: Open, own_demo: Path, lines: bytes) -> None:
    mapping = MAPPING + lines
    app = dropped(opened(own_demo, "data"), MAPPED)
    app.selectbox(key="guided_source").set_value("complaints").run()
    app.selectbox(key="guided_way").set_value("file").run()
    assert app.button(key="step_on").disabled
    app.file_uploader(key="guided_mapping").set_value(("m.yaml", mapping, "text/yaml")).run()
    press(on(app), "publish")
    assert app.success and draft(app).text() == mapping.decode()


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (b"source: orders\n", "orders"),
        (b"source: complaints\ncolumns:\n  complaint_idd: Nr\n", "complaint_id"),
        (b"source: [\n", "mapping:"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
    ids=["other source", "unknown column", "not YAML", "not text"],
)
def test_a_mistake_in_an_uploaded_mapping_is_named_without_a_path(
    opened: Open, demo: Path, mapping: bytes, said: str
) -> None:
    app = dropped(opened(demo, "data"), MAPPED)
    app.selectbox(key="guided_source").set_value("complaints").run()
    app.selectbox(key="guided_way").set_value("file").run()
    app.file_uploader(key="guided_mapping").set_value(("m.yaml", mapping, "text/yaml")).run()
    (error,) = app.error
    told = error.value.replace("\\", "")
    assert said in told and "/tmp" not in told and app.button(key="step_on").disabled and not app.exception


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_mapping_is_never_overwritten_in_silence(opened: Open, own_demo: Path, encoding: str) -> None:
    """Nor one that an editor has written in an encoding of its own."""
    (own_demo / "mappings").mkdir()
    other = own_demo / "mappings" / "new.yaml"
    other.write_text(theirs := "source: orders # Aufträge\ndelimiter: '|'\n", encoding=encoding)
    app = press(on(on(on(dropped(opened(own_demo, "data"), GERMAN.encode("cp1252"))))), "publish")
    assert set(definitions.saved_mappings(own_demo)) == {"new", "new-2"}
    app.text_input(key="mapping_name").set_value("new").run()
    press(app, "save_mapping")
    assert "already" in app.error[0].value and other.read_text(encoding=encoding) == theirs
    app.checkbox(key="replace_mapping").check().run()
    press(app, "save_mapping")
    assert not app.error and other.read_text(encoding="utf-8") == draft(app).text()


def test_a_rejected_formula_cannot_run_in_a_spreadsheet(opened: Open, demo: Path) -> None:
    content = b"complaint_id,received_at\nC1,2026-10-30\nC2,=cmd|calc\n"
    app = on(dropped(opened(demo, "data"), content))
    tried = draft(app).tried
    assert tried is not None and code("=cmd|calc") in app.table[0].value["Value in the file"].tolist()
    assert b"'=cmd|calc" in rejects_csv(tried[1].rejects) and b",=cmd" not in rejects_csv(tried[1].rejects)


@pytest.mark.parametrize("name", ["Line", "a|b", "**x**", "", "=1+1", "$x$"])
def test_a_strange_name_of_a_column_breaks_nothing(opened: Open, demo: Path, name: str) -> None:
    content = pd.DataFrame([["C1", "2026-10-30", "x"]], columns=["Ticket", "Opened", name]).to_csv(index=False).encode()
    app = on(dropped(opened(demo, "data"), content))
    assert not app.exception and not app.error
    assert (name in options(app, "match_category")) == bool(name)


def test_a_way_in_that_cannot_be_read_says_so_and_can_be_changed(opened: Open, demo: Path) -> None:
    app = dropped(opened(demo, "data"), OWN)
    app.number_input(key="guided_header_line").set_value(999).run()
    assert "cannot be read" in app.error[0].value and app.button(key="step_on").disabled
    app.number_input(key="guided_header_line").set_value(0).run()
    assert not app.error and not app.button(key="step_on").disabled


def workbook(**sheets: bool) -> bytes:
    """The rows of OWN on each sheet; some of them are hidden."""
    held, rows = io.BytesIO(), pd.read_csv(io.BytesIO(OWN))
    with pd.ExcelWriter(held, engine="openpyxl") as book:
        for name, seen in sheets.items():
            rows.to_excel(book, sheet_name=name, index=False)
            book.sheets[name].sheet_state = "visible" if seen else "hidden"
    return held.getvalue()


def test_a_workbook_without_a_chosen_sheet_says_so_and_another_can_be_chosen(
    opened: Open, demo: Path, words: Words
) -> None:
    app = dropped(opened(demo, "data"), workbook(May=True, June=True, Intern=False, Notes=False), "new.xlsx")
    assert "which are not read: `Intern`, `Notes`" in words(app)
    app.selectbox(key="guided_sheet").set_value(None).run()
    assert not app.exception and "2 sheets are visible" in app.error[0].value and app.button(key="step_on").disabled
    app.selectbox(key="guided_sheet").set_value("Intern").run()
    assert not app.exception and not app.error and draft(app).reading["sheet"] == "Intern"
    assert "which are not read: `Notes`" in words(app), "the chosen one is read"


def test_the_only_sheet_cannot_be_left_out(opened: Open, demo: Path) -> None:
    app = dropped(opened(demo, "data"), workbook(May=True), "new.xlsx")
    app.selectbox(key="guided_sheet").set_value(None).run()
    assert not app.exception and not app.error and app.selectbox(key="guided_sheet").value == "May"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (OWN, "It holds ASCII characters alone: every usual encoding reads it alike."),
        (OWN.decode().encode("utf-8-sig"), "Read so, its first lines hold ASCII characters alone."),
        (OWN.decode().encode("utf-16"), "Read so, its first lines hold ASCII characters alone."),
        (OWN.replace(b"C9001", "Ö1".encode()), "its first lines with other letters are below"),
    ],
    ids=["ASCII", "with the mark of UTF-8", "UTF-16", "UTF-8"],
)
def test_what_is_said_of_the_encoding_is_true(
    opened: Open, demo: Path, words: Words, content: bytes, told: str
) -> None:
    said = words(dropped(opened(demo, "data"), content))
    assert told in said and "�" not in said
    assert ("every usual encoding" in said) == content.isascii()


def test_without_a_dataset_there_is_no_way_to_the_dry_run(opened: Open, demo: Path) -> None:
    app = press(on(dropped(opened(demo, "data"), OWN)), "step_preview")
    app.selectbox(key="guided_source").set_value(None).run()
    assert not app.exception and "step_trial" not in [button.key for button in app.button]
    app.selectbox(key="guided_source").set_value("complaints").run()
    press(app, "step_trial")
    assert app.success


def test_a_mapping_of_the_encoding_alone_reads_the_columns_by_their_names(
    opened: Open, own_demo: Path, words: Words
) -> None:
    (own_demo / "mappings").mkdir()
    saved = own_demo / "mappings" / "ours.yaml"
    saved.write_text("source: complaints\nencoding: cp1252\n", encoding="utf-8")
    app = dropped(opened(own_demo, "data"), OWN)
    app.selectbox(key="guided_way").set_value("saved:ours").run()
    assert "Not asked for, and not stored" not in words(app)
    app.selectbox(key="guided_way").set_value("match").run()
    saved.unlink()
    app.selectbox(key="guided_way").set_value("saved:ours").run()
    assert "cannot be used" in app.error[0].value and "/tmp" not in app.error[0].value


def test_a_needed_column_is_filled_by_the_one_of_its_name_also_when_it_is_cleared(opened: Open, demo: Path) -> None:
    app = dropped(opened(demo, "data"), OWN)
    app.selectbox(key="guided_way").set_value("match").run()
    on(app).selectbox(key="match_received_at").set_value(None).run()
    assert app.selectbox(key="match_received_at").value == "received_at" and not app.button(key="step_on").disabled


def test_a_choice_that_a_browser_sends_again_keeps_what_was_answered_since(
    opened: Open, own_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = on(on(dropped(opened(own_demo, "data"), GERMAN.encode("cp1252"))))
    sent, answered = {"match_ordered_at": "Bestelldatum"}, dict(draft(app).columns["ordered_at"])
    monkeypatch.setattr(columns_step.st, "session_state", sent)
    assert answered["format"] == "%d.%m.%Y"
    columns_step._choose(draft(app), "ordered_at")
    assert draft(app).columns["ordered_at"] == answered
    sent["match_ordered_at"] = "Lieferdatum"
    columns_step._choose(draft(app), "ordered_at")
    assert draft(app).columns["ordered_at"] == {"from": ["Lieferdatum"]}


def test_a_format_that_nobody_spelled_is_no_answer_when_a_browser_sends_it_again(
    opened: Open, own_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = on(on(dropped(opened(own_demo, "data"), GERMAN.encode("cp1252"))))
    found, answered = draft(app), dict(draft(app).columns["ordered_at"])
    column, values = found.contract.columns["ordered_at"], found.counted["Bestelldatum"]
    sent = {"spelled_ordered_at": "", "zone_of_file": None, "zone_kept": None}
    for module in (spelled_question, zone_question):
        monkeypatch.setattr(module.st, "session_state", sent)
    assert answered["format"] == "%d.%m.%Y"
    spelled_question._keep(found, "ordered_at", column, values)
    zone_question._keep(found, {"ordered_at": "%d.%m.%Y"})
    assert found.columns["ordered_at"] == answered
    sent["spelled_ordered_at"] = "DD.MM.YY"
    spelled_question._keep(found, "ordered_at", column, values)
    assert found.columns["ordered_at"] == answered, "it reads nothing"
    sent["spelled_ordered_at"] = ""
    spelled_question._keep(found, "ordered_at", column, values)
    assert "format" not in found.columns["ordered_at"], "taken back by hand"


def test_a_file_that_is_in_already_is_told_before_it_is_published(opened: Open, own_demo: Path) -> None:
    press(on(dropped(opened(own_demo, "data"), OWN)), "publish")
    app = on(dropped(opened(own_demo, "data"), OWN, "renamed.csv"))
    assert "This file was loaded already on" in app.info[0].value and not app.warning
    press(app, "publish")
    assert "Nothing was changed" in app.info[0].value


def test_what_would_be_replaced_is_told_before_and_after_and_can_come_back(
    opened: Open, own_demo: Path, words: Words
) -> None:
    press(on(dropped(opened(own_demo, "data"), OWN)), "publish")
    app = on(dropped(opened(own_demo, "data"), OWN.replace(b"low", b"high"), "wrong.csv"))
    assert not app.info and app.warning[0].value == "1 row would replace a row of new.csv"
    press(app, "publish")
    assert app.success and app.warning[0].value == "1 row replaced a row of new.csv"
    listed = opened(own_demo, "data", view="loads")
    assert "1 row replaced a row of new.csv." in words(listed)
    assert list(listed.dataframe[0].value["Replaced"])[:2] == [1, 0]
    app = on(dropped(opened(own_demo, "data"), OWN))
    assert "rows of it were replaced since" in app.info[0].value
    assert app.warning[0].value == "1 row would replace a row of wrong.csv"
    press(app, "publish")
    assert app.success and not app.info
