"""The steps in which a file is loaded for the first time: one file is one step."""
