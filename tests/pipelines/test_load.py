"""A file's whole way in, with a real table, a real gate and real records: nothing is lost and nothing is half done."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from deltalake import DeltaTable

from audit.errors import AuditError, DefinitionError, RecordError
from audit.load import Load
from audit.mapping import Mapping
from audit.records import Records, loads
from audit.records.trail import trail
from audit.text import Text
from pipelines import definitions
from pipelines.load import Refused, load, rejects_of
from pipelines.loading.load_id import identity
from pipelines.publishing.standing import data_files
from pipelines.workspace import SetUp, Workspace, make_workspace

NOW = dt.datetime(2026, 4, 1, 12, 0, tzinfo=dt.UTC)
PLAIN = Mapping(source="complaints")
HEADER = "complaint_id,received_at,closed_at,customer_id,severity,mood\n"
MARCH = HEADER + (
    "c1,2026-03-02 10:00:00,2026-03-05 10:00:00,k1,low,calm\n"
    "\n"
    'c2,2026-03-03 10:00:00,,k2,high,"loud\nand long"\n'
    "c3,2026-02-30 10:00:00,,k3,low,calm\n"
    "c4,2026-02-27 10:00:00,,k3,grave,calm\n"
    "c5,2026-02-28 10:00:00,,k3,low,calm\n"
)
CORRECTED = HEADER + "c1,2026-01-31 10:00:00,2026-03-05 10:00:00,k1,low,calm\n"
CLOSED_TOO_EARLY = HEADER + (
    "c1,2026-03-02 10:00:00,2026-03-01 10:00:00,k1,low,calm\nc9,2026-03-03 10:00:00,,k1,low,calm\n"
)
WITHOUT_CUSTOMERS = HEADER + "c1,2026-03-02 10:00:00,,,low,calm\nc2,2026-03-03 10:00:00,,k1,low,calm\n"
STEPS = [
    "keeping the original", "reading the rows", "holding the rows at the gate", "publishing the rows",
    "recording the load",
]  # fmt: skip
NOTHING_USABLE = HEADER + "c1,yesterday,,k1,low,calm\n\nc2,today,,k1,low,calm\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "our house", SetUp(organisation="Anybody Ltd"))


@pytest.fixture
def records(workspace: Workspace) -> Iterator[Records]:
    with workspace.open_records(lambda: NOW) as opened:
        yield opened


def loaded(workspace: Workspace, records: Records, text: str, name: str = "march.csv", **more: Any) -> Load:
    given = {"source": "complaints", "mapping": PLAIN, "actor": "Ada"} | more
    return load(workspace, records, text.encode(), name, **given)


def facts(workspace: Workspace, *columns: str) -> list[tuple[Any, ...]]:
    table = workspace.table("complaints")
    if not DeltaTable.is_deltatable(str(table)):
        return []
    with duckdb.connect() as connection:
        query = f"select {', '.join(columns)} from read_parquet($f, hive_partitioning = false) order by complaint_id"
        return connection.execute(query, {"f": data_files(DeltaTable(table))}).fetchall()


def state(workspace: Workspace, records: Records) -> tuple[Any, ...]:
    """Everything that a load may change."""
    files = sorted(path.relative_to(workspace.folder).as_posix() for path in workspace.facts.rglob("*"))
    return files, [path.name for path in workspace.store.files()], trail.entries(records), loads.every(records)


def test_a_file_comes_in_and_every_line_of_it_is_accounted_for(workspace: Workspace, records: Records) -> None:
    found = loaded(workspace, records, MARCH, "../exports/march.csv")
    assert (found.lines, found.loaded, found.rejected, found.blank) == (6, 3, 2, 1)
    assert (found.physical_lines, found.file, found.source) == (8, "march.csv", "complaints")
    assert found.sha256 == hashlib.sha256(MARCH.encode()).hexdigest()
    assert workspace.store.get(found.sha256) == MARCH.encode()
    assert (found.published, found.version) == (True, DeltaTable(workspace.table("complaints")).version())
    assert (found.received_at, found.actor) == (NOW, "Ada")
    assert found.delivered == ("complaint_id", "received_at", "closed_at", "customer_id", "severity")
    assert found.ignored == ("mood",)
    assert found.months == {"2026-02": 1, "2026-03": 2}
    assert [result.outcome for result in found.gate] == ["passed"] * len(definitions.source("complaints").gate)
    assert {result.rows for result in found.gate} == {3}
    assert facts(workspace, "complaint_id", "_line") == [("c1", 2), ("c2", 4), ("c5", 8)]
    assert {load for (load,) in facts(workspace, "_load")} == {found.id}
    assert loads.every(records) == [found]


def test_what_was_refused_is_kept_with_line_and_reason(workspace: Workspace, records: Records) -> None:
    rejects = rejects_of(workspace, loaded(workspace, records, MARCH))
    assert [(reject.line, reject.column, reject.value) for reject in rejects] == [
        (6, "received_at", "2026-02-30 10:00:00"), (7, "severity", "grave"),
    ]  # fmt: skip
    assert all(isinstance(reject.reason, Text) for reject in rejects)
    assert "low, medium, high" in rejects[1].reason.en


@pytest.mark.parametrize("value", ["a\u2028b", "a\u0085b", '\\"', "中文", "{}"])
def test_a_refused_value_is_kept_whatever_is_in_it(workspace: Workspace, records: Records, value: str) -> None:
    quoted = value.replace('"', '""')
    found = loaded(workspace, records, HEADER + f'c1,2026-03-02 10:00:00,,k1,"{quoted}",\n')
    assert [reject.value for reject in rejects_of(workspace, found)] == [value]


def test_the_same_file_twice_is_one_load_and_the_second_time_writes_nothing(
    workspace: Workspace, records: Records
) -> None:
    first = loaded(workspace, records, MARCH)
    before = state(workspace, records)
    assert loaded(workspace, records, MARCH, "renamed.csv", actor="Bob") == first
    assert state(workspace, records) == before


def wait_for(true: Callable[[], bool]) -> None:
    """At most 20 seconds."""
    for _ in range(2_000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("what the test waits for did not come")


def append(file: Path) -> None:
    with file.open("a") as opened:
        opened.write("c6,2026-03-04 10:00:00,,k1,low,calm\n")


def put_in_its_place(file: Path) -> None:
    (other := file.with_suffix(".new")).write_text(CORRECTED)
    other.replace(file)


def rewrite(file: Path, text: str) -> None:
    """With the times that it had, as `rsync --times` leaves them."""
    was = file.stat()
    file.write_text(text)
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a line more": append,
    "another file in its place": put_in_its_place,
    "as many bytes, and its old times": lambda file: rewrite(file, MARCH.replace("low", "LOW")),
    "gone": Path.unlink,
}


@pytest.mark.parametrize("change", CHANGES)
def test_of_a_file_that_changes_after_its_copy_was_made_nothing_is_published(
    workspace: Workspace, records: Records, tmp_path: Path, change: str
) -> None:
    (file := tmp_path / "march.csv").write_text(MARCH)
    store, kept = workspace.store, hashlib.sha256(MARCH.encode()).hexdigest()

    def at_the_gate(share: float, words: Text) -> None:
        if words.en == "holding the rows at the gate":
            wait_for(lambda: store.has(kept))
            CHANGES[change](file)

    with pytest.raises(RecordError, match=r"march\.csv was changed while it was read; load it again"):
        load(workspace, records, file, file.name, "complaints", PLAIN, "Ada", at_the_gate)
    assert (facts(workspace, "complaint_id"), loads.every(records)) == ([], [])
    file.write_text(MARCH)
    assert load(workspace, records, file, file.name, "complaints", PLAIN, "Ada").published


def test_a_file_that_is_only_read_meanwhile_is_loaded(workspace: Workspace, records: Records, tmp_path: Path) -> None:
    (file := tmp_path / "march.csv").write_text(MARCH)

    def somebody_reads(share: float, words: Text) -> None:
        file.read_bytes()

    assert load(workspace, records, file, file.name, "complaints", PLAIN, "Ada", somebody_reads).published


def test_another_mapping_of_the_same_file_is_another_load() -> None:
    ids = {
        identity(sha256, mapping)
        for sha256 in ("a" * 64, "b" * 64)
        for mapping in (
            PLAIN,
            Mapping(source="orders"),
            Mapping(source="complaints", delimiter=";"),
            Mapping.model_validate({"source": "complaints", "columns": {"cause": "why"}}),
        )
    }
    assert len(ids) == 8
    assert all(len(id) == 12 for id in ids)
    assert identity("a" * 64, PLAIN) == identity(
        "a" * 64, Mapping.model_validate({"source": "complaints", "delimiter": ","})
    )


def test_a_correction_replaces_its_row_also_in_another_month(workspace: Workspace, records: Records) -> None:
    march, corrected = loaded(workspace, records, MARCH), loaded(workspace, records, CORRECTED)
    assert corrected.version is not None and march.version is not None and corrected.version > march.version
    assert facts(workspace, "complaint_id", "strftime(received_at, '%Y-%m')", "_load") == [
        ("c1", "2026-01", corrected.id), ("c2", "2026-03", march.id), ("c5", "2026-02", march.id),
    ]  # fmt: skip


def test_a_critical_failure_stops_the_publication_and_the_former_version_stays(
    workspace: Workspace, records: Records
) -> None:
    march = loaded(workspace, records, MARCH)
    before = state(workspace, records)[0]
    stopped = loaded(workspace, records, CLOSED_TOO_EARLY)
    assert (stopped.published, stopped.version) == (False, None)
    assert (stopped.lines, stopped.loaded, stopped.rejected, stopped.blank) == (2, 2, 0, 0)
    assert stopped.months == {"2026-03": 2}
    failed = [result for result in stopped.gate if result.stops]
    assert [(result.unexpected, result.lines, result.by_month) for result in failed] == [(1, (2,), {"2026-03": 1})]
    assert state(workspace, records)[0] == before
    assert {load for (load,) in facts(workspace, "_load")} == {march.id}
    assert loads.every(records) == [stopped, march]


def test_a_first_load_that_is_stopped_makes_no_table(workspace: Workspace, records: Records) -> None:
    loaded(workspace, records, CLOSED_TOO_EARLY)
    assert not workspace.facts.exists()


def test_a_load_that_was_stopped_may_be_tried_again(workspace: Workspace, records: Records) -> None:
    first, second = (loaded(workspace, records, CLOSED_TOO_EARLY) for _ in range(2))
    assert first.id == second.id
    assert loads.every(records) == [second]
    assert [entry.object_id for entry in trail.entries(records)] == [first.id, first.id]


def test_a_warning_is_published_and_travels_with_the_load(workspace: Workspace, records: Records) -> None:
    found = loaded(workspace, records, WITHOUT_CUSTOMERS)
    warned = [result for result in found.gate if result.outcome == "failed"]
    assert found.published
    assert [(result.column, result.severity, result.unexpected, result.lines) for result in warned] == [
        ("customer_id", "warning", 1, (2,))
    ]
    assert loads.find(records, found.id).gate == found.gate


def test_a_file_of_which_no_row_is_usable_is_recorded_and_not_published(workspace: Workspace, records: Records) -> None:
    found = loaded(workspace, records, NOTHING_USABLE)
    assert (found.lines, found.loaded, found.rejected, found.blank) == (3, 0, 2, 1)
    assert (found.published, found.version, found.gate, found.months) == (False, None, (), {})
    assert found.outcome == "refused" and "line 2, received_at: “…” does not fit" in found.refused
    assert "yesterday" not in found.refused, "nothing can be erased out of the trail"
    assert not workspace.facts.exists()
    assert loads.every(records) == [found]


UNUSABLE = ["", HEADER, "<html><body>Sign in</body></html>", "complaint_id,mood\nc1,calm\n"]


@pytest.mark.parametrize("text", UNUSABLE)
def test_a_refused_file_leaves_its_bytes_and_a_record_and_changes_no_row(
    workspace: Workspace, records: Records, text: str
) -> None:
    march = loaded(workspace, records, MARCH)
    facts_before = state(workspace, records)[0]
    with pytest.raises(Refused) as raised:
        loaded(workspace, records, text, "../out/april.csv")
    refused = raised.value.load
    assert (refused.outcome, refused.refused, refused.file) == ("refused", str(raised.value), "april.csv")
    assert (refused.lines, refused.published, refused.version, refused.months) == (0, False, None, {})
    assert workspace.store.get(refused.sha256) == text.encode(), "the original bytes may be looked at"
    assert refused.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert state(workspace, records)[0] == facts_before
    assert loads.every(records) == [refused, march] and rejects_of(workspace, refused) == []
    assert (refused.received_at, refused.actor) == (NOW, "Ada")


def test_a_refused_file_may_be_loaded_again_and_the_same_refusal_is_recorded_once(
    workspace: Workspace, records: Records
) -> None:
    for _ in range(3):
        with pytest.raises(Refused):
            loaded(workspace, records, UNUSABLE[2])
    assert len(trail.entries(records)) == 1
    # as when the program has learnt to read such a file since
    (refused,) = loads.every(records)
    mended = replace(refused, refused="", lines=1, loaded=1, published=True, version=1)
    assert loads.keep(records, mended, "Ada") == mended
    assert loads.every(records) == [mended]
    assert loaded(workspace, records, UNUSABLE[2]) == mended


def test_a_reason_that_quotes_the_file_is_one_line_that_every_database_can_keep(
    workspace: Workspace, records: Records
) -> None:
    with pytest.raises(Refused) as raised:
        loaded(workspace, records, "complaint\u2028\x1b_id,\u202ereceived_at\nc1,2026-03-02\n")
    assert str(raised.value).isprintable() and loads.every(records) == [raised.value.load]


@pytest.mark.parametrize(
    ("more", "error", "hint"),
    [
        ({"source": "complaint"}, DefinitionError, "did you mean 'complaints'"),
        ({"mapping": Mapping(source="orders")}, DefinitionError, "for 'orders', not for 'complaints'"),
        ({"actor": "  "}, RecordError, "who makes the change"),
    ],
)
def test_a_mistake_in_the_call_is_named_before_anything_is_kept(
    workspace: Workspace, records: Records, more: dict[str, Any], error: type[AuditError], hint: str
) -> None:
    before = state(workspace, records)
    with pytest.raises(error, match=hint):
        loaded(workspace, records, MARCH, **more)
    assert state(workspace, records) == before


def test_progress_only_grows_and_ends_at_one(workspace: Workspace, records: Records) -> None:
    told: list[tuple[float, Text]] = []
    loaded(workspace, records, MARCH, progress=lambda share, words: told.append((share, words)))
    shares = [share for share, _ in told]
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert shares == sorted(shares)
    assert list(dict.fromkeys(words.en for _, words in told)) == [*STEPS, "loaded"]


class Killed(BaseException):
    """As when the user leaves the page: no `except Exception` sees it."""


def test_a_load_that_is_broken_off_anywhere_can_be_loaded_again(workspace: Workspace, records: Records) -> None:
    told: list[str] = []
    for step in STEPS:

        def break_off(share: float, words: Text, at: str = step) -> None:
            told.append(words.en)
            if words.en == at:
                raise Killed

        with pytest.raises(Killed):
            loaded(workspace, records, MARCH, progress=break_off)
        assert loads.every(records) == []
        assert len(facts(workspace, "complaint_id")) == (3 if step == "recording the load" else 0)
    found = loaded(workspace, records, MARCH)
    assert facts(workspace, "complaint_id", "_load") == [(id, found.id) for id in ("c1", "c2", "c5")]
    assert loads.every(records) == [found]
    assert found.published and set(told) == set(STEPS)
