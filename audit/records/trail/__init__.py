"""The trail of all changes, its anchor, and the checks that nothing was altered behind it."""
