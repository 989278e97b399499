"""Files in, figures and reports out."""
