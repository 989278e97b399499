"""Customers of whom much depends: the key ones, and those who bought often and have more likely stopped than not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.lifetime_value.bought import Bought, customers
from pipelines.analyses.lifetime_value.found import AtRisk, AtRiskCustomer, Group, KeyCustomers
from pipelines.methods.lifetime_value import Each, Standing
from pipelines.methods.refused import Refused

OFTEN = 2
"""Purchases after the first from which a customer counts as one who bought often."""
UNLIKELY = 0.5
MOST = 200
"""Customers that are listed one by one."""
TOP = 0.2


def at_risk(asked: Asked, rows: Bought, standing: Standing, each: Each) -> AtRisk:
    found = np.flatnonzero(standing.counted & (rows.frequency >= OFTEN) & (each.alive < UNLIKELY))
    lost = (each.if_alive - each.expected)[found]
    most = found[np.argsort(-lost, kind="stable")][:MOST]  # of equal ones in the order of pseudonyms
    return AtRisk(
        len(found),
        int(rows.key[found].sum()),
        OFTEN,
        float(each.if_alive[found].sum()),
        float(each.expected[found].sum()),
        _listed(asked, rows, each, most),
    )


def key_customers(rows: Bought, standing: Standing, each: Each) -> KeyCustomers:
    """Raises Refused where the register calls nobody key."""
    named = standing.counted & rows.key
    if not named.any():
        raise Refused(say("the register of customers calls nobody key"))
    expected = np.where(standing.counted, each.expected, -1.0)
    order = np.argsort(-expected, kind="stable")
    top = np.zeros_like(named)
    top[order[: int(np.ceil(TOP * standing.counted.sum()))]] = True
    return KeyCustomers(_group(named, standing, each), _group(top, standing, each), int((top & ~named).sum()))


def _group(chosen: NDArray[np.bool_], standing: Standing, each: Each) -> Group:
    whole, own = float(each.expected[standing.counted].sum()), float(each.expected[chosen].sum())
    return Group(int(chosen.sum()), float(each.alive[chosen].sum()), own, 100 * own / whole)


def _listed(asked: Asked, rows: Bought, each: Each, places: NDArray[np.intp]) -> tuple[AtRiskCustomer, ...]:
    named = customers(asked, [int(at) for at in places])
    return tuple(
        AtRiskCustomer(
            customer=named[int(at)][0],
            key=bool(rows.key[at]),
            purchases=int(rows.frequency[at]) + 1,
            last_on=named[int(at)][1],
            alive=100 * float(each.alive[at]),
            if_alive=float(each.if_alive[at]),
            expected=float(each.expected[at]),
        )
        for at in places
    )
