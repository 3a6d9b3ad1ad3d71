"""What a person wrote down: one reading of its cells."""

from electrodoe.tables.numbers import MISSING, DecimalMark, number_of, numbers_of

__all__ = ["MISSING", "DecimalMark", "number_of", "numbers_of"]
