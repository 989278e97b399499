"""Who acts, in which role, and what each role may do."""
