"""The folder of a run: what was found, written once under an identity that its content gives, never overwritten."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from audit.evidence import Answer, ClauseAssessment, Document, Drawn
from audit.load import Load
from pipelines import definitions, whole
from pipelines.assess import Grounds
from pipelines.measuring.engine import Engine


@dataclass(frozen=True)
class Run:
    id: str
    organisation: str
    edition: str
    starts: dt.date
    ends: dt.date
    as_of: dt.date
    versions: dict[str, int]
    newest: dict[str, dt.date]
    rows: dict[str, int]
    known_later: tuple[str, ...] = ()
    """Sources that count with what was received after the audit date."""
    packs: tuple[str, ...] = ()
    engine: Engine = "duckdb"
    """What computed the figures."""
    clauses: tuple[ClauseAssessment, ...] = field(default=(), repr=False)


CLAUSES = TypeAdapter(tuple[ClauseAssessment, ...])
RUN = TypeAdapter(Run)
LOADS = TypeAdapter(list[Load])
DOCUMENTS = TypeAdapter(list[Document])
ANSWERS = TypeAdapter(list[Answer])
SAMPLES = TypeAdapter(dict[str, Drawn])


@dataclass(frozen=True)
class Kept:
    """What the verdicts of a run rest on besides its figures."""

    loads: Sequence[Load]
    grounds: Grounds
    facts: dict[str, str]
    """File of a table -> its SHA-256."""
    beside: dict[str, bytes] = field(default_factory=dict)
    """Further files of the run, by name."""


def keep(runs: Path, made: Run, found: pd.DataFrame, kept: Kept) -> Run:
    """All files of the run appear at once: written beside, then renamed."""
    runs.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".making-", dir=runs))
    try:
        (beside / "assessment.json").write_bytes(CLAUSES.dump_json(made.clauses, indent=1))
        write_measurements(beside / "measurements.parquet", found)
        _write_grounds(beside, kept)
        for name, content in kept.beside.items():
            (beside / name).write_bytes(content)
        _queries(beside / "queries")
        identity = f"{made.as_of}-{_digest(beside, made)}"
        named = replace(made, id=identity, clauses=())
        (beside / "run.json").write_bytes(RUN.dump_json(named, indent=1, exclude={"clauses"}))
        _sums(beside)
        target = runs / identity
        if not target.exists():
            os.rename(beside, target)
        _latest(runs, identity)
        return replace(made, id=identity)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_measurements(file: Path, found: pd.DataFrame) -> None:
    """KPI after KPI, in a row group for each, so that who shows one of them reads no other."""
    every, written = pa.Table.from_pandas(found, preserve_index=False), 0
    with pq.ParquetWriter(file, every.schema) as writer:
        for count in found["kpi"].value_counts(sort=False):
            writer.write_table(every.slice(written, count))
            written += count


def _write_grounds(folder: Path, kept: Kept) -> None:
    grounds = kept.grounds
    loads = sorted(kept.loads, key=lambda load: load.id)
    answers = sorted(grounds.answers, key=lambda answer: (answer.evidence_id, answer.item))
    (folder / "gate.json").write_bytes(LOADS.dump_json(loads, indent=1))
    (folder / "documents.json").write_bytes(DOCUMENTS.dump_json(list(grounds.documents), indent=1))
    (folder / "answers.json").write_bytes(ANSWERS.dump_json(answers, indent=1))
    (folder / "samples.json").write_bytes(SAMPLES.dump_json(dict(sorted(grounds.drawn.items())), indent=1))
    for name, content in (("criteria", grounds.criteria), ("facts", kept.facts)):
        written = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
        (folder / f"{name}.json").write_text(written, encoding="utf-8")


def grounds_of(folder: Path) -> Grounds:
    """What the verdicts of a run that was kept rest on. Runs made before samples were drawn have none."""
    answers, samples = folder / "answers.json", folder / "samples.json"
    return Grounds(
        documents=DOCUMENTS.validate_json((folder / "documents.json").read_bytes()),
        criteria=json.loads((folder / "criteria.json").read_text(encoding="utf-8")),
        answers=ANSWERS.validate_json(answers.read_bytes()) if answers.is_file() else [],
        drawn=SAMPLES.validate_json(samples.read_bytes()) if samples.is_file() else {},
    )


def _queries(folder: Path) -> None:
    """The definitions as they stood, so that an old figure can be computed again."""
    for name, origin in (("kpis", definitions.KPIS), ("models", definitions.MODELS)):
        shutil.copytree(origin, folder / name)


def _digest(folder: Path, made: Run) -> str:
    """Twelve hex digits over everything but the name."""
    total = hashlib.sha256(RUN.dump_json(made, exclude={"clauses", "id"}))
    for path in _files(folder):
        total.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()[:12]


def _sums(folder: Path) -> None:
    named = [(hashlib.sha256(p.read_bytes()).hexdigest(), p.relative_to(folder).as_posix()) for p in _files(folder)]
    lines = [f"{digest}  {name}\n" for digest, name in named]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _latest(runs: Path, identity: str) -> None:
    """Which run is shown: the one made last, even where it had been made before."""
    whole.write(runs / "latest", identity)
