"""Which limit is stricter, so that what is called tighter is."""

from __future__ import annotations

from audit.limits import Limits
from audit.quantity import Quantity

MORE_IS_STRICTER = ("at_least", "draw")
LESS_IS_STRICTER = ("at_most", "reviewed_within", "covers", "within", "failing_at_most")


def looser(before: Limits, after: Limits) -> list[str]:
    """The limits that let through what they did not let through before. Limits in different units are not compared."""
    more = [name for name in MORE_IS_STRICTER if _below(after, before, name)]
    return more + [name for name in LESS_IS_STRICTER if _below(before, after, name)]


def _below(one: Limits, other: Limits, name: str) -> bool:
    low, high = getattr(one, name, None), getattr(other, name, None)
    if isinstance(low, Quantity) and isinstance(high, Quantity):
        return low.unit == high.unit and low.value < high.value
    return isinstance(low, int) and isinstance(high, int) and low < high
