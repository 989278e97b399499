"""A line to a PostgreSQL server that breaks once, at the moment at which a change is committed."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

COMMIT = b"COMMIT\x00"


class Line:
    """`arrives` says whether the server still hears the commit of which the answer never comes back."""

    def __init__(self, port: int, arrives: bool) -> None:
        self.port, self.arrives, self.broken = port, arrives, False
        self.door = socket.create_server(("127.0.0.1", 0))

    @property
    def own_port(self) -> int:
        return int(self.door.getsockname()[1])

    def serve(self) -> None:
        while True:
            try:
                client = self.door.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._carry, args=[client], daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self.port)) as server:
            while True:
                for ready in select.select([client, server], [], [])[0]:
                    heard = ready.recv(65536)
                    if not heard or (ready is client and self._breaks(heard, server)):
                        return
                    (server if ready is client else client).sendall(heard)

    def _breaks(self, heard: bytes, server: socket.socket) -> bool:
        if COMMIT not in heard or self.broken:
            return False
        self.broken = True
        if self.arrives:
            server.sendall(heard)
            server.recv(65536)
        return True


@contextmanager
def line(port: int, arrives: bool) -> Iterator[Line]:
    made = Line(port, arrives)
    serving = threading.Thread(target=made.serve, daemon=True)
    serving.start()
    try:
        yield made
    finally:
        made.door.shutdown(socket.SHUT_RDWR)
        made.door.close()
        serving.join(5)
