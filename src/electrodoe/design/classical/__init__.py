"""Designs from textbooks, for who wants one, and to compare an optimal plan with."""

from electrodoe.design.classical.catalogue import CLASSICAL, classical_design
from electrodoe.design.classical.factorial import full_factorial

__all__ = ["CLASSICAL", "classical_design", "full_factorial"]
