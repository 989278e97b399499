"""Holds what the program stages against what the strict reader says: the same rows, the same rejects."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
from strict_reader import Row, Verdict, comparable, judged
from strict_text import OtherFormat

from audit.errors import SourceError
from audit.mapping import Mapping
from pipelines import definitions
from pipelines.stage import Batch, stage

FILE = "answers.csv"


def agrees(content: bytes, source: str, mapping: dict[str, Any] | None = None) -> Verdict | None:
    """What both say; None where the file is no CSV file, and only the account of its lines can be asked for."""
    verdict = verdict_of(content, source, mapping or {})
    try:
        written = Mapping.model_validate({"source": source, **(mapping or {})})
        batch = stage(content, FILE, definitions.source(source), written)
    except SourceError as refused:
        is_one_line(str(refused))
        assert verdict is None or verdict.refused, f"it can be read, and the program says: {refused}"
        return verdict
    assert batch.lines == len(batch.frame) + len(batch.rejects) + batch.blank
    if verdict is not None:
        assert not verdict.refused, f"the program reads it, though: {verdict.refused}"
        are_the_same(batch, verdict, source)
    return verdict


def verdict_of(content: bytes, source: str, mapping: dict[str, Any]) -> Verdict | None:
    try:
        return judged(content, source, mapping)
    except OtherFormat:
        return None


def is_one_line(message: str) -> None:
    assert message.startswith(FILE) and message.isprintable() and len(message) < 700


def are_the_same(batch: Batch, verdict: Verdict, source: str) -> None:
    assert {one.line: one.column for one in batch.rejects} == verdict.rejected
    assert len(batch.rejects) == len(verdict.rejected)
    assert all(one.reason.en and one.reason.zh for one in batch.rejects)
    found, wanted = rows_of(batch, source), comparable(verdict.rows, source)
    wrong = {line for line in found.keys() | wanted.keys() if found.get(line) != wanted.get(line)}
    assert not wrong, {line: (found.get(line), wanted.get(line)) for line in sorted(wrong)[:3]}
    counts = (batch.lines, batch.blank, batch.physical_lines)
    assert counts == (verdict.lines, verdict.blank, verdict.physical_lines)


def rows_of(batch: Batch, source: str) -> dict[int, Row]:
    contract = definitions.source(source)
    frame = batch.frame
    found: dict[int, Row] = {int(line): {} for line in frame["line"]}
    assert len(found) == len(frame), "two rows of one line"
    for name, column in contract.columns.items():
        if name in frame:
            for line, value in zip(frame["line"], frame[name].astype(object), strict=True):
                found[int(line)][name] = _plain(value, column.type)
    return comparable(found, source)


def _plain(value: Any, kind: str) -> Any:
    if pd.isna(value):
        return None
    if not isinstance(value, dt.datetime):
        return value
    assert kind in ("date", "timestamp")
    moment = pd.Timestamp(value).to_pydatetime(warn=False)
    if kind == "timestamp":
        return moment
    assert moment.time() == dt.time(), "a day has no time"
    return moment.date()
