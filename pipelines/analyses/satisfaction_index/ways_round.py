"""Whether paths lead back to where they began."""

from __future__ import annotations

from collections.abc import Sequence


def way_round(paths: Sequence[tuple[str, str]]) -> list[str]:
    """The way that the last path closes, its beginning named twice; empty where it closes none."""
    source, target = paths[-1]
    ways, been = [[target]], {target}
    while ways:
        way = ways.pop()
        if way[-1] == source:
            return [*way, target]
        onwards = {to for begins, to in paths[:-1] if begins == way[-1]} - been
        been |= onwards
        ways += [[*way, to] for to in sorted(onwards)]
    return []
