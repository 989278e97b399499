"""The trail on a page: what is looked for, one entry in words, and the check of the whole."""
