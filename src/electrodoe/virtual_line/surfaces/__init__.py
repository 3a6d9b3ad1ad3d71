"""What is true of the virtual line's coatings, as laws of their settings."""
