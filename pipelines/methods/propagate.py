"""The interval of a figure that is worked out from several measured ones: MOVER, Zou and Donner (2008).

Each measured figure is moved to the ends of its own interval while the others stay; the distances are joined as the
sides of a right angle. It holds where the figures were measured independently of each other and the formula moves in
one direction with each. Assumptions are taken as they are: the interval says nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import hypot


@dataclass(frozen=True)
class Known:
    """A measured figure with its 95 % interval."""

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} does not lie within {self.low} to {self.high}")


def propagate(formula: Callable[[Mapping[str, float]], float], measured: Mapping[str, Known]) -> Known:
    middle = {name: known.value for name, known in measured.items()}
    value = formula(middle)
    down, up = [0.0], [0.0]
    for name, known in measured.items():
        ends = [formula({**middle, name: end}) for end in (known.low, known.high)]
        down.append(max(0.0, value - min(ends)))
        up.append(max(0.0, max(ends) - value))
    return Known(value, value - hypot(*down), value + hypot(*up))
