"""Each limit of the screening, on both sides of it; cells are the line's closed form, spoiled."""

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.preprocess.impedance.cells import (
    FREQUENCY_HZ,
    make_noisy,
    make_protocol,
    make_records,
    make_sweeps,
)

from electrodoe.findings import Finding
from electrodoe.physics import contact_arc, transmission_line
from electrodoe.preprocess.impedance import condense_impedance
from electrodoe.preprocess.impedance.kramers_kronig import kramers_kronig
from electrodoe.preprocess.impedance.outlying import near_mains, outlying

CLEAN = transmission_line(FREQUENCY_HZ, 10.0, 300.0, 1.5e-3, 0.93)
Spectrum = NDArray[np.complex128]


def screened(impedance: Spectrum, code: str, **settings: object) -> tuple[list[Finding], bool]:
    """Return what one spectrum is reported under a code, and whether it is accepted."""
    frequency = FREQUENCY_HZ[: len(impedance)]
    condensed = condense_impedance(make_records(impedance, frequency), make_protocol(**settings))
    reported = [each for each in condensed.findings if each.code == code]
    return reported, bool(condensed.table["accepted"][0])


def with_point(at_hz: float, value: Spectrum) -> Spectrum:
    """Return the clean spectrum with the point nearest to a frequency replaced."""
    changed = CLEAN.copy()
    nearest = np.argmin(np.abs(np.log(FREQUENCY_HZ / at_hz)))
    changed[nearest] = value if np.isscalar(value) else value[nearest]
    return changed


@pytest.mark.parametrize(("imaginary_ohm", "n_reported"), [(0.001, 1), (0.0, 1), (-0.001, 0)])
def test_a_point_is_inductive_from_the_real_axis_on(imaginary_ohm: float, n_reported: int):
    """D303, a note with its place: a blocking cell's imaginary part is below zero."""
    changed = with_point(1e4, CLEAN[0].real + 1j * imaginary_ohm)

    reported, is_accepted = screened(changed, "D303")

    assert len(reported) == n_reported
    assert is_accepted
    if reported:
        assert "at 10000 Hz (1 of 51 points)" in reported[0].what


@pytest.mark.parametrize(("fraction", "n_reported"), [(0.018, 0), (0.024, 1)])
def test_a_spike_is_distinguished_from_six_standard_deviations_on(fraction: float, n_reported: int):
    """D308: 0.3 % is the least noise, so 1.8 % of the modulus are 6 of it and no more."""
    reported, is_accepted = screened(with_point(1000.0, (1.0 + fraction) * CLEAN), "D308")

    assert len(reported) == n_reported
    assert is_accepted
    if reported:
        assert "points at 1000 Hz" in reported[0].what
        assert "the fit does not see them" in reported[0].what


def unlike_any_line() -> Spectrum:
    """Return a cell with two slow arcs in series, which none of the circuits holds."""
    slow = contact_arc(FREQUENCY_HZ, 20.0, 5e-4, 0.9) + contact_arc(FREQUENCY_HZ, 25.0, 5e-3, 0.9)
    return make_noisy(CLEAN + slow)


@pytest.mark.parametrize(("fraction", "severity"), [(0.99, "warning"), (1.01, "note")])
def test_what_no_circuit_explains_is_rejected_where_choices_move_it(fraction: float, severity: str):
    """D309: the span over weightings and croppings is held against ``spread_limit``."""
    records = make_records(unlike_any_line())
    row = condense_impedance(records, make_protocol()).table.row(0, named=True)
    low, high = (row[f"ionic_resistance_spread_{end}_ohm"] for end in ("low", "high"))
    span = (high - low) / row["ionic_resistance_ohm"]

    reported = condense_impedance(records, make_protocol(spread_limit=fraction * span))

    (finding,) = [each for each in reported.findings if each.code == "D309"]
    assert str(finding.severity) == severity
    assert reported.table["accepted"][0] == (severity == "note")


def test_a_line_is_not_reported_to_be_none():
    """D309 is of spectra that no circuit follows."""
    assert screened(make_noisy(CLEAN[None])[0], "D309")[0] == []


@pytest.mark.parametrize(
    ("gamma", "n_reported", "is_accepted"), [(1.0, 1, True), (0.97, 0, True), (0.47, 1, False)]
)
def test_an_exponent_at_a_bound_is_reported(gamma: float, n_reported: int, is_accepted: bool):
    """D310: an ideal capacitor is a cell; an exponent below a half is none."""
    cell = transmission_line(FREQUENCY_HZ, 10.0, 300.0, 1.5e-3, gamma)

    reported, accepted = screened(cell, "D310")

    assert len(reported) == n_reported
    assert accepted == is_accepted
    if reported:
        assert f"gamma ends at {max(gamma, 0.5):g} (bounds 0.5 and 1)" in reported[0].what


