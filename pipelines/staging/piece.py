"""Reads a piece of CSV that is proved to have one reading: the fast reader takes it, the exact one its odd records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv

from pipelines.staging import texts
from pipelines.staging.block import Block, Written, block_of
from pipelines.staging.records import written
from pipelines.staging.structure import Marks, Positions, Signs, Structure, proven, widths
from pipelines.staging.table import Record, is_blank
from pipelines.staging.text_file import lines_of

MANY = 10
"""Rows for each different text from which on coding them pays."""
BARE, CODED = pa.string(), pa.dictionary(pa.int32(), pa.string())
NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Piece:
    """It begins where a record begins, and ends where one ends."""

    content: Signs
    marks: Marks
    structure: Structure
    line: int
    """The first of its lines in the file."""

    def without(self, some: Positions) -> bytes:
        """Its other records. `some` are numbers of records, rising."""
        begins, ends = self.structure.begins[some].tolist(), self.structure.ends[some].tolist()
        between = zip([0, *ends], [*begins, len(self.content)], strict=True)
        return b"".join(self.content[end:begin] for end, begin in between)

    def records(self, some: Positions, delimiter: str, file: str) -> Iterator[Written]:
        """These, as the exact reader finds them."""
        begins, ends = self.structure.begins[some].tolist(), self.structure.ends[some].tolist()
        taken = b"".join(self.content[begin:end] for begin, end in zip(begins, ends, strict=True)).decode()
        lines = (self.structure.lines[some] + self.line).tolist()
        for line, one in zip(lines, written(lines_of(taken), delimiter, file), strict=True):
            own = Record(line, line + one.record.ends - one.record.line, one.record.fields)
            yield one._replace(record=own)


def proven_piece(content: Signs, marks: Marks, delimiter: str, line: int) -> Piece | None:
    structure = proven(content, marks, delimiter) if delimiter.isascii() else None
    return structure and Piece(content, marks, structure, line)


@dataclass
class Reader:
    """Of all pieces of one file."""

    file: str
    delimiter: str
    width: int
    wanted: Sequence[int]
    """Positions of the columns that are read; the most telling ones go first."""
    kinds: dict[int, pa.DataType] = field(default_factory=dict)
    """How the texts of a column are held, as its first piece suggests: coded where many are the same."""

    def block(self, piece: Piece) -> Block:
        """Where a record has another width the fast reader takes the others."""
        misfits, found = NONE, self._texts(piece.content, piece)
        if found is None:
            fields = widths(piece.content, piece.marks, piece.structure, self.delimiter)
            misfits = np.flatnonzero(fields != self.width)
            found = self._texts(piece.without(misfits), piece, len(misfits))
        if found is None:
            return self._exactly(piece, np.arange(len(piece.structure.lines)))
        self.kinds = self.kinds or {at: _kind(column) for at, column in found.items()}
        found = {at: column.cast(self.kinds[at]) for at, column in found.items()}
        return self._block(piece, found, misfits)

    def _block(self, piece: Piece, found: dict[int, pa.Array], misfits: Positions) -> Block:
        odd = self._exactly(piece, misfits)
        records = np.delete(np.arange(len(piece.structure.lines)), misfits)
        blank = self._blank(piece, records, texts.perhaps_blank(found.values()))
        if len(blank):
            kept = np.delete(np.arange(len(records)), blank)
            records, found = records[kept], {at: column.take(pa.array(kept)) for at, column in found.items()}
        return Block(
            texts=found,
            lines=piece.structure.lines[records] + piece.line,
            misfits=odd.misfits,
            blank=piece.structure.blank + odd.blank + len(blank),
        )

    def _blank(self, piece: Piece, records: Positions, rows: Positions) -> Positions:
        """Of these rows those with nothing in any column, asked for or not."""
        found = piece.records(records[rows], self.delimiter, self.file)
        blank = [row for row, one in zip(rows, found, strict=True) if is_blank(one.record.fields)]
        return np.array(blank, dtype=np.int64)

    def _exactly(self, piece: Piece, some: Positions) -> Block:
        return block_of(list(piece.records(some, self.delimiter, self.file)), self.width, self.wanted)

    def _texts(self, content: Signs, piece: Piece, fewer: int = 0) -> dict[int, pa.Array] | None:
        """None where not every record is as wide as the header."""
        asked = {str(at): self.kinds.get(at, CODED) for at in self.wanted}
        names, size = [str(at) for at in range(self.width)], len(content) + 1_000
        try:
            read = pa.csv.read_csv(
                pa.py_buffer(content),
                pa.csv.ReadOptions(column_names=names, block_size=size, use_threads=False),
                pa.csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=piece.structure.quoted_lines),
                pa.csv.ConvertOptions(check_utf8=False, include_columns=list(asked), column_types=asked),
            )
        except pa.ArrowInvalid:
            return None
        if len(read) != len(piece.structure.lines) - fewer:
            return None
        return {at: read[str(at)].combine_chunks() for at in self.wanted}


def _kind(column: pa.DictionaryArray) -> pa.DataType:
    return CODED if len(column) > MANY * len(column.dictionary) else BARE
