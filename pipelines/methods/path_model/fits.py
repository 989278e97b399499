"""The fit of the answers beside those of the resamples, told latent variable by latent variable and path by path."""

from __future__ import annotations

import numpy as np

from pipelines.methods.interval import ALPHA, Array
from pipelines.methods.path_model.estimate import Estimates
from pipelines.methods.path_model.resample import Moments
from pipelines.methods.path_model.result import Arrow, Bounded, Item, Latent
from pipelines.methods.path_model.structure import Structure
from pipelines.methods.path_model.validity import composite, nearest
from pipelines.methods.reliability import alpha


def index(weights: Array, sample: Moments, structure: Structure) -> Array:
    """Models × latent: the weights on the questions' own metric, applied to their means."""
    own = weights / sample.deviations
    return np.asarray((own * sample.means) @ structure.member / (own @ structure.member))


class Fits:
    """The fit of the answers, and those of the resamples that settled."""

    def __init__(self, structure: Structure, own: Moments, found: Estimates, drawn: Moments, again: Estimates) -> None:
        self.structure, self.own, self.found, self.again = structure, own, found, again
        self.kept = again.converged
        self.drawn = Moments(drawn.means[self.kept], drawn.covariances[self.kept])

    def latents(self) -> tuple[Latent, ...]:
        values = index(self.found.weights, self.own, self.structure)[0]
        draws = index(self.again.weights[self.kept], self.drawn, self.structure)
        near = nearest(self.found.correlations[0])
        return tuple(
            Latent(name, _bounded(values[at], draws[:, at]), float(self.own.means[self.structure.of == at].mean()),
                   self._r2(at), *self._held(at), float(near[at]))
            for at, name in enumerate(self.structure.latents)
        )  # fmt: skip

    def _r2(self, at: int) -> Bounded | None:
        if at not in self.structure.sources:
            return None
        return _bounded(self.found.r2[0, at], self.again.r2[self.kept, at])

    def _held(self, at: int) -> tuple[int, float | None, float | None, float | None]:
        """How many questions, their alpha, composite reliability and average variance extracted."""
        rows = np.flatnonzero(self.structure.of == at)
        if len(rows) < 2:
            return len(rows), None, None, None
        loadings = self.found.loadings[0, rows, at]
        held = alpha(self.own.correlations[np.ix_(rows, rows)])
        return len(rows), held, composite(loadings), float((loadings**2).mean())

    def items(self) -> tuple[Item, ...]:
        of = self.structure.of
        raw = self.found.weights[0] / self.own.deviations
        shares = raw / (raw @ self.structure.member)[of]
        loadings = self.again.loadings[self.kept][:, np.arange(len(of)), of]
        return tuple(
            Item(question, self.structure.latents[of[at]],
                 _bounded(self.found.weights[0, at], self.again.weights[self.kept, at]), float(shares[at]),
                 _bounded(self.found.loadings[0, at, of[at]], loadings[:, at]), float(self.own.means[at]),
                 tuple(map(float, self.found.loadings[0, at])))
            for at, question in enumerate(self.structure.questions)
        )  # fmt: skip

    def paths(self) -> tuple[Arrow, ...]:
        names = self.structure.latents
        each = [(names.index(a), names.index(b)) for a, b in self.structure.paths]
        return tuple(self._arrow(a, b, self.found.paths, self.again.paths) for a, b in each)

    def effects(self) -> tuple[Arrow, ...]:
        reached = np.linalg.inv(np.eye(len(self.structure.latents)) - 0.5 * self.structure.leads) > 0.0
        np.fill_diagonal(reached, False)
        pairs = np.argwhere(reached)
        total, drawn = self.found.effects, self.again.effects
        return tuple(self._arrow(int(a), int(b), total, drawn) for a, b in pairs)

    def _arrow(self, a: int, b: int, own: Array, drawn: Array) -> Arrow:
        names = self.structure.latents
        return Arrow(names[a], names[b], _bounded(own[0, a, b], drawn[self.kept, a, b]))


def _bounded(value: float, draws: Array) -> Bounded:
    low, high = np.quantile(draws, [ALPHA / 2, 1 - ALPHA / 2])
    return Bounded(float(value), float(draws.std(ddof=1)), float(low), float(high))
