"""Headers of foreign files: units, capitals, doubles."""

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest.column_map import FileColumn, map_columns

FREQUENCY = FileColumn(name="frequency_hz", headers={r"freq/hz": 1.0, r"freq/khz": 1e3})
PHASE = FileColumn(name="phase_deg", headers={r"phase.*": 1.0}, is_required=False)


def test_a_header_is_found_in_its_own_unit():
    """Capitals and blanks around it do not matter."""
    found = map_columns([" Freq/kHz ", "x"], [FREQUENCY, PHASE], "line 1")

    assert found["frequency_hz"].factor == 1e3
    assert "phase_deg" not in found


def test_an_unknown_unit_is_no_match():
    """Better no value than one in a wrong unit."""
    with pytest.raises(IngestError, match="no column holds frequency_hz: the file has 'freq/MHz'"):
        map_columns(["freq/MHz"], [FREQUENCY], "line 1")


def test_two_headers_for_one_column_are_refused():
    """Nobody can tell which one is meant."""
    with pytest.raises(IngestError, match="both hold frequency_hz"):
        map_columns(["freq/Hz", "freq/kHz"], [FREQUENCY], "line 1")
