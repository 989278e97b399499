"""Management reviews, and what customers were told."""
