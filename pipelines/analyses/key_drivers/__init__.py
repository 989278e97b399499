"""What moves satisfaction: the part of each driver, and the maps of importance against performance."""

from pipelines.analyses.key_drivers.found import FILE, FOUND
from pipelines.analyses.key_drivers.look import look
from pipelines.analyses.key_drivers.sections import sections

__all__ = ["FILE", "FOUND", "look", "sections"]
