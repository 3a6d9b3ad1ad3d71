"""What instruments see of specimens, in time or in frequency."""
