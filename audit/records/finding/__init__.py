"""Findings, and all that follows from them."""
