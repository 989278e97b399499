"""Keeps a workspace whole: whose turn it is, room on its disk, what was left behind or altered, its set-up."""
