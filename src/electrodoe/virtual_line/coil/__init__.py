"""The coating line: how the web ran, what was on it, what the sensors saw."""
