"""Files of testing machines: one file per format, and what the formats share."""
