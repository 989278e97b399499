"""Objectives and scorecards against the figures of a run, and as files."""
