"""What a path model is made of: latent variables, the questions that measure each, and the paths between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipelines.methods.interval import Array


@dataclass(frozen=True)
class Structure:
    blocks: Mapping[str, tuple[str, ...]]
    """Latent variable -> its questions; a question belongs to one of them."""
    paths: tuple[tuple[str, str], ...]
    """(from, to), without a way round."""

    @cached_property
    def latents(self) -> tuple[str, ...]:
        return tuple(self.blocks)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        return tuple(question for block in self.blocks.values() for question in block)

    @cached_property
    def of(self) -> NDArray[np.intp]:
        """Question -> its latent variable, both by number."""
        return np.repeat(np.arange(len(self.latents)), [len(block) for block in self.blocks.values()])

    @cached_property
    def member(self) -> Array:
        """Questions × latent variables: 1 where the one belongs to the other."""
        return np.eye(len(self.latents))[self.of]

    @cached_property
    def leads(self) -> NDArray[np.bool_]:
        """Latent × latent: whether a path leads from the row to the column."""
        found = np.zeros((len(self.latents),) * 2, dtype=bool)
        for source, target in self.paths:
            found[self.latents.index(source), self.latents.index(target)] = True
        return found

    @cached_property
    def sources(self) -> dict[int, NDArray[np.intp]]:
        """Latent variable that paths lead to -> where they come from, by number."""
        return {target: np.flatnonzero(column) for target, column in enumerate(self.leads.T) if column.any()}

    @property
    def most_arrows(self) -> int:
        """That meet in one latent variable."""
        return int(self.leads.sum(axis=0).max(initial=0))

    def without(self, questions: Sequence[str]) -> Structure:
        kept = {name: tuple(q for q in block if q not in questions) for name, block in self.blocks.items()}
        return Structure(kept, self.paths)
