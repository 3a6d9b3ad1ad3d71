"""A coil in a declaration, and faults in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from electrodoe.errors import StudyError
from electrodoe.study import CoilProtocol, read_study

SENSOR = '[[protocols.line.sensors]]\nname = "coating_gap"\nunit = "um"\ncolumn = "gap"\n{}'
OF_A_TABLE = 'table = "table.csv"\ngroup = "run"\n'
PROTOCOL = 'context = []\n[protocols.line]\ninstrument = "coil"\nfiles = ["raw/*.csv"]\n{}\n'


def declaration(line: str = "", sensor: str = "", more: str = "") -> str:
    """Return a coil's protocol with a line of its own, one of its sensor, and more tables."""
    return PROTOCOL.format("\n".join([line, SENSOR.format(sensor), more]))


def test_a_coil_is_declared_in_a_study(declare: Callable[..., Path]):
    """Sensors, a log with its clock, a splice."""
    text = declaration(
        "segment_m = 0.25",
        'distance_m = 0.8\nfilm = "wet"\ntraverse = { width_mm = 200, period_s = 20 }',
        '[protocols.line.log]\ntime = "Zeit"\n[[protocols.line.splices]]\nat_m = 11.0',
    )

    protocol = read_study(declare(OF_A_TABLE, text)).protocols["line"]

    assert isinstance(protocol, CoilProtocol)
    assert protocol.sensors[0].value_column("sd") == "wet_coating_gap_sd_um"
    assert protocol.log.time == "Zeit"


@pytest.mark.parametrize(
    ("line", "sensor", "more", "what"),
    [
        ("", "distanz_m = 1", "", "unknown key"),
        ("", "factor = 0.0", "", "factor is 0"),
        ("", 'side = "left"\ntraverse = { width_mm = 9, period_s = 9 }', "", "side and traverse"),
        ("", "traverse = { width_mm = 200 }", "", "either column or period_s"),
        ("", "traverse = { width_mm = 200, period_s = 9, dwell_s = 5 }", "", "no time to move"),
        ("", 'traverse = { width_mm = 200, column = "y", edge_mm = 100 }', "", "no center"),
        ('run_column = "run"\nruns_table = "runs.csv"', "", "", "run_column tell the same"),
        ("", "", SENSOR.format(""), "two sensors are called 'coating_gap'"),
        ("", "", '[[protocols.line.runs]]\nrun = "1"\nstart_m = 0', "needs one start"),
        ("", "", '[[protocols.line.runs]]\nrun = "1"\nstart_m = 2\nend_m = 1', "before it starts"),
        ("", "", "[[protocols.line.splices]]\nlength_m = 1", "either at_m or at_time"),
        ("", "", '[protocols.line.log]\nseparator = ","\ndecimal = ","', "are both ','"),
    ],
)
def test_a_fault_in_a_coils_protocol_is_reported_with_its_line(
    declare: Callable[..., Path], line: str, sensor: str, more: str, what: str
):
    """Key, line and fix, as anywhere else in a declaration."""
    with pytest.raises(StudyError) as caught:
        read_study(declare(OF_A_TABLE, declaration(line, sensor, more)))

    assert what in caught.value.what
    assert ", line " in caught.value.where


def test_files_of_another_log_stay_in_the_study_too():
    """A study travels with its files."""
    with pytest.raises(ValidationError, match="leads out of the study's folder"):
        CoilProtocol.model_validate(
            {
                "instrument": "coil",
                "files": ("a.csv",),
                "other_logs": [
                    {"files": ("../b.csv",), "sensors": [{"name": "a", "unit": "", "column": "a"}]}
                ],
            }
        )


def test_a_coil_without_a_sensor_is_refused():
    """There would be nothing to condense."""
    with pytest.raises(ValidationError, match="no sensor is declared"):
        CoilProtocol.model_validate({"instrument": "coil", "files": ("a.csv",)})
