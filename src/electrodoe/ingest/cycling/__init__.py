"""What the formats of cyclers share: cells, clock, direction of the current, one record."""

from electrodoe.ingest.cycling.assembly import assemble_record
from electrodoe.ingest.cycling.clock import repair_clock
from electrodoe.ingest.cycling.text_format import DATE, NO_UNIT, STATE, CyclerText

__all__ = ["DATE", "NO_UNIT", "STATE", "CyclerText", "assemble_record", "repair_clock"]
