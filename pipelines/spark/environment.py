"""Where Spark is: a Python with pyspark in an environment of its own, and Java."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from audit.errors import SourceError
from pipelines.definitions import HOUSE

NAMED = "CLAUSELIGHT_SPARK_PYTHON"
USUAL = HOUSE / ".venv-spark" / "bin" / "python"


def python() -> Path:
    """The Python that has pyspark. Raises SourceError, saying what to do, where Spark cannot run here."""
    found = Path(os.environ.get(NAMED) or USUAL)
    if not found.is_file():
        where = f"{NAMED} names no Python" if os.environ.get(NAMED) else "Apache Spark is not set up here"
        raise SourceError(f"{where}; write 'make spark', or measure without '--engine spark'")
    if not _java():
        raise SourceError("Apache Spark needs Java 17 or newer, and none is here; write 'make spark', or set JAVA_HOME")
    return found


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return (Path(home) / "bin" / "java").is_file() if home else shutil.which("java") is not None
