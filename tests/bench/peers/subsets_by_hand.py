"""The parts of R² by one least-squares fit for each subset and Shapley's mean of what a driver adds; no interval."""

from __future__ import annotations

from itertools import combinations

import numpy as np


def parts(scores: np.ndarray, outcome: np.ndarray) -> list[float]:
    centred, against = scores - scores.mean(axis=0), outcome - outcome.mean()
    drivers, explained = range(scores.shape[1]), {(): 0.0}
    for size in drivers:
        for chosen in combinations(drivers, size + 1):
            columns = centred[:, chosen]
            left = against - columns @ np.linalg.lstsq(columns, against, rcond=None)[0]
            explained[chosen] = float(1 - left @ left / (against @ against))
    return [_part(at, explained, [other for other in drivers if other != at]) for at in drivers]


def _part(driver: int, explained: dict[tuple[int, ...], float], others: list[int]) -> float:
    added = [
        np.mean([explained[tuple(sorted((*s, driver)))] - explained[s] for s in combinations(others, size)])
        for size in range(len(others) + 1)
    ]
    return float(np.mean(added))
