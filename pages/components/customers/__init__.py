"""The parts of the page on customers."""
