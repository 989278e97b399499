"""Texts that are coded: each different one stands in a dictionary, and a row has the number of its place there."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def tightened(rows: pa.Table) -> pa.Table:
    """
    With one dictionary for each column, and in it only what some row has. A file keeps its dictionary whole: what a
    person wrote in a row that is not in this file must not stand there, where no erasure would look for it.
    """
    for at, field in enumerate(rows.schema):
        if pa.types.is_dictionary(field.type):
            rows = rows.set_column(at, field.name, _tight(rows[field.name].unify_dictionaries().combine_chunks()))
    return rows


def _tight(column: pa.DictionaryArray) -> pa.DictionaryArray:
    used = np.zeros(len(column.dictionary), dtype=bool)
    used[column.indices.drop_null().to_numpy()] = True
    if used.all():
        return column
    places = pa.array(np.cumsum(used, dtype=np.int32) - 1)
    return pa.DictionaryArray.from_arrays(places.take(column.indices), column.dictionary.filter(pa.array(used)))
