"""Trends: all figures small, and one figure in full."""
