"""Whether what people write can be used: checklists, queries, mappings; `check.py` is the door."""
