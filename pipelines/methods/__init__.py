"""Statistics that are not one query: pure functions on arrays, one method per file."""
