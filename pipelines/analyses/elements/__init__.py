"""The three elements of satisfaction, product, service and image, as a tree: element, its drivers, their questions."""

from pipelines.analyses.elements.found import FILE, FOUND
from pipelines.analyses.elements.look import look
from pipelines.analyses.elements.sections import sections

__all__ = ["FILE", "FOUND", "look", "sections"]
