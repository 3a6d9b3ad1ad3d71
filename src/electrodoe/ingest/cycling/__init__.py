"""What the formats of cyclers share: cells, clock, direction of the current, one record."""

from electrodoe.ingest.cycling.assembly import assemble_record
from electrodoe.ingest.cycling.cells import elapsed_seconds, read_cells
from electrodoe.ingest.cycling.clock import repair_clock
from electrodoe.ingest.cycling.head import first_lines, separator_of

__all__ = [
    "assemble_record",
    "elapsed_seconds",
    "first_lines",
    "read_cells",
    "repair_clock",
    "separator_of",
]
