"""Expectation against perception on a page: the gaps, and the zone of tolerance."""
