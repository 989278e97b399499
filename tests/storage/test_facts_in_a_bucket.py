"""Facts in a bucket are the same facts: loaded, replaced, measured, seen as of a day, erased, verified, backed up."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import s3_server
from deltalake import DeltaTable
from s3_way import Way

from audit.errors import RecordError, SourceError
from audit.measurement import Measurement
from audit.records import Records
from pipelines.auditing.drawing import drawn
from pipelines.backup.restore import Asked, restore
from pipelines.backup.write import backup
from pipelines.measuring import facts
from pipelines.measuring.known import known_on
from pipelines.personal.erasure import erase
from pipelines.personal.key import place, pseudonyms
from pipelines.registers import register
from pipelines.run import run
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.storage.bucket import Bucket
from pipelines.upkeep import integrity
from pipelines.workspace import Workspace, open_workspace
from tests.storage.loading import JUNE, Made, complaints, loaded, twin

SPRING = complaints("c1 k1 2026-03-02", "c2 k2 2026-03-05", "c3 k3 2026-04-09")
LATER = complaints("c2 k2 2026-04-20", "c4 k1 2026-04-21")

Harm = Callable[[s3_server.Server, str, str], None]


def survey() -> str:
    rows = ["response_id,answered_on,customer_id,satisfaction,recommend,channel,segment"]
    for at in range(240):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=at % 170)
        customer, channel = f"k{at % 60}", ["web", "phone", "mail"][at % 3]
        rows.append(f"r{at},{day},{customer},{1 + at * 7 % 5},{at * 3 % 11},{channel},{['big', 'small'][at % 2]}")
    return "\n".join(rows) + "\n"


def rows_of(workspace: Workspace, source: str = "complaints", version: int | None = None) -> list[tuple[object, ...]]:
    at = facts.versions(workspace) if version is None else {source: version}
    with facts.opened(workspace, at) as connection:
        return connection.execute(f"select complaint_id, received_at from {source} order by 1").fetchall()


def ids_of(workspace: Workspace, version: int | None = None) -> str:
    return " ".join(str(row[0]) for row in rows_of(workspace, version=version))


def figures(made: Run) -> list[Measurement]:
    return [
        each.measurement
        for clause in made.clauses
        for requirement in clause.requirements
        for each in requirement.evidence
        if each.measurement and each.measurement.n
    ]


def test_all_that_is_measured_is_the_same(workspace: Workspace, make: Made, s3: s3_server.Server, bucket: str) -> None:
    found = []
    for each in (workspace, make("here")):
        with each.open_records(lambda: JUNE) as records:
            for text, source in ((SPRING, "complaints"), (survey(), "survey_responses"), (LATER, "complaints")):
                assert loaded(each, records, text, source).published
            made = run(each, records)
        measured = results.measurements(each, made.id)
        rules = [rule for _, _, rule in each.checklist().rules() if getattr(rule, "sample", "") == "complaints"]
        with facts.opened(each, made.versions) as connection:
            samples = [drawn(connection, rule, made.ends) for rule in rules]
        found.append((measured, made.clauses, made.rows, made.versions, samples, rows_of(each)))
        figure = next(one for one in figures(made) if one.kpi == "nps")
        assert len(results.rows(each, made, figure)) == figure.n
        assert integrity.damage(each, each.open_records(lambda: JUNE)) == []
    (in_bucket, *there), (in_folder, *here) = found
    assert len(in_bucket) > 1_000
    assert in_bucket.equals(in_folder)
    assert there == here
    assert here[3], "no sample was drawn, so nothing was compared"
    assert {name.split("/")[2] for name in s3.objects(bucket)} == {"complaints", "survey_responses"}


def test_a_later_file_replaces_rows_by_their_key(workspace: Workspace, records: Records) -> None:
    first = loaded(workspace, records, SPRING)
    before = rows_of(workspace)
    second = loaded(workspace, records, LATER)
    assert (first.version, second.version) == (1, 2)
    assert ids_of(workspace) == "c1 c2 c3 c4"
    assert str(rows_of(workspace)[1][1]) == "2026-04-20 10:00:00"
    assert rows_of(workspace, version=1) == before


def test_an_audit_of_an_earlier_day_sees_what_was_there(workspace: Workspace) -> None:
    for day, text in ((JUNE, SPRING), (JUNE + dt.timedelta(days=3), LATER)):
        with workspace.open_records(lambda day=day: day) as records:
            loaded(workspace, records, text)
            at = known_on(workspace, records, JUNE.date()).versions
        assert at == {"complaints": 1}
        assert ids_of(workspace, at["complaints"]) == "c1 c2 c3"


def test_the_copy_may_be_deleted_at_any_time(workspace: Workspace, records: Records) -> None:
    loaded(workspace, records, SPRING)
    before = rows_of(workspace)
    shutil.rmtree(workspace.facts)
    assert rows_of(workspace, version=1) == before
    shutil.rmtree(workspace.facts)
    loaded(workspace, records, LATER)
    assert rows_of(workspace, version=1) == before
    assert integrity.damage(workspace, records) == []


def test_what_is_copied_is_not_fetched_again(make: Made, way: Way, bucket: str) -> None:
    workspace = make("ours", f"s3://{bucket}/facts", way.endpoint)
    with workspace.open_records(lambda: JUNE) as records:
        loaded(workspace, records, SPRING)
    way.befall(None)
    assert ids_of(workspace) == "c1 c2 c3"
    assert ids_of(workspace, version=1) == "c1 c2 c3"
    assert not [line for line in way.seen() if "list-type" not in line]


def test_another_folder_sees_what_was_published_and_erased_elsewhere(workspace: Workspace, records: Records) -> None:
    loaded(workspace, records, SPRING)
    there = twin(workspace, "there")
    assert ids_of(there) == "c1 c2 c3"
    loaded(workspace, records, LATER)
    assert ids_of(there) == "c1 c2 c3 c4"
    erase(workspace, records, "k1", "Ada", "asked for on 2026-11-02, article 17")
    assert ids_of(there) == "c2 c3"
    assert ids_of(there, version=1) == "c2 c3"


LOADING = r"""
import sys
from pipelines.__main__ import main
folder, letter = sys.argv[1:]
for at in range(3):
    open(f"{folder}/../{letter}{at}.csv", "w").write(
        "complaint_id,received_at,customer_id,severity\n"
        f"{letter}{at},2026-03-0{at + 1} 10:00:00,k{at},low\nboth{at},2026-03-09 10:00:00,k9,low\n")
    code = main(["load", f"{folder}/../{letter}{at}.csv", "--source", "complaints", "--workspace", folder])
    assert code == 0, code
