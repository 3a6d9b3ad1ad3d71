"""How a recommendation is reported: sentences, limits, tables; page and section stand above."""
