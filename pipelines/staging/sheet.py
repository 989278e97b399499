"""The rows of one file while the columns of a contract are filled from it, and its mistakes collected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from audit.errors import SourceError
from audit.load import Reject
from audit.mapping import Mapping
from audit.source import Source
from audit.text import Text
from audit.wording import say
from pipelines.staging import header, reading, texts
from pipelines.staging.block import Block
from pipelines.staging.csv_file import CsvFile
from pipelines.staging.filling import Filled
from pipelines.staging.rows import ARROW, LINE
from pipelines.staging.table import Record, Table
from pipelines.staging.text_file import shown

LONGEST_SHOWN = 100


class Protection(Protocol):
    """What may be kept of rows: of those that are, and of those that are only compared with them."""

    def rows(self, rows: pa.Table) -> pa.Table: ...
    def keys(self, rows: pa.Table) -> pa.Table: ...
    def forget(self, key: Sequence[object]) -> None: ...


class Unprotected:
    """For whoever only looks and keeps nothing."""

    def rows(self, rows: pa.Table) -> pa.Table:
        return rows

    def keys(self, rows: pa.Table) -> pa.Table:
        return rows

    def forget(self, key: Sequence[object]) -> None:
        """Nothing is kept."""


class Sheet:
    def __init__(
        self, read: CsvFile | Table, contract: Source, mapping: Mapping, file: str, protection: Protection
    ) -> None:
        self.read, self.contract, self.mapping, self.file, self.protection = read, contract, mapping, file, protection
        self.origins = header.origins(read, contract, mapping, file)
        self.nameless = header.nameless(read, read.skipped)
        self._refuse_unusable()
        self.fillings = {name: reading.filling(name, contract, mapping, file) for name in contract.columns}
        self._refuse_skipped_rows(read.skipped)
        self.rejects: dict[int, Reject] = {}
        self.contradicting: list[pa.Table] = []
        """Key and line of the rows with a mistake."""
        self.fitting, self.misfits, self.blank = 0, 0, read.blank
        """Records by what they are: as wide as the header, of other width, with nothing in them."""
        self.first_misfit: Record | None = None
        self.last: Record | None = None
        """The last record, where it is one of other width."""

    @property
    def wanted(self) -> list[int]:
        """Positions in the file, those of the key first: a record with a key is not blank."""
        named = [at for name in (*self.contract.key, *self.contract.columns) for at in self.origins.get(name, ())]
        return list(dict.fromkeys([*named, *self.nameless]))

    def typed(self, block: Block) -> tuple[pa.Table, NDArray[np.bool_]]:
        """The rows of the block, columns of the contract, then `line`; and which of them have a mistake."""
        self._refuse_nameless(block)
        self.blank, self.fitting = self.blank + block.blank, self.fitting + len(block)
        self._reject_misfits(block)
        bad = self._reject_faults(block)
        columns: dict[str, pa.Array] = {}
        for name in self.contract.columns:
            columns[name], wrong = self._filled(name, block)
            for row, (text, why) in wrong.items():
                self._reject(int(block.lines[row]), name, text, why)
                bad[row] = True
        return pa.table(columns | {"line": block.lines}), bad

    def kept(self, typed: tuple[pa.Table, NDArray[np.bool_]]) -> pa.Table:
        """The rows without a mistake, as they may be kept."""
        rows, bad = typed
        if not bad.any():
            return self.protection.rows(rows)
        self.contradicting.append(self._keys(self.protection.keys(rows.filter(pa.array(bad)))))
        return self.protection.rows(rows.filter(pa.array(~bad)))

    def finish(self) -> None:
        """Raises SourceError where no record of the file fits."""
        if not self.fitting and not self.first_misfit:
            raise header.no_rows(self.read, self.file)
        if self.first_misfit and not self.fitting and self.first_misfit.line not in self.read.broken:
            raise header.no_row_fits(self.read, self.first_misfit, self.file, self.mapping.delimiter)
        if self.last and self.read.cut_off:
            why = header.of_other_width(len(self.last.fields), len(self.read.header.fields), cut_off=True)
            self.rejects[self.last.line] = Reject(self.last.line, "", self.rejects[self.last.line].value, why)

    def refused(self) -> pa.Table:
        """Key and line of all rows with a mistake of which the key can be read."""
        empty = pa.schema([(name, ARROW[self.contract.columns[name].type]) for name in self.contract.key])
        found = pa.concat_tables([empty.append(pa.field(LINE, pa.int64())).empty_table(), *self.contradicting])
        return found.drop_null()

    def reject_repeat(self, line: int, key: Sequence[object], why: Text) -> None:
        self._reject(line, ", ".join(self.contract.key), "/".join(str(part) for part in key), why)

    def delivered(self) -> tuple[str, ...]:
        return tuple(
            name
            for name in self.contract.columns
            if name in self.origins or reading.constant(name, self.mapping) is not None
        )

    def _reject(self, line: int, column: str, value: str, why: Text) -> None:
        self.rejects.setdefault(line, Reject(line, column, value[:LONGEST_SHOWN], why))

    def _reject_misfits(self, block: Block) -> None:
        width = len(self.read.header.fields)
        self.misfits += len(block.misfits)
        for record, text, why in block.misfits:
            self._reject(
                record.line, "", text.rstrip("\r\n"), why or header.of_other_width(len(record.fields), width, False)
            )
            self.first_misfit = self.first_misfit or record
        last = block.misfits[-1].record if block.misfits else None
        behind = last is not None and (not len(block) or last.line > block.lines[-1])
        self.last = last if behind and not block.misfits[-1].why else None if len(block) else self.last

    def _reject_faults(self, block: Block) -> NDArray[np.bool_]:
        """What the format holds in place of a value, row by row; columns that nobody asked for may hold anything."""
        bad = np.zeros(len(block), dtype=bool)
        faults = self.read.faults
        names = {position: name for name, positions in self.origins.items() for position in positions}
        rows = {int(line): row for row, line in enumerate(block.lines)} if faults else {}
        for (line, position), why in faults.items():
            if position in names and line in rows:
                self._reject(line, names[position], block.texts[position][rows[line]].as_py(), why)
                bad[rows[line]] = True
        return bad

    def _filled(self, name: str, block: Block) -> Filled:
        """A column of the file, several joined by a slash (empty where a part is missing), or the same in each row."""
        positions = self.origins.get(name, ())
        if not positions:
            return self.fillings[name].filled(texts.same(reading.constant(name, self.mapping) or "", len(block)))
        if len(positions) == 1:
            return self.fillings[name].filled(block.texts[positions[0]])
        nothing = {"", *self.mapping.columns[name].missing}
        parts = zip(*(block.texts[position].to_pylist() for position in positions), strict=True)
        joined = ["/".join(part) if nothing.isdisjoint(text.strip() for text in part) else "" for part in parts]
        return self.fillings[name].filled(pa.array(joined, pa.string()))

    def _keys(self, rows: pa.Table) -> pa.Table:
        found = {name: rows[name].cast(ARROW[self.contract.columns[name].type]) for name in self.contract.key}
        return pa.table(found | {LINE: rows["line"]})

    def _refuse_unusable(self) -> None:
        named = {position for positions in self.origins.values() for position in positions}
        for position, kind in self.read.unusable.items():
            if position in named:
                title = shown(self.read.header.fields[position])
                raise SourceError(
                    say(
                        "{file}: column '{title}' holds {kind}; write one value in each row",
                        file=self.file, title=title, kind=shown(kind),
                    )
                )  # fmt: skip

    def _refuse_nameless(self, block: Block) -> None:
        for position in self.nameless:
            for row, text in enumerate(block.texts[position].to_pylist()):
                if text.strip():
                    raise header.no_name(self.read, position, text, int(block.lines[row]), self.file)

    def _refuse_skipped_rows(self, skipped: Sequence[Record]) -> None:
        """Raises SourceError where a skipped line is a row: somebody has deleted the lines of the tool."""
        typed = [
            name
            for name in header.needed(self.contract) & self.origins.keys()
            if self.contract.columns[name].type != "text"
        ]
        for record in skipped if typed else ():
            if len(record.fields) == len(self.read.header.fields) and not any(
                isinstance(self.fillings[name].read(record.fields[self.origins[name][0]]), Text) for name in typed
            ):
                raise SourceError(
                    say(
                        "{file}, line {line}: this line is a row, and the mapping skips it; "
                        "write 'skip_lines_after_header: {count}' in the mapping",
                        file=self.file, line=str(record.line), count=str(skipped.index(record)),
                    )
                )  # fmt: skip
