"""One file per format; no reader knows another."""
