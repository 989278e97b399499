"""What each feature is to customers by their Kano answers of the latest 24 months, and whether segments differ."""

from pipelines.analyses.kano.found import FILE, FOUND
from pipelines.analyses.kano.look import look
from pipelines.analyses.kano.sections import sections
from pipelines.analyses.kano.small import without_small

__all__ = ["FILE", "FOUND", "look", "sections", "without_small"]
