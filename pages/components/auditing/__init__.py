"""What the pages about audits are made of."""
