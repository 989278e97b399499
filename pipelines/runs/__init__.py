"""A run once it is made: its folder, what it found, and how that is read; `run.py` makes it."""
