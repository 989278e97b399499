"""What `verify` finds is said in the reader's language: a command line in English, a page in the page's language."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from behind import TABLES, behind_its_back
from team import Desk, audited, content

from audit.access.person import Person
from audit.load import Load
from audit.records import Records, loads
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.tables import RECORDS
from audit.records.trail.trail import Damage
from audit.records.versions import object_words
from audit.text import Text
from pipelines.personal.journal import FILE as UNFINISHED
from pipelines.reports import archive, origin
from pipelines.upkeep import integrity
from pipelines.workspace import SetUp, Workspace, make_workspace

ME = Person("me")
CHINESE, LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]")
PACK = {"run.json": b'{"id":"run-2"}', "trail-head.json": b'{"seq":1,"hash":"x"}', "conclusions.json": b"[]"}
NAMES = re.compile(
    r"[\w-]+\.(jsonl?|csv)|[0-9a-f]{64}|audit AUD-001|(DOC|AUD|run)-\d+|9\.1\.2-[\w-]+|SHA256SUMS|zip|How we ask"
    r"|\b(me|title)\b"
)
"""Of files, records, columns and people; in the trail, a signature goes by the name of what was signed."""
PYTHON = "File is not a zip file"
"""What is not ours to say."""


@dataclass(frozen=True)
class House:
    workspace: Workspace
    records: Records
    load: Load

    @property
    def pack(self) -> Path:
        return self.workspace.folder / "pack.zip"

    @property
    def run(self) -> Path:
        return self.workspace.runs / "run-1"

    @property
    def document(self) -> Path:
        return self.workspace.store.path(documents.current(self.records)[0].sha256)

    def found(self) -> list[Damage]:
        found = integrity.damage(self.workspace, self.records)
        if self.pack.exists():
            found += archive.damage(self.pack) or origin.compared(self.workspace, self.records, self.pack).damage
        return found


@pytest.fixture
def house(tmp_path: Path, migrated: Path, load: Load) -> Iterator[House]:
    """A document with a file, an audit, a run, and a signature under both."""
    workspace = make_workspace(tmp_path / "house", SetUp(organisation="A test"))
    shutil.copyfile(migrated, workspace.folder / "records.sqlite")
    with workspace.open_records() as records:
        made = House(workspace, records, load)
        made.run.mkdir(parents=True)
        (made.run / "run.json").write_bytes(b"{}")
        (made.run / "SHA256SUMS").write_text(f"{hashlib.sha256(b'{}').hexdigest()}  run.json\n")
        sha256 = workspace.store.put(b"How we ask, in full")
        documents.register(records, NewDocument("survey method", "How we ask", sha256=sha256, file="how.txt"), ME)
        audited(records, ME, ME)
        sums = hashlib.sha256((made.run / "SHA256SUMS").read_bytes()).hexdigest()
        Desk(records, workspace.store).sign(ME, content=content(records) | {"run": {"id": "run-1", "sha256sums": sums}})
        yield made


def statements(*texts: str) -> Callable[[House], None]:
    return lambda house: behind_its_back(house.records, *texts)


def without(condition: str) -> Callable[[House], None]:
    return statements(*[f"delete from {table} where {condition}" for table in TABLES])


def changed(file: Path) -> None:
    if file.exists():
        file.chmod(0o644)
    file.write_bytes(b"changed")


def edited(house: House) -> None:
    """A pack with the sums of another one."""
    with zipfile.ZipFile(house.pack, "w") as pack:
        pack.writestr("run.json", b"[]")
        pack.writestr("SHA256SUMS", f"{hashlib.sha256(b'{}').hexdigest()}  run.json\n")


DAMAGES: dict[str, tuple[Callable[[House], object], str, str]] = {
    "the trail is cut": (
        without("seq = 8"),
        "trail, against trail-anchor.jsonl: entry 8 was written once and is missing",
        "审计追踪，与 trail-anchor.jsonl 比对: 第 8 条曾经写入，现已缺失",
    ),
    "an entry is taken out": (
        without("seq = 1"),
        "trail, before entry 2: entry 1 is missing",
        "审计追踪，第 2 条之前: 第 1 条缺失",
    ),
    "entries are taken out": (
        without("seq in (2, 3)"),
        "trail, before entry 4: entries 2 to 3 are missing",
        "审计追踪，第 4 条之前: 第 2 至 3 条缺失",
    ),
    "an entry is changed": (
        statements("update trail set actor = 'you' where seq = 8"),
        "trail, entry 8 (signature audit AUD-001): this entry was changed after it was written",
        "审计追踪，第 8 条（签名 audit AUD-001）: 此条在写入之后被改动",
    ),
    "a row is changed": (
        statements("update documents set title = 'Other'"),
        "trail, entry 1 (document DOC-001): the row is not what the trail says: title",
        "审计追踪，第 1 条（成文信息 DOC-001）: 该行与审计追踪所记不一致：title",
    ),
    "a row is changed, against the trail": (
        statements("update documents set title = 'Other'"),
        "trail, replayed (document DOC-001): the tables tell something else: title",
        "审计追踪，重放（成文信息 DOC-001）: 表中的内容不一致：title",
    ),
    "a row is put in": (
        statements("insert into criteria (seq, evidence_id, limits) values (9, '9.1.2-b-1', '{}')"),
        "records, row 9: criterion 9.1.2-b-1 is there without an entry in the trail",
        "记录，第 9 行: 有准则 9.1.2-b-1，但审计追踪中没有对应的条目",
    ),
    "the anchor is lost": (
        lambda house: (house.workspace.folder / "trail-anchor.jsonl").unlink(),
        "trail-anchor.jsonl: the anchor is missing or cannot be read, so a cut trail would not be noticed",
        "trail-anchor.jsonl: 锚文件缺失或无法读取，因此审计追踪若被截断将无法发现",
    ),
    "a file in the store is changed": (
        lambda house: changed(house.document),
        "store/{folder}/{sha256}: this file was changed after it was kept",
        "store/{folder}/{sha256}: 此文件在保存之后被改动",
    ),
    "a file in the store is lost": (
        lambda house: house.document.unlink(),
        "store/{folder}/{sha256}: the content of 'How we ask' is missing",
        "store/{folder}/{sha256}: “How we ask”的内容缺失",
    ),
    "a run is changed": (
        lambda house: changed(house.run / "run.json"),
        "runs/run-1/run.json: is changed",
        "runs/run-1/run.json: 已被改动",
    ),
    "a file is added to a run": (
        lambda house: changed(house.run / "more.json"),
        "runs/run-1/more.json: is not listed in SHA256SUMS",
        "runs/run-1/more.json: 未列入 SHA256SUMS",
    ),
    "a run that was signed is gone": (
        lambda house: shutil.rmtree(house.run),
        "signature, entry 8 (audit AUD-001, me): run run-1 is not the one that was signed, or is missing",
        "签名，第 8 条（审核 AUD-001，me）: 运行 run-1 不是所签署的那一次，或已缺失",
    ),
    "what was signed is changed": (
        lambda house: [changed(file) for file in house.workspace.store.files() if file != house.document],
        "signature, entry 8 (audit AUD-001, me): what was signed is gone or altered: {signed} in the store was changed "
        "after it was kept; bring it back from a backup",
        "签名，第 8 条（审核 AUD-001，me）: 所签署的内容已丢失或被改动：存储库中的 {signed} 在保存之后被更改；"
        "请从备份恢复",
    ),
    "a table is missing": (
        lambda house: loads.keep(house.records, house.load, ME),
        "facts/survey_responses: the table is missing",
        "facts/survey_responses: 该表缺失",
    ),
    "rejects are missing": (
        lambda house: loads.keep(house.records, house.load, ME),
        f"store/cc/{'c' * 64}: the content of 'rejects of 调查 2026-03.csv' is missing",
        f"store/cc/{'c' * 64}: “调查 2026-03.csv 的拒收行”的内容缺失",
    ),
    "an erasure is not finished": (
        lambda house: (house.workspace.folder / UNFINISHED).touch(),
        f"{UNFINISHED}: an erasure was not finished; give the same command again",
        f"{UNFINISHED}: 有一次个人数据删除尚未完成；请再次执行同一命令",
    ),
    "a pack is edited": (edited, "run.json: is changed", "run.json: 已被改动"),
    "a pack is no zip": (
        lambda house: changed(house.pack),
        f"pack.zip: not readable as a zip: {PYTHON}",
        f"pack.zip: 无法作为 zip 压缩包读取：{PYTHON}",
    ),
    "a pack is of another workspace": (
        lambda house: house.pack.write_bytes(archive.packed(PACK)),
        "run.json: run run-2 is not in this workspace",
        "run.json: 此工作区中没有运行 run-2",
    ),
}


@pytest.mark.parametrize(("harm", "english", "chinese"), DAMAGES.values(), ids=DAMAGES)
def test_a_damage_is_said_in_both_languages(
    house: House, harm: Callable[[House], object], english: str, chinese: str
) -> None:
    (signed,) = (file.name for file in house.workspace.store.files() if file != house.document)
    names = {"folder": house.document.parent.name, "sha256": house.document.name, "signed": signed}
    harm(house)
    found = {str(one): "{where}: {what}".format(**one.said("zh")) for one in house.found()}
    assert found[english.format(**names)] == chinese.format(**names)


@pytest.mark.parametrize("harm", [harm for harm, _, _ in DAMAGES.values()], ids=DAMAGES)
def test_chinese_is_chinese_but_for_names(house: House, harm: Callable[[House], object]) -> None:
    harm(house)
    found = house.found()
    told = [one.what for one in found] + [one.where for one in found if isinstance(one.where, Text)]
    assert found and [text.zh for text in told if not CHINESE.search(text.zh)] == []
    assert [text.zh for text in told if LATIN.search(NAMES.sub("", text.zh.replace(PYTHON, "")))] == []


def test_what_nobody_touched_is_whole(house: House) -> None:
    assert house.found() == []


def test_every_kind_of_record_has_a_word() -> None:
    words = object_words()
    assert words.keys() == {kind.object for kind in RECORDS}
    assert {kind: word.en for kind, word in words.items()} == {kind: kind for kind in words}


def test_a_kind_that_somebody_wrote_into_the_trail_is_named_as_it_stands(house: House) -> None:
    """Also none at all, which is no word in any language."""
    behind_its_back(house.records, "update trail set object = '' where seq = 1")
    assert "trail, entry 1 ( DOC-001): this entry was changed after it was written" in map(str, house.found())
