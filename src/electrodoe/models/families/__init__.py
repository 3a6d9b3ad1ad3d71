"""One file per family; no family knows another."""
