"""Signing on a page: what is signed, who signed it, and the form."""
