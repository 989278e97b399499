"""Reads a CSV file in blocks: fast where a piece of it proves that it has one reading, exactly everywhere else."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from collections.abc import Mapping as Mapping_
from itertools import islice
from typing import IO

from audit.errors import SourceError
from audit.mapping import Mapping
from audit.text import Text
from audit.wording import say
from pipelines.staging import text_file
from pipelines.staging.block import Block, Written, blocks_of
from pipelines.staging.piece import Reader, proven_piece
from pipelines.staging.records import written
from pipelines.staging.structure import Marks, marked
from pipelines.staging.table import Record, Table, is_blank

PIECE = 4_000_000
LARGEST_PIECE = 64_000_000
FIRST = 20
"""Records that are looked at when a column is missing: the header may be in another line."""


class CsvFile:
    """
    The file while it is read. `stream` holds UTF-8, from behind its byte order mark on. Raises SourceError, here and
    while blocks are read, where the text cannot be taken apart into records.
    """

    beside: tuple[str, ...] = ()
    unusable: Mapping_[int, str] = {}
    broken: Mapping_[int, Text] = {}
    faults: Mapping_[tuple[int, int], Text] = {}
    rows_of_record = 1

    def __init__(self, stream: IO[bytes], file: str, mapping: Mapping) -> None:
        refuse_delimiter(mapping.delimiter, file)
        self.stream, self.file, self.delimiter = stream, file, mapping.delimiter
        self.offset, self.line, self.blank = stream.tell(), 1, 0
        """Where the next record begins; `blank` counts the blank ones above the first row."""
        self.cut_off = False
        """The last line has no line end: half of a download looks like this, and so do many whole files."""
        head = self._written()
        self.header = self._header(head, mapping.header_line)
        self.skipped = self._below(head, mapping.skip_lines_after_header)
        self.physical_lines = self.line - 1
        self.records = [one.record for one in islice(head, FIRST)]
        """The first ones below the header; `blocks` gives them again."""
        head.close()

    def _header(self, head: Iterable[Written], header_line: int | None) -> Record:
        for one in head:
            self._pass(one)
            if one.record.line >= (header_line or 1) and not is_blank(one.record.fields):
                refuse_other_header(one.record, header_line, self.file)
                return one.record
            self.blank += one.record.line >= (header_line or 1)
        raise SourceError(text_file.empty(self.file))

    def _below(self, head: Iterable[Written], count: int) -> list[Record]:
        """The lines that belong to the header, but the blank ones among them."""
        skipped = list(islice(head, count))
        for one in skipped:
            self._pass(one)
        return [one.record for one in skipped if not is_blank(one.record.fields)]

    def _pass(self, one: Written) -> None:
        self.offset, self.line = self.offset + len(one.text.encode()), one.record.ends + 1

    def _written(self) -> Generator[Written]:
        self.stream.seek(self.offset)
        return written(text_file.lines(self.stream, self.file, self.line), self.delimiter, self.file, self.line)

    def blocks(self, wanted: Sequence[int]) -> Iterator[Block]:
        """Once. Only the columns at the positions `wanted` are read; the most telling ones go first."""
        reader = Reader(self.file, self.delimiter, len(self.header.fields), wanted)
        for content, marks in self._pieces():
            text_file.refuse_no_text(content, self.stream, self.file, self.line)
            piece = proven_piece(content, marks, self.delimiter, self.line)
            if piece is None:
                yield from blocks_of(self._counted(self._written()), reader.width, wanted)
                return
            yield reader.block(piece)
            self.offset, self.line = self.offset + len(content), self.line + piece.structure.physical_lines
            self.physical_lines = self.line - 1

    def _counted(self, found: Iterable[Written]) -> Iterator[Written]:
        for one in found:
            self.physical_lines = one.record.ends
            self.cut_off = not one.text.endswith(("\r", "\n"))
            yield one

    def _pieces(self) -> Iterator[tuple[bytearray, Marks]]:
        """
        The rest of the file, cut where records end, as long as its quotes pair. Each piece is gone when the next one is
        asked for: it stands where that one is read to, since new memory for each takes longer than to look through it.
        """
        self.stream.seek(self.offset)
        piece, kept = bytearray(PIECE), 0
        while more := self.stream.readinto(memoryview(piece)[kept:]):  # type: ignore[attr-defined]
            del piece[kept + more :]
            marks = marked(piece)
            if end := marks.last_end:
                begun = piece[end:]
                del piece[end:]
                yield piece, marks.until(end)
                piece[: len(begun)], kept = begun, len(begun)
            elif (kept := len(piece)) > LARGEST_PIECE:
                break
            piece.extend(bytes(max(kept + PIECE, len(piece)) - len(piece)))
        if kept:
            self.cut_off = True
            del piece[kept:]
            yield piece, marked(piece)


def read(text: str, file: str, delimiter: str, header_line: int | None = None) -> Table:
    """The whole text at once, for whoever looks at it more than once."""
    refuse_delimiter(delimiter, file)
    lines = text_file.lines_of(text)
    everything = [one.record for one in written(lines, delimiter, file) if one.record.line >= (header_line or 1)]
    filled = [record for record in everything if not is_blank(record.fields)]
    if not filled:
        raise SourceError(text_file.empty(file))
    refuse_other_header(filled[0], header_line, file)
    return Table(filled[0], filled[1:], len(everything) - len(filled), len(lines), lines)


def refuse_delimiter(delimiter: str, file: str) -> None:
    if delimiter in '"\r\n\0':
        raise SourceError(
            say(
                "{file}: the mapping's delimiter cannot be {delimiter}; write ',' or ';' or a tab",
                file=file, delimiter=repr(delimiter),
            )
        )  # fmt: skip


def refuse_other_header(record: Record, header_line: int | None, file: str) -> None:
    if header_line and record.line != header_line:
        raise SourceError(
            say(
                "{file}: no record begins in line {line}; correct the mapping's 'header_line:'",
                file=file, line=str(header_line),
            )
        )  # fmt: skip
