"""Answers that follow a known path model, and a plain script that fits one model to them respondent by respondent."""

from __future__ import annotations

import numpy as np

from pipelines.methods.path_model.structure import Structure

BLOCKS = {
    "image": ("i1", "i2", "i3"),
    "quality": ("q1", "q2"),
    "value": ("v1",),
    "satisfaction": ("s1", "s2", "s3"),
    "loyalty": ("l1", "l2"),
}
PATHS = (("image", "quality"), ("quality", "value"), ("image", "satisfaction"), ("quality", "satisfaction"),
         ("value", "satisfaction"), ("satisfaction", "loyalty"))  # fmt: skip
STRUCTURE = Structure(BLOCKS, PATHS)
TRUE = dict(zip(PATHS, (0.5, 0.6, 0.2, 0.45, 0.25, 0.7), strict=True))
LOADING = 0.8


def population(structure: Structure = STRUCTURE, true: dict[tuple[str, str], float] = TRUE) -> np.ndarray:
    """The correlations of the questions, where every latent variable has variance 1 and every question loads alike."""
    names = structure.latents
    led = np.zeros((len(names), len(names)))
    for (source, target), value in true.items():
        led[names.index(source), names.index(target)] = value
    between = np.eye(len(names))
    for at in range(1, len(names)):  # causes stand before what they move
        between[:at, at] = between[at, :at] = between[:at, :at] @ led[:at, at]
    alone = np.array([1.0 if len(structure.blocks[name]) == 1 else LOADING for name in names])[structure.of]
    found = between[np.ix_(structure.of, structure.of)] * np.outer(alone, alone)
    np.fill_diagonal(found, 1)
    return found


def answers(n: int, seed: int = 3, lowest: int = 1, highest: int = 10, mean: float = 0.65) -> np.ndarray:
    """Whole answers on a scale, put on 0 to 100."""
    width = highest - lowest
    felt = np.random.default_rng(seed).multivariate_normal(np.zeros(len(STRUCTURE.of)), population(), n)
    given = np.clip(np.round(lowest + width * (mean + 0.18 * felt)), lowest, highest)
    return 100 * (given - lowest) / width


def by_hand(structure: Structure, answers: np.ndarray, scheme: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights, paths and scores as the textbook tells it: scores of every respondent, round after round."""
    z = (answers - answers.mean(axis=0)) / answers.std(axis=0)
    names, q = structure.latents, len(structure.latents)
    block = {j: [i for i, of in enumerate(structure.of) if of == j] for j in range(q)}
    leads = {(names.index(a), names.index(b)) for a, b in structure.paths}
    weights = np.ones(z.shape[1])
    for _ in range(60):
        scores = np.column_stack([_unit(z[:, block[j]] @ weights[block[j]]) for j in range(q)])
        proxies = np.zeros_like(scores)
        for j in range(q):
            causes = [i for i in range(q) if (i, j) in leads]
            slopes = dict(zip(causes, _slopes(scores[:, causes], scores[:, j]), strict=True))
            for i in range(q):
                near = (i, j) in leads or (j, i) in leads
                r = float(np.corrcoef(scores[:, i], scores[:, j])[0, 1])
                if near:
                    proxies[:, j] += {"centroid": np.sign(r), "factorial": r, "path": slopes.get(i, r)}[
                        scheme
                    ] * scores[:, i]
        weights = np.array([z[:, i] @ _unit(proxies[:, structure.of[i]]) / len(z) for i in range(z.shape[1])])
    scores = np.column_stack([z[:, block[j]] @ weights[block[j]] for j in range(q)])
    weights = weights / scores.std(axis=0)[structure.of]
    scores = scores / scores.std(axis=0)
    paths = np.zeros((q, q))
    for j in range(q):
        causes = [i for i in range(q) if (i, j) in leads]
        paths[causes, j] = _slopes(scores[:, causes], scores[:, j])
    return weights, paths, scores


def _unit(values: np.ndarray) -> np.ndarray:
    return values / values.std()


def _slopes(causes: np.ndarray, moved: np.ndarray) -> np.ndarray:
    return np.linalg.lstsq(causes, moved, rcond=None)[0] if causes.shape[1] else np.zeros(0)
