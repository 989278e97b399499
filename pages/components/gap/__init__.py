"""The parts of the gap analysis."""
