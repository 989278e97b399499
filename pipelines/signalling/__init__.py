"""What a verdict on a series of figures rests on."""
