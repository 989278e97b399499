"""What the organisation committed itself to: the way of its orders, and whether promises to customers were kept."""

from __future__ import annotations

from pydantic import TypeAdapter

from pipelines.analyses.asked import Asked
from pipelines.analyses.commitments.found import Commitments
from pipelines.analyses.commitments.orders import confirmed, orders, resolved, told
from pipelines.analyses.commitments.promises import levels, promises
from pipelines.analyses.commitments.small import without_small
from pipelines.analyses.commitments.telling import sections

__all__ = ["FILE", "FOUND", "look", "sections", "without_small"]

FILE = "commitments.json"
FOUND = TypeAdapter(Commitments)


def look(asked: Asked) -> Commitments:
    return Commitments(
        starts=asked.latest.starts,
        ends=asked.latest.ends,
        orders=orders(asked),
        confirmed=confirmed(asked),
        resolved=resolved(asked),
        told=told(asked),
        promises=promises(asked),
        levels=levels(asked),
    )
