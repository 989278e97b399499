"""Puts the rows of one load into the Delta table of their source in one commit; a row replaces that with its key."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import duckdb
import pandas as pd
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Transaction
from deltalake.exceptions import CommitFailedError

from audit.errors import SourceError
from audit.source import Source, Type
from pipelines.durable import settle
from pipelines.month import months

ARROW: dict[Type, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "boolean": pa.bool_(),
}
ATTEMPTS = 20
# An audit may ask for any version: the log of the table is never shortened.
KEPT = {"delta.enableExpiredLogCleanup": "false"}
# Two commits that carry one name of a writer exclude each other, also when they write different months.
WRITER = "clauselight"


def publish(table: Path, contract: Source, frame: pd.DataFrame, load_id: str) -> int:
    """
    The version of the table after the commit. Publishing the same rows again leaves the same rows.
    Raises SourceError, and changes nothing, where the table cannot take them.
    """
    _refuse_repeats(frame, contract)
    rows = _arrow(frame, contract, load_id)
    for _ in range(ATTEMPTS):
        try:
            version = _merge(_opened(table, contract), contract, rows, load_id)
        except CommitFailedError:
            continue  # somebody else published meanwhile: look again where the keys stand
        settle(table, version)
        return version
    raise SourceError(f"{contract.name}: others were publishing all the time; nothing was changed, load the file again")


def schema(contract: Source) -> pa.Schema:
    """The columns of the table. Declared, so that a column without any value keeps its type."""
    columns = {name: ARROW[column.type] for name, column in contract.columns.items()}
    month = {"month": pa.string()} if contract.dated_by else {}
    return pa.schema(columns | {"_load": pa.string(), "_line": pa.int64()} | month)


def data_files(table: DeltaTable) -> list[str]:
    """The Parquet files of this version; Delta writes a space in a folder's name as %20, and readers do not."""
    return sorted(unquote(uri) for uri in table.file_uris())


def _arrow(frame: pd.DataFrame, contract: Source, load_id: str) -> pa.Table:
    columns = {name: frame[name] for name in contract.columns} | {
        "_load": pd.Series(load_id, index=frame.index, dtype="str"),
        "_line": frame["line"],
        "month": months(frame, contract),
    }
    declared = schema(contract)
    return pa.table([pa.array(columns[field.name], from_pandas=True).cast(field.type) for field in declared], declared)


def _opened(table: Path, contract: Source) -> DeltaTable:
    """The table as it stands now. It is made empty, because two who both write first rows would double them."""
    partition = ["month"] if contract.dated_by else None
    if not DeltaTable.is_deltatable(str(table)):
        DeltaTable.create(table, schema(contract), mode="ignore", partition_by=partition, configuration=KEPT)
    opened = DeltaTable(table)
    _refuse_other_types(opened, contract)
    return opened


def _merge(table: DeltaTable, contract: Source, rows: pa.Table, load_id: str) -> int:
    same = [f"old.{_name(key)} = new.{_name(key)}" for key in contract.key]
    if contract.dated_by:
        # named, so that the files of all other months are not even opened
        touched = {*rows["month"].to_pylist(), *_standing(table, contract, rows)}
        same.append(f"old.month in ({', '.join(repr(month) for month in sorted(touched))})")
    commit = CommitProperties(
        custom_metadata={"load": load_id, "source": contract.name},
        app_transactions=[Transaction(WRITER, table.version() + 1)],
    )
    merger = table.merge(
        rows, " and ".join(same), source_alias="new", target_alias="old", merge_schema=True, commit_properties=commit
    )
    merger.when_matched_update_all().when_not_matched_insert_all().execute()
    return table.version()


def _standing(table: DeltaTable, contract: Source, rows: pa.Table) -> set[str]:
    """Months in which rows with these keys stand now: one whose date has moved is replaced there and not doubled."""
    files = data_files(table)
    if not files:
        return set()
    keys = ", ".join(_name(key) for key in contract.key)
    with duckdb.connect() as connection:
        connection.register("batch", rows.select(list(contract.key)))
        query = f"""
            select distinct _file from read_parquet($files, filename = '_file', hive_partitioning = false)
            semi join batch using ({keys})"""
        found = connection.execute(query, {"files": files}).fetchall()
    return {Path(file).parent.name.removeprefix("month=") for (file,) in found}


def _refuse_repeats(frame: pd.DataFrame, contract: Source) -> None:
    repeated = frame.loc[frame.duplicated(list(contract.key), keep=False), "line"].sort_values()
    if len(repeated):
        lines = ", ".join(str(line) for line in repeated.head())
        key = ", ".join(contract.key)
        raise SourceError(f"{contract.name}: lines {lines} carry a key ({key}) twice; keep one of each")


def _refuse_other_types(table: DeltaTable, contract: Source) -> None:
    standing = pa.schema(table.schema().to_arrow())
    for field in schema(contract):
        at = standing.get_field_index(field.name)
        if at >= 0 and standing.field(at).type != field.type:
            raise SourceError(
                f"{contract.name}: the contract says that '{field.name}' is {field.type}, but the published rows hold "
                f"{standing.field(at).type}; write the former type, or give the column a new name"
            )


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
