"""Inputs for demonstrations, and where workspaces live."""