"""


@pytest.mark.parametrize("folders", ["one folder", "two folders"])
def test_of_two_programs_that_publish_at_once_no_load_is_lost(
    workspace: Workspace, records: Records, folders: str
) -> None:
    loaded(workspace, records, SPRING)
    other = workspace if folders == "one folder" else twin(workspace, "other")
    both = [
        subprocess.Popen([sys.executable, "-c", LOADING, str(each.folder), letter], stderr=subprocess.PIPE)
        for each, letter in ((workspace, "x"), (other, "y"))
    ]
    for one in both:
        _, told = one.communicate(timeout=120)
        assert one.returncode == 0, told.decode()
    shared = [f"both{at}" for at in range(3)]
    assert ids_of(workspace).split() == sorted(
        [*shared, "c1", "c2", "c3", *(f"{x}{n}" for x in "xy" for n in range(3))]
    )
    assert facts.versions(workspace) == {"complaints": 7}


def test_an_erasure_leaves_nothing_of_the_person_in_the_bucket(
    workspace: Workspace, records: Records, s3: s3_server.Server, bucket: str
) -> None:
    loaded(workspace, records, SPRING)
    loaded(workspace, records, LATER)
    person = pseudonyms(workspace).of("k1")
    left = next(name for name in s3.objects(bucket) if name.endswith(".parquet"))
    # what a load that was cut off had sent
    s3.put(bucket, left.replace("part-", "part-cut-off-"), holding(s3.objects(bucket), person))
    assert named(s3.objects(bucket), person)
    erase(workspace, records, "k1", "Ada", "asked for on 2026-11-02, article 17")
    assert named(s3.objects(bucket), person) == []
    assert len(s3.versions(bucket)) == len(s3.objects(bucket))
    assert ids_of(workspace) == "c2 c3"
    shutil.rmtree(workspace.facts)
    assert ids_of(workspace, version=1) == "c2 c3"
    assert integrity.damage(workspace, records) == []


def named(objects: dict[str, bytes], person: str) -> list[str]:
    """The objects in which a text stands, Parquet being unpacked."""
    return [name for name, content in objects.items() if person in text_of(name, content)]


def holding(objects: dict[str, bytes], person: str) -> bytes:
    return next(objects[name] for name in named(objects, person) if name.endswith(".parquet"))


def text_of(name: str, content: bytes) -> str:
    return str(pq.read_table(io.BytesIO(content)).to_pylist()) if name.endswith(".parquet") else content.decode()


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
def test_nobody_is_erased_from_a_bucket_that_keeps_former_versions(
    workspace: Workspace, records: Records, s3: s3_server.Server, bucket: str, status: str
) -> None:
    s3.keep_versions(bucket)
    loaded(workspace, records, SPRING)
    s3.keep_versions(bucket, status)
    before = s3.objects(bucket)
    told = r"^s3://\S+ at http://\S+: the bucket keeps former versions .*nothing was changed"
    with pytest.raises(RecordError, match=told):
        erase(workspace, records, "k1", "Ada", "asked for on 2026-11-02, article 17")
    assert s3.objects(bucket) == before
    assert ids_of(workspace) == "c1 c2 c3"


def overwrite(s3: s3_server.Server, bucket: str, name: str) -> None:
    """As many bytes as before."""
    content = s3.objects(bucket)[name]
    s3.put(bucket, name, content[:60] + bytes([content[60] ^ 1]) + content[61:])


DAMAGED = [
    ("a data file is changed", "month=2026-04", overwrite, "is changed"),
    ("a data file is gone", "month=2026-04", s3_server.Server.delete, "is missing"),
    ("the last commit is gone", "0002.json", s3_server.Server.delete, "the table is at version 1, the records at 2"),
]


@pytest.mark.parametrize(("which", "harm", "told"), [rest for _, *rest in DAMAGED], ids=[one[0] for one in DAMAGED])
def test_verify_finds_what_was_changed_in_the_bucket(
    workspace: Workspace, records: Records, s3: s3_server.Server, bucket: str, which: str, harm: Harm, told: str
) -> None:
    loaded(workspace, records, SPRING)
    loaded(workspace, records, LATER)
    keep_sums(workspace)
    assert integrity.damage(workspace, records) == []
    name = next(name for name in s3.objects(bucket) if which in name)
    harm(s3, bucket, name)
    as_if_in_the_same_second(workspace)
    found = [one for one in integrity.damage(workspace, records) if one.what.en == told]
    assert len(found) == 1
    assert found[0].where in (name.removeprefix("our/"), "facts/complaints")


def as_if_in_the_same_second(workspace: Workspace) -> None:
    """Nothing but the content tells that an object was written again."""
    assert isinstance(workspace.storage, Bucket)
    for name, (_, written) in workspace.storage.objects.listed().items():
        os.utime(workspace.facts / name, (written, written))


def keep_sums(workspace: Workspace) -> None:
    """As a run keeps them."""
    folder = workspace.runs / "one"
    folder.mkdir(parents=True)
    content = json.dumps(facts.sums(workspace, facts.versions(workspace)))
    (folder / "facts.json").write_text(content)
    (folder / "SHA256SUMS").write_text(f"{hashlib.sha256(content.encode()).hexdigest()}  facts.json\n")


def test_rows_of_no_load_are_found(workspace: Workspace, records: Records) -> None:
    loaded(workspace, records, SPRING)
    with workspace.open_records(lambda: JUNE) as others:
        assert integrity.damage(workspace, others) == []
    there = twin(workspace, "there")
    with there.open_records(lambda: JUNE) as own:
        loaded(there, own, LATER)
    (found,) = integrity.damage(workspace, records)
    assert found.where == "facts/complaints"
    assert "not in the records" in found.what.en


def test_a_backup_takes_the_facts_and_is_restored_into_a_folder(
    workspace: Workspace, records: Records, tmp_path: Path
) -> None:
    loaded(workspace, records, SPRING)
    loaded(workspace, records, LATER)
    before = {version: rows_of(workspace, version=version) for version in (1, 2)}
    shutil.rmtree(workspace.facts)
    taken = backup(workspace, records, tmp_path / "taken.clauselight", "Ada", False, lambda share, words: None)
    assert taken.damage == []
    done = restore(taken.file, tmp_path / "restored", Asked("Ada"), lambda share, words: None)
    assert done.damage == []
    restored = open_workspace(tmp_path / "restored")
    assert (restored.set_up.facts, restored.set_up.storage) == (None, None)
    assert {version: rows_of(restored, version=version) for version in (1, 2)} == before


def test_the_key_of_facts_in_a_bucket_is_not_made_anew(workspace: Workspace, records: Records) -> None:
    """Every customer would become a stranger."""
    loaded(workspace, records, SPRING)
    key = place(workspace)
    key.rename(key.with_name("elsewhere"))
    (workspace.folder / "key.fingerprint").unlink()
    shutil.rmtree(workspace.facts)
    with pytest.raises(SourceError, match="it holds the key of this workspace's pseudonyms"):
        loaded(workspace, records, LATER)
    assert ids_of(workspace) == "c1 c2 c3"


def test_a_register_is_read_from_the_bucket(workspace: Workspace, records: Records) -> None:
    assert register.read(workspace, "complaints").version is None
    loaded(workspace, records, SPRING)
    found = register.read(workspace, "complaints")
    assert (found.version, [row["complaint_id"] for row in found.rows]) == (1, ["c3", "c2", "c1"])


def test_tables_grow_a_checkpoint_which_others_read(
    workspace: Workspace, records: Records, s3: s3_server.Server, bucket: str
) -> None:
    loaded(workspace, records, SPRING)
    loaded(workspace, records, LATER)
    where, options = workspace.storage.address(workspace.table("complaints"))
    DeltaTable(where, storage_options=options).create_checkpoint()
    assert ids_of(workspace) == "c1 c2 c3 c4"
    assert (workspace.table("complaints") / "_delta_log" / "_last_checkpoint").exists()
    erase(workspace, records, "k1", "Ada", "asked for on 2026-11-02, article 17")
    person = pseudonyms(workspace).of("k1")
    assert named({name: one for name, one in s3.objects(bucket).items() if "last" not in name}, person) == []
    shutil.rmtree(workspace.facts)
    assert ids_of(workspace) == "c2 c3"
