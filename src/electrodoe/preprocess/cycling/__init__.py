"""From cycler records to capacities at each rate."""

from electrodoe.preprocess.cycling.condense import condense_cycling, tabulate_cycles
from electrodoe.preprocess.cycling.programme_steps import segment_steps

__all__ = ["condense_cycling", "segment_steps", "tabulate_cycles"]
