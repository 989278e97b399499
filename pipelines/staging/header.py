"""Says which columns of a file fill which columns of a contract: always by name, never by position."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from audit.errors import SourceError
from audit.mapping import Mapping
from audit.source import Source
from audit.text import Text, listed
from audit.wording import say
from pipelines.staging.table import Record, Table
from pipelines.staging.text_file import shown

MOST_NAMES = 30


class Head(Protocol):
    """What is known of a file before its rows are read."""

    @property
    def header(self) -> Record: ...
    @property
    def records(self) -> Sequence[Record]: ...


DELIMITERS = {";": '";"', "\t": '"\\t"', "|": '"|"', ",": '","'}


def plain(name: str) -> str:
    """A name without what nobody sees: outer spaces, case, zero-width characters, the way accents are stored."""
    visible = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", visible).strip().casefold()


def below(read: Table, count: int) -> tuple[Table, list[Record]]:
    """The file without the `count` lines below its names, which belong to the header, and those of them with text."""
    at, records, blank, skipped = read.header.ends, read.records, read.blank, list[Record]()
    for _ in range(count):
        if records and records[0].line == at + 1:
            skipped.append(records[0])
            at, records = records[0].ends, records[1:]
        elif blank and at < read.physical_lines:
            at, blank = at + 1, blank - 1
    return replace(read, records=records, blank=blank), skipped


def origins(read: Head, contract: Source, mapping: Mapping, file: str) -> dict[str, tuple[int, ...]]:
    """Positions in the file, by column of the contract. Raises SourceError where one is missing or stands twice."""
    at = _positions(read)
    found: dict[str, tuple[int, ...]] = {}
    missing: dict[str, str] = {}
    for name in contract.columns:
        wanted = mapping.columns.get(name)
        if wanted is not None and wanted.constant is not None:
            continue
        sources = wanted.source if wanted else (name,)
        absent = [source for source in sources if plain(source) not in at]
        if not absent:
            found[name] = tuple(_only(at[plain(source)], read, file) for source in sources)
        elif wanted or name in needed(contract):
            missing[absent[0]] = name
    if missing:
        raise _missing(missing, read, contract, mapping, file)
    return found


def needed(contract: Source) -> set[str]:
    """Columns in which every row must have a value: those declared so, the key, and the date that gives the month."""
    dated = {contract.dated_by} if contract.dated_by else set()
    return {name for name, column in contract.columns.items() if column.required} | set(contract.key) | dated


def ignored(read: Head, used: Iterable[tuple[int, ...]]) -> tuple[str, ...]:
    """Columns of the file that fill nothing; one without a name is called by its number."""
    asked = {position for positions in used for position in positions}
    names = [field.strip() or f"#{number}" for number, field in enumerate(read.header.fields, start=1)]
    return tuple(shown(name) for position, name in enumerate(names) if position not in asked)


def why_no_row(read: Table, record: Record, width: int) -> Text:
    """Why a record that is not as wide as the header cannot be read."""
    if record.line in read.broken:
        return read.broken[record.line]
    return of_other_width(len(record.fields), width, record is read.records[-1] and read.cut_off)


def of_other_width(found: int, width: int, cut_off: bool) -> Text:
    """`cut_off`: it is the last record, and its line has no end."""
    if found > width:
        return say(
            "{found} fields, the header has {width}; put a value with the delimiter in it in quotes",
            found=found,
            width=width,
        )
    if cut_off:
        return say("{found} of {width} fields; the file may be truncated, export it again", found=found, width=width)
    return say("{found} of {width} fields; put a value that contains a line break in quotes", found=found, width=width)


def refuse_misfit(read: Table, file: str, delimiter: str, skipped: Sequence[Record] = ()) -> None:
    """
    Raises SourceError where no record is as wide as the header, or where a column with values has no name.
    """
    width = len(read.header.fields)
    if not read.records:
        raise no_rows(read, file)
    if all(len(record.fields) != width for record in read.records):
        raise no_row_fits(read, read.records[0], file, delimiter)
    for position in nameless(read, skipped):
        for record in read.records:
            if position < len(record.fields) and record.fields[position].strip():
                raise no_name(read, position, record.fields[position], record.line, file)


def nameless(read: Head, skipped: Sequence[Record]) -> list[int]:
    """Columns without a name. One that a skipped line names is one of the answers to the question left of it."""
    found = [position for position, name in enumerate(read.header.fields) if not plain(name)]
    return [at for at in found if not any(plain(field) for line in skipped for field in line.fields[at:][:1])]


def no_rows(read: Head, file: str) -> SourceError:
    return SourceError(
        say(
            "{file}: 0 rows below the header in line {line}; export it again, with its rows",
            file=file, line=str(read.header.line),
        )
    )  # fmt: skip


def no_row_fits(read: Head, first: Record, file: str, delimiter: str) -> SourceError:
    return SourceError(
        say(
            "{file}, line {line}: {found} fields, header {width}, and no row fits the header; "
            "put values that contain '{delimiter}' in quotes, or write the right 'delimiter:' in the mapping",
            file=file, line=str(first.line), found=str(len(first.fields)), width=str(len(read.header.fields)),
            delimiter=shown(delimiter),
        )
    )  # fmt: skip


def no_name(read: Head, position: int, value: str, line: int, file: str) -> SourceError:
    return SourceError(
        say(
            "{file}, line {line}: column {number} has no name, but holds “{value}” in line {at}; "
            "write its name into the header",
            file=file, line=str(read.header.line), number=str(position + 1), value=shown(value), at=str(line),
        )
    )  # fmt: skip


def _positions(read: Head) -> dict[str, list[int]]:
    at: dict[str, list[int]] = {}
    for position, name in enumerate(read.header.fields):
        if plain(name):
            at.setdefault(plain(name), []).append(position)
    return at


def _only(positions: list[int], read: Head, file: str) -> int:
    """A name may stand twice as long as nobody asks for it: Jira writes one column 'Comment' for each comment."""
    if len(positions) > 1:
        first, second = (
            say("'{name}' (column {number})", name=shown(read.header.fields[at]), number=str(at + 1))
            for at in positions[:2]
        )
        raise SourceError(
            say(
                "{file}, line {line}: two columns have one name, {first} and {second}; rename or delete one of them",
                file=file, line=str(read.header.line), first=first, second=second,
            )
        )  # fmt: skip
    return positions[0]


def _missing(missing: dict[str, str], read: Head, contract: Source, mapping: Mapping, file: str) -> SourceError:
    names = [name for name in read.header.fields if plain(name)]
    asked = [_asked(source, names) for source in missing]
    found = ", ".join(shown(name) for name in names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
    return SourceError(
        say(
            "{file}, line {line}: no column {asked}; columns found: {listed}; {advice}",
            file=file, line=str(read.header.line),
            asked=listed(asked),
            listed=found, advice=_advice(missing, read, contract, mapping),
        )
    )  # fmt: skip


def _advice(missing: dict[str, str], read: Head, contract: Source, mapping: Mapping) -> Text:
    only = read.header.fields[0]
    for sign, written in DELIMITERS.items():
        if len(read.header.fields) == 1 and sign in only and sign != mapping.delimiter:
            return say("write delimiter: {sign} in the mapping if that is what parts the fields", sign=written)
    for record in read.records[:20]:
        if {plain(source) for source in missing} <= {plain(field) for field in record.fields}:
            return say(
                "the header seems to be in line {line}: delete the lines above it, or write header_line: {line}",
                line=str(record.line),
            )
    source, name = next(iter(missing.items()))
    if name in mapping.columns:
        return say("write a column of the file behind '{name}:' in the mapping", name=name)
    return say(
        "rename the column, or write '{name}: <column of the file>' in a mapping for {source}",
        name=name, source=contract.name,
    )  # fmt: skip


def _asked(word: str, names: list[str]) -> Text:
    """A column that is missing, and the one of the file that may be meant."""
    spelled = {plain(name): name for name in names}
    if close := difflib.get_close_matches(plain(word), list(spelled), n=1):
        return say("'{name}' (did you mean '{near}'?)", name=shown(word), near=shown(spelled[close[0]]))
    return say("'{name}'", name=shown(word))
