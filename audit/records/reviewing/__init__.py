"""Management reviews, what they decided, and what was improved for customers."""
