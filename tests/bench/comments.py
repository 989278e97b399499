"""What customers write: sentences of a seeded choice of words, some with commas, quotes and letters beyond ASCII."""

from __future__ import annotations

import numpy as np

from tests.bench.csv_lines import quoted

OPENINGS = ["The delivery", "Your service", "The hotline", "Our account manager", "The invoice", "The café", "包装"]
VERBS = ["was", "came", "seemed", "stayed", "has always been", "will never be"]
ENDS = ["late again", "friendly", "quicker than last year", "too dear", "as promised", "hard to reach", "façon bâclée"]
ADDED = ["", ", sadly", ", and nobody called back", ' ("as usual")', ', as they say: "done"', " for the third time"]
BROKEN = ["\nNever again.", "\r\nRegards"]
HOW_MANY = 4000


def pool(seed: int, line_breaks: bool = False) -> list[str]:
    """The first is no comment. Each is quoted where the file needs it."""
    dice = np.random.default_rng([seed, 4])
    parts = [OPENINGS, VERBS, ENDS, [*ADDED, *BROKEN] if line_breaks else ADDED]
    made = [[part[at] for at in dice.integers(0, len(part), HOW_MANY)] for part in parts]
    return ["", *(quoted(f"{a} {b} {c}{d} {n}") for n, (a, b, c, d) in enumerate(zip(*made, strict=True)))]
