"""The last bits of an impedance, as they differ between processors, decide nothing."""

import numpy as np
import polars as pl
import polars.selectors as cs
import pytest
from polars.testing import assert_frame_equal
from tests.preprocess.impedance.cells import (
    FREQUENCY_HZ,
    make_cells,
    make_noisy,
    make_protocol,
    make_records,
    make_sweeps,
)

from electrodoe.physics import contact_arc, shorted_cell, transmission_line
from electrodoe.preprocess.impedance import CIRCUITS, condense_impedance, fit_circuit
from electrodoe.preprocess.impedance.kramers_kronig import kramers_kronig

CELLS = make_cells(40)
CLEAN = transmission_line(FREQUENCY_HZ, *CELLS)
WIRE = 2j * np.pi * FREQUENCY_HZ
KINDS = {
    "line": CLEAN,
    "contact": CLEAN + contact_arc(FREQUENCY_HZ, 0.3 * CELLS[1], 1e-4 / CELLS[1], 0.95),
    "short": shorted_cell(CLEAN, 2.0 * np.abs(CLEAN[:, -1])),
    "little inductance": CLEAN + WIRE * 2e-5,
    "much inductance": CLEAN + WIRE * 2e-4 * np.geomspace(1.0, 10.0, 40)[:, None],
}
OF_RESIDUALS = ("kk_rms", "noise")
"""Columns of what is left of the modulus: a bit of the modulus is more of them."""


def shaken(impedance: np.ndarray, seed: int) -> np.ndarray:
    """Return impedances that differ by one part in 10¹², each up or down."""
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], impedance.shape)
    return impedance * (1.0 + 1e-12 * signs)


@pytest.mark.parametrize(
    ("kind", "model"),
    [*((kind, "auto") for kind in KINDS), ("line", "cut"), ("contact", "cut")],
)
def test_a_table_does_not_hang_on_them(kind: str, model: str):
    """The same circuits, flags, verdicts and sentences, and numbers equal to 1e-9."""
    impedance, protocol = make_noisy(KINDS[kind]), make_protocol(model=model)

    first = condense_impedance(make_records(impedance), protocol)
    again = condense_impedance(make_records(shaken(impedance, 4)), protocol)

    residuals = pl.col(OF_RESIDUALS)
    assert_frame_equal(
        first.table.select(~cs.by_name(OF_RESIDUALS)),
        again.table.select(~cs.by_name(OF_RESIDUALS)),
        rel_tol=1e-9,
        abs_tol=0.0,
    )
    assert_frame_equal(
        first.table.select(residuals), again.table.select(residuals), rel_tol=0.0, abs_tol=1e-9
    )
    assert first.findings == again.findings


@pytest.mark.parametrize("n_points", [8, 13, 16, 51])
def test_what_the_ladder_leaves_does_not_hang_on_them(n_points: int):
    """Nor on how few points there are: its elements are hardly distinguished, their sum is."""
    sweeps = make_sweeps(make_noisy(CLEAN)[:, :n_points], FREQUENCY_HZ[:n_points])
    other = make_sweeps(shaken(sweeps.impedance_ohm, 5), FREQUENCY_HZ[:n_points])

    first, again = kramers_kronig(sweeps), kramers_kronig(other)

    np.testing.assert_allclose(again.residuals, first.residuals, atol=1e-10)
    np.testing.assert_allclose(again.leverages, first.leverages, atol=1e-10)
    assert 0.0 <= first.leverages.min() <= first.leverages.max() <= 1.0


def test_a_spectrum_unlike_the_others_of_its_grid_is_tested_as_alone():
    """Most of its points left out, its modulus a million times theirs."""
    impedance = make_noisy(CLEAN)
    impedance[0] *= np.geomspace(1.0, 1e6, len(FREQUENCY_HZ))
    sweeps = make_sweeps(impedance)
    sweeps.used[1, :30] = False

    together = kramers_kronig(sweeps)

    for row in range(3):
        alone = kramers_kronig(sweeps.rows(np.array([row])))
        np.testing.assert_allclose(together.residuals[row], alone.residuals[0], atol=1e-9)
        np.testing.assert_allclose(together.leverages[row], alone.leverages[0], atol=1e-8)


def test_where_a_fit_began_is_forgotten():
    """From the grid's best node or from beside the answer: the same minimum to 1e-10."""
    sweeps = make_sweeps(make_noisy(CLEAN))
    found = fit_circuit(CIRCUITS["line"], sweeps)
    beside = found.values + 0.05 * np.random.default_rng(6).normal(size=found.values.shape)

    again = fit_circuit(CIRCUITS["line"], sweeps, start=beside)

    np.testing.assert_allclose(again.r_ion_ohm, found.r_ion_ohm, rtol=1e-10)
    np.testing.assert_allclose(again.q, found.q, rtol=1e-10)
