"""How a recommendation is told: sentences, limits, tables; page and section stand above."""
