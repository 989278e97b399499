"""What is uploaded as evidence is kept byte for byte under its hash, shown under a clean name, and never opened."""

from __future__ import annotations

import ast
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import TABLE
from every_fault import variants_of
from fault import File, Kept, Outcome, Refused, Upload
from program import HOUSE, ask, load, state

from audit.errors import RecordError
from audit.records import Records
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from pipelines.receive import receive
from pipelines.workspace import Workspace, open_workspace


@pytest.fixture
def house(workspace: Path) -> Workspace:
    return open_workspace(workspace)


@pytest.fixture
def records(house: Workspace) -> Iterator[Records]:
    with house.open_records() as opened:
        yield opened


def registered(house: Workspace, records: Records, sent: Upload, title: str = "How we ask") -> str:
    """As the Documents page does it; the id of the document."""
    received = receive(house.store, sent.content, sent.name)
    document = NewDocument(
        "survey method", title, sha256=received.sha256, file=received.file, size=len(received.content)
    )
    return documents.register(records, document, "Ann").id


@pytest.mark.parametrize(("sent", "outcome"), variants_of(Upload))
def test_a_document_is_kept_as_it_came(
    house: Workspace, records: Records, workspace: Path, sent: Upload, outcome: Outcome
) -> None:
    tables = state(workspace)
    if isinstance(outcome, Refused):
        with pytest.raises(RecordError, match=outcome.told):
            registered(house, records, sent)
        assert documents.current(records) == []
    else:
        assert outcome == Kept()
        registered(house, records, sent)
        (found,) = documents.register_of(records)
        assert house.store.get(found.document.sha256) == sent.content
        assert found.document.sha256 == hashlib.sha256(sent.content).hexdigest()
        assert (found.document.file, found.size) == (sent.shown, len(sent.content))
        assert found.document.file.isprintable() and len(found.document.file) <= 120
    assert state(workspace) == tables
    assert ask(workspace, "verify") == {"ok": True, "damage": []}


def stored(house: Workspace) -> set[str]:
    return {path.name for path in house.store.files()}


def test_the_same_content_twice_is_kept_once(house: Workspace, records: Records, workspace: Path) -> None:
    before = stored(house)
    for name in ("method.pdf", "again.pdf"):
        registered(house, records, Upload(b"method", name, name))
    assert len(stored(house) - before) == 1
    assert [one.file for one in documents.current(records)] == ["method.pdf", "again.pdf"]
    sent = File(TABLE.encode())
    first, second = load(workspace, sent), load(workspace, File(TABLE.encode(), name="renamed.csv"))
    (begun,), (again,) = first.answer, second.answer
    assert again == begun | {"unchanged": True} and second.code == 0


def test_two_documents_of_one_name_are_both_kept(house: Workspace, records: Records) -> None:
    for content in (b"first", b"second"):
        registered(house, records, Upload(content, "method.pdf", "method.pdf"))
    found = documents.current(records)
    assert [one.file for one in found] == ["method.pdf"] * 2
    assert [house.store.get(one.sha256) for one in found] == [b"first", b"second"]


def test_the_server_takes_no_file_above_its_limit() -> None:
    server = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
    assert 0 < server["maxUploadSize"] <= 200


def test_a_document_leaves_as_octets_and_never_as_a_page() -> None:
    """Every button that hands out a stored file says so, and nothing serves files by their address."""
    offered = 0
    for path in (HOUSE / "pages").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
                if "store.get(" in ast.unparse(function) and ast.unparse(call.func) == "st.download_button":
                    assert "'application/octet-stream'" in ast.unparse(call), path
                    offered += 1
    assert offered >= 2
    assert not re.search(r"enableStaticServing\s*=\s*true", (HOUSE / ".streamlit" / "config.toml").read_text())
