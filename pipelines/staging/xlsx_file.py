"""Reads a sheet of a workbook: held against limits as an archive first, then parsed in a process of its own."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from audit.errors import SourceError
from audit.mapping import Mapping
from audit.text import Text
from audit.wording import say
from pipelines.staging import child
from pipelines.staging.table import Record, Table, is_blank
from pipelines.staging.text_file import shown

PARSER = Path(__file__).with_name("xlsx_child.py")
MOST_ENTRIES = 2_000
MOST_BYTES = 100_000_000
STEEPEST = 200
SMALL = 1_000_000
"""Up to here any ratio is harmless."""
MOST_CELLS = 50_000_000
Row = tuple[list[str], dict[int, str]]


def read(content: bytes, file: str, mapping: Mapping) -> Table:
    """Raises SourceError, with what to do, for a workbook that is broken, dangerous, or leaves the sheet open."""
    _refuse_dangers(content, file)
    about, rows = _parsed(content, file, mapping.sheet)
    at = _header(rows, file, about["sheet"], mapping.header_line)
    header, kinds = rows[at]
    if {"merged", "merge begins"} & set(kinds.values()):
        raise SourceError(
            say(
                "{file}, line {line}: merged cells in the header; unmerge them, one name over each column",
                file=file, line=str(at + 1),
            )
        )  # fmt: skip
    if kinds:
        raise SourceError(
            say(
                "{file}, line {line}: a name in the header is a formula or an error; write it as text",
                file=file, line=str(at + 1),
            )
        )  # fmt: skip
    width = max(len(cells) for cells, _ in rows[at:])
    if width * len(rows) > MOST_CELLS:
        raise SourceError(
            say(
                "{file}: {rows} rows of {columns} columns; save the table as CSV (UTF-8)",
                file=file, rows=len(rows), columns=width,
            )
        )  # fmt: skip
    records = [Record(line, line, _wide(cells, width)) for line, (cells, _) in enumerate(rows[at:], start=at + 1)]
    faults = _faults(rows, at)
    bad = {line for line, _ in faults}
    filled = [record for record in records[1:] if not is_blank(record.fields) or record.line in bad]
    return Table(
        header=records[0], records=filled, blank=len(records) - 1 - len(filled), physical_lines=len(rows),
        faults=faults, beside=tuple(f"sheet '{shown(name)}' (hidden)" for name in about["hidden"]),
    )  # fmt: skip


def _wide(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _faults(rows: list[Row], header: int) -> dict[tuple[int, int], Text]:
    """A merged row without anything in it is as blank as another."""
    words = {
        "formula": say("the formula has no stored result; open the file in Excel, calculate, and save it"),
        "error": say("the cell holds an error of the workbook; mend its formula"),
        "merged": say("the cell is merged with another; unmerge it and write the value into each row"),
    }
    return {
        (line, position): words[kind]
        for line, (cells, kinds) in enumerate(rows[header + 1 :], start=header + 2)
        for position, kind in kinds.items()
        if kind in words and (kind != "merged" or not is_blank(cells))
    }


def _header(rows: list[Row], file: str, sheet: str, asked: int | None) -> int:
    filled = [at for at, (cells, _) in enumerate(rows) if not is_blank(cells)]
    if not filled:
        told = say(
            "{file}: sheet '{sheet}' is empty; write another 'sheet:' in the mapping", file=file, sheet=shown(sheet)
        )
        raise SourceError(told)
    if asked is None:
        return filled[0]
    if asked - 1 not in filled:
        raise SourceError(
            say(
                "{file}: line {line} is blank, so the mapping's header_line cannot be {line}; correct it",
                file=file, line=str(asked),
            )
        )  # fmt: skip
    return asked - 1


def _refuse_dangers(content: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        raise _broken(file) from None
    names = {entry.filename.lower() for entry in entries}
    if "mimetype" in names or "xl/workbook.bin" in names or not any(name.startswith("xl/") for name in names):
        raise SourceError(
            say("{file}: an office file, but no Excel workbook (xlsx); save the table as xlsx or as CSV", file=file)
        )
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
        raise SourceError(
            say("{file}: this workbook contains macros; save it as xlsx without macros and load that", file=file)
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise SourceError(say("{file}: this workbook is encrypted; save without password and load that", file=file))
    size = sum(entry.file_size for entry in entries)
    steep = size > SMALL and size > STEEPEST * len(content)
    if len(entries) > MOST_ENTRIES or size > MOST_BYTES or steep:
        raise SourceError(
            say(
                "{file}: this workbook expands to {size} MB in {parts} parts, {times} times its size; "
                "at most {most} MB, {most_parts} parts and {steepest} times are read: "
                "save the table as CSV (UTF-8) and load that",
                file=file, size=size // 1_000_000, parts=len(entries), times=str(size // len(content)),
                most=str(MOST_BYTES // 1_000_000), most_parts=MOST_ENTRIES, steepest=str(STEEPEST),
            )
        )  # fmt: skip


def sheets(content: bytes, file: str) -> dict[str, bool]:
    """The names of its sheets, in their order, and whether each can be seen."""
    _refuse_dangers(content, file)
    return {name: state == "visible" for name, state in json.loads(_told(content, file, {"names": True})[0]).items()}


def first_rows(content: bytes, file: str, sheet: str | None, most: int) -> list[list[str]]:
    """What stands in the first lines of a sheet, names and whatever is above them."""
    _refuse_dangers(content, file)
    return [cells for cells, _ in _parsed(content, file, sheet)[1][:most]]


def _parsed(content: bytes, file: str, sheet: str | None) -> tuple[dict[str, Any], list[Row]]:
    first, *rest = _told(content, file, {"sheet": sheet})
    about = json.loads(first)
    told = about if "refused" in about else next((json.loads(line) for line in rest[-1:] if line[0] == "{"), None)
    if told is not None:
        why = _why(told)
        cut = Text(en=shown(why.en, 400), zh=shown(why.zh, 400))
        raise SourceError(say("{file}: {why}", file=file, why=cut))
    return about, [(cells, {int(at): kind for at, kind in kinds.items()}) for cells, kinds in map(json.loads, rest)]


def _why(told: dict[str, Any]) -> Text:
    """The parser says it in a word; whatever else it may say is no sentence of the program."""
    match told["refused"]:
        case "too many rows":
            return say("it has more rows than a workbook can have; save the table as CSV (UTF-8) and load that")
        case "too many characters":
            return say("its cells hold more than 100 million characters; save the table as CSV (UTF-8) and load that")
        case "merged too far":
            return say("it has merged cells over more than a million places; unmerge them and save again")
    visible, hidden = told["visible"], told["hidden"]
    beside = say(" (hidden: {names})", names=_named(hidden)) if hidden else ""
    if told["refused"] == "no such sheet":
        return say(
            "there is no sheet '{asked}'; the sheets are {names}{beside}",
            asked=told["asked"][:40], names=_named(visible), beside=beside,
        )  # fmt: skip
    if not visible:
        return say(
            "no sheet is visible{beside}; write the one to load as 'sheet: <name>' in the mapping", beside=beside
        )
    return say(
        "{count} sheets are visible: {names}{beside}; write the one to load as 'sheet: {first}' in the mapping",
        count=str(len(visible)), names=_named(visible), beside=beside, first=visible[0][:40],
    )  # fmt: skip


def _named(names: list[str]) -> str:
    return ", ".join(f"'{name[:40]}'" for name in names[:10]) + (", …" if len(names) > 10 else "")


def _told(content: bytes, file: str, asked: dict[str, Any]) -> list[str]:
    """What the child answers, line by line."""
    try:
        return child.told(PARSER, content, asked).decode().splitlines()
    except child.TooMuch:
        raise _too_much(file) from None
    except child.Broken:
        raise _broken(file) from None


def _too_much(file: str) -> SourceError:
    return SourceError(
        say("{file}: this workbook takes too much time or memory; save the table as CSV (UTF-8)", file=file)
    )


def _broken(file: str) -> SourceError:
    return SourceError(
        say("{file}: this Excel workbook is broken or cut off; open it in Excel and save it again", file=file)
    )
