"""
A bad way to an S3-compatible server: it passes on what is asked, and a fault befalls the requests that are meant.

A program of its own: those who ask may hold all threads of theirs until the answer is there.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from s3_server import Server

OF_THE_LINE = ("transfer-encoding", "expect")
ASIDE = "/-/"
"""What is said to the way itself begins so."""


@dataclass
class Fault:
    """What befalls the requests that it is about, from the first one that is not spared."""

    method: str
    path: str
    """A regular expression that is found in the path."""
    what: str
    """cut: the request is taken half, then the line is cut; lost: it is done, and the answer is lost; refused: the
    status and the code that follow, as in 'refused 403 AccessDenied'; waits: it is not passed on."""
    spared: int = 0
    times: int = 1_000

    def befalls(self, method: str, path: str) -> bool:
        if method != self.method or not re.search(self.path, path):
            return False
        self.spared -= 1
        if self.spared >= 0:
            return False
        self.times -= 1
        return self.times >= 0


@dataclass(frozen=True)
class Way:
    """As tests see it."""

    port: int

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def befall(self, fault: Fault | None) -> None:
        """From now on; None ends it. What was seen is forgotten."""
        self._said("fault", json.dumps(asdict(fault) if fault else None).encode())

    def seen(self) -> list[str]:
        """Method and path of each request."""
        found: list[str] = self._said("seen")["seen"]
        return found

    def wait_until_struck(self) -> None:
        until = time.monotonic() + 60
        while not self._said("seen")["struck"]:
            assert time.monotonic() < until, "the fault befell nobody within a minute"
            time.sleep(0.02)

    def _said(self, what: str, content: bytes = b"") -> Any:
        with urllib.request.urlopen(f"{self.endpoint}{ASIDE}{what}", content, timeout=30) as answer:
            return json.loads(answer.read())


@contextmanager
def way_to(server: Server) -> Iterator[Way]:
    command = [sys.executable, __file__, str(server.port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield Way(int(running.stdout.readline()))
        finally:
            running.terminate()


class _Listening(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, to: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.to, self.fault, self.seen, self.struck = to, Fault("", "^$", ""), list[str](), False

    def handle_error(self, request: object, client_address: object) -> None:
        """A line that is cut is what is wanted."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listening

    def _pass_on(self) -> None:
        if self.path.startswith(ASIDE):
            return self._aside()
        self.server.seen.append(f"{self.command} {self.path}")
        what = self._fate()
        if what == "waits":
            time.sleep(60)
        if what in ("cut", "waits"):
            self.rfile.read(self._size() // 2)
            return self._cut()
        content = self._content()
        if what.startswith("refused"):
            _, status, code = what.split()
            return self._answer(int(status), {}, f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode())
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OF_THE_LINE}
        with closing(http.client.HTTPConnection("127.0.0.1", self.server.to, timeout=60)) as line:
            line.request(self.command, self.path, content, headers)
            answer = line.getresponse()
            said = answer.read()
        if what == "lost":
            return self._cut()
        self._answer(answer.status, dict(answer.getheaders()), said)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass_on

    def _aside(self) -> None:
        content = self._content()
        if self.path.endswith("fault"):
            given = json.loads(content)
            self.server.fault = Fault(**given) if given else Fault("", "^$", "")
            self.server.seen, self.server.struck = [], False
        told = {"seen": self.server.seen, "struck": self.server.struck}
        self._answer(200, {}, json.dumps(told).encode())

    def _fate(self) -> str:
        if not self.server.fault.befalls(self.command, self.path):
            return ""
        self.server.struck = True
        return self.server.fault.what

    def _size(self) -> int:
        return int(self.headers.get("Content-Length") or 0)

    def _content(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(self._size())
        content = b""
        while size := int(self.rfile.readline(), 16):
            content += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return content

    def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response_only(status)
        length = headers.pop("Content-Length", str(len(content)))
        for name, value in headers.items():
            if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                self.send_header(name, value)
        self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


if __name__ == "__main__":
    import os
    import threading

    listening = _Listening(int(sys.argv[1]))
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()  # it goes with the tests
    print(listening.server_address[1], flush=True)
    listening.serve_forever()
