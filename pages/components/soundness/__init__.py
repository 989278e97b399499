"""What the page about a survey's soundness consists of: one file for each question that an auditor asks."""
