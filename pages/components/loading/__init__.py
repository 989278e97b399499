"""Files that came in: their contract, their state, and what the gate said."""
