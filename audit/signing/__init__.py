"""What a signature covers, and how that is told."""
