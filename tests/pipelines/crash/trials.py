"""
Loads that are killed at any moment: `python tests/pipelines/crash/trials.py 200 [SEED]` prints what was found as JSON.

One process imports everything once; each trial is a fork of it, so it costs what its loads cost, and is killed at
work, not at an import. The parent never opens a table or a database: their threads would not live on in a fork.

The child tells what it is about to do, and the parent kills it some time after one of these steps, so that a busy
machine does not move the kill to where nothing is done.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import pyarrow.parquet as pq
from deltalake import DeltaTable
from sqlalchemy import create_engine
from sqlalchemy.orm import configure_mappers

from audit.mapping import Mapping
from audit.records import Records, loads
from audit.records.migrate import revisions
from audit.records.trail import trail
from audit.text import Text
from pipelines import definitions
from pipelines.analyses.themes.written import themes
from pipelines.checklists.editions import checklist
from pipelines.load import load
from pipelines.measuring.groups import groupings
from pipelines.measuring.lineage import read_by
from pipelines.publishing.standing import data_files
from pipelines.run import run
from pipelines.runs import results
from pipelines.upkeep import integrity
from pipelines.workspace import SetUp, Workspace, make_workspace, open_workspace

HEAD = "complaint_id,received_at,severity\n"
FILES = [
    "c1,2026-03-02 10:00:00,low\nc2,2026-03-03 10:00:00,low\nc3,2026-02-03 10:00:00,low\n",
    "c1,2026-03-02 10:00:00,high\nc4,2026-04-01 10:00:00,low\n",
    "c2,2026-02-20 10:00:00,medium\nc3,2026-02-03 10:00:00,high\nc5,2026-04-02 10:00:00,low\n",
]
"""Each adds rows and replaces some; one moves a row to another month."""
MAPPING = Mapping(source="complaints")
LOADED, RAN = "LOADED", "RAN"
Rows = dict[str, tuple[str, str, str]]
Progress = Callable[[float, Text], None]


def states() -> list[Rows]:
    """The table after no file, after one, and so on, by a dictionary."""
    found: list[Rows] = [{}]
    for text in FILES:
        rows = [tuple(line.split(",")) for line in text.splitlines()]
        found.append(found[-1] | {row[0]: row for row in rows})  # type: ignore[misc]
    return found


def table(workspace: Workspace, version: int | None = None) -> Rows:
    folder = workspace.table("complaints")
    if not DeltaTable.is_deltatable(str(folder)):
        return {}
    files = data_files(DeltaTable(folder, version=version))
    columns = ["complaint_id", "received_at", "severity"]
    found = [row for file in files for row in pq.ParquetFile(file).read(columns).to_pylist()]
    rows = [(row["complaint_id"], f"{row['received_at']:%Y-%m-%d %H:%M:%S}", row["severity"]) for row in found]
    assert len({row[0] for row in rows}) == len(rows), f"rows are doubled: {rows}"
    return {row[0]: row for row in rows}


def work(folder: Path, tell: Callable[[str], Any], with_run: bool) -> None:
    """Tells each step before it is done, and LOADED or RAN once it is safe."""
    workspace = open_workspace(folder)
    with workspace.open_records() as records:
        for text in FILES:
            one(workspace, records, text, lambda share, words: tell(words.en))
            tell(LOADED)
        if with_run:
            made(workspace, records, lambda share, words: tell(words.en.partition(":")[0]))
            tell(RAN)


def nobody(share: float, words: Text) -> None:
    """Nobody watches the progress."""


def one(workspace: Workspace, records: Records, text: str, progress: Progress = nobody) -> None:
    content = (HEAD + text).encode()
    assert load(workspace, records, content, "a.csv", "complaints", MAPPING, "Ada", progress).published


def made(workspace: Workspace, records: Records, progress: Progress = nobody) -> str:
    return run(workspace, records, dt.date(2026, 2, 1), dt.date(2026, 4, 30), progress=progress).id


def judge(folder: Path, told: list[str]) -> dict[str, int]:
    """Raises AssertionError where anything is lost, half there, or not mended by loading again."""
    workspace, wanted = open_workspace(folder), states()
    with workspace.open_records() as records:
        kept = sorted((each.version, each.id) for each in loads.every(records) if each.published)
        acknowledged = told.count(LOADED)
        assert acknowledged <= len(kept) <= acknowledged + 1, "an acknowledged load is lost"
        standing = wanted.index(table(workspace))
        assert len(kept) <= standing <= len(kept) + 1, f"{standing} files stand in the table, {len(kept)} are recorded"
        for at, (version, _) in enumerate(kept, start=1):
            assert table(workspace, version) == wanted[at], f"version {version} is not what load {at} gave"
        damage = [str(each) for each in integrity.damage(workspace, records)]
        unrecorded = [each for each in damage if "which is not in the records; load that file again" in each]
        assert damage == unrecorded and len(damage) == standing - len(kept), damage
        shown = results.latest(workspace)
        assert shown is not None or RAN not in told, "an acknowledged run is lost"
        left = leftovers(workspace)
        again(workspace, records)
        after = everything(workspace, records)
        again(workspace, records)
        assert everything(workspace, records) == after, "a repeated load changed something"
        assert integrity.damage(workspace, records) == []
        still = leftovers(workspace)
        assert still == [], f"what the killed load left is still there: {still}"
        return {"unrecorded": len(unrecorded), "left behind": len(left)}


def again(workspace: Workspace, records: Records) -> None:
    for text in FILES:
        one(workspace, records, text)
    assert table(workspace) == states()[-1], "loading again did not give all rows"
    assert len(loads.every(records)) == len(FILES)


def everything(workspace: Workspace, records: Records) -> tuple[Any, ...]:
    files = sorted((str(path), path.stat().st_size) for path in workspace.facts.rglob("*") if path.is_file())
    return files, [path.name for path in workspace.store.files()], trail.entries(records), loads.every(records)


def leftovers(workspace: Workspace) -> list[str]:
    """What a killed process had not finished; nobody reads it."""
    found = [path for path in workspace.folder.rglob("*") if path.name.startswith(".") or path.suffix == ".tmp"]
    found += workspace.waiting.glob("*")
    named = {
        path
        for version in range(DeltaTable(workspace.table("complaints")).version() + 1 if tabled(workspace) else 0)
        for path in data_files(DeltaTable(workspace.table("complaints"), version=version))
    }
    stray = [path for path in workspace.facts.rglob("*.parquet") if "_delta_log" not in path.parts]
    return [str(path) for path in [*found, *(path for path in stray if str(path.resolve()) not in named)]]


def tabled(workspace: Workspace) -> bool:
    return DeltaTable.is_deltatable(str(workspace.table("complaints")))


def forked(task: Callable[[], Any], then: Callable[[int], Any] = lambda child: None) -> tuple[int, str]:
    """The child's status and what it returned; `then` is done by the parent meanwhile."""
    told, tells = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(told)
        status = 1
        try:
            os.write(tells, json.dumps(task()).encode())
            status = 0
        except BaseException as error:
            with contextlib.suppress(OSError):
                os.write(tells, json.dumps(f"{type(error).__name__}: {error}").encode()[:60_000])
        finally:
            os._exit(status)
    os.close(tells)
    then(pid)
    with os.fdopen(told, "rb") as file:
        words = file.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), words


