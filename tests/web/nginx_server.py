"""Debian's nginx in front of two program processes, with the sample that the documentation gives to administrators."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app_server import HOUSE

SAMPLE = HOUSE / "docs" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def written(folder: Path, port: int, processes: list[int]) -> str:
    """The sample with the test's ports, and without a certificate, which this machine has none of."""
    site = re.sub(r"^\s*ssl_.*\n", "", SAMPLE.read_text("utf-8"), flags=re.M)
    site = site.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace("clauselight.example.org", "localhost")
    site = site.replace("proxy_cookie_flags ~ secure;", "add_header X-Served-By $upstream_addr always;")
    for named, real in zip((8501, 8502), processes, strict=True):
        site = site.replace(f"127.0.0.1:{named}", f"127.0.0.1:{real}")
    places = "\n".join(f"{name}_temp_path {folder / name};" for name in TEMPORARY)
    user = f"user {getpass.getuser()};\n" if os.getuid() == 0 else ""
    return (
        f"{user}daemon off; worker_processes 1; pid {folder / 'pid'}; error_log {folder / 'error.log'};\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{places}\n{site}\n}}\n"
    )


@contextmanager
def nginx(folder: Path, port: int, processes: list[int]) -> Iterator[None]:
    assert NGINX
    (folder / "nginx.conf").write_text(written(folder, port, processes), encoding="utf-8")
    command = [NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), "-p", str(folder)]
    process = subprocess.Popen(command)
    try:
        _wait(port, process)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert process.poll() is None, "nginx stopped"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nginx did not answer")
