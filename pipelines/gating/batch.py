"""Where the staged rows of one batch are kept, and how DuckDB reaches them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit.source import Source, Type
from pipelines.sql import name

POSITION, MONTH = "_position", "_month"

Places = NDArray[np.int64]
"""Of rows in the batch, counted from 0, in order."""
Month = int | None
"""Months since the year 0; None for rows without a date."""


@dataclass(frozen=True)
class Known:
    """What is known of a batch before a row is read."""

    rows: dict[Month, int]
    missing: dict[str, dict[Month, int]]
    """Of each column about which it is known, how many rows of a month have no value there."""
    spans: dict[str, tuple[Any, Any]]
    """The smallest and the largest value of such columns."""
    counted: Mapping[str, dict[Month, int]] = field(default_factory=dict)
    """By aggregate in SQL, what was counted otherwise."""


class Batch(Protocol):
    def __len__(self) -> int:
        """Rows."""

    @property
    def types(self) -> dict[str, Type]:
        """Of the contract's columns that the batch brought."""

    def frame(self) -> pd.DataFrame:
        """The rows as staging gives them; costs what it says."""

    def relation(self, months: Collection[Month] = (), places: Places | None = None) -> str:
        """
        SQL of the rows: the contract's columns as they are kept, `line`, `_position`, the place in the batch counted
        from 0, and `_month`. Rows of other months, or at other places, may be left out where some are named.
        """

    def known(self) -> Known | None: ...


def month_of(dated_by: str | None) -> str:
    """In SQL; of the column by which the rows are dated, if there is one."""
    return f"year({name(dated_by)}) * 12 + month({name(dated_by)}) - 1" if dated_by else "null::int"


def brought(contract: Source, columns: Collection[str]) -> dict[str, Type]:
    return {column: contract.columns[column].type for column in contract.columns if column in columns}


def dated_by(contract: Source, types: Collection[str]) -> str | None:
    return contract.dated_by if contract.dated_by in types else None
