"""A made-up plant that plays a plan and writes raw files as instruments do."""

from electrodoe.virtual_line.plant import Played, play
from electrodoe.virtual_line.raw_files import MARK, NOTE, SIMULATED

__all__ = ["MARK", "NOTE", "SIMULATED", "Played", "play"]
