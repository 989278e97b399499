"""p-values corrected for many comparisons, by statsmodels."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

from statsmodels.stats.multitest import multipletests


def corrected(p: Sequence[float], method: str = "holm") -> list[float]:
    with patch("gc.collect"):  # which multipletests calls each time: a second where many tests ran before
        return list(multipletests(p, method=method)[1])
