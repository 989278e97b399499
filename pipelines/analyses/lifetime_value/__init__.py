"""Who still buys, how often and for how much: what today's customers are expected to bring, and who is at risk."""

from pipelines.analyses.lifetime_value.found import FILE, FOUND
from pipelines.analyses.lifetime_value.look import look
from pipelines.analyses.lifetime_value.sections import sections
from pipelines.analyses.lifetime_value.small import without_small

__all__ = ["FILE", "FOUND", "look", "sections", "without_small"]
