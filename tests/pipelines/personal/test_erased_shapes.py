"""Files of every shape in which Canary may stand in a record of somebody else: no byte of the name is left in any."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from arrived import arrive
from canary import CUSTOMERS, E_MAIL, ID, NAME, places
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from audit.errors import RecordError
from audit.records import loads
from pipelines.load import Refused
from pipelines.personal.erasure import erase
from pipelines.personal.mention import is_named_in
from pipelines.upkeep.integrity import damage
from pipelines.workspace import SetUp, Workspace, make_workspace

HEAD = "interaction_id,occurred_at,kind,customer_id,note"
AT = "2026-01-02 10:00:00,call,A-1"
KEYED = '"occurred_at": "2026-01-02 10:00:00", "kind": "call", "customer_id": "A-1"'
TEXTS = {
    "twice.csv": (
        f"{HEAD},remark,remark\nt1,{AT},a price,{NAME} sent me,paid 100 EUR\nt2,{AT},b,first of Bob,{NAME} too\n",
        f"{HEAD},remark,remark\nt1,{AT},a price,[erased] sent me,paid 100 EUR\nt2,{AT},b,first of Bob,[erased] too\n",
    ),
    "broken.csv": (
        f'{HEAD},x,x\nb1,{AT},"two\nlines",{NAME}: hm,\nb2,{AT},a, b,c,{ID}\nb3,{AT}\nb4,{AT},"{NAME}, he said",,\n',
        f'{HEAD},x,x\nb1,{AT},"two\nlines",[erased]: hm,\n\nb3,{AT}\nb4,{AT},"[erased], he said",,\n',
    ),
    "nested.jsonl": (
        f'{{"interaction_id": "n1", {KEYED}, "n": 1.50, "meta": {{"by": "{NAME}", "mail": ["{E_MAIL}"]}}}}\n',
        f'{{"interaction_id": "n1", {KEYED}, "n": 1.50, "meta": {{"by": "[erased]", "mail": ["[erased]"]}}}}\n',
    ),
    "cut-short.jsonl": (
        f'{{"interaction_id": "h1", {KEYED}}}\n{{"interaction_id": "h2", {KEYED}, "note": "{NAME} sa',
        f'{{"interaction_id": "h1", {KEYED}}}\n',
    ),
}


def rich() -> bytes:
    """The name is bold in its half, so that no part of the file holds it whole."""
    book, written = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEAD.split(","))
    book.active.append(["x1", "2026-01-02 10:00:00", "call", "A-1"])
    first, last = NAME.split()
    book.active["E2"] = CellRichText(f"said {first} ", TextBlock(InlineFont(b=True), last))
    book.save(written)
    return written.getvalue()


def parquet() -> bytes:
    row = dict(zip(HEAD.split(","), ["p1", *AT.split(","), "a"], strict=True))
    written = io.BytesIO()
    pq.write_table(
        pa.Table.from_pylist([row | {"meta": {"by": [NAME]}}]), written, compression="zstd", write_statistics=False
    )
    return written.getvalue()


def zipped(*contents: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"{number}.csv", content)
    return written.getvalue()


NOTED = f"{HEAD}\ng1,{AT},{NAME} sent me\n"
PACKED = {
    "noted.csv.gz": gzip.compress(("\ufeff" + NOTED).encode("utf-16-be"), mtime=0),
    "noted.zip": zipped(NOTED.replace("g1", "g2")),
    "rich.xlsx": rich(),
    "nested.parquet": parquet(),
}
REFUSED = [zipped("a,b\n", f"a,b\n1,{NAME}\n"), f'[{{"customer_id": "A-1", "note": "{NAME}"}}]'.encode()]

SEMICOLONS = f"customer_id;parent_id;x\nA-2;{ID};1,2\n"
"""Refused at first, for its delimiter."""


@pytest.fixture(scope="module")
def shaped(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Canary is erased from it. For reading only."""
    set_up = SetUp(organisation="A test", as_of=dt.date(2026, 3, 31))
    workspace = make_workspace(tmp_path_factory.mktemp("shaped") / "own", set_up)
    texts = {file: before.encode() for file, (before, _) in TEXTS.items()}
    with workspace.open_records() as records:
        arrive(workspace, records, "customers", "customers.csv", CUSTOMERS.encode())
        for file, content in (texts | PACKED).items():
            arrive(workspace, records, "interactions", file, content)
        for content in REFUSED:
            with pytest.raises(Refused):
                arrive(workspace, records, "interactions", "refused", content)
        with pytest.raises(Refused):
            arrive(workspace, records, "customers", "semicolons.csv", SEMICOLONS.encode())
        arrive(workspace, records, "customers", "read.csv", SEMICOLONS.encode(), delimiter=";")
        assert len(places(workspace, NAME)) >= len(TEXTS) + len(PACKED)
        erase(workspace, records, ID, "Ann", "asked for on 2026-04-01, article 17")
        assert damage(workspace, records) == []
    return workspace


def original(workspace: Workspace, file: str) -> bytes:
    with workspace.open_records() as records:
        (load,) = [one for one in loads.every(records) if one.file == file]
    return workspace.store.get(load.sha256)


@pytest.mark.parametrize("secret", [NAME, ID, E_MAIL])
def test_no_byte_of_the_person_is_left(shaped: Workspace, secret: str) -> None:
    assert places(shaped, secret) == []


@pytest.mark.parametrize("file", TEXTS)
def test_what_others_wrote_is_as_it_was(shaped: Workspace, file: str) -> None:
    assert original(shaped, file).decode() == TEXTS[file][1]


def test_a_file_that_was_refused_and_then_read_is_cut_as_it_was_read(shaped: Workspace) -> None:
    assert original(shaped, "read.csv").decode() == "customer_id;parent_id;x\nA-2;;1,2\n"


@pytest.mark.parametrize("file", PACKED)
def test_what_is_packed_is_replaced_whole(shaped: Workspace, file: str) -> None:
    with pytest.raises(RecordError, match="held personal data that was erased"):
        original(shaped, file)


NAMING = [
    ("rich.xlsx", rich(), NAME),
    ("nested.parquet", parquet(), NAME),
    ("many.zip", zipped("a", NAME), NAME),
    ("part.xlsx", zipped("a", "<t>Ohm &amp; S&#246;hne</t>"), "Ohm & Söhne"),
]


@pytest.mark.parametrize(("file", "content", "name"), NAMING, ids=[case[0] for case in NAMING])
def test_a_name_is_found_in_what_is_packed(tmp_path: Path, file: str, content: bytes, name: str) -> None:
    (tmp_path / file).write_bytes(content)
    assert is_named_in(tmp_path / file, file, lambda text: name in text)
    assert not is_named_in(tmp_path / file, file, lambda text: "Somebody Else" in text)
