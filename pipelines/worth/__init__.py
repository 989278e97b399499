"""What keeping customers and hearing complaints is worth: a run's figures with the organisation's assumptions."""
