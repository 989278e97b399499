"""
Which groups are so small that their figures would speak of single customers, and which others have to be hidden with
them: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4 (threshold rule, secondary suppression).

Within one period the whole is the sum of the groups of a dimension, and a group the sum of its pairs with another. A
reader who knows all but one of them knows that one too. What it does not cover: figures of different periods that are
taken from one another, and hidden groups which all have the same extreme value.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.access.roles import Role, may
from audit.equations import known_alone
from audit.pairs import SIGN, halves

Key = tuple[str, str]
"""Dimension and group; a declared pair is "segment × region" and "Business × North"."""
Sizes = Mapping[Key, int]
WHOLE: Key = ("", "")


def hidden_from(role: Role | None) -> bool:
    """Whoever may not look into the data itself, viewers and guests, sees no figures of a few customers either."""
    return not may(role, "see data")


@dataclass(frozen=True)
class Line:
    """A total and the groups that add up to it."""

    total: Key
    parts: tuple[Key, ...]


def hidden(sizes: Sizes, least: int) -> frozenset[Key]:
    """Of one figure in one period: its groups with their records -> those that must not be shown."""
    small = {key for key, n in sizes.items() if key != WHOLE and 0 < n < least}
    found, every = set(small), list(_lines(dict(sorted(sizes.items()))))
    while small and (more := _too_few(every, found, sizes, least) or _computed(every, small, found, sizes)):
        found.add(more)
    return frozenset(found)


def _lines(sizes: Sizes) -> Iterator[Line]:
    members: dict[str, list[str]] = {}
    for by, group in sizes:
        members.setdefault(by, []).append(group)
    for by, groups in members.items():
        if by:
            yield Line(WHOLE, tuple((by, group) for group in groups))
        if SIGN in by:
            yield from _of_pairs(by, groups)


def _of_pairs(by: str, groups: Sequence[str]) -> Iterator[Line]:
    parts: dict[Key, list[Key]] = {}
    for group in groups:
        for total in zip(halves(by), halves(group), strict=False):
            parts.setdefault(total, []).append((by, group))
    yield from (Line(total, tuple(keys)) for total, keys in parts.items())


def _too_few(every: Sequence[Line], found: set[Key], sizes: Sizes, least: int) -> Key | None:
    """The next smallest of a line whose hidden groups, taken together, would still tell of few customers."""
    for line in every:
        covered = [sizes[key] for key in line.parts if key in found]
        total_known = line.total in sizes and line.total not in found
        more = _smallest(line.parts, found, sizes) if covered and total_known and not _enough(covered, least) else None
        if more:
            return more
    return None


def _enough(covered: Sequence[int], least: int) -> bool:
    """Two or more, together no small group, and not all as small or all as large as a small group can be."""
    count, together = len(covered), sum(covered)
    return count > 1 and together >= least and together not in (count, count * (least - 1))


def _computed(every: Sequence[Line], small: set[Key], found: set[Key], sizes: Sizes) -> Key | None:
    """One more to hide where a small group still follows from what is shown."""
    known = known_alone(_unknowns(line, found) for line in every if line.total in sizes)
    for key in sorted(small & known):
        beside = [other for line in every if key in (line.total, *line.parts) for other in line.parts]
        rest = [other for other in sizes if other != WHOLE]
        if more := _smallest(beside, found, sizes) or _smallest(rest, found, sizes):
            return more
    return None


def _unknowns(line: Line, found: set[Key]) -> dict[Hashable, int]:
    signed = {line.total: 1} | dict.fromkeys(line.parts, -1)
    return {key: sign for key, sign in signed.items() if key in found}


def _smallest(keys: Sequence[Key], found: set[Key], sizes: Sizes) -> Key | None:
    """Empty groups hide nothing."""
    shown = [key for key in keys if key not in found and sizes[key] > 0]
    return min(shown, key=lambda key: (sizes[key], key), default=None)
