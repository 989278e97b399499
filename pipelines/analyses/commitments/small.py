"""Orders and promises without small groups of them."""

from __future__ import annotations

from dataclasses import replace

from pipelines.analyses.commitments.found import Commitments, Group
from pipelines.analyses.small_groups import gone, with_result


def without_small(found: Commitments, least: int) -> Commitments:
    return replace(
        found,
        orders=with_result(found.orders, lambda one: replace(one, groups=_large(one.groups, least))),
        promises=with_result(found.promises, lambda one: replace(one, groups=_large(one.groups, least))),
    )


def _large(groups: tuple[Group, ...], least: int) -> tuple[Group, ...]:
    """The groups of one dimension add up to the whole."""
    small = {
        (by, name)
        for by in {one.by for one in groups}
        for name in gone({one.name: one.held.of for one in groups if one.by == by}, least)
    }
    return tuple(one for one in groups if (one.by, one.name) not in small)
