"""What the record of a review says: what was reviewed, what it covered, and what came of differences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

NEW_PRODUCT, CONTRACT, DIFFERS, UNRESOLVED, UNCOVERED = 0.006, 0.02, 0.03, 0.02, 0.01
RISKS = ("low", "low", "medium", "high")
DEPARTMENTS = {
    "new product": "Design: can be made; Production: capacity from next month; Purchasing: casting ordered",
    "contract": "Sales: price agreed; Production: capacity; Purchasing: material; Field service: staff",
}


@dataclass(frozen=True)
class Record:
    kind: str
    covers: tuple[bool | None, bool | None, bool | None, bool | None]
    """What the customer stated, what goes without saying, the law, the organisation's own; None without a review."""
    feasibility: str
    risk: str
    department_results: str
    differs: bool
    difference_resolved_on: dt.date | None
    answers_for_it: str
    document_reference: str


def record(id: str, product: str, oral: bool, amended: bool, reviewed: dt.date | None, own: np.ndarray) -> Record:
    """`own` are the five draws of this review."""
    kind = _kind(product, oral, amended, own[0])
    new, differs = kind == "new product", bool(own[1] < DIFFERS)
    seen = None if reviewed is None else True
    return Record(
        kind=kind,
        covers=(seen, None if reviewed is None else bool(own[2] >= UNCOVERED), seen, seen),
        feasibility=("feasible with conditions" if own[3] < 0.3 else "feasible") if new and reviewed else "",
        risk=RISKS[int(own[3] * len(RISKS))] if new and reviewed else "",
        department_results=DEPARTMENTS.get(kind, "") if reviewed else "",
        differs=differs,
        difference_resolved_on=reviewed if differs and own[4] >= UNRESOLVED else None,
        answers_for_it="Field service" if product == "Field service" else "Sales",
        document_reference=f"REV/{id}" if reviewed else "",
    )


def _kind(product: str, oral: bool, amended: bool, draw: float) -> str:
    if amended:
        return "amendment"
    if oral:
        return "oral order"
    if product == "Pumps" and draw < 3 * NEW_PRODUCT:
        return "new product"
    return "contract" if draw > 1 - CONTRACT else "order"
