"""The objects of a bucket below its prefix: listed, fetched into files, sent from files, removed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from deltalake.fs import DeltaStorageHandler
from pyarrow import fs

from pipelines.storage.place import KEYS, TOKEN, Place, options

AT_ONCE = 8
SOON = {"max_retries": "1", "retry_timeout": "10s", "timeout": "10s"}
BLOCK = 8_000_000
SECOND = 1_000_000_000
Listed = dict[str, tuple[int, int]]
"""Name below the prefix -> size in bytes, and when it was written, in whole seconds."""


class Objects:
    def __init__(self, place: Place, keys: dict[str, str]) -> None:
        self.place = place
        more: dict[str, str] = {}
        if place.server.endpoint:
            more["scheme"], _, more["endpoint_override"] = place.server.endpoint.partition("://")
        self._s3 = fs.S3FileSystem(
            access_key=keys[KEYS[0]], secret_key=keys[KEYS[1]], session_token=keys.get(TOKEN),
            region=place.server.region, background_writes=False, allow_delayed_open=True,
            connect_timeout=5, request_timeout=20, retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=3), **more,
        )  # fmt: skip
        # pyarrow leaves an empty object for the folder behind when it removes one; this holds all threads meanwhile
        self._rest = DeltaStorageHandler(f"s3://{place.path}", options(place, keys) | SOON)

    def listed(self, below: str = "") -> Listed:
        path = f"{self.place.path}/{below}".rstrip("/")
        try:
            found = self._s3.get_file_info(fs.FileSelector(path, recursive=True))
        except FileNotFoundError:
            return {}
        start = len(self.place.path) + 1
        files = (one for one in found if one.type == fs.FileType.File)
        return {one.path[start:]: (one.size, one.mtime_ns // SECOND) for one in files}

    def fetch(self, names: Iterable[str], into: Path, beside: Path) -> None:
        """Each appears whole, in the order of the names, with the time at which it was written there."""
        beside.mkdir(parents=True, exist_ok=True)
        with _at_once() as pool:
            for name, file in pool.map(lambda name: (name, self._fetched(name, beside)), names):
                (into / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(file, into / name)

    def same(self, name: str, file: Path) -> bool:
        """Whether the file holds what the object holds."""
        with self._s3.open_input_stream(self._path(name)) as stream, file.open("rb") as own:
            while block := stream.read(BLOCK):
                if own.read(len(block)) != block:
                    return False
            return not own.read(1)

    def send(self, files: dict[str, Path]) -> None:
        """Each file takes over the time at which it was written there."""
        with _at_once() as pool:
            for _ in pool.map(self._send, files.items()):
                pass

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            self._rest.delete_file(name)

    def kept_versions(self, name: str) -> bool:
        """
        Whether an object that is overwritten stays, or one was written while that was so. An object of this name is
        written, and removed, to see it.
        """
        with self._s3.open_output_stream(self._path(name)) as stream:
            stream.write(b"does this bucket keep former versions?")
        try:
            with _at_once() as pool:
                return any(pool.map(self._has_version, [name, *self.listed()]))
        finally:
            self.remove([name])

    def _has_version(self, name: str) -> bool:
        with self._s3.open_input_stream(self._path(name)) as stream:
            return "VersionId" in stream.metadata()

    def _path(self, name: str) -> str:
        return f"{self.place.path}/{name}"

    def _fetched(self, name: str, folder: Path) -> Path:
        handle, beside = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as file, self._s3.open_input_stream(self._path(name)) as stream:
                told = stream.metadata()
                while block := stream.read(BLOCK):
                    file.write(block)
                if file.tell() != int(told["Content-Length"]):
                    raise OSError(f"connection closed before the whole of {name} had come")
            _stamp(Path(beside), told["Last-Modified"])
        except BaseException:
            Path(beside).unlink()
            raise
        return Path(beside)

    def _send(self, one: tuple[str, Path]) -> None:
        name, file = one
        with pa.memory_map(str(file)) as content, self._s3.open_output_stream(self._path(name)) as stream:
            stream.write(content.read_buffer())
        (written,) = self._s3.get_file_info([self._path(name)])
        if written.size != file.stat().st_size:
            raise OSError(f"connection closed before the whole of {name} had gone")
        os.utime(file, ns=(written.mtime_ns, written.mtime_ns // SECOND * SECOND))


def _stamp(file: Path, written: bytes | str) -> None:
    text = written.decode() if isinstance(written, bytes) else written
    moment = int(datetime.fromisoformat(text).timestamp())
    os.utime(file, (moment, moment))


@contextmanager
def _at_once() -> Iterator[ThreadPoolExecutor]:
    """What has not begun when one fails does not begin any more."""
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
