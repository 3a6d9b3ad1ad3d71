"""Bytes as instruments write them; every file says that it is simulated."""
