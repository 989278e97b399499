"""What the program proposes about a file that it has not seen before; a person confirms every proposal."""
