"""The three elements of satisfaction on a page, as a tree of drivers and questions."""
