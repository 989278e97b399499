"""One Parquet file of a Delta table, as its log names it: where it is, how large, and what its rows lie between."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from deltalake.transaction import AddAction, RemoveAction

from audit.source import Source
from pipelines.staging.rows import month_of

LONGEST_BOUND = 64


def added(table: Path, file: Path, contract: Source) -> AddAction:
    about = file.stat()
    return AddAction(
        path=file.relative_to(table).as_posix(),
        size=about.st_size,
        partition_values=_partition(file, contract),
        modification_time=int(about.st_mtime * 1000),
        data_change=True,
        stats=json.dumps(statistics(file, contract)),
    )


def removed(table: Path, file: Path, contract: Source, at: float) -> RemoveAction:
    return RemoveAction(
        path=file.relative_to(table).as_posix(),
        data_change=True,
        deletion_timestamp=int(at * 1000),
        size=file.stat().st_size,
        partition_values=_partition(file, contract),
    )


def statistics(file: Path, contract: Source) -> dict[str, Any]:
    """Bounds of dates, numbers and keys; a text that a customer wrote does not belong into the log."""
    about = pq.read_metadata(file)
    bounds: dict[str, tuple[Any, Any]] = {}
    nulls: dict[str, int] = {}
    for name, groups in _by_column(about).items():
        if any(group is None or not group.has_null_count for group in groups):
            continue
        nulls[name] = sum(group.null_count for group in groups)
        ends = [(group.min, group.max) for group in groups if group.has_min_max]
        column = contract.columns.get(name)
        bounded = column is None or column.type not in ("text", "timestamp", "boolean") or name in contract.key
        if bounded and ends and len(ends) == sum(group.num_values > 0 for group in groups):
            bounds[name] = (min(least for least, _ in ends), max(most for _, most in ends))
    told = {name: (_told(least), _told(most)) for name, (least, most) in bounds.items() if _short(least, most)}
    return {
        "numRecords": about.num_rows,
        "minValues": {name: least for name, (least, _) in told.items()},
        "maxValues": {name: most for name, (_, most) in told.items()},
        "nullCount": nulls,
    }


def _by_column(about: pq.FileMetaData) -> Mapping[str, list[Any]]:
    groups = [about.row_group(number) for number in range(about.num_row_groups)]
    columns = range(about.num_columns)
    return {groups[0].column(at).path_in_schema: [group.column(at).statistics for group in groups] for at in columns}


def _partition(file: Path, contract: Source) -> dict[str, str | None]:
    return {"month": month_of(file)} if contract.dated_by else {}


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _short(*values: Any) -> bool:
    return all(not isinstance(value, bytes | dt.datetime) and len(str(value)) <= LONGEST_BOUND for value in values)
