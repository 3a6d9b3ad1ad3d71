"""Measurements of what the plant has made: specimens, instruments, files, and the truth beside."""
