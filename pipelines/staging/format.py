"""Says by its content, never by its name, in which format a file is, and has it read."""

from __future__ import annotations

import io
import os
from contextlib import ExitStack
from typing import IO

from audit.errors import SourceError
from audit.mapping import Mapping
from audit.wording import say
from pipelines.staging import archive, csv_file, json_lines, parquet_file, signature, size, text_file, xlsx_file
from pipelines.staging.csv_file import CsvFile
from pipelines.staging.table import Table

HEAD = 100_000
"""Bytes, or characters of a text, that show which format it is."""


def opened(stream: IO[bytes], file: str, mapping: Mapping, until: ExitStack) -> CsvFile | Table:
    """A CSV file is read on as it is asked for; the other formats, and what is pivoted, are read as a whole."""
    size.refuse(stream.seek(0, os.SEEK_END), _ends(stream)[0], file)
    if (csv := _as_csv(stream, file, mapping, until)) is not None and mapping.pivot is None:
        return CsvFile(csv, file, mapping)
    stream.seek(0)
    return read(stream.read(), file, mapping)


def read(content: bytes, file: str, mapping: Mapping) -> Table:
    """Raises SourceError where the file is none of the formats, or is broken."""
    with ExitStack() as until:
        if (csv := _as_csv(io.BytesIO(content), file, mapping, until)) is not None:
            return csv_file.read(csv.read().decode(), file, mapping.delimiter, mapping.header_line)
    if content.startswith(signature.ZIP):
        return xlsx_file.read(content, file, mapping)
    if parquet_file.looks_like(content):
        return _with_names(parquet_file.read(content, file), file, mapping)
    return _with_names(json_lines.read(text_file.decode(content, file, mapping.encoding), file), file, mapping)


def _as_csv(stream: IO[bytes], file: str, mapping: Mapping, until: ExitStack) -> IO[bytes] | None:
    """Its text in UTF-8, where it is not one of the other formats."""
    head, tail = _ends(stream)
    if head.startswith(signature.ZIP) and archive.is_office(stream, file):
        return None
    if mapping.sheet is not None:
        raise SourceError(
            say("{file}: this is no Excel workbook, so the mapping's 'sheet:' has no use; delete it", file=file)
        )
    if parquet_file.looks_like(head + tail):
        return None
    signature.refuse_other_files(head, tail, file)
    text = text_file.as_utf8(stream, file, mapping.encoding, until)
    begins = text.tell()
    if json_lines.looks_like(text.read(HEAD).decode(errors="replace")):
        return None
    text.seek(begins)
    return text


def _ends(stream: IO[bytes]) -> tuple[bytes, bytes]:
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0, os.SEEK_END)
    stream.seek(max(0, stream.tell() - 16))
    tail = stream.read()
    stream.seek(0)
    return head, tail


def _with_names(table: Table, file: str, mapping: Mapping) -> Table:
    """These formats name their columns themselves."""
    keys = {"header_line": mapping.header_line, "skip_lines_after_header": mapping.skip_lines_after_header}
    if written := [key for key, value in keys.items() if value]:
        raise SourceError(
            say(
                "{file}: this format has no header line, so '{key}:' has no use; delete it",
                file=file, key=written[0],
            )
        )  # fmt: skip
    return table


def with_delimiter(mapping: Mapping, name: str) -> Mapping:
    """Where nobody wrote a delimiter, a name in .tsv declares the tab."""
    if "delimiter" in mapping.model_fields_set or not name.lower().endswith((".tsv", ".tab")):
        return mapping
    return mapping.model_copy(update={"delimiter": "\t"})
