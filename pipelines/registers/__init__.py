"""What stands between a register as people see it and the rows that they type over it."""
