"""Key drivers: 12 drivers and 100,000 answers, by our method and by a plain loop of numpy over every subset.

`python -m tests.bench.driver_cases ours` or `plain` prints what it found, how long it took, and the most memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from itertools import combinations

import numpy as np

DRIVERS, ANSWERS, SEED = 12, 100_000, 7


def made(drivers: int = DRIVERS, answers: int = ANSWERS, seed: int = SEED) -> tuple[np.ndarray, np.ndarray]:
    """Answers from 0 to 100 that share something, and a satisfaction that follows from some of them more."""
    rng = np.random.default_rng(seed)
    felt = rng.normal(size=(answers, 1))
    scores = np.clip(np.rint((55 + 12 * felt + 16 * rng.normal(size=(answers, drivers))) / 10) * 10, 0, 100)
    return scores, scores @ np.linspace(0, 0.2, drivers) + 12 * rng.normal(size=answers)


def ours(scores: np.ndarray, outcome: np.ndarray) -> list[float]:
    """Parts with the 95 % intervals of 500 resamples, as a run finds them."""
    from pipelines.methods.key_drivers import key_drivers

    names = [str(at) for at in range(scores.shape[1])]
    return [one.lmg for one in key_drivers(names, scores, outcome).drivers]


def plain(scores: np.ndarray, outcome: np.ndarray) -> list[float]:
    """One least-squares fit for each of the 2^k subsets; no interval."""
    count = scores.shape[1]
    centred, against = scores - scores.mean(axis=0), outcome - outcome.mean()
    whole, explained = against @ against, {(): 0.0}
    for size in range(1, count + 1):
        for chosen in combinations(range(count), size):
            columns = centred[:, chosen]
            left = against - columns @ np.linalg.lstsq(columns, against, rcond=None)[0]
            explained[chosen] = 1 - left @ left / whole
    parts = []
    for driver in range(count):
        others = [at for at in range(count) if at != driver]
        added = [
            np.mean([explained[tuple(sorted((*s, driver)))] - explained[s] for s in combinations(others, size)])
            for size in range(count)
        ]
        parts.append(float(np.mean(added)))
    return parts


def main(way: str) -> dict[str, object]:
    given = made()
    wall, cpu = time.perf_counter(), time.process_time()
    found = {"ours": ours, "plain": plain}[way](*given)
    spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return {"way": way, "parts": found, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024} | spent


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
