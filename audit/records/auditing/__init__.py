"""Audits from programme to closing, and what auditors heard and concluded in them."""
