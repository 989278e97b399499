"""Has Spark compute a job, in a process that ends with whoever asked for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from audit.errors import SourceError

PROGRAM = Path(__file__).with_name("job.py")
HERE_ALONE = {
    "PYSPARK_SUBMIT_ARGS": "--master local[*] --driver-memory 2g pyspark-shell",
    "SPARK_LOCAL_IP": "127.0.0.1",
}
"""Where Spark runs, unless the environment says otherwise in Spark's own words."""


def answered(python: Path, folder: Path) -> Iterator[str]:
    """The queries of the job in the folder, each once it stands there. Raises SourceError where Spark fails."""
    with (folder / "spark.log").open("wb") as log:
        running = subprocess.Popen(
            [str(python), str(PROGRAM), str(folder)], cwd=folder, env=_environ(python, folder), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8",
        )  # fmt: skip
        try:
            yield from _told(running)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)  # Java is a process of the group
            running.communicate()


def _environ(python: Path, folder: Path) -> dict[str, str]:
    own = os.environ if "PYSPARK_SUBMIT_ARGS" in os.environ else HERE_ALONE | os.environ
    return {**own, "PYSPARK_PYTHON": str(python), "SPARK_LOCAL_DIRS": str(folder)}


def _told(running: subprocess.Popen[str]) -> Iterator[str]:
    assert running.stdout is not None
    for line in running.stdout:
        document: dict[str, str] = json.loads(line)
        if "error" in document:
            raise SourceError(f"Apache Spark gave up: {document['error']}; measure without '--engine spark'")
        yield document["done"]
    if running.wait():
        raise SourceError("Apache Spark did not start; see that 'java -version' says 17 or newer, then 'make spark'")
