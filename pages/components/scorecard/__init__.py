"""Scorecards: what each comes to, what it is made of, and how it is set, changed and retired."""
