"""An audit: its state, its plan, who is independent enough for it, and what has changed since the last one."""
