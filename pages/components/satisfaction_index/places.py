"""Where the variables of a model stand in its drawing: three columns, so that it can be read on a telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Place = tuple[int, int]
"""Column and row, counted from the upper left."""
COLUMNS = 3


def places(latents: Sequence[str], paths: Sequence[tuple[str, str]], said: Mapping[str, Place]) -> dict[str, Place]:
    """As the model says; else causes above what they move, from side to side, so that paths seldom cross a box."""
    if len(said) == len(latents) == len(set(said.values())):
        return dict(said)
    rank = ranks(latents, paths)
    found: dict[str, Place] = {}
    row = 1
    for level in range(max(rank.values()) + 1):
        level_of = [latent for latent in latents if rank[latent] == level]
        for at, latent in enumerate(level_of):
            alone = len(level_of) == 1
            found[latent] = ((1, 3, 2)[row % 3] if alone else at % COLUMNS + 1, row + at // COLUMNS)
        row += -(-len(level_of) // COLUMNS)
    return found


def ranks(latents: Sequence[str], paths: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The longest way that leads to each. No way leads round."""
    found = dict.fromkeys(latents, 0)
    for _ in latents:
        for source, target in paths:
            found[target] = max(found[target], found[source] + 1)
    return found
