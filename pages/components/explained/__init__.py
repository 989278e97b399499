"""One figure explained, part by part."""
