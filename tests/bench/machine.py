"""The machine and the versions that the figures belong to."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from tests.bench.process import HOUSE

NAMED = ["duckdb", "pandas", "pyarrow", "deltalake", "great-expectations"]


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()} {_release()}"


def versions() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in NAMED)
    return f"Python {platform.python_version()}, {libraries}; Clauselight at {_commit()}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", told.read_text()) if told.exists() else None
    return found[1].strip() if found else platform.machine()


def _release() -> str:
    return ".".join(platform.release().split(".")[:2])


def _commit() -> str:
    """With a word where the program is not what that commit holds."""
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=HOUSE, capture_output=True, text=True)
    if asked.returncode:
        return "no commit"
    command = ["git", "status", "--porcelain", "--", "pipelines", "audit"]
    changed = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True).stdout.strip()
    return f"{asked.stdout.strip()}{' with later changes' if changed else ''}"
