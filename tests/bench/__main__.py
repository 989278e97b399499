"""python -m tests.bench: measures speed and memory side by side with other ways, and writes docs/performance.md."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import files
from tests.bench.agreement import disagreements
from tests.bench.cases import CASES
from tests.bench.page import write_page
from tests.bench.process import HOUSE
from tests.bench.rounds import measured
from tests.bench.table import tables

SIZES = [10_000, 1_000_000, 10_000_000]


def main() -> int:
    """Exit code 1 where the ways do not count the same; never because of a time."""
    asked, found = _asked(), []
    with _folder(asked.keep) as folder:
        for size in asked.sizes:
            if missing := files.room_missing(folder, size):
                print(missing, file=sys.stderr)
                continue
            found.append(measured(folder, size, asked.rounds, asked.only or list(CASES)))
            print(f"\n{size:,} survey rows\n\n{tables(found[-1])}\n", flush=True)
            if asked.page:
                write_page(asked.page, found)
    return 1 if any(map(disagreements, found)) or not found else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="survey rows")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=CASES, help="these cases, and no page is written")
    parser.add_argument("--keep", type=Path, help="a folder for the files, which stay there for the next time")
    parser.add_argument("--page", type=Path, help="where the page goes; docs/performance.md, where all cases are run")
    asked = parser.parse_args()
    if not asked.only and not asked.page:
        asked.page = HOUSE / "docs" / "performance.md"
    return asked


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="clauselight-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
