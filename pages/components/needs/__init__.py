"""What the page about needs consists of: features by Kano, how far needs have come, and the register by rank."""
