"""What a path model found: index, weights, paths, what they explain, and whether the questions hold."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.methods.path_model.estimate import Scheme


@dataclass(frozen=True)
class Bounded:
    """A value, its standard error, and its 95 % percentile interval over the resamples."""

    value: float
    error: float
    low: float
    high: float

    @property
    def shown(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Item:
    question: str
    latent: str
    weight: Bounded
    """Of the standardised question."""
    share: float
    """Of the index of its latent variable, on the questions' own scale; the shares of a block sum to 1."""
    loading: Bounded
    mean: float
    """0 to 100."""
    crossing: tuple[float, ...]
    """Its correlations with all latent variables, in their order."""


@dataclass(frozen=True)
class Latent:
    """Reliabilities are None for one question alone; `r2` is None where no path leads to it."""

    latent: str
    index: Bounded
    plain: float
    """The index if every question weighed the same."""
    r2: Bounded | None
    questions: int
    alpha: float | None
    composite: float | None
    extracted: float | None
    """Average variance extracted."""
    nearest: float
    """The highest correlation with another latent variable; Fornell and Larcker want √extracted above it."""


@dataclass(frozen=True)
class Arrow:
    source: str
    target: str
    value: Bounded


@dataclass(frozen=True)
class Pair:
    """The heterotrait-monotrait ratio of two latent variables."""

    one: str
    other: str
    htmt: float


@dataclass(frozen=True)
class PathModel:
    n: int
    left_out: int
    """Who left at least one question open."""
    scheme: Scheme
    rounds: int
    resamples: int
    failed: int
    """Resamples that found no weights; the intervals are of the others."""
    seed: int
    latents: tuple[Latent, ...]
    items: tuple[Item, ...]
    paths: tuple[Arrow, ...]
    effects: tuple[Arrow, ...]
    """Total effects: along every way from the one to the other."""
    pairs: tuple[Pair, ...]
    flat: tuple[str, ...] = ()
    """Questions that everybody answered alike; they are left out."""

    def latent(self, name: str) -> Latent:
        return next(each for each in self.latents if each.latent == name)
