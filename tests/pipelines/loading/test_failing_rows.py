"""The rows that a gate found unexpected, read again from the original through the mapping that was applied."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from audit.errors import RecordError, SourceError
from audit.load import Load
from audit.mapping import Mapping
from audit.records import Records
from pipelines.load import load
from pipelines.loading.failing_rows import failing_rows, mapping_of
from pipelines.personal.key import pseudonyms
from pipelines.staging import csv_file
from pipelines.workspace import SetUp, Workspace, make_workspace

NOW = dt.datetime(2026, 4, 1, 12, 0, tzinfo=dt.UTC)
MAPPED = Mapping.model_validate(
    {
        "source": "complaints",
        "delimiter": ";",
        "columns": {
            "complaint_id": "Nr",
            "received_at": {"from": "in", "format": "%d.%m.%Y"},
            "closed_at": {"from": "out", "format": "%d.%m.%Y"},
            "severity": {"from": "how", "recode": {"1": "low"}, "missing": ["-"]},
            "channel": {"constant": "phone"},
        },
    }
)
FILE = (
    b"Nr;in;out;how;mood\n"
    b"c1;02.03.2026;05.03.2026;1;x\n"
    b"c2;03.03.2026;01.03.2026;1;x\n"
    b"c3;yesterday;01.03.2026;1;x\n"
    b"\n"
    b"c4;04.03.2026;01.03.2026;-;x\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "house", SetUp(organisation="Anybody Ltd"))


@pytest.fixture
def records(workspace: Workspace) -> Iterator[Records]:
    with workspace.open_records(lambda: NOW) as opened:
        yield opened


@pytest.fixture
def stopped(workspace: Workspace, records: Records) -> Load:
    return load(workspace, records, FILE, "tool.csv", "complaints", MAPPED, "Ana")


def test_the_mapping_of_a_load_is_kept_under_the_hash_that_the_record_names(
    workspace: Workspace, stopped: Load
) -> None:
    assert mapping_of(workspace, stopped) == MAPPED
    assert hashlib.sha256(workspace.store.get(stopped.mapping)).hexdigest() == stopped.mapping


def test_the_rows_are_those_whose_lines_the_gate_named(workspace: Workspace, stopped: Load) -> None:
    found = failing_rows(workspace, stopped)
    (early,) = [result for result in stopped.gate if result.stops]
    assert early.lines == (3, 6)
    of_it = found[found["line"].isin(early.lines)]
    assert of_it["complaint_id"].tolist() == ["c2", "c4"]
    assert of_it["closed_at"].dt.strftime("%d.%m.%Y").tolist() == ["01.03.2026"] * 2
    assert of_it["severity"].isna().tolist() == [False, True]
    assert found["line"].is_monotonic_increasing and found["line"].is_unique


def test_only_columns_that_the_file_supplied_are_shown(workspace: Workspace, stopped: Load) -> None:
    wanted = ["line", "complaint_id", "received_at", "closed_at", "severity", "channel"]
    assert sorted(failing_rows(workspace, stopped)) == sorted(wanted)


def test_without_an_unexpected_row_nothing_is_shown(workspace: Workspace, stopped: Load) -> None:
    calm = replace(stopped, gate=tuple(replace(result, lines=()) for result in stopped.gate))
    assert len(failing_rows(workspace, calm)) == 0


@pytest.mark.parametrize("fingerprint", ["", "0" * 64, "../../etc/passwd"])
def test_a_load_from_before_mappings_were_kept_says_so(workspace: Workspace, stopped: Load, fingerprint: str) -> None:
    with pytest.raises(SourceError, match="before mappings were kept"):
        failing_rows(workspace, replace(stopped, mapping=fingerprint))


def test_an_original_that_was_changed_is_not_shown(workspace: Workspace, stopped: Load) -> None:
    path = workspace.store.path(stopped.sha256)
    os.chmod(path, 0o640)
    path.write_bytes(FILE.replace(b"c2", b"c9"))
    with pytest.raises(RecordError, match="was changed"):
        failing_rows(workspace, stopped)


def test_progress_reaches_the_end(workspace: Workspace, stopped: Load) -> None:
    told: list[float] = []
    failing_rows(workspace, stopped, told.append)
    assert told == sorted(told) and told[-1] == 1.0


PERSONAL = (
    "complaint_id,received_at,closed_at,customer_id,cause\n"
    "c1,2026-03-02 10:00:00,2026-03-01 10:00:00,KUNDE-7,call +49 171 9081726 or ann@ohm.example\n"
    "c2,2026-03-02 10:00:00,2026-03-01 10:00:00,KUNDE-7,late again\n"
)


def test_a_person_is_shown_as_the_table_would_show_them(workspace: Workspace, records: Records) -> None:
    found = load(workspace, records, PERSONAL.encode(), "a.csv", "complaints", Mapping(source="complaints"), "Ana")
    assert found.stopped
    rows = failing_rows(workspace, found)
    assert rows["customer_id"].tolist() == [pseudonyms(workspace).of("KUNDE-7")] * 2
    assert rows["cause"].tolist() == ["call [phone] or [e-mail]", "late again"]
    assert not any(secret in rows.to_csv() for secret in ("KUNDE", "171", "ann@"))


def test_names_and_contacts_are_in_no_table_and_not_here(workspace: Workspace, records: Records) -> None:
    content = b"customer_id,name,email,customer_since\nK-1,Anna Ohm,a@ohm.example,2999-01-01\n"
    found = load(workspace, records, content, "c.csv", "customers", Mapping(source="customers"), "Ana")
    one = replace(found.gate[0], lines=(2,), unexpected=1)
    rows = failing_rows(workspace, replace(found, gate=(one,)))
    assert list(rows) == ["line", "customer_id", "customer_since"] and len(rows) == 1


def test_beyond_the_last_row_that_is_wanted_nothing_is_read(
    workspace: Workspace, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = b"k1,2026-03-02 10:00:00,2026-03-01 10:00:00\n"
    good = b"".join(b"c%d,2026-03-02 10:00:00,2026-03-03 10:00:00\n" % number for number in range(200_000))
    found = load(
        workspace, records, b"complaint_id,received_at,closed_at\n" + bad + good, "a.csv", "complaints",
        Mapping(source="complaints"), "Ana",
    )  # fmt: skip
    monkeypatch.setattr(csv_file, "PIECE", 1_000_000)
    told: list[float] = []
    rows = failing_rows(workspace, found, told.append)
    assert rows["complaint_id"][0] == "k1" and rows["line"].max() < 100
    assert len(told) < 6 and max(told[:-1]) < 0.4, told


def test_of_a_questionnaire_the_lines_are_those_of_the_file(workspace: Workspace, records: Records) -> None:
    mapping = Mapping.model_validate(
        {
            "source": "survey_answers",
            "columns": {
                "response_id": "id", "answered_on": "on", "scale_lowest": {"constant": "1"},
                "scale_highest": {"constant": "5"},
            },
            "pivot": {"question": "question", "answers": {"speed": {"score": "q1"}, "price": {"score": "q2"}}},
        }
    )  # fmt: skip
    content = b"id,on,q1,q2\nr1,2026-03-02,5,4\nr2,2026-03-02,3,2\n"
    found = load(workspace, records, content, "a.csv", "survey_answers", mapping, "Ana")
    one = replace(found.gate[0], lines=(3,), unexpected=2)
    rows = failing_rows(workspace, replace(found, gate=(one,)))
    assert rows["line"].tolist() == [3, 3] and sorted(rows["question"]) == ["price", "speed"]
    assert dict(zip(rows["question"], rows["score"], strict=True)) == {"speed": 3.0, "price": 2.0}
