"""Stands between the rows of one load and the table: what belongs to a person is taken out, counted, and kept apart."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from audit.source import Source
from pipelines.personal import identities
from pipelines.personal.protect import BETWEEN, protect
from pipelines.personal.pseudonyms import Pseudonyms
from pipelines.workspace import Workspace


class Guard:
    def __init__(self, contract: Source, pseudonyms: Pseudonyms) -> None:
        self.contract, self.pseudonyms = contract, pseudonyms
        self.masked: dict[str, dict[str, int]] = {}
        """Column -> kind -> how many were masked or left out."""
        self.identities: list[pa.Table] = []

    def rows(self, rows: pa.Table) -> pa.Table:
        """As they may be kept."""
        done = protect(rows, self.contract, self.pseudonyms)
        for column, kinds in done.masked.items():
            counts = self.masked.setdefault(column, {})
            for kind, count in kinds.items():
                counts[kind] = counts.get(kind, 0) + count
        if done.identities is not None:
            self.identities.append(done.identities)
        return done.rows

    def keys(self, rows: pa.Table) -> pa.Table:
        """Rows that are not kept, to be compared with those that are."""
        return protect(rows, self.contract, self.pseudonyms).rows

    def rest(self) -> None:
        """No more rows come: what is known of a million customers makes room for other work."""
        del self.pseudonyms

    def forget(self, key: Sequence[object]) -> None:
        """No row with this key is kept after all."""
        row = BETWEEN.join(map(str, key))
        self.identities = [found.filter(pc.not_equal(found["row"], row)) for found in self.identities]

    def keep_identities(self, workspace: Workspace) -> None:
        """Only of rows that were published."""
        for found in self.identities:
            identities.keep(workspace.identity, found)
