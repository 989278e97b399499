"""Without a sign-in the program serves this computer alone, and it runs with no weaker setting than it ships with."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from app_server import HOUSE, Served, SignIn, free_port, serving
from crew import CANARY, make_team
from streamlit import config
from visit import opened

from pages.components.access import exposure
from pipelines.workspace import Workspace


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_team(tmp_path_factory.mktemp("alone") / "team")


def seen(served: Served, **headers: str) -> str:
    tab = opened(served, headers=headers)
    text = tab.ask("documents").text
    tab.close()
    return text


def test_on_this_computer_everything_is_shown_and_nobody_vouches_for_the_name(alone: Workspace, tmp_path: Path) -> None:
    with serving(alone.folder, tmp_path / "log") as served:
        shown = seen(served)
        assert CANARY in shown and "identity not verified" in shown
        for header in ("X-Forwarded-For", "X-Real-Ip", "Forwarded"):
            behind = seen(served, **{header: "203.0.113.9"})
            assert "asked for from another computer" in behind and CANARY not in behind
        assert "asked for from another computer" in served.told()


STREAMLIT = ("streamlit", "run", "app.py")


@pytest.mark.parametrize(
    ("options", "secret", "told"),
    [
        (
            ("--server.address", "0.0.0.0"),
            None,
            "is open to other computers and nobody has to sign in; write 127.0.0.1",
        ),
        (("--client.showErrorDetails", "full"), None, "client.showErrorDetails = 'full' is not safe"),
        ((), "swordfish", "is too short to be safe"),
        ((), 'no"quotes"allowed', "cannot be read"),
    ],
)
def test_what_is_not_safe_does_not_start(
    alone: Workspace, tmp_path: Path, options: tuple[str, ...], secret: str | None, told: str
) -> None:
    environment = os.environ | {"CLAUSELIGHT_WORKSPACE": str(alone.folder)}
    if secret:
        written = SignIn("http://localhost:1", "https://id.example.org", secret).write(tmp_path)
        environment["STREAMLIT_SECRETS_FILES"] = str(written)
    command = [sys.executable, "-m", "pages", "--server.port", str(free_port()), *options]
    done = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and not done.stdout
    assert told in done.stderr.splitlines()[-1] and "Traceback" not in done.stderr


def test_open_to_other_computers_nothing_is_shown(alone: Workspace, tmp_path: Path) -> None:
    with serving(alone.folder, tmp_path / "log", "--server.address", "0.0.0.0", way=STREAMLIT) as served:
        shown = seen(served)
        assert "is open to other computers and nobody has to sign in" in shown and CANARY not in shown
        assert "write 127.0.0.1, or set up a sign-in" in served.told()


def test_a_sign_in_that_cannot_be_read_opens_nothing(alone: Workspace, tmp_path: Path) -> None:
    broken = SignIn("http://localhost:1", "https://id.example.org", 'no"quotes"allowed')
    with serving(alone.folder, tmp_path / "log", sign_in=broken, way=STREAMLIT) as served:
        shown = seen(served)
        assert "cannot be read" in shown and CANARY not in shown and str(tmp_path) not in shown


def test_a_cookie_secret_that_can_be_guessed_opens_nothing(alone: Workspace, tmp_path: Path) -> None:
    weak = SignIn("http://localhost:1", "https://id.example.org", "swordfish")
    with serving(alone.folder, tmp_path / "log", sign_in=weak, way=STREAMLIT) as served:
        shown = seen(served)
        assert "is too short to be safe" in shown and CANARY not in shown


def shipped() -> dict[str, Any]:
    """What the file says, and beside it what Streamlit takes where it says nothing."""
    written = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text("utf-8"))
    told = {f"{room}.{name}": value for room in written for name, value in written[room].items()}
    return {
        name: told.get(name, config.get_options_for_section(name.split(".")[0])[name.split(".")[1]])
        for name in exposure.SAFE
    }


SAFE = [
    ("server.maxUploadSize", 1),
    ("server.maxUploadSize", 200),
    ("server.allowedHosts", ["clauselight.example.org"]),
    ("server.corsAllowedOrigins", ["https://clauselight.example.org"]),
    ("server.enableStaticServing", None),
]
WEAKER = [
    ("client.showErrorDetails", "full"),
    ("client.showErrorDetails", "stacktrace"),
    ("client.showErrorDetails", "type"),
    ("client.showErrorDetails", True),
    ("client.showErrorDetails", False),
    ("server.enableXsrfProtection", False),
    ("server.enableCORS", False),
    ("server.allowedHosts", []),
    ("server.allowedHosts", None),
    ("server.allowedHosts", ["localhost", "*"]),
    ("server.allowedHosts", ["*.example.org"]),
    ("server.corsAllowedOrigins", ["*"]),
    ("server.maxUploadSize", 201),
    ("server.maxUploadSize", 0),
    ("server.enableStaticServing", True),
    ("server.enableAgentApi", True),
    ("server.trustedUserHeaders", {"X-User": "email"}),
    ("browser.gatherUsageStats", True),
]


def test_what_is_shipped_is_safe() -> None:
    assert exposure.weaker_setting(shipped().__getitem__) is None


@pytest.mark.parametrize(("name", "value"), SAFE, ids=str)
def test_another_setting_as_safe_is_no_matter(name: str, value: Any) -> None:
    assert exposure.weaker_setting((shipped() | {name: value}).__getitem__) is None


@pytest.mark.parametrize(("name", "value"), WEAKER, ids=str)
def test_a_weaker_setting_is_refused_with_what_to_write(name: str, value: Any) -> None:
    told = exposure.weaker_setting((shipped() | {name: value}).__getitem__)
    assert told and told.startswith(f"{name} = ") and "config.toml" in told


def test_a_server_with_a_weaker_setting_shows_nothing(alone: Workspace, tmp_path: Path) -> None:
    with serving(alone.folder, tmp_path / "log", "--client.showErrorDetails", "full", way=STREAMLIT) as served:
        shown = seen(served)
        assert "client.showErrorDetails" in shown and CANARY not in shown
