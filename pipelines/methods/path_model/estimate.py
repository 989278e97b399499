"""The estimates of many path models at once: PLS needs nothing of the answers but the correlations of the questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from pipelines.methods.interval import Array
from pipelines.methods.path_model.structure import Structure

Scheme = Literal["centroid", "factorial", "path"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
NEAR = 1e-10
"""The rounds end where no weight moves more."""
MOST_ROUNDS = 300
SINGULAR = 1e-10


@dataclass(frozen=True)
class Estimates:
    """The first axis is the model; questions and latent variables are in the order of the structure."""

    weights: Array
    """Models × questions, of standardised questions and for latent variables of variance 1."""
    loadings: Array
    """Models × questions × latent variables: the correlations of each with each."""
    correlations: Array
    """Models × latent × latent."""
    paths: Array
    """Models × from × to, 0 where no path leads."""
    r2: Array
    """Models × latent, 0 where no path leads to it."""
    converged: NDArray[np.bool_]
    rounds: NDArray[np.int64]

    @property
    def effects(self) -> Array:
        """Models × from × to: along every way, the direct one included."""
        eye = np.eye(self.paths.shape[-1])
        return np.asarray(np.linalg.inv(eye - self.paths) - eye)


def estimates(correlation: Array, structure: Structure, scheme: Scheme, like: Array | None = None) -> Estimates:
    """
    Of models × questions × questions. Latent variables are turned so that most of their weights are positive, or as
    in the weights that are to be met (`like`, of one model). A model that finds no weights is nan and not converged.
    """
    count = len(correlation)
    weights, rounds = np.full((count, len(structure.of)), np.nan), np.zeros(count, dtype=np.int64)
    left, own = np.arange(count), np.ones((count, len(structure.of)))
    former, matrices = np.full_like(own, np.inf), correlation
    for number in range(1, MOST_ROUNDS + 1):
        own, proxies = _round(matrices, own, structure, scheme)
        there = np.abs(own - former).max(axis=1) < NEAR
        weights[left[there]], rounds[left] = own[there], number
        going = ~there & np.isfinite(proxies).all(axis=1)
        left, matrices, former, own = left[going], matrices[going], own[going], proxies[going]
        if not len(left):
            break
    return _finished(correlation, weights, structure, like, rounds)


def _round(matrices: Array, weights: Array, structure: Structure, scheme: Scheme) -> tuple[Array, Array]:
    """The weights for scores of variance 1, and the next: covariances with the neighbours' weighted sum (mode A)."""
    weights, loadings, between = _scores(matrices, weights, structure)
    inner = _inner(between, structure, scheme)
    return weights, np.einsum("bqi,bqi->bq", loadings, inner.transpose(0, 2, 1)[:, structure.of, :])


def _scores(matrices: Array, weights: Array, structure: Structure) -> tuple[Array, Array, Array]:
    covariance = matrices @ (weights[..., None] * structure.member)
    between = structure.member.T @ (weights[..., None] * covariance)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(np.einsum("bii->bi", between))
        scaled = between / (spread[:, :, None] * spread[:, None, :])
        return weights / spread[:, structure.of], covariance / spread[:, None, :], scaled


def _inner(between: Array, structure: Structure, scheme: Scheme) -> Array:
    """Models × neighbour × latent: how much a neighbour tells of it."""
    beside = structure.leads | structure.leads.T
    if scheme == "centroid":
        return np.asarray(np.sign(between) * beside)
    if scheme == "factorial":
        return between * beside
    return _regressed(between, structure) + between * structure.leads.T


def _regressed(between: Array, structure: Structure) -> Array:
    """Each latent variable on those that lead to it; nan where these cannot be told apart."""
    found = np.zeros_like(between)
    for target, sources in structure.sources.items():
        among, onto = between[:, sources[:, None], sources], between[:, sources, target]
        nothing = np.eye(len(sources))
        known = np.where(np.isfinite(among).all(axis=(1, 2), keepdims=True), among, 0.0)
        apart = np.linalg.det(known) > SINGULAR
        solved = np.linalg.solve(np.where(apart[:, None, None], known, nothing), onto[..., None])[..., 0]
        found[:, sources, target] = np.where(apart[:, None], solved, np.nan)
    return found


def _finished(matrices: Array, weights: Array, structure: Structure, like: Array | None,
              rounds: NDArray[np.int64]) -> Estimates:  # fmt: skip
    towards = np.ones(weights.shape[1]) if like is None else like
    turned = np.where((np.nan_to_num(weights) * towards) @ structure.member < 0, -1.0, 1.0)
    weights = weights * turned[:, structure.of]
    _, loadings, between = _scores(matrices, weights, structure)
    paths = _regressed(between, structure)
    r2 = np.einsum("bij,bij->bj", paths, between)
    converged = np.asarray(np.isfinite(weights).all(axis=1) & np.isfinite(paths).all(axis=(1, 2)))
    return Estimates(weights, loadings, between, paths, r2, converged, rounds)
