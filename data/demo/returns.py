"""What customers sent back, why, and what the workshop found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from data.demo.deliveries import Line
from data.demo.scene import AS_OF, dice, working_day

RETURNED = 0.009
UNDER_WARRANTY = 0.4
FAULTY = {True: 0.88, False: 0.7}
"""Share in which a fault was found, by whether the return came under warranty."""
DAYS_TO_EXAMINE = 12
REASONS = {
    True: ("Shaft seal leaks", "Motor trips after an hour", "Impeller rubs"),
    False: ("Wrong part ordered", "Ordered too many", "Damaged on the way", "Flange does not fit"),
}


@dataclass(frozen=True)
class Return:
    id: str
    day: dt.date
    line: Line
    quantity: int
    warranty: bool
    fault_found: bool | None
    reason: str


def returns(lines: list[Line]) -> list[Return]:
    """Of goods only; nobody sends a visit back."""
    rng = dice("returns")
    drawn = zip(lines, rng.random((len(lines), 5)), strict=True)
    made = [
        _return(line, line.delivered_at.date(), *own[1:])
        for line, own in drawn
        if line.delivered_at and line.order.product != "Field service" and own[0] < RETURNED
    ]
    kept = sorted((one for one in made if one.day <= AS_OF), key=lambda one: (one.day, one.line.order.id))
    return [replace(one, id=f"B-{number:04}") for number, one in enumerate(kept, 1)]


def _return(line: Line, delivered: dt.date, wait: float, warranted: float, fault: float, reason: float) -> Return:
    warranty = warranted < UNDER_WARRANTY
    day = working_day(delivered, 3 + wait * (90 if warranty else 25))
    examined = day <= AS_OF - dt.timedelta(days=DAYS_TO_EXAMINE)
    return Return(
        id="",
        day=day,
        line=line,
        quantity=max(1, int(line.quantity / 3)),
        warranty=warranty,
        fault_found=fault < FAULTY[warranty] if examined else None,
        reason=REASONS[warranty][int(reason * len(REASONS[warranty]))],
    )
