"""The customer satisfaction index on a page: the model with its paths, the tables behind it, and what to beware of."""