class Steps:
    """What a child at work told, and when."""

    def __init__(self) -> None:
        reads, self.writes = os.pipe()
        self.told, self.at, self.reads = list[str](), list[float](), os.fdopen(reads)

    def tell(self, step: str) -> None:
        """In the child."""
        os.write(self.writes, f"{step}\n".encode())

    def listen(self, until: int | None = None) -> None:
        """In the parent: to this many steps, or to the end."""
        while until is None or len(self.told) < until:
            if not (line := self.reads.readline()):
                break
            self.told.append(line.rstrip("\n"))
            self.at.append(time.monotonic())

    def undisturbed(self, child: int) -> None:
        os.close(self.writes)
        self.listen()

    def ended(self, child: int, after: int, pause: float) -> None:
        os.close(self.writes)
        self.listen(after)
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        self.listen()


def aim(dice: random.Random, usual: Steps) -> tuple[int, float]:
    """Of all kinds of steps one, of the times that it is done one; and some time of what it usually takes."""
    kind = dice.choice(sorted({*usual.told} - {LOADED, RAN}))
    at = dice.choice([number for number, step in enumerate(usual.told) if step == kind])
    lasts = usual.at[at + 1] - usual.at[at] if at + 1 < len(usual.at) else 0.01
    return at + 1, dice.uniform(0, lasts)


