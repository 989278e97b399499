"""Ways in for a file, and what is asked of it before and after; `load.py` is the door."""
