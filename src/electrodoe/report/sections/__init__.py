"""The report section by section, as blocks."""
