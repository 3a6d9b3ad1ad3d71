"""The plan as people fill it in, read back, and what was made other than planned."""
