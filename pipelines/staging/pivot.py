"""Turns a wide questionnaire, with a column for each question, into long form: a row for each question answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from audit.errors import SourceError
from audit.load import Reject
from audit.mapping import Answer, ColumnMapping, Mapping, Pivot
from audit.reading import Reading
from audit.source import Source
from audit.text import Text
from audit.wording import say
from pipelines.staging import cell, header
from pipelines.staging.csv_file import CsvFile
from pipelines.staging.table import Record, Table
from pipelines.staging.text_file import shown

OURS = "\0"
"""Begins the names of columns that are made here; no file can hold it."""


@dataclass(frozen=True)
class Long:
    """The file with a row for each question of a record; rows without an answer are counted as blank."""

    table: Table | CsvFile
    mapping: Mapping
    columns: dict[tuple[int, str], str] = field(default_factory=dict)
    """Columns of the file, by place of the question and column of the contract."""

    def of_file(self, reject: Reject) -> Reject:
        """With the line of the file, and where the mistake is in an answer with its column there too."""
        column = self.columns.get((reject.line % self.table.rows_of_record, reject.column))
        named = f"{reject.column} ({column})" if column else reject.column
        return replace(reject, line=reject.line // self.table.rows_of_record, column=named)


def pivoted(read: Table, contract: Source, mapping: Mapping, file: str) -> Long:
    """The file as it is, where the mapping pivots nothing. Raises SourceError where it cannot be pivoted so."""
    if mapping.pivot is None:
        return Long(read, mapping)
    return Questionnaire(read, contract, mapping, mapping.pivot, file).long()


@dataclass(frozen=True)
class Cell:
    """Where one column of the contract is found for one question."""

    answer: Answer
    position: int | None
    reading: Reading

    def text(self, fields: list[str]) -> str:
        if self.position is None:
            return self.answer.constant or ""
        text = fields[self.position]
        return self.answer.recode.get(text.strip(), text)

    def is_filled(self, fields: list[str]) -> bool:
        if self.position is None or fields[self.position].strip() in self.reading.missing:
            return False
        text = self.text(fields)
        return bool(self.reading.recode.get(text.strip(), text).strip())


class Questionnaire:
    def __init__(self, read: Table, contract: Source, mapping: Mapping, pivot: Pivot, file: str) -> None:
        if pivot.question not in contract.key:
            raise SourceError(say("{file}: {why}", file=file, why=no_key(pivot.question, contract)))
        self.read, skipped = header.below(read, mapping.skip_lines_after_header)
        self.contract, self.mapping, self.pivot, self.file = contract, mapping, pivot, file
        self.width = len(read.header.fields)
        origins = [header.origins(self.read, contract, mapping.of(question), file) for question in pivot.answers]
        self.used = [
            at
            for answers, one in zip(pivot.answers.values(), origins, strict=True)
            for name, at in one.items()
            if name not in pivot.columns or name in answers
        ]
        self.shared = {name: at for name, at in origins[0].items() if name not in pivot.columns}
        self.kept = list(dict.fromkeys(position for at in self.shared.values() for position in at))
        self.questions = [
            (question, {name: self._cell(name, answers[name], at) for name in answers})
            for (question, answers), at in zip(pivot.answers.items(), origins, strict=True)
        ]
        self._refuse_skipped_rows(skipped)
        header.refuse_misfit(self.read, file, mapping.delimiter, skipped)
        self._refuse_unusable()

    def long(self) -> Long:
        count, read = len(self.questions), self.read
        broken: dict[int, Text] = {}
        faults: dict[tuple[int, int], Text] = {}
        rows = [row for record in read.records for row in self._rows(record, broken, faults)]
        if len(rows) == len(broken):
            raise SourceError(
                say(
                    "{file}: not one answer to any question of the mapping ({questions}); "
                    "write the columns that hold the answers under 'pivot:'",
                    file=self.file, questions=shown(", ".join(self.pivot.answers)),
                )
            )  # fmt: skip
        table = Table(
            header=read.header._replace(fields=self._header()), records=rows,
            blank=(len(read.records) + read.blank) * count - len(rows), physical_lines=read.physical_lines,
            broken=broken, faults=faults, beside=header.ignored(read, self.used) + read.beside,
            rows_of_record=count,
        )  # fmt: skip
        asked = {
            (place, name): str(one.answer.source)
            for place, (_, cells) in enumerate(self.questions)
            for name, one in cells.items()
            if one.position is not None
        }
        return Long(table, self._mapping(), asked)

    def _cell(self, name: str, answer: Answer, at: dict[str, tuple[int, ...]]) -> Cell:
        position = at[name][0] if answer.source is not None else None
        return Cell(answer, position, self.pivot.read_as.get(name, Reading()))

    def _header(self) -> list[str]:
        made = [OURS + name for name in (self.pivot.question, *self.pivot.columns)]
        return [self.read.header.fields[position] for position in self.kept] + made

    def _mapping(self) -> Mapping:
        """What is left to declare, now that the header lines are gone and each row is one question's."""
        columns = dict(self.mapping.columns)
        for name in (self.pivot.question, *self.pivot.columns):
            read_as = self.pivot.read_as.get(name, Reading()).model_dump(by_alias=True)
            columns[name] = ColumnMapping.model_validate(read_as | {"from": [OURS + name]})
        return self.mapping.model_copy(update={"columns": columns, "pivot": None, "skip_lines_after_header": 0})

    def _rows(self, record: Record, broken: dict[int, Text], faults: dict[tuple[int, int], Text]) -> Iterator[Record]:
        """What is wrong with the record is wrong with each of its rows; what is wrong with an answer, with its own."""
        first = record.line * len(self.questions)
        if len(record.fields) != self.width:
            why, text = header.why_no_row(self.read, record, self.width), self.read.text(record)
            for row in range(first, first + len(self.questions)):
                broken[row] = why
                yield Record(row, row, [text])
            return
        shared = [record.fields[position] for position in self.kept]
        for row, (question, cells) in enumerate(self.questions, start=first):
            if self.pivot.keep_unanswered or self._is_answered(record, cells):
                faults |= {(row, at): why for at, why in self._faults(record, cells)} if self.read.faults else {}
                texts = [cells[name].text(record.fields) if name in cells else "" for name in self.pivot.columns]
                yield Record(row, row, [*shared, question, *texts])

    def _is_answered(self, record: Record, cells: dict[str, Cell]) -> bool:
        """A cell that cannot be read is no empty one."""
        faults = self.read.faults
        return any(
            one.is_filled(record.fields) or (one.position is not None and (record.line, one.position) in faults)
            for one in cells.values()
        )

    def _faults(self, record: Record, cells: dict[str, Cell]) -> Iterator[tuple[int, Text]]:
        """By position in the row."""
        answers = [cells[name].position if name in cells else None for name in self.pivot.columns]
        for at, position in enumerate([*self.kept, None, *answers]):
            if position is not None and (record.line, position) in self.read.faults:
                yield at, self.read.faults[record.line, position]

    def _refuse_unusable(self) -> None:
        for position in sorted({position for at in self.used for position in at} & self.read.unusable.keys()):
            title, kind = shown(self.read.header.fields[position]), shown(self.read.unusable[position])
            raise SourceError(
                say(
                    "{file}: column '{title}' holds {kind}; write one value in each row",
                    file=self.file, title=title, kind=kind,
                )
            )  # fmt: skip

    def _refuse_skipped_rows(self, skipped: list[Record]) -> None:
        """Raises SourceError where a skipped line is a record: somebody has deleted the lines of the tool."""
        columns = self.contract.columns
        typed = {name: at[0] for name, at in self.shared.items() if columns[name].type != "text"}
        typed = {name: typed[name] for name in header.needed(self.contract) & typed.keys()}
        readers = {name: cell.reader(columns[name], self.mapping.columns.get(name)) for name in typed}
        for record in skipped if typed else ():
            if len(record.fields) == self.width and not any(
                isinstance(readers[name](record.fields[at]), Text) for name, at in typed.items()
            ):
                raise SourceError(
                    say(
                        "{file}, line {line}: this line is a row, and the mapping skips it; "
                        "write 'skip_lines_after_header: {count}' in the mapping",
                        file=self.file, line=str(record.line), count=str(skipped.index(record)),
                    )
                )  # fmt: skip


def no_key(question: str, contract: Source) -> Text:
    """Why the rows of a record would replace each other."""
    return say(
        "'{question}' is not in the key of {source} ({key}), which tells its rows apart; "
        "write the column of the key that names the question",
        question=shown(question), source=contract.name, key=", ".join(contract.key),
    )  # fmt: skip
