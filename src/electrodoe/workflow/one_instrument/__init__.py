"""One instrument's files without a study: read, condense, write."""
