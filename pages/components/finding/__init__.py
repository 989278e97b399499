"""Findings on the screen: the board, the forms, the picture of a cause, the way in place on the clause page."""
