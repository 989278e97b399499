"""The rules: what a clause, evidence and a verdict are. Plain Python, no input or output."""
