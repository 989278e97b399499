"""A clause: what it asks, its evidence, and what people answer and conclude."""
