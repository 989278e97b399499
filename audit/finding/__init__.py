"""A finding: its draft, grade, repeats and closing, and what its actions moved."""
