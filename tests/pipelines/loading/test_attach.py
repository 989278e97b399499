"""The file of a document: kept once under its hash with the type that its content has, or refused and not kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from audit.errors import RecordError
from pipelines.loading.attach import attach
from pipelines.workspace import SetUp, Workspace, make_workspace

PDF = b"%PDF-1.7\nhello\n%%EOF\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "new", SetUp(organisation="New"))


def stored(workspace: Workspace) -> list[bytes]:
    return [path.read_bytes() for path in workspace.store.files()]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\plan.pdf", "plan.pdf"),
        ("p\u202efdp.txt.pdf", "pfdp.txt.pdf"),
        ("pl\0an.pdf", "plan.pdf"),
        ("x" * 3_000 + ".pdf", "x" * 116 + ".pdf"),
        ("<img src=x>.pdf", "_img src=x_.pdf"),
        ("", "unnamed"),
    ],
)
def test_a_file_is_kept_under_its_hash_with_a_name_that_can_be_shown(
    workspace: Workspace, name: str, shown: str
) -> None:
    kept = attach(workspace, PDF, name)
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest() and stored(workspace) == [PDF]
    assert (kept.file, kept.size, kept.file_type) == (shown, 21, "pdf")


def test_the_same_content_under_two_names_is_one_file(workspace: Workspace) -> None:
    first, second = attach(workspace, PDF, "a.pdf"), attach(workspace, PDF, "b.pdf")
    assert first.sha256 == second.sha256 and (first.file, second.file) == ("a.pdf", "b.pdf")
    assert stored(workspace) == [PDF]


def test_two_contents_under_one_name_are_two_files(workspace: Workspace) -> None:
    attach(workspace, PDF, "a.pdf")
    attach(workspace, PDF + b"!", "a.pdf")
    assert sorted(stored(workspace)) == [PDF, PDF + b"!"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "plan.pdf", "'plan.pdf' is empty; choose the file again"),
        (b"MZ\x90\x00", "../survey.csv", "'survey.csv' is a Windows program"),
        (b"MZ\x90\x00", "plan.pdf", "'plan.pdf' is a Windows program"),
        (PDF, "plan\u202e.csv", "'plan.csv' is a PDF by its content, not text"),
        (PDF, "plan.pdf:x.exe", "'plan.pdf_x.exe' is named like a program"),
    ],
)
def test_what_is_refused_is_not_kept(workspace: Workspace, content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(RecordError) as refused:
        attach(workspace, content, name)
    assert str(refused.value).startswith(sentence) and "\n" not in str(refused.value)
    assert stored(workspace) == []
