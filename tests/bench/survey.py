"""Survey responses as a tool exports them, in the order in which they came in; and the same file with mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from tests.bench import comments
from tests.bench.csv_lines import Strings, blank_where, chosen, numbered, quoted, replaced

HEADER = "response_id,answered_on,invitation_id,customer_id,satisfaction,recommend,ease,comment,channel,product"
BEGIN = np.datetime64("2023-11-01")
DAYS = 1096
"""Thirty-six months; the next one is a file of its own."""
NEXT_MONTH = 30
CHANNELS = ["e-mail", "web", "app", "telephone", "store"]
PRODUCTS = ["Atlas", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Harbour", "Iris", "Juniper", "Kite 2"]
PRODUCTS += ["Larch, large"]
SATISFACTION = ["", "1", "2", "3", "4", "5"], [0.06, 0.04, 0.07, 0.18, 0.38, 0.27]
RECOMMEND = ["", *map(str, range(11))], [0.1, 0.03, 0.01, 0.01, 0.02, 0.03, 0.06, 0.06, 0.13, 0.2, 0.17, 0.18]
EASE = ["", *map(str, range(1, 8))], [0.3, 0.03, 0.04, 0.06, 0.1, 0.17, 0.18, 0.12]
WITH_COMMENT = 0.08


@dataclass(frozen=True)
class Block:
    """Some rows of a file of `size` rows, numbered through from the first row of all files."""

    seed: int
    size: int
    rows: np.ndarray

    def dice(self, table: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, table, int(self.rows[0])])

    def days(self) -> np.ndarray:
        """Rows beyond `size` belong to the month after."""
        later = (self.rows - self.size) * NEXT_MONTH // max(self.size // 36, 1)
        return np.where(self.rows < self.size, self.rows * DAYS // self.size, DAYS + later)


@cache
def _dates() -> list[str]:
    return [str(BEGIN + day) for day in range(DAYS + NEXT_MONTH)]


@cache
def _comments(seed: int, dirty: bool) -> list[str]:
    return comments.pool(seed, line_breaks=dirty)


def columns(block: Block, dirty: bool = False) -> list[Strings]:
    """Cells in the order of the header."""
    dice, count = block.dice(1), len(block.rows)
    pool = _comments(block.seed, dirty)
    written = np.where(dice.random(count) < WITH_COMMENT, dice.integers(1, len(pool), count), 0)
    cells = [
        numbered("R", 10_000_000 + block.rows),
        chosen(_dates(), block.days()),
        blank_where(numbered("I", 20_000_000 + 3 * block.rows), dice.random(count) < 0.05),
        blank_where(
            numbered("C", 1_000_000 + dice.integers(0, max(block.size // 10, 1), count)), dice.random(count) < 0.02
        ),
        *(chosen(pool, dice.choice(len(pool), count, p=share)) for pool, share in (SATISFACTION, RECOMMEND, EASE)),
        chosen(pool, written),
        chosen(CHANNELS, dice.choice(5, count, p=[0.5, 0.2, 0.15, 0.1, 0.05])),
        chosen([quoted(name) for name in PRODUCTS], dice.integers(0, len(PRODUCTS), count)),
    ]
    return _spoilt(cells, block) if dirty else cells


def customers(dice: np.random.Generator, answers: int, count: int) -> Strings:
    """A tenth as many as there are answers."""
    return numbered("C", 1_000_000 + dice.integers(0, max(answers // 10, 1), count))


# Which column is spoilt, and what stands there. Staging rejects these, one row in two hundred, by turns ...
REJECTED = [
    (0, ""), (1, "2025-02-30"), (1, "03.04.2025"), (4, "4.5"), (5, "ten"), (6, "9"), (7, "one,field too many"),
]  # fmt: skip
EVERY, AT = 200, 7
# ... and the gate finds these, one row in fifty.
UNEXPECTED = [
    (1, "2031-01-01"), (2, "I20000000"), (2, "I10000000"), (7, "see https://example.com/late"),
    (7, "very " * 50 + "late"), (8, "fax"), (8, ""), (9, ""),
]  # fmt: skip
GATE_EVERY, GATE_AT = 50, 13
# One name for two answers: both are rejected.
TWICE_EVERY, TWICE_AT = 1000, 21


def rejected(size: int) -> int:
    """How many rows of the dirty file staging must reject."""
    rows = np.arange(size)
    return int((rows % EVERY == AT).sum() + 2 * (rows % TWICE_EVERY == TWICE_AT).sum())


def _spoilt(cells: list[Strings], block: Block) -> list[Strings]:
    rows = block.rows
    cells[0] = numbered("R", 10_000_000 + np.where(rows % TWICE_EVERY == TWICE_AT, rows - 1, rows))
    for mistakes, every, at in ((REJECTED, EVERY, AT), (UNEXPECTED, GATE_EVERY, GATE_AT)):
        kind = np.where(rows % every == at, rows // every % len(mistakes), -1)
        for number, (column, text) in enumerate(mistakes):
            cells[column] = replaced(cells[column], kind == number, text)
    return cells
