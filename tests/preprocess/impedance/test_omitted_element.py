"""An arc that a declared cut leaves out is no reason to reject, as long as it moves little."""

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.preprocess.impedance.cells import (
    FREQUENCY_HZ,
    make_cells,
    make_noisy,
    make_protocol,
    make_records,
)

from electrodoe.physics import contact_arc, transmission_line
from electrodoe.preprocess.impedance import condense_impedance

CUT = {"model": "line", "highest_hz": 1000.0}
"""As the paper analyzed its uncalendered electrodes: 1 kHz to 100 mHz, the line alone."""


def with_arcs(top_hz: float, fraction: float, n: int = 20) -> tuple[NDArray[np.complex128], ...]:
    """Return noisy cells with an arc of some fraction of R_ion, and their R_ion."""
    cells = make_cells(n)
    contact = fraction * cells[1]
    q = (2.0 * np.pi * top_hz) ** -0.85 / contact
    clean = transmission_line(FREQUENCY_HZ, *cells) + contact_arc(FREQUENCY_HZ, contact, q, 0.85)
    return make_noisy(clean, 0.003), cells[1]


def test_the_papers_procedure_for_uncalendered_electrodes_yields_resistances():
    """51 cells as Haghi et al. (2023) analyzed them: accepted, the flag and its reason kept."""
    rng = np.random.default_rng(0)
    r_ion = np.exp(rng.uniform(np.log(80.0), np.log(300.0), 51))
    line = transmission_line(FREQUENCY_HZ, np.full(51, 45.0), r_ion, np.full(51, 1e-3), 0.94)
    arc = contact_arc(FREQUENCY_HZ, rng.normal(35.0, 6.0, 51), 3e-6, 0.85)

    condensed = condense_impedance(make_records(make_noisy(line + arc)), make_protocol(**CUT))

    table = condensed.table
    error = np.abs(table["ionic_resistance_ohm"].to_numpy() / r_ion - 1.0)
    assert table["accepted"].sum() >= 45
    assert np.median(error) < 0.03
    reported = [finding for finding in condensed.findings if finding.code == "D301"]
    assert len(reported) >= 45
    assert "it lies above the fitted frequencies, and R_ion may be off by" in reported[0].what
    assert "(limit 10%)" in reported[0].what


@pytest.mark.parametrize("top_hz", [500.0, 2000.0, 8000.0, 30_000.0])
@pytest.mark.parametrize("fraction", [0.05, 0.15, 0.3, 0.8])
def test_no_accepted_resistance_is_off_by_more_than_the_limit(top_hz: float, fraction: float):
    """``interval_limit`` is 10 %: whatever arc lies where, what is accepted is nearer."""
    impedance, r_ion = with_arcs(top_hz, fraction)

    table = condense_impedance(make_records(impedance), make_protocol(**CUT)).table

    error = np.abs(table["ionic_resistance_ohm"].to_numpy() / r_ion - 1.0)
    assert not np.any(error[table["accepted"].to_numpy()] > 0.1)


@pytest.mark.parametrize(
    ("settings", "top_hz", "fraction", "n_accepted"),
    [
        (CUT, 8000.0, 0.15, 20),
        ({"model": "line"}, 8000.0, 0.15, 0),
        (CUT, 500.0, 0.05, 0),
        (CUT | {"interval_limit": 0.005}, 8000.0, 0.15, 0),
    ],
    ids=["cut off", "no cut", "inside the cut", "a stricter limit"],
)
def test_an_arc_is_a_reason_unless_it_is_cut_off(
    settings: dict[str, object], top_hz: float, fraction: float, n_accepted: int
):
    """The cut has to be declared, lie below the arc's top, and leave the resistance near."""
    impedance, _ = with_arcs(top_hz, fraction)

    table = condense_impedance(make_records(impedance), make_protocol(**settings)).table

    assert table["accepted"].sum() == n_accepted
    assert all("contact arc" in flags for flags in table["flags"])


def test_an_arc_that_the_automatic_cut_hides_is_no_reason_while_it_moves_little():
    """Top at 8 kHz: cut off, and every resistance within 10 %."""
    impedance, r_ion = with_arcs(8000.0, 0.15)

    table = condense_impedance(make_records(impedance), make_protocol(model="cut")).table

    error = np.abs(table["ionic_resistance_ohm"].to_numpy() / r_ion - 1.0)
    assert table["accepted"].all()
    assert error.max() < 0.1


def test_a_slow_arc_that_the_automatic_cut_hides_rejects():
    """Top at 500 Hz: the line explains what is left, with up to a quarter of R_ion too much."""
    impedance, r_ion = with_arcs(500.0, 0.8)

    condensed = condense_impedance(make_records(impedance), make_protocol(model="cut"))

    accepted = condensed.table["accepted"].to_numpy()
    error = np.abs(condensed.table["ionic_resistance_ohm"].to_numpy() / r_ion - 1.0)
    assert error.max() > 0.1
    assert not np.any(error[accepted] > 0.1)
    reported = [finding.what for finding in condensed.findings if finding.code == "D301"]
    assert any("explains the whole sweep; it lies" in what for what in reported)
