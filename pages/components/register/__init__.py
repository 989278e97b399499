"""Rows that people type instead of loading a file."""
