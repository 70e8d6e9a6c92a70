"""What to visit."""
