"""The ladder follows what is causal and steady, and nothing else."""

import numpy as np
import pytest
from tests.preprocess.impedance.cells import FREQUENCY_HZ, make_cells, make_noisy, make_sweeps

from electrodoe.physics import contact_arc, shorted_cell, transmission_line
from electrodoe.preprocess.impedance import kramers_kronig

CLEAN = transmission_line(FREQUENCY_HZ, *make_cells(200))
OMEGA = 2.0 * np.pi * FREQUENCY_HZ


@pytest.mark.parametrize(
    "impedance",
    [
        CLEAN,
        shorted_cell(CLEAN, 300.0),
        CLEAN + contact_arc(FREQUENCY_HZ, 30.0, 1e-5, 0.9),
        CLEAN + 1j * OMEGA * 1e-5,
    ],
    ids=["line", "short", "contact", "inductance"],
)
def test_sound_circuits_leave_next_to_nothing(impedance: np.ndarray):
    """Each is causal, steady and linear: below 0.15 % of the modulus."""
    assert kramers_kronig(make_sweeps(impedance)).rms.max() < 0.0015


def test_the_residual_is_the_noise():
    """Freed of what the ladder takes, its mean square is that of the noise, 0.5 %."""
    rms = kramers_kronig(make_sweeps(make_noisy(CLEAN))).rms

    assert np.sqrt(np.mean(rms**2)) == pytest.approx(0.005, rel=0.03)
    assert np.mean(rms > 0.01) <= 0.05


def test_leverages_add_up_to_the_ladders_parameters():
    """Twenty, over real and imaginary parts; each between 0 and 1."""
    leverages = kramers_kronig(make_sweeps(CLEAN[:5])).leverages

    np.testing.assert_allclose(2.0 * leverages.sum(axis=1), 20.0, rtol=1e-3)
    assert leverages.min() > 0.0
    assert leverages.max() < 1.0


def test_an_acausal_spectrum_is_seen():
    """The mirror image of a contact's arc in its imaginary part only."""
    arc = contact_arc(FREQUENCY_HZ, 50.0, 1e-4, 1.0)

    rms = kramers_kronig(make_sweeps(CLEAN[:20] - 2j * arc.imag)).rms

    assert rms.min() > 0.01


def test_it_is_an_ordinary_least_squares():
    """The same residuals as NumPy's solver, spectrum by spectrum."""
    noisy = make_noisy(CLEAN[:3])
    reference = np.exp(np.log(OMEGA).mean())
    omega = OMEGA / reference
    tau = np.exp(-np.linspace(np.log(omega.min()) - 0.5 * np.log(10.0), np.log(omega.max()), 17))
    elements = [1.0 / (1.0 + 1j * omega * each) for each in tau]
    columns = np.stack([np.ones(51) + 0j, 1j * omega, -1j / omega, *elements], axis=1)

    found = kramers_kronig(make_sweeps(noisy))

    for row, values in enumerate(noisy):
        weighted = columns / np.abs(values)[:, None]
        aim = values / np.abs(values)
        both = np.concatenate([weighted.real, weighted.imag])
        left = np.concatenate([aim.real, aim.imag])
        left -= both @ np.linalg.lstsq(both, left, rcond=None)[0]
        np.testing.assert_allclose(found.residuals[row].real, left[:51], atol=1e-6)
        np.testing.assert_allclose(found.residuals[row].imag, left[51:], atol=1e-6)
