"""Other people's implementations: each script here runs in an environment of its own, JSON in, JSON out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PYTHON = HOUSE / ".venv-oracles" / "bin" / "python"


def oracle(script: str, asked: object) -> Any:
    """What `tests/oracles/<script>.py` prints when it reads `asked` on its standard input."""
    if not (PYTHON.parent.parent / ".ready").is_file():
        pytest.skip("the other implementations are not installed; make test installs them")
    file = Path(__file__).with_name(f"{script}.py")
    done = subprocess.run([PYTHON, "-W", "ignore", file], input=json.dumps(asked), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
