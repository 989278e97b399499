"""An S3-compatible server of the tests' own, on this machine alone, that ends with them."""

from __future__ import annotations

import itertools
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

HOUSE = Path(__file__).resolve().parent.parent
PROGRAM = HOUSE / ".venv-s3" / "bin" / "moto_server"
NUMBER = itertools.count()
SIGNED = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=any"
VERSIONED = b"<VersioningConfiguration><Status>%s</Status></VersioningConfiguration>"


@dataclass(frozen=True)
class Server:
    port: int

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def bucket(self) -> str:
        """The name of a new one."""
        name = f"bucket-{next(NUMBER)}"
        self._asked("PUT", name)
        return name

    def keep_versions(self, bucket: str, status: str = "Enabled") -> None:
        self._asked("PUT", f"{bucket}?versioning=", VERSIONED % status.encode())

    def objects(self, bucket: str) -> dict[str, bytes]:
        """All of them, by name."""
        return {name: self._asked("GET", f"{bucket}/{quote(name)}") for name in self._named(bucket, "", "Contents")}

    def versions(self, bucket: str) -> list[str]:
        """The names of all objects, once for each version that is kept."""
        return self._named(bucket, "&versions=", "Version")

    def put(self, bucket: str, name: str, content: bytes) -> None:
        self._asked("PUT", f"{bucket}/{quote(name)}", content)

    def delete(self, bucket: str, name: str) -> None:
        self._asked("DELETE", f"{bucket}/{quote(name)}")

    def _named(self, bucket: str, more: str, kind: str) -> list[str]:
        listed = ElementTree.fromstring(self._asked("GET", f"{bucket}?list-type=2&max-keys=1000{more}"))
        return [key.text or "" for one in listed if one.tag.endswith(kind) for key in one if key.tag.endswith("Key")]

    def _asked(self, method: str, what: str, content: bytes = b"") -> bytes:
        headers = {"Authorization": SIGNED, "Content-Type": "application/octet-stream"}
        request = urllib.request.Request(f"{self.endpoint}/{what}", content or None, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())


@contextmanager
def server() -> Iterator[Server]:
    port = _free_port()
    # however the tests end, killed ones too, their end of the pipe closes, and the server goes
    command = f"'{PROGRAM}' -H 127.0.0.1 -p {port} >/dev/null 2>&1 & own=$!; read _; kill $own; wait $own"
    running = subprocess.Popen(["sh", "-c", command], stdin=subprocess.PIPE, start_new_session=True)
    try:
        wait_for(port)
        yield Server(port)
    finally:
        running.communicate()


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the S3-compatible server did not start within a minute")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
