"""The real program in a server process of its own, on this machine alone, with or without people signing in."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

HOUSE = Path(__file__).resolve().parent.parent
NOBODY_ASKED = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
"""Streamlit asks the internet for its own address when a foreign Origin knocks; here nothing answers, and at once."""


@dataclass
class Served:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def told(self) -> str:
        """What the server's log says."""
        return self.log.read_text("utf-8", "replace")


@dataclass(frozen=True)
class SignIn:
    """A set-up of the sign-in, as an administrator writes it."""

    public: str
    """The address that people see, as in http://localhost:8501."""
    provider: str
    cookie_secret: str = secrets.token_hex(32)

    def write(self, folder: Path) -> Path:
        file = folder / "secrets.toml"
        file.write_text(
            f'[auth]\nredirect_uri = "{self.public}/oauth2callback"\ncookie_secret = "{self.cookie_secret}"\n'
            '[auth.default]\nclient_id = "clauselight"\nclient_secret = "secret-of-the-tests-secret-of-the-tests"\n'
            f'server_metadata_url = "{self.provider}/.well-known/openid-configuration"\n'
            'client_kwargs = { scope = "openid email profile", prompt = "login" }\n',
            encoding="utf-8",
        )
        return file

    def cookie(self, login: str, email: str = "", **told: Any) -> str:
        """What the program itself would set after this person's sign-in, signed by the test."""
        now = int(time.time())
        claims = {"iss": self.provider, "sub": login, "name": login.title(), "iat": now, "auth_time": now}
        claims |= {"email": email, "email_verified": bool(email), "nonce": secrets.token_hex(8)} | told
        payload = claims | {"origin": self.public, "is_logged_in": True, "provider": "default"}
        return create_signed_value(self.cookie_secret, "_streamlit_user", json.dumps(payload)).decode()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(
    workspace: Path,
    log: Path,
    *options: str,
    port: int = 0,
    sign_in: SignIn | None = None,
    way: tuple[str, ...] = ("pages",),
) -> Iterator[Served]:
    port = port or free_port()
    command = [sys.executable, "-m", *way, "--server.port", str(port), *options]
    environment = os.environ | NOBODY_ASKED | {"NO_PROXY": "localhost,127.0.0.1", "PYTHONWARNINGS": "ignore"}
    environment["CLAUSELIGHT_WORKSPACE"] = str(workspace)
    if sign_in:
        environment["STREAMLIT_SECRETS_FILES"] = str(sign_in.write(log.parent))
    with log.open("wb") as told:
        process = subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=told, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield Served(process, port, log)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(url: str, process: subprocess.Popen[Any]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server did not answer within half a minute")
