"""How the bytes of a file become typed rows; `stage.py` is the door."""
