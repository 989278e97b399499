"""Says by its content, never by its name, in which format a file is, and has it read."""

from __future__ import annotations

from audit.errors import SourceError
from audit.source import Mapping
from pipelines.staging import archive, csv_file, json_lines, parquet_file, text_file, xlsx_file
from pipelines.staging.table import Table


def read(content: bytes, file: str, mapping: Mapping) -> Table:
    """Raises SourceError where the file is none of the formats, or is broken."""
    if content.startswith(text_file.ZIP) and archive.is_office(content, file):
        return xlsx_file.read(content, file, mapping)
    if mapping.sheet is not None:
        raise SourceError(f"{file}: this is no Excel workbook, so the mapping's 'sheet:' has no use; delete it")
    if parquet_file.looks_like(content):
        return _with_names(parquet_file.read(content, file), file, mapping)
    text = text_file.decode(content, file, mapping.encoding)
    if json_lines.looks_like(text):
        return _with_names(json_lines.read(text, file), file, mapping)
    return csv_file.read(text, file, mapping.delimiter, mapping.header_line)


def _with_names(table: Table, file: str, mapping: Mapping) -> Table:
    """These formats name their columns themselves."""
    keys = {"header_line": mapping.header_line, "skip_lines_after_header": mapping.skip_lines_after_header}
    if written := [key for key, value in keys.items() if value]:
        raise SourceError(f"{file}: this format has no header line, so '{written[0]}:' has no use; delete it")
    return table


def with_delimiter(mapping: Mapping, name: str) -> Mapping:
    """Where nobody wrote a delimiter, a name in .tsv declares the tab."""
    if "delimiter" in mapping.model_fields_set or not name.lower().endswith((".tsv", ".tab")):
        return mapping
    return mapping.model_copy(update={"delimiter": "\t"})
