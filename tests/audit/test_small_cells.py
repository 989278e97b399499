"""Small groups: what is hidden, what stays, and that nothing hidden follows from what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.access.roles import Role
from audit.equations import known_alone
from audit.small_cells import Key, hidden, hidden_from

PAIR = "segment × region"


def split(**groups: int) -> dict[Key, int]:
    return {("", ""): sum(groups.values())} | {("segment", name): n for name, n in groups.items()}


def table(cells: Mapping[tuple[str, str], int]) -> dict[Key, int]:
    """Pairs with both their margins and the whole; an empty cell is no row, as in the measurements."""
    sizes: dict[Key, int] = {("", ""): sum(cells.values())}
    for (a, b), n in cells.items():
        if n:
            for key in (("segment", a), ("region", b)):
                sizes[key] = sizes.get(key, 0) + n
            doubled = (name.replace("×", "××") for name in (a, b))  # as the measurements write it
            sizes[PAIR, " × ".join(doubled)] = n
    return sizes


def names(found: frozenset[Key], by: str = "segment") -> str:
    return "".join(sorted(group for dimension, group in found if dimension == by))


@pytest.mark.parametrize(
    ("groups", "least", "expected"),
    [
        # one small group: the next smallest goes with it, or it would be the whole less the others
        ({"a": 3, "b": 20, "c": 9}, 5, "ac"),
        ({"a": 4, "b": 5}, 5, "ab"),
        ({"a": 1, "b": 100, "c": 100}, 5, "ab"),  # of two alike the first by name, always the same
        # two small groups that are no small group together
        ({"a": 3, "b": 4, "c": 20}, 5, "ab"),
        # together still small: their sum is the whole less the others
        ({"a": 1, "b": 2, "c": 20}, 5, "abc"),
        ({"a": 1, "b": 1, "c": 1, "d": 30, "e": 40}, 5, "abcd"),
        # five single customers: five in all says one each
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 50}, 5, "abcdef"),
        # twelve in three groups of at most four says four each
        ({"a": 4, "b": 4, "c": 4, "d": 50}, 5, "abcd"),
        ({"a": 4, "b": 4, "c": 50, "d": 60}, 5, "abc"),
        ({"a": 3, "b": 3, "c": 50}, 5, "ab"),
        ({"a": 1, "b": 30, "c": 40}, 2, "ab"),
        # rows that state no group are a group as well
        ({"": 2, "b": 20, "c": 9}, 5, "c"),
    ],
)
def test_hidden(groups: dict[str, int], least: int, expected: str) -> None:
    assert names(hidden(split(**groups), least)) == expected


@pytest.mark.parametrize(
    ("groups", "least"),
    [
        ({"a": 5, "b": 6}, 5),
        ({"a": 0, "b": 6}, 5),  # nobody is in it, so nobody is exposed
        ({"a": 1, "b": 2}, 1),  # switched off
        ({"a": 1, "b": 2}, 0),
        ({"a": 4, "b": 4}, 4),
        ({}, 5),
    ],
)
def test_stays(groups: dict[str, int], least: int) -> None:
    assert not hidden(split(**groups), least)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        # a small pair needs another in its row, another in its column, and one where those meet
        (table({("A", "N"): 3, ("A", "S"): 30, ("B", "N"): 20, ("B", "S"): 40}), {"A × N", "A × S", "B × N", "B × S"}),
        # a third column stays
        (
            table({("A", "N"): 3, ("A", "S"): 30, ("A", "W"): 90, ("B", "N"): 20, ("B", "S"): 40, ("B", "W"): 80}),
            {"A × N", "A × S", "B × N", "B × S"},
        ),
        # no pair is small
        (table({("A", "N"): 5, ("A", "S"): 30, ("B", "N"): 20, ("B", "S"): 40}), set()),
        # the sign within a name
        (table({("A × 1", "N"): 3, ("A × 1", "S"): 9, ("B", "N"): 8, ("B", "S"): 9}),
         {"A ×× 1 × N", "A ×× 1 × S", "B × N", "B × S"}),
        # rows that state one half only
        (table({("", "N"): 3, ("", "S"): 9, ("B", "N"): 8, ("B", "S"): 9}), {" × N", " × S", "B × N", "B × S"}),
    ],
)  # fmt: skip
def test_pairs(sizes: dict[Key, int], expected: set[str]) -> None:
    assert {group for by, group in hidden(sizes, 5) if by == PAIR} == expected


def test_a_group_that_is_hidden_cannot_be_added_up_from_its_pairs() -> None:
    found = hidden(table({("A", "N"): 1, ("A", "S"): 2, ("B", "N"): 50, ("B", "S"): 60, ("C", "N"): 7}), 5)
    assert ("segment", "A") in found and (PAIR, "A × N") in found and (PAIR, "A × S") in found


@pytest.mark.parametrize("role", list(Role))
def test_from_whom(role: Role) -> None:
    assert hidden_from(role) == (role in {Role.VIEWER, Role.GUEST_AUDITOR})


def test_hidden_from_whoever_has_no_role() -> None:
    assert hidden_from(None)


def alike(sizes: Mapping[Key, int], found: frozenset[Key], least: int) -> Iterator[dict[Key, int]]:
    """Every split that would be shown in just the same way: what a reader who knows the rule has to reckon with."""
    unknown = sorted(found)
    total = sum(sizes[key] for key in unknown)
    for values in product(range(1, total + 1), repeat=len(unknown)):
        other = dict(sizes) | dict(zip(unknown, values, strict=True))
        if sum(values) == total and hidden(other, least) == found:
            yield other


@given(groups=st.lists(st.integers(1, 7), min_size=2, max_size=4), least=st.integers(2, 5))
def test_no_hidden_count_of_a_split_can_be_told(groups: list[int], least: int) -> None:
    """
    By brute force over every table that would look the same. Left out: a whole that is itself small and hides nothing,
    and a shown group as large as a hidden one, where the order of their names decided which of them is shown.
    """
    sizes = split(**{"abcd"[at]: n for at, n in enumerate(groups)})
    found = hidden(sizes, least)
    even = {sizes[key] for key in found} & {n for key, n in sizes.items() if key not in found}
    if sum(groups) < least or not found or even:
        return
    others = list(alike(sizes, found, least))
    told = {key for key in found if sizes[key] < least and len({other[key] for other in others}) == 1}
    assert not told or sum(groups) == len(groups)  # one record each, whatever is hidden


@given(groups=st.lists(st.integers(0, 12), min_size=1, max_size=8), least=st.integers(0, 6))
def test_what_is_hidden_together_is_no_small_group(groups: list[int], least: int) -> None:
    sizes = split(**{"abcdefgh"[at]: n for at, n in enumerate(groups)})
    together = [sizes[key] for key in hidden(sizes, least)]
    assert not together or sum(together) >= min(least, sum(groups))
    assert {key for key, n in sizes.items() if key[0] and 0 < n < least} <= hidden(sizes, least)


CELLS = st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from("NSW")), st.integers(1, 30), min_size=4)


@given(cells=CELLS, least=st.integers(2, 6))
def test_no_small_pair_and_no_small_group_follows_from_the_sums(cells: dict[tuple[str, str], int], least: int) -> None:
    """
    Oracle: a hidden figure follows from the shown ones when it is the same in every solution of the sums, that is when
    adding it as a known one does not raise the rank.
    """
    sizes = table(cells)
    found = sorted(hidden(sizes, least))
    if sizes["", ""] < least or not found:
        return
    sums = [[("segment", a), *((PAIR, f"{a} × {b}") for b in "NSW")] for a in "ABC"]
    sums += [[("region", b), *((PAIR, f"{a} × {b}") for a in "ABC")] for b in "NSW"]
    sums += [[("", ""), *((by, g) for g in groups)] for by, groups in (("segment", "ABC"), ("region", "NSW"))]
    system = np.array([[(1 if key == line[0] else -1) if key in line else 0 for key in found] for line in sums])
    rank = np.linalg.matrix_rank(system)
    for at, key in enumerate(found):
        alone = np.eye(len(found))[at]
        follows = np.linalg.matrix_rank(np.vstack([system, alone])) == rank
        assert not (follows and sizes[key] < least) or _only_one(key, sizes), (key, sizes, found)


def _only_one(key: Key, sizes: Mapping[Key, int]) -> bool:
    """The only group there is, is the whole under another name."""
    return sizes[key] == sizes["", ""]


@given(cells=CELLS, least=st.integers(2, 6))
def test_the_order_of_the_rows_changes_nothing(cells: dict[tuple[str, str], int], least: int) -> None:
    sizes = table(cells)
    assert hidden(dict(reversed(sizes.items())), least) == hidden(sizes, least)


@pytest.mark.parametrize(
    ("equations", "known"),
    [
        ([{"x": 1}], {"x"}),
        ([{"x": 1, "y": 1}], set()),
        ([{"x": 1, "y": 1}, {"x": 1, "y": -1}], {"x", "y"}),
        ([{"x": 1, "y": 1}, {"y": 1, "z": 1}], set()),
        ([{"x": 1, "y": 1}, {"y": 1, "z": 1}, {"y": 1}], {"x", "y", "z"}),
        ([{"x": 1, "y": 1, "z": 1}, {"y": 2, "z": 2}], {"x"}),
        ([], set()),
    ],
)
def test_unknowns_that_follow(equations: list[dict[str, int]], known: set[str]) -> None:
    assert known_alone(equations) == known  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["A", "A × 1", "×"])
def test_whatever_stands_in_a_name_its_row_counts(name: str) -> None:
    """Two groups of at most 4 that make 8 together are 4 each, so a third of their row has to be hidden with them."""
    own = {(name, "N"): 20, (name, "S"): 4, (name, "W"): 4}
    sizes = table(own | {("B", "N"): 9, ("B", "S"): 4, ("B", "W"): 20, ("C", "N"): 1, ("C", "W"): 4})
    assert (PAIR, f"{name.replace('×', '××')} × N") in hidden(sizes, 5)
