"""A person who is erased is in no byte of the workspace any more, and all others are as they were."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from arrived import arrive
from canary import ANSWERS, COMMENT, CUSTOMERS, E_MAIL, ID, NAME, PHONE, SECRETS, places
from deltalake import DeltaTable

from audit.errors import RecordError, SourceError
from audit.records import erasures, loads
from audit.records.document.documents import NewDocument, register, revise
from audit.records.erasures import Erasure
from audit.records.trail import trail
from pipelines import definitions
from pipelines.__main__ import main
from pipelines.load import rejects_of
from pipelines.personal import erased_tables, identities
from pipelines.personal.erasure import erase
from pipelines.personal.key import place, pseudonyms
from pipelines.publishing.standing import data_files
from pipelines.reports import pack
from pipelines.runs import results
from pipelines.upkeep.integrity import damage
from pipelines.workspace import Workspace, open_workspace

REASON = "asked for on 2026-04-01, article 17"
Rows = list[tuple[Any, ...]]


def erased(workspace: Workspace, customer: str = ID, **given: Any) -> Erasure:
    with workspace.open_records() as records:
        return erase(workspace, records, customer, "Ann", REASON, **given)


def found(workspace: Workspace) -> list[str]:
    with workspace.open_records() as records:
        return [str(one) for one in damage(workspace, records)]


def versions(workspace: Workspace) -> Iterator[tuple[str, int]]:
    for source in definitions.sources():
        folder = workspace.table(source)
        if DeltaTable.is_deltatable(str(folder)):
            yield from ((source, version) for version in range(DeltaTable(folder).version() + 1))


def by_deltalake(workspace: Workspace, source: str, version: int) -> Rows:
    table = DeltaTable(workspace.table(source), version=version).to_pyarrow_table()
    rows = [tuple(sorted(row.items())) for row in table.to_pylist()]
    return sorted(rows, key=str)


def by_duckdb(workspace: Workspace, source: str, version: int) -> Rows:
    files = data_files(DeltaTable(workspace.table(source), version=version))
    if not files:
        return []
    with duckdb.connect() as connection:
        asked = connection.execute("select * from read_parquet($files, union_by_name = true)", {"files": files})
        names = [column[0] for column in asked.description or ()]
        return sorted([tuple(sorted(zip(names, row, strict=True))) for row in asked.fetchall()], key=str)


def all_rows(workspace: Workspace) -> dict[tuple[str, int], Rows]:
    return {(source, version): by_deltalake(workspace, source, version) for source, version in versions(workspace)}


def expected(rows: Rows, person: str) -> Rows:
    """What must be left of the rows: written without a look at the program."""
    left = []
    for row in map(dict, rows):
        belongs = row.get("complaint_id") == "k1" or row.get("order_id") == "o1"
        if row.get("customer_id") == person or belongs:
            continue
        if row.get("parent_id") == person:
            row["parent_id"] = None
        left.append({k: v.replace(NAME, "[erased]") if isinstance(v, str) else v for k, v in row.items()})
    return sorted([tuple(sorted(row.items())) for row in left], key=str)


def test_before_an_erasure_tables_hold_no_identifier_no_name_and_no_contact(inhabited: Workspace) -> None:
    for secret in (ID, E_MAIL, PHONE, "anna@ohm.example", "Anna Ohm", "Bert Watt"):
        holding = places(inhabited, secret)
        assert holding and {place.split("/")[0] for place in holding} <= {"identity", "store"}
    for secret in (*SECRETS, pseudonyms(inhabited).of(ID)):
        assert not [file for file in places(inhabited, secret) if file.startswith("runs/")]


def test_after_an_erasure_no_byte_of_the_person_is_left(inhabited: Workspace) -> None:
    assert all(places(inhabited, secret) for secret in SECRETS)
    done = erased(inhabited)
    with inhabited.open_records() as records:
        run = results.latest(inhabited)
        assert run is not None
        (inhabited.folder / "pack.zip").write_bytes(pack.build(inhabited, records, run))
    assert {secret: places(inhabited, secret) for secret in SECRETS} == {secret: [] for secret in SECRETS}
    assert {file.split("-")[0] for file in places(inhabited, done.pseudonym)} == {"records.sqlite"}
    assert found(inhabited) == []


def test_all_others_are_in_every_version_as_they_were(inhabited: Workspace) -> None:
    person, before = pseudonyms(inhabited).of(ID), all_rows(inhabited)
    done = erased(inhabited)
    after = all_rows(inhabited)
    assert after == {at: expected(rows, person) for at, rows in before.items()}
    assert after != before and all(by_duckdb(inhabited, *at) == rows for at, rows in after.items())
    assert set(done.rows) == {at[0] for at in before if len(before[at]) != len(after[at])}


def test_the_log_says_of_every_file_what_is_in_it(inhabited: Workspace) -> None:
    erased(inhabited)
    looked_at = 0
    for source, version in versions(inhabited):
        table = DeltaTable(inhabited.table(source), version=version)
        for file, said in zip(
            table.file_uris(), pa.table(table.get_add_actions(flatten=True)).to_pylist(), strict=True
        ):
            assert said["size_bytes"] == os.path.getsize(file)
            assert said["num_records"] == len(duckdb.sql(f"from read_parquet('{file}')").fetchall())
            for name in duckdb.sql(f"from read_parquet('{file}', hive_partitioning = false)").columns:
                low, high, missing = (said.get(f"{of}.{name}") for of in ("min", "max", "null_count"))
                asked = f"select min({name}), max({name}), count(*) - count({name}) from read_parquet('{file}')"
                ((lowest, highest, absent),) = duckdb.sql(asked).fetchall()
                assert missing is None or missing == absent
                assert low is None or (str(low)[:64] == str(lowest)[:64] and str(high)[:60] == str(highest)[:60])
                looked_at += low is not None
    assert looked_at > 50


def test_the_tables_can_be_written_to_afterwards(inhabited: Workspace) -> None:
    erased(inhabited)
    with inhabited.open_records() as records:
        content = b"response_id,answered_on,customer_id,satisfaction\nr1,2026-01-05,A-1,3\nr9,2026-01-09,C,5\n"
        load = arrive(inhabited, records, "survey_responses", "next.csv", content)
    assert load.version is not None
    ids = [dict(row)["response_id"] for row in by_deltalake(inhabited, "survey_responses", load.version)]
    assert sorted(ids) == ["r1", "r3", "r6", "r9"]
    assert found(inhabited) == []


def test_checkpoints_are_made_anew(inhabited: Workspace) -> None:
    for source in ("survey_responses", "orders"):
        DeltaTable(inhabited.table(source)).create_checkpoint()
    before = {at: len(rows) for at, rows in all_rows(inhabited).items()}
    erased(inhabited)
    log = inhabited.table("survey_responses") / "_delta_log"
    assert list(log.glob("*.checkpoint.parquet")) and (log / "_last_checkpoint").is_file()
    assert {secret: places(inhabited, secret) for secret in SECRETS} == {secret: [] for secret in SECRETS}
    after = {at: len(rows) for at, rows in all_rows(inhabited).items()}
    assert after.keys() == before.keys() and after != before
    assert found(inhabited) == []


def test_a_log_with_missing_commits_is_refused_and_nothing_changes(inhabited: Workspace) -> None:
    (inhabited.table("orders") / "_delta_log" / f"{0:020}.json").unlink()
    before = digest(inhabited.folder / "facts") | digest(inhabited.folder / "store")
    with pytest.raises(SourceError, match="commits are missing"):
        erased(inhabited)
    assert digest(inhabited.folder / "facts") | digest(inhabited.folder / "store") == before


def digest(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Killed(BaseException):
    """Nobody catches it, as nobody catches a kill."""


def killing(at: int, real: Callable[..., None], after: bool) -> Callable[..., None]:
    left = [at]

    def replace(*given: Any) -> None:
        left[0] -= 1
        if left[0] >= 0 or after:
            real(*given)
        if left[0] < 0:
            raise Killed

    return replace


@pytest.mark.parametrize("after", [False, True], ids=["before the rename", "after the rename"])
def test_killed_anywhere_it_is_finished_by_the_same_command(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    whole = open_workspace(shutil.copytree(filled, tmp_path / "whole"))
    erased(whole)
    wanted, real, kills = all_rows(whole), os.replace, 0
    for at in range(0, 200, 14):
        workspace = open_workspace(shutil.copytree(filled, tmp_path / f"killed-{at}"))
        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", killing(at, real, after))
            try:
                erased(workspace)
            except Killed:
                kills += 1
                assert any("an erasure was not finished" in one for one in found(workspace))
                with pytest.raises(SourceError, match="was not finished"):
                    erased(workspace, "A-1")
            else:
                break
        erased(workspace)
        assert all_rows(workspace) == wanted
        assert found(workspace) == []
        assert not any(places(workspace, secret) for secret in SECRETS)
        shutil.rmtree(workspace.folder)
    assert kills > 2


def test_one_after_another_can_be_erased(inhabited: Workspace) -> None:
    erased(inhabited)
    erased(inhabited, "A-1")
    with inhabited.open_records() as records:
        assert len(erasures.every(records)) == 2
    assert found(inhabited) == []
    assert not any(places(inhabited, secret) for secret in (*SECRETS, "Anna Ohm", "anna@ohm.example", "Quick and kind"))
    assert places(inhabited, "Bert Watt")


def test_by_pseudonym_the_person_is_found_too(inhabited: Workspace) -> None:
    erased(inhabited, pseudonyms(inhabited).of(ID))
    assert not any(places(inhabited, secret) for secret in SECRETS)


def original(workspace: Workspace, file: str) -> bytes:
    with workspace.open_records() as records:
        (load,) = [one for one in loads.every(records) if one.file == file]
    return workspace.store.get(load.sha256)


def test_in_originals_all_other_rows_keep_their_line(inhabited: Workspace) -> None:
    erased(inhabited)
    left = ANSWERS.split("\n")
    left[2] = left[3] = left[5] = ""
    left[6] = left[6].replace(NAME, "[erased]")
    assert original(inhabited, "answers.csv").decode() == "\n".join(left)
    heard = original(inhabited, "heard.csv").decode("utf-16").split("\n")
    assert heard[1] == "" and heard[2].startswith("i2;") and heard[0].startswith("interaction_id;")
    rows = original(inhabited, "complaints.jsonl").decode().split("\n")
    assert rows[0] == "" and json.loads(rows[1])["cause"] == "spoke to [erased]"
    kept = original(inhabited, "customers.csv").decode().split("\n")
    assert kept == [line if ID not in line else "" for line in CUSTOMERS.split("\n")[:3]] + [
        "B-2,,Bert Watt,bert@watt.example,,Private,2022-01-01",
        "",
    ]


@pytest.mark.parametrize("file", ["again.csv.gz", "asked.xlsx"])
def test_an_original_that_cannot_be_cut_is_replaced_by_a_line_that_says_so(inhabited: Workspace, file: str) -> None:
    assert original(inhabited, file)
    erased(inhabited)
    with pytest.raises(RecordError, match="held personal data that was erased"):
        original(inhabited, file)


def test_files_without_the_person_are_not_touched(inhabited: Workspace) -> None:
    with inhabited.open_records() as records:
        content = b"measured_on,competitor,measure,score,lowest,highest\n2026-03-01,Co,nps,7731,0,10\n"
        arrive(inhabited, records, "competitor_scores", "rivals.csv", content)
    before = digest(inhabited.folder)
    done = erased(inhabited)
    touched = {one.place for one in done.changed}
    for path, content in before.items():
        place = Path(path).relative_to(inhabited.folder).as_posix()
        if place.startswith(("store/", "runs/", "key/")) or place.endswith(".parquet"):
            assert (Path(path).read_bytes() != content) == (place in touched), place


def test_rejects_keep_their_lines_and_lose_the_person(inhabited: Workspace) -> None:
    with inhabited.open_records() as records:
        (load,) = [one for one in loads.every(records) if one.file == "answers.csv"]
    before = rejects_of(inhabited, load)
    erased(inhabited)
    after = rejects_of(inhabited, load)
    assert [(one.line, one.column) for one in after] == [(one.line, one.column) for one in before]
    assert [(one.value, two.value) for one, two in zip(before, after, strict=True)] == [
        ("2026-02-30", "[erased]"),
        ("9 of 10", "9 of 10"),
    ]


def test_the_record_says_why_and_what_changed_and_only_the_pseudonym(inhabited: Workspace) -> None:
    done = erased(inhabited)
    with inhabited.open_records() as records:
        assert erasures.every(records) == [done] and trail.verify(records) == []
        (entry,) = trail.entries(records, "erasure")
    assert (entry.object_id, entry.actor, entry.reason) == (pseudonyms(inhabited).of(ID), "Ann", REASON)
    assert not any(secret in entry.payload for secret in SECRETS)
    assert all((inhabited.folder / one.place).is_file() for one in done.changed)


@pytest.mark.parametrize("reason", ["", "  ", f"asked by {NAME}", f"{NAME.upper()}: asked", f"{ID} asked"])
def test_a_reason_is_needed_that_names_nobody(inhabited: Workspace, reason: str) -> None:
    before = digest(inhabited.folder / "facts")
    with inhabited.open_records() as records, pytest.raises((SourceError, RecordError)):
        erase(inhabited, records, ID, "Ann", reason)
    assert digest(inhabited.folder / "facts") == before


TAMPERED = ["facts/orders/**/*.parquet", "facts/survey_responses/**/*.parquet", "store/*/*"]


@pytest.mark.parametrize("pattern", TAMPERED)
def test_a_file_that_is_changed_after_an_erasure_is_still_found(inhabited: Workspace, pattern: str) -> None:
    done = erased(inhabited)
    touched = {inhabited.folder / one.place for one in done.changed}
    with inhabited.open_records() as records:
        run = results.latest(inhabited)
    assert run is not None and records
    read = json.loads((inhabited.runs / run.id / "facts.json").read_text())
    known = {inhabited.folder / name for name in read} | set((inhabited.folder / "store").rglob("*"))
    file = next(one for one in sorted(inhabited.folder.glob(pattern)) if one in touched & known)
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b" ")
    assert [line for line in found(inhabited) if line.startswith(file.relative_to(inhabited.folder).as_posix())]


def test_where_the_law_keeps_originals_they_stay_and_are_listed(inhabited: Workspace) -> None:
    before = digest(inhabited.folder / "store")
    done = erased(inhabited, keep_originals=True)
    assert digest(inhabited.folder / "store") == before
    listed = {one for one in done.kept if one.startswith("store/")}
    assert {one for one in places(inhabited, NAME)} <= listed and listed
    assert not [one for one in places(inhabited, ID) if not one.startswith("store/")]
    assert found(inhabited) == []


def test_the_set_up_can_keep_originals(inhabited: Workspace) -> None:
    with (inhabited.folder / "workspace.yaml").open("a", encoding="utf-8") as file:
        file.write("keep_originals: true\n")
    assert any(one.startswith("store/") for one in erased(open_workspace(inhabited.folder)).kept)


def test_documents_are_kept_and_named(inhabited: Workspace) -> None:
    with inhabited.open_records() as records:
        sha256 = inhabited.store.put(f"Minutes: {NAME} complained".encode())
        kept = register(records, NewDocument(kind="minutes", title="Minutes", sha256=sha256, file="m.txt"), "Ann")
    assert erased(inhabited).kept == (f"document {kept.id}",)
    assert inhabited.store.get(sha256) == f"Minutes: {NAME} complained".encode()


def test_so_are_those_of_former_revisions(inhabited: Workspace) -> None:
    with inhabited.open_records() as records:
        sha256 = inhabited.store.put(f"Minutes: {NAME} complained".encode())
        kept = register(records, NewDocument(kind="minutes", title="Minutes", sha256=sha256, file="m.txt"), "Ann")
        newer = inhabited.store.put(b"Minutes: somebody complained")
        revise(records, kept.id, "Ann", "Without the name", sha256=newer)
    assert erased(inhabited).kept == (f"document {kept.id}",)
    assert inhabited.store.get(sha256) == f"Minutes: {NAME} complained".encode()


@pytest.mark.parametrize("customer", ["KUNDE", "A-11", ID.lower(), "c-" + "0" * 20, "1", "5"])
def test_a_stranger_is_refused_and_nothing_changes(inhabited: Workspace, customer: str) -> None:
    before = digest(inhabited.folder / "facts") | digest(inhabited.folder / "store")
    with pytest.raises(SourceError, match="nothing is known"):
        erased(inhabited, customer)
    assert digest(inhabited.folder / "facts") | digest(inhabited.folder / "store") == before
    assert found(inhabited) == []


def test_nobody_is_no_customer(inhabited: Workspace) -> None:
    with pytest.raises(RecordError, match="the customer is missing"):
        erased(inhabited, " ")


def test_without_the_key_nobody_can_be_erased(inhabited: Workspace) -> None:
    place(inhabited).unlink()
    with pytest.raises(SourceError, match="is missing"):
        erased(inhabited)


def test_the_command_asks_first_and_says_what_it_did(inhabited: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["erase", ID, "--reason", REASON, "--workspace", str(inhabited.folder)]
    assert main(asked) == 2 and "--yes" in capsys.readouterr().err
    assert places(inhabited, ID)
    assert main([*asked, "--yes", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["rows"]["orders"] == 1 and said["kept"] == [] and said["pseudonym"] == pseudonyms(inhabited).of(ID)
    assert main(["verify", "--workspace", str(inhabited.folder)]) == 0
    assert main([*asked, "--yes"]) == 2
    assert identities.of(inhabited.identity, said["pseudonym"]) == []


def test_the_comment_is_as_long_a_canary_as_the_others() -> None:
    assert min(map(len, SECRETS)) > 8 and COMMENT in ANSWERS and erased_tables.NOBODY not in ANSWERS
