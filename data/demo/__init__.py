"""A fictitious organisation and its stories: the inputs of the demonstration, made from a seed."""
