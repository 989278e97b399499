"""Rows in a DataFrame, published as if a file had been staged."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa

from audit.source import Source
from pipelines.publish import publish
from pipelines.staging.parts import Parts
from pipelines.staging.rows import ARROW


def publish_frame(table: Path, contract: Source, frame: pd.DataFrame, load: str) -> int:
    columns = {
        name: pa.array(frame[name], from_pandas=True).cast(ARROW[column.type])
        for name, column in contract.columns.items()
    }
    table.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=table.parent) as folder:
        with Parts(Path(folder), contract, load) as parts:
            parts.add(pa.table(columns | {"line": frame["line"]}))
        return publish(table, parts.rows(), load).version
