"""Measurements in a declaration: which files they left, and faults in saying so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.errors import StudyError
from electrodoe.study import ImpedanceProtocol, conditions, read_study

OF_A_TABLE = 'table = "table.csv"\ngroup = "run"\n'
PROTOCOL = 'context = []\n[protocols.cells]\ninstrument = "impedance"\nfiles = ["raw/*.mpt"]\n{}\n'


def _declared(declare: Callable[..., Path], line: str) -> Path:
    """Return a study with one protocol."""
    return declare(OF_A_TABLE, PROTOCOL.format(line))


def test_a_protocol_is_recognized_by_its_instrument(declare: Callable[..., Path]):
    """``instrument`` decides what a protocol may say."""
    study = read_study(_declared(declare, 'name = "run{run}_cell{sample}"'))

    assert isinstance(study.protocols["cells"], ImpedanceProtocol)


@pytest.mark.parametrize(
    ("line", "what", "fix"),
    [
        ('nam = "run{run}"', "unknown key 'protocols.cells.nam'", "'name'"),
        ('name = "cell{sample}"', "has to name {run} once", "run{run}_cell{sample}"),
        ('name = "{run}{ru}"', "'{ru}' is unknown", "{sample}"),
        ('name = "{run}"\nindex = "a.csv"', "name and index are both given", "keep one"),
    ],
)
def test_a_fault_in_a_protocol_is_reported_with_its_line(
    declare: Callable[..., Path], line: str, what: str, fix: str
):
    """Key, line and fix, as anywhere else in a declaration."""
    with pytest.raises(StudyError) as caught:
        read_study(_declared(declare, line))

    assert what in caught.value.what
    assert fix in caught.value.fix
    assert ", line " in caught.value.where


def test_an_unknown_instrument_is_offered_the_known_ones(declare: Callable[..., Path]):
    """The fix lists them."""
    text = PROTOCOL.format("").replace("impedance", "impedanz")

    with pytest.raises(StudyError, match="no known instrument") as caught:
        read_study(declare(OF_A_TABLE, text))

    assert '"impedance"' in caught.value.fix


@pytest.mark.parametrize("pattern", ["/etc/*", "../other/*.csv", "~/x.csv", "C:/x.csv"])
def test_files_stay_in_the_studys_folder(declare: Callable[..., Path], pattern: str):
    """A study travels with its files, and reads no others."""
    text = PROTOCOL.format("").replace("raw/*.mpt", pattern)

    with pytest.raises(StudyError, match="leads out of the study's folder"):
        read_study(declare(OF_A_TABLE, text))


def test_samples_come_from_one_source(declare: Callable[..., Path]):
    """A table of samples and instruments beside it would contradict one another."""
    text = 'group = "run"\n' + PROTOCOL.format("")

    with pytest.raises(StudyError, match="protocols and group in"):
        read_study(declare(OF_A_TABLE, text))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("lowest_hz = 10.0\nhighest_hz = 1.0", "lowest_hz 10 is not below highest_hz 1"),
        ('overrules = [{ verdict = "accept", reason = "why" }]', "either a file or a sample"),
        (
            'overrules = [{ file = "a", sample = "b", verdict = "accept", reason = "why" }]',
            "either a file or a sample",
        ),
        ('overrules = [{ file = "a", verdict = "maybe", reason = "why" }]', "verdict"),
    ],
)
def test_what_an_impedance_protocol_cannot_mean_is_reported(
    declare: Callable[..., Path], line: str, what: str
):
    """An empty window, an overrule of nothing, of two things, or without a verdict."""
    with pytest.raises(StudyError) as caught:
        read_study(_declared(declare, line))

    assert what in str(caught.value)


@pytest.mark.parametrize("instrument", ["adhesion", "impedance", "rate_capability", "sheets"])
def test_notes_are_told_of_every_measurement(declare: Callable[..., Path], instrument: str):
    """In their order, behind what the protocol's own keys say; numbers stay numbers."""
    notes = 'notes = { recipe = "94/1/2/3", viscosity_pa_s = 2.1, is_dried = true, n_layers = 1 }'
    text = PROTOCOL.format(notes).replace('"impedance"', f'"{instrument}"')

    told = conditions(read_study(declare(OF_A_TABLE, text)).protocols["cells"])

    assert [(each.name, each.value) for each in told[-4:]] == [
        ("recipe", "94/1/2/3"),
        ("viscosity_pa_s", 2.1),
        ("is_dried", True),
        ("n_layers", 1),
    ]
    assert all(each.is_declared for each in told[-4:])


def test_the_papers_facts_have_keys_with_units(declare: Callable[..., Path]):
    """Table 4 and the sections on impedance and cells: .75 mm/min, 20 mV, 25 °C."""
    text = """context = []
[protocols.pull_off]
instrument = "adhesion"
files = ["a/*.tra"]
compression_velocity_mm_min = 0.75
[protocols.cells]
instrument = "impedance"
files = ["b/*.mpt"]
amplitude_mv = 20
temperature_c = 25
electrolyte = "10 mM TBAClO4 in EC:EMC"
"""
    study = read_study(declare(OF_A_TABLE, text))

    pull_off = {each.name: each for each in conditions(study.protocols["pull_off"])}
    cells = {each.name: each for each in conditions(study.protocols["cells"])}
    assert pull_off["compression_velocity_mm_min"].value == 0.75
    assert (pull_off["dwell_time_s"].value, pull_off["dwell_time_s"].is_declared) == (30.0, False)
    assert (cells["amplitude_mv"].value, cells["temperature_c"].value) == (20.0, 25.0)
    assert cells["electrolyte"].value == "10 mM TBAClO4 in EC:EMC"


@pytest.mark.parametrize(
    ("line", "what", "fix"),
    [
        ("notes = { amplitude_mv = 20 }", "'amplitude_mv' is a key of this protocol", "notes"),
        ('notes = { recipe = "" }', "protocols.cells.notes: 'recipe' says nothing", "in quotes"),
        ("notes = { steps = [1, 2] }", "protocols.cells.notes: 'steps' says nothing", "a number"),
        ("amplitude_mv = 0", "protocols.cells.amplitude_mv", "amplitude_mv"),
        ("amplitude = 20", "unknown key 'protocols.cells.amplitude'", "amplitude_mv"),
    ],
)
def test_a_fault_in_what_is_told_has_its_place(
    declare: Callable[..., Path], line: str, what: str, fix: str
):
    """A fact has one place: the key that knows its unit, else a note."""
    with pytest.raises(StudyError) as caught:
        read_study(_declared(declare, line))

    assert what in caught.value.what
    assert fix in caught.value.fix
