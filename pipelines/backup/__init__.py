"""A workspace in one file, taken while people work, and the way back."""
