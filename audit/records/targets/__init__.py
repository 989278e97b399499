"""What the organisation sets itself: objectives, scorecards, and its own criteria."""
