"""Records of battery cyclers: which reader reads which file."""

from pathlib import Path
from typing import Final

from electrodoe.ingest.readers.arbin_text import is_arbin_text, read_arbin_text
from electrodoe.ingest.readers.basytec_text import is_basytec_text, read_basytec_text
from electrodoe.ingest.readers.battery_data_parquet import (
    is_battery_data_parquet,
    read_battery_data_parquet,
)
from electrodoe.ingest.readers.battery_data_text import (
    is_battery_data_text,
    read_battery_data_text,
)
from electrodoe.ingest.readers.cellpy_archive import is_cellpy_archive, read_cellpy_archive
from electrodoe.ingest.readers.ec_lab_cycling import is_ec_lab_cycling, read_ec_lab_cycling
from electrodoe.ingest.readers.maccor_text import is_maccor_text, read_maccor_text
from electrodoe.ingest.readers.neware_binary import is_neware_binary, read_neware_binary
from electrodoe.ingest.records import CyclerRecord
from electrodoe.ingest.registry.choice import Readers, read_with

CYCLER_READERS: Final[Readers[CyclerRecord]] = {
    "Battery Data Format Parquet": (is_battery_data_parquet, read_battery_data_parquet),
    "cellpy file": (is_cellpy_archive, read_cellpy_archive),
    "Neware nda or ndax": (is_neware_binary, read_neware_binary),
    "BaSyTec text": (is_basytec_text, read_basytec_text),
    "EC-Lab text": (is_ec_lab_cycling, read_ec_lab_cycling),
    "Maccor text": (is_maccor_text, read_maccor_text),
    "Arbin CSV": (is_arbin_text, read_arbin_text),
    "Battery Data Format CSV": (is_battery_data_text, read_battery_data_text),
}
"""Readers in the order in which they are asked."""


def read_cycler_record(path: Path) -> CyclerRecord:
    """Return what a cycler recorded of one cell.

    Parameters
    ----------
    path : Path
        A file in any format of :data:`CYCLER_READERS`.

    Returns
    -------
    CyclerRecord
        Every row and column of the file, current positive on charge, a clock that never falls.

    Raises
    ------
    IngestError
        If the file is missing, damaged or in no known format.
    """
    return read_with(CYCLER_READERS, path, "cycler record")
