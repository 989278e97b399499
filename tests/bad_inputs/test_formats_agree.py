"""The same random rows as JSON lines, Parquet and a workbook, each judged through a reader of its own."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from fault import File
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import oracle
from strict_agreement import are_the_same
from workbooks import as_parquet, zipped

from audit.errors import SourceError
from audit.mapping import Mapping
from pipelines import definitions
from pipelines.stage import stage

NAMES = ["response_id", "answered_on", "satisfaction", "comment"]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C", "007", " ", None]),
        st.sampled_from(["2026-03-01", "2026-03-02", "2026-02-30", "03/04/2026", "46024"]),
        st.sampled_from(["5", "05", " 4 ", "6", "5.0", "٣", "NaN", None]),
        st.sampled_from(["fine", "a,b", 'say "yes"', "one\ntwo", "=1+1", "NULL", "好", "\u2028", " x ", None]),
    ),
    min_size=1,
    max_size=8,
)
Rows = list[tuple[Any, ...]]


def as_json_lines(rows: Rows) -> bytes:
    return "".join(json.dumps(dict(zip(NAMES, row, strict=True)), ensure_ascii=False) + "\n" for row in rows).encode()


def as_table(rows: Rows) -> bytes:
    columns = zip(*rows, strict=True)
    return as_parquet(pa.table({name: pa.array(one, pa.string()) for name, one in zip(NAMES, columns, strict=True)}))


def as_workbook(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for row in [NAMES, *rows]:
        book.worksheets[0].append(row)
    for cell in [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]:
        cell.data_type = "s"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


WRITERS: dict[str, tuple[Callable[[Rows], bytes], int]] = {
    "JSON lines": (as_json_lines, 25),
    "JSON lines in gzip": (lambda rows: gzip.compress(as_json_lines(rows)), 5),
    "Parquet": (as_table, 6),
    "a workbook": (as_workbook, 4),
}


@pytest.mark.parametrize("format", WRITERS)
def test_every_format_is_judged_by_another_reader(format: str) -> None:
    write, examples = WRITERS[format]

    @given(rows=ROWS)
    @settings(max_examples=examples, deadline=None, derandomize=os.environ.get("CI") == "true")
    def agrees(rows: Rows) -> None:
        sent = File(write(rows))
        verdict = oracle(sent)
        try:
            batch = stage(
                sent.bytes, sent.name, definitions.source(sent.source), Mapping.model_validate({"source": sent.source})
            )
        except SourceError:
            assert verdict.refused
            return
        assert not verdict.refused
        if format.startswith("JSON"):  # the names of its columns stand in no line
            verdict.rows = {line - 1: row for line, row in verdict.rows.items()}
            verdict.rejected = {line - 1: column for line, column in verdict.rejected.items()}
            verdict.physical_lines -= 1
        are_the_same(batch, verdict, sent.source)

    agrees()


def test_one_table_in_an_archive_is_the_table() -> None:
    rows: Rows = [("A", "2026-03-01", "5", "fine"), ("B", "2026-02-30", "5", None)]
    plain, packed = as_json_lines(rows), zipped({"answers.jsonl": as_json_lines(rows)})
    contract, mapping = definitions.source("survey_responses"), Mapping(source="survey_responses")
    found = [stage(content, "answers", contract, mapping) for content in (plain, packed)]
    assert [one.rejects for one in found] == [found[0].rejects] * 2 and len(found[0].rejects) == 1
    assert found[0].frame.equals(found[1].frame)
