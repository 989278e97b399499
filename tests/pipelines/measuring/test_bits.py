"""How many different values have each bit in each group, against sets put together one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from pipelines.measuring.bits import WORD, counted

SHAPES = {  # rows, values, groups, words
    "one row": (1, 1, 1, 1),
    "one value in many groups": (50, 1, 9, 2),
    "many values in one group": (200, 60, 1, 1),
    "values in groups": (2_000, 300, 12, 3),
    "more groups than fit into two bytes": (500, 40, (1 << 16) + 1, 1),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_value_counts_once_for_each_bit_of_a_group(name: str) -> None:
    rows, values, groups, words = SHAPES[name]
    dice = np.random.default_rng(rows)
    value, group = np.sort(dice.integers(0, values, rows)), dice.integers(0, groups, rows)
    at, bits = dice.integers(0, 5, rows), [dice.integers(0, 1 << 63, 5, dtype=np.uint64) * 2 + 1 for _ in range(words)]
    met = {
        (group[row], WORD * word + bit, value[row])
        for row in range(rows)
        for word in range(words)
        for bit in range(WORD)
        if int(bits[word][at[row]]) >> bit & 1
    }
    expected = Counter((int(of), bit) for of, bit, _ in met)
    found = counted(value, group, groups, at, bits)
    assert found.shape == (groups, WORD * words)
    assert {(int(of), int(bit)): int(found[of, bit]) for of, bit in np.argwhere(found)} == expected
