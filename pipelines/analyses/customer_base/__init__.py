"""Who comes and stays, who brings the revenue and the complaints, who speaks for us, of whom nothing is heard."""

from __future__ import annotations

from pydantic import TypeAdapter

from pipelines.analyses.asked import Asked
from pipelines.analyses.customer_base.bought import complaints, purchases, revenue
from pipelines.analyses.customer_base.climbed import climbed
from pipelines.analyses.customer_base.found import CustomerBase
from pipelines.analyses.customer_base.silent import silent
from pipelines.analyses.customer_base.small import without_small
from pipelines.analyses.customer_base.stayed import retention, survived
from pipelines.analyses.customer_base.telling import sections

__all__ = ["FILE", "FOUND", "look", "sections", "without_small"]

FILE = "customer_base.json"
FOUND = TypeAdapter(CustomerBase)


def look(asked: Asked) -> CustomerBase:
    return CustomerBase(
        starts=asked.period.starts,
        ends=asked.period.ends,
        latest_starts=asked.latest.starts,
        survival=survived(asked),
        retention=retention(asked),
        purchases=purchases(asked),
        revenue=revenue(asked),
        complaints=complaints(asked),
        ladder=climbed(asked),
        silent=silent(asked),
    )
