"""A pack's bytes depend on its content alone, and every change to it is found."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import SourceError
from pipelines.reports.archive import damage, packed

FILES = {"a.json": b"{}", "queries/kpis/nps.sql": b"select 1", "z.html": "<p>满意</p>".encode()}


def written(tmp_path: Path, content: bytes) -> Path:
    pack = tmp_path / "pack.zip"
    pack.write_bytes(content)
    return pack


def again(**changes: bytes | None) -> bytes:
    """A pack rewritten by hand, as somebody would who wants to change it: its own sums stay as they were."""
    with zipfile.ZipFile(io.BytesIO(packed(FILES))) as pack:
        content = {name: pack.read(name) for name in pack.namelist()}
    content.update({name.replace("__", "."): value for name, value in changes.items() if value is not None})
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as pack:
        for name, value in content.items():
            if changes.get(name.replace(".", "__"), b"") is not None:
                pack.writestr(name, value)
    return held.getvalue()


def test_the_same_files_give_the_same_bytes_in_whatever_order() -> None:
    assert packed(FILES) == packed(dict(reversed(FILES.items())))


def test_an_untouched_pack_is_whole(tmp_path: Path) -> None:
    assert damage(written(tmp_path, packed(FILES))) == []


TOUCHED = [
    (again(a__json=b"{} "), "a.json", "changed"),
    (again(a__json=None), "a.json", "missing"),
    (again(new__txt=b"x"), "new.txt", "not listed"),
    (again(SHA256SUMS=None), "pack.zip", "SHA256SUMS"),
    (again(SHA256SUMS=b"nonsense"), "a.json", "not listed"),
    (b"not a zip", "pack.zip", "not readable"),
    (packed(FILES)[:-30], "pack.zip", "not readable"),
]


@pytest.mark.parametrize(("content", "where", "what"), TOUCHED)
def test_what_was_touched_is_named(tmp_path: Path, content: bytes, where: str, what: str) -> None:
    found = damage(written(tmp_path, content))
    assert any(one.where == where and what in one.what.en for one in found), found


@given(st.data())
def test_a_changed_byte_of_content_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    at = data.draw(st.integers(0, len(FILES[name]) - 1))
    other = FILES[name][:at] + bytes([FILES[name][at] ^ data.draw(st.integers(1, 255))]) + FILES[name][at + 1 :]
    found = damage(written(tmp_path_factory.mktemp("pack"), again(**{name.replace(".", "__"): other})))
    assert [one.where for one in found] == [name]


def test_a_pack_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        damage(tmp_path / "none.zip")
