"""Puts the rows of one load into the Delta table of their source in one commit; a row replaces that with its key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Field, Schema, Transaction
from deltalake.exceptions import CommitFailedError
from deltalake.transaction import AddAction, RemoveAction

from audit.errors import SourceError
from audit.source import Source
from audit.wording import say
from pipelines.publishing import part
from pipelines.publishing.in_progress import announce, remove_uncommitted
from pipelines.publishing.standing import Replaced, replaced
from pipelines.staging import rows as staged
from pipelines.staging.rows import Rows
from pipelines.storage import Storage, log

ATTEMPTS = 20
# An audit may ask for any version: the log of the table is never shortened.
KEPT = {"delta.enableExpiredLogCleanup": "false"}
# Two commits that carry one name of a writer exclude each other, also when they write different months.
WRITER = "clauselight"


class Published(NamedTuple):
    version: int
    """Of the table, after the commit."""
    replaced: dict[str, int]
    """How many rows of each other load gave way to rows of this one."""


def publish(
    table: Path, rows: Rows, load_id: str, room: Path | None = None, storage: Storage | None = None
) -> Published:
    """
    The version of the table after the commit, and what it replaced; the files of the rows are in the table then.
    Publishing the same rows again leaves the same rows. `room` is where the rows waited, and notes what is moved from
    there; `storage` where the tables are kept, if not in the folder. Raises SourceError, and changes nothing, where the
    table cannot take them.
    """
    table = table.resolve()
    storage = storage or Storage(table.parent)
    _opened(table, rows.contract, storage)
    if room:
        announce(room, [_place(file, table) for file in rows.files])
    moved = Rows(tuple(_move(file, table) for file in rows.files), rows.contract)
    try:
        found = _tried(table, moved, load_id, storage)
    except BaseException:
        remove_uncommitted(moved.files)
        raise
    storage.settle_commit(table, found.version)
    return found


def schema(contract: Source) -> pa.Schema:
    """The columns of the table: those of its files, and the month by which they are parted."""
    month = [pa.field("month", pa.string())] if contract.dated_by else []
    return pa.schema([*staged.schema(contract), *month])


def _tried(table: Path, rows: Rows, load_id: str, storage: Storage) -> Published:
    for _ in range(ATTEMPTS):
        opened = _opened(table, rows.contract, storage)
        change = replaced(table, opened, rows, storage)
        others = {load: count for load, count in change.rows.items() if load != load_id}
        try:
            return Published(_committed(table, opened, rows, change, load_id, storage), others)
        except CommitFailedError:
            storage.look(table)
            if (version := _version_with(table, rows, opened.version())) is not None:
                return Published(version, others)  # the answer to a first try was lost on its way here
            remove_uncommitted(change.written)  # somebody else published meanwhile: look again where the keys stand
        except BaseException:
            remove_uncommitted(change.written)
            raise
    raise SourceError(
        say(
            "{source}: others were publishing all the time; nothing was changed, load the file again",
            source=rows.contract.name,
        )
    )


def _committed(table: Path, opened: DeltaTable, rows: Rows, change: Replaced, load_id: str, storage: Storage) -> int:
    version, contract = opened.version(), rows.contract
    files = [*rows.files, *change.written]
    with storage.told(say("nothing was published: load the file again")):
        storage.settle(files)
        destination = storage.committing(table, opened)
    written = max(file.stat().st_mtime for file in files)
    actions: list[AddAction | RemoveAction] = [
        *(part.removed(table, file, contract, written) for file in change.gone),
        *(part.added(table, file, contract) for file in files),
    ]
    with storage.told(say("load the file again: where its rows were published nonetheless, none is doubled")):
        destination.create_write_transaction(
            actions,
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


def _version_with(table: Path, rows: Rows, former: int) -> int | None:
    """The version after the former one whose commit names the rows; None where there is none."""
    version = former + 1
    while (commit := log.commit(table, version)).exists():
        if rows.files and rows.files[0].name in commit.read_text(encoding="utf-8"):
            return version
        version += 1
    return None


def _move(file: Path, table: Path) -> Path:
    """No version names it there yet: for all who read the table it does not exist."""
    into = _place(file, table)
    into.parent.mkdir(exist_ok=True)
    return file.replace(into)


def _place(file: Path, table: Path) -> Path:
    return (table / file.parent.name if staged.month_of(file) else table) / file.name


def _opened(table: Path, contract: Source, storage: Storage) -> DeltaTable:
    """The table as it stands now. It is made empty, because two who both write first rows would double them."""
    storage.look(table)
    if not DeltaTable.is_deltatable(str(table)):
        _make(table, contract, storage)
    opened = DeltaTable(table)
    standing = pa.schema(opened.schema().to_arrow())
    _refuse_other_types(standing, contract)
    if new := [field for field in schema(contract) if standing.get_field_index(field.name) < 0]:
        with storage.told(say("nothing was published: load the file again")):
            storage.committing(table, opened).alter.add_columns(_fields(new))
        storage.look(table)
        return DeltaTable(table)
    return opened


def _make(table: Path, contract: Source, storage: Storage) -> None:
    place, options = storage.address(table)
    partition = ["month"] if contract.dated_by else None
    with storage.told(say("nothing was published: load the file again")):
        DeltaTable.create(
            place,
            schema(contract),
            mode="ignore",
            partition_by=partition,
            configuration=KEPT,
            storage_options=options,
        )
    storage.look(table)


def _fields(new: Sequence[pa.Field]) -> list[Field]:
    return list(Schema.from_arrow(pa.schema(new)).fields)


def _refuse_other_types(standing: pa.Schema, contract: Source) -> None:
    for field in schema(contract):
        at = standing.get_field_index(field.name)
        if at >= 0 and standing.field(at).type != field.type:
            raise SourceError(
                say(
                    "{source}: the contract says that '{field}' is {type}, but the published rows hold {former}; "
                    "write the former type, or give the column a new name",
                    source=contract.name, field=field.name, type=field.type, former=standing.field(at).type,
                )
            )  # fmt: skip