def trial(folder: Path, dice: random.Random, usual: Steps, with_run: bool) -> dict[str, Any]:
    steps, (after, pause) = Steps(), aim(dice, usual)
    status, words = forked(lambda: work(folder, steps.tell, with_run), lambda child: steps.ended(child, after, pause))
    assert status in (0, -signal.SIGKILL), f"the load failed before it was killed: {words}"
    last = steps.told[-1]
    status, words = forked(lambda: judge(folder, steps.told))
    within = last not in (LOADED, RAN)
    found: dict[str, Any] = {"within": within, f"killed after: {last}": 1}
    return found | (json.loads(words) if status == 0 else {"wrong": words})


def prepared(base: Path) -> Path:
    """A workspace with its records, still without a load."""
    folder = base / "template"

    def make() -> None:
        workspace = make_workspace(folder, SetUp(organisation="A test"))
        workspace.open_records().close()

    status, words = forked(make)
    assert status == 0, words
    return folder


def ready(base: Path, template: Path) -> None:
    """What every trial would have to import or to work out first, whatever is in its workspace."""
    folder = shutil.copytree(template, base / "ready")

    def imports() -> list[str]:
        work(folder, lambda step: None, with_run=True)
        return sorted(sys.modules.keys() - {"__main__"})

    status, words = forked(imports)
    assert status == 0, words
    for name in json.loads(words):
        with contextlib.suppress(ImportError):  # a few are made by others, and cannot be imported by their names
            importlib.import_module(name)
    create_engine("sqlite://")
    configure_mappers()
    revisions()
    definitions.sources(), definitions.models(), checklist(SetUp(organisation="A test").edition), themes(folder)
    for kpi in definitions.kpis().values():
        groupings(kpi), read_by(kpi.name)
    gc.freeze()  # else the first collection in each fork copies all that they share


def undisturbed(base: Path, template: Path, with_run: bool) -> Steps:
    folder, steps = shutil.copytree(template, base / f"undisturbed-{with_run}"), Steps()
    status, words = forked(lambda: work(folder, steps.tell, with_run), steps.undisturbed)
    assert status == 0, words
    return steps


def trials(count: int, seed: int) -> dict[str, Any]:
    """Every tenth trial goes on to a run: a run takes as long as a dozen loads."""
    dice, total, wrong = random.Random(seed), Counter[str](), []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as base:
        template = prepared(Path(base))
        ready(Path(base), template)
        usual = {with_run: undisturbed(Path(base), template, with_run) for with_run in (False, True)}
        for number in range(count):
            folder, with_run = shutil.copytree(template, Path(base) / str(number)), number % 10 == 9
            found = trial(folder, dice, usual[with_run], with_run)
            if "wrong" in found:
                wrong.append(f"trial {number} of seed {seed}: {found.pop('wrong')}")
            total.update(found)
            shutil.rmtree(folder)
    return {"trials": count, "seconds": round(time.monotonic() - begun, 1), "wrong": wrong, **total}


if __name__ == "__main__":
    print(json.dumps(trials(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 9001), indent=1))
