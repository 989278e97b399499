"""Who is let in, in which role, and what each may see."""
