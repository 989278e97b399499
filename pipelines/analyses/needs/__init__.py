"""How far customers' needs have come, where the chain up to telling the customer breaks, and what comes first."""

from pipelines.analyses.needs.found import FILE, FOUND
from pipelines.analyses.needs.look import look
from pipelines.analyses.needs.sections import sections
from pipelines.analyses.needs.small import without_small

__all__ = ["FILE", "FOUND", "look", "sections", "without_small"]
