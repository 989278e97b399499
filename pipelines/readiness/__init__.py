"""What is missing before an audit, what would change it, what will have grown old, and what another edition asks."""
