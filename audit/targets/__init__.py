"""Objectives and scorecards: what should be reached, and whether it was."""
