"""Puts the rows of one load into the Delta table of their source in one commit; a row replaces that with its key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Field, Schema, Transaction
from deltalake.exceptions import CommitFailedError

from audit.errors import SourceError
from audit.source import Source
from pipelines import durable, part
from pipelines.in_progress import announce, remove_uncommitted
from pipelines.staging import rows as staged
from pipelines.staging.rows import Rows
from pipelines.standing import Replaced, replaced

ATTEMPTS = 20
# An audit may ask for any version: the log of the table is never shortened.
KEPT = {"delta.enableExpiredLogCleanup": "false"}
# Two commits that carry one name of a writer exclude each other, also when they write different months.
WRITER = "clauselight"


def publish(table: Path, rows: Rows, load_id: str, room: Path | None = None) -> int:
    """
    The version of the table after the commit; the files of the rows are in the table then. Publishing the same rows
    again leaves the same rows. `room` is where the rows waited, and notes what is moved from there. Raises
    SourceError, and changes nothing, where the table cannot take them.
    """
    table = table.resolve()
    _opened(table, rows.contract)
    if room:
        announce(room, [_place(file, table) for file in rows.files])
    moved = Rows(tuple(_move(file, table) for file in rows.files), rows.contract)
    try:
        version = _tried(table, moved, load_id)
    except BaseException:
        remove_uncommitted(moved.files)
        raise
    durable.settle_commit(table, version)
    return version


def schema(contract: Source) -> pa.Schema:
    """The columns of the table: those of its files, and the month by which they are parted."""
    month = [pa.field("month", pa.string())] if contract.dated_by else []
    return pa.schema([*staged.schema(contract), *month])


def _tried(table: Path, rows: Rows, load_id: str) -> int:
    for _ in range(ATTEMPTS):
        opened = _opened(table, rows.contract)
        change = replaced(table, opened, rows)
        try:
            return _committed(table, opened, rows, change, load_id)
        except CommitFailedError:
            remove_uncommitted(change.written)  # somebody else published meanwhile: look again where the keys stand
        except BaseException:
            remove_uncommitted(change.written)
            raise
    name = rows.contract.name
    raise SourceError(f"{name}: others were publishing all the time; nothing was changed, load the file again")


def _committed(table: Path, opened: DeltaTable, rows: Rows, change: Replaced, load_id: str) -> int:
    version, contract = opened.version(), rows.contract
    files = [*rows.files, *change.written]
    durable.settle(files)
    written = max(file.stat().st_mtime for file in files)
    opened.create_write_transaction(
        [
            *(part.removed(table, file, contract, written) for file in change.gone),
            *(part.added(table, file, contract) for file in files),
        ],
        mode="append",
        schema=opened.schema(),
        partition_by=["month"] if contract.dated_by else None,
        commit_properties=CommitProperties(
            custom_metadata={"load": load_id, "source": contract.name},
            max_commit_retries=0,
            app_transactions=[Transaction(WRITER, version + 1)],
        ),
    )
    return version + 1


def _move(file: Path, table: Path) -> Path:
    """No version names it there yet: for all who read the table it does not exist."""
    into = _place(file, table)
    into.parent.mkdir(exist_ok=True)
    return file.replace(into)


def _place(file: Path, table: Path) -> Path:
    return (table / file.parent.name if staged.month_of(file) else table) / file.name


def _opened(table: Path, contract: Source) -> DeltaTable:
    """The table as it stands now. It is made empty, because two who both write first rows would double them."""
    partition = ["month"] if contract.dated_by else None
    if not DeltaTable.is_deltatable(str(table)):
        DeltaTable.create(table, schema(contract), mode="ignore", partition_by=partition, configuration=KEPT)
    opened = DeltaTable(table)
    standing = pa.schema(opened.schema().to_arrow())
    _refuse_other_types(standing, contract)
    if new := [field for field in schema(contract) if standing.get_field_index(field.name) < 0]:
        opened.alter.add_columns(_fields(new))
        return DeltaTable(table)
    return opened


def _fields(new: Sequence[pa.Field]) -> list[Field]:
    return list(Schema.from_arrow(pa.schema(new)).fields)


def _refuse_other_types(standing: pa.Schema, contract: Source) -> None:
    for field in schema(contract):
        at = standing.get_field_index(field.name)
        if at >= 0 and standing.field(at).type != field.type:
            raise SourceError(
                f"{contract.name}: the contract says that '{field.name}' is {field.type}, but the published rows hold "
                f"{standing.field(at).type}; write the former type, or give the column a new name"
            )
