"""What the organisation committed itself to, on the screen."""
