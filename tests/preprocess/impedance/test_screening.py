"""The screening names what was done to a cell, and leaves sound ones alone."""

import numpy as np
import pytest
from tests.preprocess.impedance.cells import (
    FREQUENCY_HZ,
    make_cells,
    make_noisy,
    make_protocol,
    make_records,
)

from electrodoe.physics import contact_arc, shorted_cell, transmission_line
from electrodoe.preprocess.impedance import condense_impedance

CELLS = make_cells(100)
CLEAN = transmission_line(FREQUENCY_HZ, *CELLS)
OMEGA = 2.0 * np.pi * FREQUENCY_HZ
ELAPSED = np.cumsum(1.0 / FREQUENCY_HZ) / np.sum(1.0 / FREQUENCY_HZ)


def hummed() -> np.ndarray:
    spoiled = make_noisy(CLEAN)
    point = np.argmin(np.abs(FREQUENCY_HZ - 50.0))
    spoiled[:, point] *= 1.08
    return spoiled


def contacted() -> np.ndarray:
    return CLEAN + contact_arc(FREQUENCY_HZ, 0.3 * CELLS[1], 3e-5 / (0.3 * CELLS[1]), 0.95)


SPOILED = {
    "contact arc": (make_noisy(contacted()), True),
    "short": (make_noisy(shorted_cell(CLEAN, 2.0 * np.abs(CLEAN[:, -1]))), False),
    "inductive cell": (make_noisy(CLEAN + 1j * OMEGA * 2e-5), True),
    "drift": (make_noisy(CLEAN * (1.0 + 0.4 * ELAPSED)), False),
    "mains": (hummed(), True),
    "noise": (make_noisy(CLEAN, 0.03), True),
}
CODES = dict(zip(SPOILED, ("D301", "D302", "D304", "D305", "D306", "D307"), strict=True))


@pytest.mark.parametrize("flag", list(SPOILED))
def test_what_was_done_is_named(flag: str):
    """At least 95 of 100 spectra carry its flag, and the verdict that follows from it."""
    impedance, is_accepted = SPOILED[flag]

    condensed = condense_impedance(make_records(impedance), make_protocol())

    table = condensed.table
    named = [flag in reported.split("; ") for reported in table["flags"]]
    assert sum(named) >= 95
    assert abs(table["accepted"].sum() - 100.0 * is_accepted) <= 10
    finding = next(each for each in condensed.findings if each.code == CODES[flag])
    assert "limit" in finding.what
    assert "raw/cell_" in finding.where


def test_sound_cells_are_left_alone():
    """At most 5 of 100 flagged, all accepted, by the line."""
    table = condense_impedance(make_records(make_noisy(CLEAN)), make_protocol()).table

    assert (table["flags"] != "").sum() <= 5
    assert table["accepted"].all()
    assert set(table["circuit"]) == {"line"}


@pytest.mark.parametrize("n_points", [13, 16, 26, 101])
def test_sound_cells_are_left_alone_on_other_grids(n_points: int):
    """Few points say less; the limits know."""
    frequency = np.logspace(4, -1, n_points)
    noisy = make_noisy(transmission_line(frequency, *CELLS))

    table = condense_impedance(make_records(noisy, frequency), make_protocol()).table

    assert (table["flags"] != "").sum() <= 5


@pytest.mark.parametrize(
    ("settings", "smallest"),
    [({"model": "auto"}, 97), ({"model": "contact"}, 97), ({"model": "cut"}, 60)],
)
def test_a_contact_does_not_spoil_the_resistance(settings: dict[str, str], smallest: int):
    """So many of 100 within 3 %; the line alone over all frequencies has next to none."""
    records = make_records(make_noisy(contacted()))

    found = condense_impedance(records, make_protocol(**settings)).table
    line = condense_impedance(records, make_protocol(model="line")).table

    error = np.abs(found["ionic_resistance_ohm"].to_numpy() / CELLS[1] - 1.0)
    assert np.sum(error < 0.03) >= smallest
    error = np.abs(line["ionic_resistance_ohm"].to_numpy() / CELLS[1] - 1.0)
    assert np.sum(error < 0.03) <= 10
    assert not line["accepted"].any()


def test_the_papers_cut_leaves_the_contact_out():
    """From 1 kHz down the arc is nearly over: closer than over all frequencies, and accepted."""
    records = make_records(make_noisy(contacted()))

    cut = condense_impedance(records, make_protocol(highest_hz=1000.0, model="line")).table
    full = condense_impedance(records, make_protocol(model="line")).table

    errors = [
        np.median(np.abs(table["ionic_resistance_ohm"].to_numpy() / CELLS[1] - 1.0))
        for table in (cut, full)
    ]
    assert errors[0] < 0.5 * errors[1]
    assert "41 of 51 points" in cut["rule"][0]


def test_the_spread_holds_the_value():
    """Weightings and croppings reach below and above, and further than the interval on misfits."""
    table = condense_impedance(make_records(make_noisy(CLEAN)), make_protocol()).table

    value = table["ionic_resistance_ohm"]
    assert (table["ionic_resistance_spread_low_ohm"] <= value).all()
    assert (table["ionic_resistance_spread_high_ohm"] >= value).all()
