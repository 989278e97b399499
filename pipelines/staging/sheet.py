"""The records of one file while the columns of a contract are filled from them, and their mistakes collected."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from audit.errors import SourceError
from audit.load import Reject
from audit.source import ColumnMapping, Mapping, Source, Type
from audit.text import Text
from audit.wording import say
from pipelines.staging import cell, declaration, header, repeats
from pipelines.staging.cell import Reader, Value
from pipelines.staging.table import Record, Table
from pipelines.staging.text_file import shown

LONGEST_FIELD = 100_000
LONGEST_SHOWN = 100
DTYPES: dict[Type, str] = {
    "text": "str",
    "integer": "Int64",
    "number": "Float64",
    "date": "datetime64[us]",
    "timestamp": "datetime64[us]",
    "boolean": "boolean",
}


class Sheet:
    def __init__(self, read: Table, contract: Source, mapping: Mapping, file: str) -> None:
        read, skipped = header.below(read, mapping.skip_lines_after_header)
        self.read, self.contract, self.mapping, self.file = read, contract, mapping, file
        self.origins = header.origins(read, contract, mapping, file)
        self.needed = header.needed(contract)
        self.width = len(read.header.fields)
        self._refuse_skipped_rows(skipped)
        header.refuse_misfit(read, file, mapping.delimiter, skipped)
        self.records = [record for record in read.records if len(record.fields) == self.width]
        others = [record for record in read.records if len(record.fields) != self.width]
        self.rejects = {record.line: self._of_other_width(record) for record in others}
        self.columns: dict[str, list[Value]] = {}
        self._reject_faults()

    def fill(self, name: str) -> None:
        """Reads one column. A cell that cannot be read keeps its text, and its record is rejected."""
        read, texts = self._reader(name), self._texts(name)
        known = {text: read(text) for text in set(texts)}
        wrong = {text: why for text, why in known.items() if isinstance(why, Text)}
        values = {text: text if isinstance(value, Text) else value for text, value in known.items()}
        self.columns[name] = [values[text] for text in texts]
        for record, text in zip(self.records, texts, strict=True) if wrong else ():
            if text in wrong:
                self._reject(record.line, name, text, wrong[text])

    def reject_repeats(self) -> None:
        """Rows with a mistake of their own count too: they contradict a good row with the same key."""
        keys = list(zip(*(self.columns[name] for name in self.contract.key), strict=True))
        rows = list(zip(*self.columns.values(), strict=True))
        lines = [record.line for record in self.records]
        for position, why in repeats.repeats(keys, rows, lines):
            key = "/".join(str(part) for part in keys[position])
            self._reject(lines[position], ", ".join(self.contract.key), key, why)

    def frame(self) -> pd.DataFrame:
        """The rows without a mistake, typed."""
        kept = [position for position, record in enumerate(self.records) if record.line not in self.rejects]
        columns = {
            name: pd.array([values[position] for position in kept], dtype=DTYPES[self.contract.columns[name].type])
            for name, values in self.columns.items()
        }
        return pd.DataFrame(columns | {"line": pd.array([self.records[at].line for at in kept], dtype="int64")})

    def delivered(self) -> tuple[str, ...]:
        return tuple(name for name in self.contract.columns if name in self.origins or self._constant(name) is not None)

    def _reject(self, line: int, column: str, value: str, why: Text) -> None:
        self.rejects.setdefault(line, Reject(line, column, value[:LONGEST_SHOWN], why))

    def _reject_faults(self) -> None:
        """What the format of the file holds in place of a value; columns that nobody asked for may hold anything."""
        names = {position: name for name, positions in self.origins.items() for position in positions}
        for position, kind in self.read.unusable.items():
            if position in names:
                title = shown(self.read.header.fields[position])
                raise SourceError(f"{self.file}: column '{title}' holds {shown(kind)}; write one value in each row")
        by_line = {record.line: record for record in self.records} if self.read.faults else {}
        for (line, position), why in self.read.faults.items():
            if position in names and line in by_line:
                self._reject(line, names[position], by_line[line].fields[position], why)

    def _of_other_width(self, record: Record) -> Reject:
        if record.line in self.read.broken:
            return Reject(record.line, "", self.read.text(record)[:LONGEST_SHOWN], self.read.broken[record.line])
        count = {"found": len(record.fields), "width": self.width}
        if len(record.fields) > self.width:
            why = say("{found} fields, the header has {width}; put a value with the delimiter in it in quotes", **count)
        elif record is self.read.records[-1] and self.read.cut_off:
            why = say("{found} of {width} fields; the file may be truncated, export it again", **count)
        else:
            why = say("{found} of {width} fields; put a value that contains a line break in quotes", **count)
        return Reject(record.line, "", self.read.text(record)[:LONGEST_SHOWN], why)

    def _constant(self, name: str) -> str | None:
        written = self.mapping.columns.get(name)
        return written.constant if written else None

    def _texts(self, name: str) -> list[str]:
        """What stands in the file, several columns joined by a slash; empty where any part of them is missing."""
        positions = self.origins.get(name, ())
        if not positions:
            return [self._constant(name) or ""] * len(self.records)
        if len(positions) == 1:
            return [record.fields[positions[0]] for record in self.records]
        nothing = {"", *self.mapping.columns[name].missing}
        parts = [[record.fields[position] for position in positions] for record in self.records]
        return ["/".join(part) if nothing.isdisjoint(text.strip() for text in part) else "" for part in parts]

    def _reader(self, name: str) -> Reader:
        column, written = self.contract.columns[name], self.mapping.columns.get(name)
        written = written or ColumnMapping.model_validate(name)
        if (wrong := declaration.misfit(name, column, written)) is not None:
            raise SourceError(f"{self.file}: the mapping's {wrong.told(name, written)}")
        in_type = cell.reader(column, written, self.mapping.keep_in)

        def read(text: str) -> Value | Text:
            meant = "" if text.strip() in written.missing else written.recode.get(text.strip(), text)
            if not meant.strip():
                return say("no value; every row must have one") if name in self.needed else None
            if len(text) > LONGEST_FIELD:
                return say("{length} characters; at most {most} can be loaded", length=len(text), most=LONGEST_FIELD)
            return in_type(meant)

        constant = written.constant
        if constant is not None and isinstance(why := read(constant), Text):
            raise SourceError(f"{self.file}: the mapping's constant for '{name}' cannot be used: {why.en}")
        return read

    def _refuse_skipped_rows(self, skipped: Sequence[Record]) -> None:
        """Raises SourceError where a skipped line is a row: somebody has deleted the lines of the tool."""
        typed = [name for name in self.needed & self.origins.keys() if self.contract.columns[name].type != "text"]
        for record in skipped if typed else ():
            if len(record.fields) == self.width and not any(
                isinstance(self._reader(name)(record.fields[self.origins[name][0]]), Text) for name in typed
            ):
                raise SourceError(
                    f"{self.file}, line {record.line}: this line is a row, and the mapping skips it; "
                    f"write 'skip_lines_after_header: {skipped.index(record)}' in the mapping"
                )
