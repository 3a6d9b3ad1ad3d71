"""Measurements in a declaration: which files they left, and faults in saying so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from electrodoe.errors import StudyError
from electrodoe.study import ImpedanceProtocol, read_study

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
