"""One numbered check per file; no check knows another."""
