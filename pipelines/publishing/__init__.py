"""The tables of facts while rows are put into them: waiting rows, standing rows, files; `publish.py` is the door."""
