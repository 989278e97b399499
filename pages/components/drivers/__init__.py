"""What moves satisfaction on a page: the part of each driver, and the map of importance against performance."""
