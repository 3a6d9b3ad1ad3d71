"""A made-up plant that plays a plan and writes raw files as instruments do."""

from electrodoe.virtual_line.files.marks import MARK
from electrodoe.virtual_line.plant import Played, play

__all__ = ["MARK", "Played", "play"]
