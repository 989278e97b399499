"""Signatures, and what can be signed."""
