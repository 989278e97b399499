"""What leaves the house, each report frozen and reproducible."""
