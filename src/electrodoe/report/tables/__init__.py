"""The report's tables, one thought per file."""
