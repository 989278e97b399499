"""The parts of the page on complaints."""
