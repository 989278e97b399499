"""How the texts of one column are read: as its contract and the mapping of the file say."""

from __future__ import annotations

from collections.abc import Callable

from audit.errors import SourceError
from audit.mapping import ColumnMapping, Mapping
from audit.source import Source
from audit.text import Text
from audit.wording import say
from pipelines.staging import cell, declaration, header
from pipelines.staging.cell import Value
from pipelines.staging.filling import Filling

LONGEST_FIELD = 100_000


def filling(name: str, contract: Source, mapping: Mapping, file: str) -> Filling:
    """Raises SourceError where what the mapping says of the column is of no use."""
    column, written = contract.columns[name], mapping.columns.get(name) or ColumnMapping.model_validate(name)
    plain = written == ColumnMapping.model_validate({"from": list(written.source) or name})
    return Filling(_reader(name, contract, mapping, written, file), column, plain and not column.one_of)


def constant(name: str, mapping: Mapping) -> str | None:
    written = mapping.columns.get(name)
    return written.constant if written else None


def _reader(
    name: str, contract: Source, mapping: Mapping, written: ColumnMapping, file: str
) -> Callable[[str], Value | Text]:
    column, needed = contract.columns[name], name in header.needed(contract)
    if (wrong := declaration.misfit(name, column, written)) is not None:
        raise SourceError(say("{file}: the mapping's {wrong}", file=file, wrong=wrong.told(name, written)))
    in_type = cell.reader(column, written, mapping.keep_in)

    def read(text: str) -> Value | Text:
        meant = "" if text.strip() in written.missing else written.recode.get(text.strip(), text)
        if not meant.strip():
            return say("no value; every row must have one") if needed else None
        if len(text) > LONGEST_FIELD:
            return say("{length} characters; at most {most} can be loaded", length=len(text), most=LONGEST_FIELD)
        return in_type(meant)

    if written.constant is not None and isinstance(why := read(written.constant), Text):
        raise SourceError(
            say("{file}: the mapping's constant for '{name}' cannot be used: {why}", file=file, name=name, why=why)
        )
    return read
