import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audit.errors import RecordError
from audit.records.store import Store
from audit.records.trail.trail import Damage
from audit.wording import say

CONTENTS = [b"", b"a", b"line\n" * 100_000, bytes(range(256)), "顾客满意".encode()]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def changed(path: Path, content: bytes) -> None:
    path.chmod(0o640)
    path.write_bytes(content)


@pytest.mark.parametrize("content", CONTENTS)
def test_what_is_put_comes_back_under_its_own_hash(store: Store, content: bytes) -> None:
    name = store.put(content)
    assert name == hashlib.sha256(content).hexdigest()
    assert store.get(name) == content and store.has(name)
    assert store.path(name) == store.folder / name[:2] / name
    assert store.verify() == []


def test_the_same_content_is_one_file_that_is_not_written_again(store: Store) -> None:
    path = store.path(store.put(b"same"))
    before = path.stat()
    assert store.put(b"same") == path.name
    assert path.stat().st_mtime_ns == before.st_mtime_ns and path.stat().st_ino == before.st_ino
    assert list(store.files()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows one bit of these only")
def test_a_kept_file_is_for_reading_only(store: Store) -> None:
    assert store.path(store.put(b"read me")).stat().st_mode & 0o777 == 0o440


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_changed_byte_is_found(store: Store, place: int) -> None:
    name, other = store.put(b"bytes"), store.put(b"other")
    altered = bytearray(b"bytes")
    altered[place] ^= 1
    changed(store.path(name), bytes(altered))
    with pytest.raises(RecordError, match="was changed after it was kept; bring it back from a backup"):
        store.get(name)
    with pytest.raises(RecordError, match="was changed"):
        store.put(b"bytes")
    assert store.verify() == [Damage(say("this file was changed after it was kept"), f"store/{name[:2]}/{name}")]
    assert store.get(other) == b"other"


def test_a_file_that_was_cut_short_is_found(store: Store) -> None:
    name = store.put(b"bytes")
    changed(store.path(name), b"")
    assert [damage.what.en for damage in store.verify()] == ["this file was changed after it was kept"]


@pytest.mark.parametrize("stranger", ["notes.txt", "ab/notes.txt", "ab/" + "c" * 64, "d" * 64])
def test_a_file_that_does_not_belong_is_named(store: Store, stranger: str) -> None:
    path = store.folder / stranger
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    assert store.verify() == [Damage(say("this file does not belong to the store"), f"store/{stranger}")]


def test_what_a_killed_process_left_unfinished_is_not_a_file_yet(store: Store) -> None:
    name = store.put(b"whole")
    (store.path(name).parent / ".half.tmp").write_bytes(b"ha")
    assert store.verify() == [] and [path.name for path in store.files()] == [name]


def test_an_empty_or_absent_store_is_sound(store: Store) -> None:
    assert store.verify() == [] and list(store.files()) == []
    assert not store.has("a" * 64)


@pytest.mark.parametrize("name", ["", "a" * 63, "A" * 64, "../" + "a" * 61, "a" * 64 + "\n", "/etc/passwd"])
def test_a_name_that_is_no_hash_is_refused(store: Store, name: str) -> None:
    assert not store.has(name)
    with pytest.raises(RecordError, match="write the 64 hexadecimal digits"):
        store.get(name)


def test_a_missing_file_is_named_with_what_to_do(store: Store) -> None:
    with pytest.raises(RecordError, match=f"{'a' * 64} is not in the store; bring it back from a backup"):
        store.get("a" * 64)


def test_many_threads_may_put_the_same_and_other_content(store: Store) -> None:
    contents = [str(number % 10).encode() * 1000 for number in range(80)]
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(store.put, contents))
    assert len(list(store.files())) == len(set(names)) == 10
    assert [store.get(name) for name in names] == contents
    assert store.verify() == [] and not list(store.folder.rglob("*.tmp"))


def test_a_folder_that_is_a_file_gives_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(b"")
    with pytest.raises(RecordError, match="cannot be kept .*; nothing was changed"):
        Store(tmp_path / "store").put(b"anything")
