"""What the worth of keeping customers and hearing complaints rests on, as measured; no assumption is in it."""

from pipelines.analyses.value_base.found import FILE, FOUND
from pipelines.analyses.value_base.look import look
from pipelines.analyses.value_base.sections import sections
from pipelines.analyses.value_base.small import without_small

__all__ = ["FILE", "FOUND", "look", "sections", "without_small"]
