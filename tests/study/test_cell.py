"""Which of two electrodes is the anode."""

import pytest
from pydantic import ValidationError

from electrodoe.study.materials import Cell


@pytest.mark.parametrize(
    ("declared", "role"),
    [
        ({}, "anode"),
        ({"electrode": "cathode", "counter_electrode": "anode"}, "cathode"),
        ({"electrode": "NMC cathode", "counter_electrode": "graphite"}, "cathode"),
        ({"electrode": "nmc", "counter_electrode": "lfp", "electrode_is": "anode"}, "anode"),
    ],
)
def test_names_or_the_declaration_say_it(declared: dict[str, str], role: str):
    """The other electrode is the other one."""
    cell = Cell.model_validate(declared | {"n_to_p": 1.2})

    assert cell.role == role
    assert {cell.role, cell.counter_role} == {"anode", "cathode"}


@pytest.mark.parametrize(
    ("electrode", "counter", "said"),
    [("nmc", "graphite", "electrode_is"), ("anode", "anode", "paired with itself")],
)
def test_what_nobody_can_tell_is_refused(electrode: str, counter: str, said: str):
    """With what to add."""
    with pytest.raises(ValidationError, match=said):
        Cell(electrode=electrode, counter_electrode=counter, n_to_p=1.2)
