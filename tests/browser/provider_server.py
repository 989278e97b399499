"""A real OpenID provider of the tests' own, on this machine alone. It can be stopped and started again."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from app_server import free_port, wait_for

FOLDER = Path(__file__).parent / "provider"
LIBRARY = FOLDER / "node_modules" / "oidc-provider"
PEOPLE = {
    "ann": {"name": "Ann Lee", "email": "ann@example.org", "email_verified": True},
    "bo": {"name": "Bo Li", "email": "bo@example.org", "email_verified": True},
    "cy": {"name": "Cy Wu", "email": "cy@example.org", "email_verified": True},
}


def missing() -> str:
    if shutil.which("node") is None:
        return "Node is not installed (Debian: nodejs)"
    return "" if LIBRARY.is_dir() else "the provider is not installed; run 'make servers'"


@dataclass
class Provider:
    redirect: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        script = [str(FOLDER / "provider.mjs"), str(LIBRARY), str(self.port), self.redirect, json.dumps(PEOPLE)]
        self.process = subprocess.Popen(["node", *script], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(f"http://127.0.0.1:{self.port}/.well-known/openid-configuration", self.process)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None
