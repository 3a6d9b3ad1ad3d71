"""The adhesion protocol: Table 4 by default, and what it refuses."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.errors import StudyError
from electrodoe.study import AdhesionProtocol, read_study

PROTOCOL = '[protocols.pull]\ninstrument = "adhesion"\nfiles = ["raw/*.csv"]\n{}\n[settings]'


def test_the_defaults_are_table_4():
    """Rate, compression, area, dwell and pull-off velocity of the paper."""
    protocol = AdhesionProtocol(instrument="adhesion", files=("*",))

    assert protocol.data_rate_hz == 2000.0
    assert protocol.compression_stress_kpa == 1500.0
    assert protocol.area_mm2 == 50.26
    assert protocol.dwell_time_s == 30.0
    assert protocol.pull_off_speed_mm_min == 100.0
    assert protocol.tension_sign == "auto"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("area_mm2 = 0.0", "area_mm2"),
        ('tension_sign = "up"', "tension_sign"),
        ("tolerance = 20", "tolerance"),
        ("load_cell_n = -5", "load_cell_n"),
    ],
)
def test_a_fault_is_reported_with_its_line(declare: Callable[..., Path], line: str, key: str):
    """Key, line and fix, as anywhere else in a declaration."""
    with pytest.raises(StudyError) as caught:
        read_study(declare("[settings]", PROTOCOL.format(line)))

    assert key in caught.value.what
    assert ", line " in caught.value.where
