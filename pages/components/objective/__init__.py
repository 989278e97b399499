"""Quality objectives: how they stand, and how they are set, changed and retired."""
