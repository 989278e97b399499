"""The parts of the page on what is at stake."""
