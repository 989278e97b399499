"""How a command speaks: JSON for programs, a table for people, a progress bar only where somebody watches."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from tqdm import tqdm

from audit.records import Records
from audit.text import Text
from pipelines.staging.text_file import shown
from pipelines.workspace import SetUp, Workspace, chosen, make_workspace, open_workspace

LONGEST = 2_000
"""Characters of one message, so that a value out of a file cannot fill the terminal."""


@contextmanager
def at_work(asked: argparse.Namespace) -> Iterator[tuple[Workspace, Records]]:
    workspace = open_workspace(chosen(asked.workspace))
    with workspace.open_records() as records:
        yield workspace, records


def begin_workspace(asked: argparse.Namespace) -> None:
    """A first load into a folder that is new or empty makes the workspace, under the folder's name, and says so."""
    folder = chosen(asked.workspace)
    if not folder.exists() or folder.is_dir() and not any(folder.iterdir()):
        made = make_workspace(folder, SetUp(organisation=folder.resolve().name))
        say(f"{folder} is a new workspace of '{made.set_up.organisation}'; its workspace.yaml holds the name")


def actor() -> str:
    return getpass.getuser()


def tell(asked: argparse.Namespace, document: object, table: Callable[[], None]) -> None:
    """One JSON document when it was asked for, else what `table` prints."""
    if asked.json:
        print(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False, default=str))
    else:
        table()


def say(message: str) -> None:
    """One line to whoever watches, whatever a file, a name or a mapping put into it."""
    print(f"clauselight: {shown(message.replace(chr(10), ' '), LONGEST)}", file=sys.stderr)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    shown = [[_cell(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *shown, strict=True)]
    for row in [list(headings), *shown]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[float, Text], None]]:
    """A bar on a terminal, nothing in a pipe."""
    with tqdm(
        total=100, desc=what, disable=None, leave=False, file=sys.stderr, bar_format="{desc} {bar} {n:.0f} %"
    ) as bar:

        def moved(share: float, words: Text) -> None:
            bar.set_description_str(f"{what}: {words.en}"[:60])
            bar.update(max(0.0, 100 * share - bar.n))

        yield moved


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 10_000 else f"{value:.1f}"  # no powers of ten for people
    return shown(str(value).replace("\n", " "), LONGEST)