def bulging(degrees: float) -> Spectrum:
    """Return the clean spectrum with a phase that bulges at 300 Hz while its modulus does not."""
    decades = np.log10(FREQUENCY_HZ / 300.0)
    return CLEAN * np.exp(1j * np.radians(degrees) * np.exp(-((decades / 0.5) ** 2)))


def stepping() -> Spectrum:
    """Return the clean spectrum with a smooth step of 8 % about 100 Hz, half of it noise."""
    return CLEAN * (1.0 + 0.04 * np.tanh(5.0 * np.log10(FREQUENCY_HZ / 100.0)))


@pytest.mark.parametrize(
    ("impedance", "smallest", "largest", "n_reported"),
    [
        (bulging(2.4), 0.009, 0.010, 0),
        (bulging(2.8), 0.010, 0.012, 1),
        (stepping(), 0.012, 0.013, 0),
    ],
    ids=["below", "above", "noise"],
)
def test_modulus_and_phase_that_cannot_go_together_are_reported(
    impedance: Spectrum, smallest: float, largest: float, n_reported: int
):
    """D311 from residuals of 1 % on, and of 1.5 times the median one; the cell is rejected."""
    records = make_records(impedance)

    rms = condense_impedance(records, make_protocol()).table["kk_rms"][0]
    reported, is_accepted = screened(impedance, "D311")

    assert smallest < rms < largest
    assert len(reported) == n_reported
    assert is_accepted == (n_reported == 0)


@pytest.mark.parametrize(("fraction", "n_reported"), [(0.99, 1), (1.01, 0)])
def test_an_interval_is_held_against_its_limit(fraction: float, n_reported: int):
    """D312: half the width of the interval that the table shows, over the resistance."""
    noisy = make_noisy(CLEAN, 0.02)
    row = condense_impedance(make_records(noisy), make_protocol()).table.row(0, named=True)
    low, high = (row[f"ionic_resistance_{end}_ohm"] for end in ("low", "high"))
    half = 0.5 * (high - low) / row["ionic_resistance_ohm"]

    reported, is_accepted = screened(noisy, "D312", interval_limit=fraction * half)

    assert len(reported) == n_reported
    assert is_accepted == (n_reported == 0)


@pytest.mark.parametrize(("n_points", "n_reported"), [(11, 1), (12, 0)])
def test_a_fit_needs_twelve_points(n_points: int, n_reported: int):
    """D314: 11 are none too many for four parameters; the row stays, without a resistance."""
    reported, is_accepted = screened(CLEAN[:n_points], "D314")

    assert len(reported) == n_reported
    if reported:
        assert not is_accepted
        assert "11 capacitive points lie in the window where 12 are needed" in reported[0].what


@pytest.mark.parametrize(("r0_ohm", "n_reported"), [(-0.5, 1), (0.5, 0)])
def test_a_separator_has_a_resistance(r0_ohm: float, n_reported: int):
    """D317: below zero the cell is rejected, and the known value is reported."""
    cell = transmission_line(FREQUENCY_HZ, 10.0, 300.0, 1.5e-3, 0.93) - 10.0 + r0_ohm

    reported, is_accepted = screened(cell, "D317")

    assert len(reported) == n_reported
    assert is_accepted == (n_reported == 0)
    if reported:
        assert "R0 is -0.5 ohm" in reported[0].what


@pytest.mark.parametrize("mains_hz", [50.0, 60.0, 180.0])
def test_hum_reaches_eight_percent_of_its_frequency(mains_hz: float):
    """On a logarithmic scale, to either side; 150 Hz is near 60 Hz's third, 240 Hz near none."""
    near = np.array([mains_hz * np.exp(-0.079), mains_hz * np.exp(0.079)])
    beyond = np.array([50.0 * np.exp(-0.081), 60.0 * np.exp(0.081), 180.0 * np.exp(0.081), 240.0])

    assert near_mains(near).all()
    assert not near_mains(beyond).any()


def test_the_measure_of_drift_is_one_for_noise():
    """The mean square of normal distances in their own standard deviations; 5 % off at most."""
    noisy = make_sweeps(make_noisy(np.broadcast_to(CLEAN, (400, len(CLEAN)))))

    drift = outlying(noisy, kramers_kronig(noisy)).drift

    assert np.mean(drift) == pytest.approx(1.0, abs=0.05)
