"""How each complaint ended: whether it was found justified, whether one contact was enough, and what it cost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from data.demo.complaints import Complaint
from data.demo.scene import dice

UPHELD = 0.78
SOON = dt.timedelta(days=7)
AT_ONCE = 0.7
"""Share of those closed soon that were solved at the first contact."""
USUAL_COST = {
    "Late delivery": 60.0, "Leaking seal": 340.0, "Noise and vibration": 220.0, "Wrong part": 70.0, "Invoice": 25.0,
}  # fmt: skip
GRAVER = {"low": 0.6, "medium": 1.0, "high": 2.2}
GOODWILL = 0.3
"""Of the usual cost where the complaint was not justified."""


def ended(complaints: list[Complaint]) -> list[Complaint]:
    draws = dice("outcomes").random((len(complaints), 3))
    return [_ended(one, own) for one, own in zip(complaints, draws, strict=True)]


def _ended(one: Complaint, draws: np.ndarray) -> Complaint:
    if one.closed_at is None:
        return one
    upheld, soon = bool(draws[0] < UPHELD), one.closed_at - one.received_at <= SOON
    cost = USUAL_COST[one.category] * GRAVER[one.severity] * (1.0 if upheld else GOODWILL) * (0.6 + 0.8 * draws[2])
    return replace(one, upheld=upheld, at_once=bool(soon and draws[1] < AT_ONCE), cost=round(float(cost), 2))
