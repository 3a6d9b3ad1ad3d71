"""What instruments see: a pull, a sweep, a cell on a cycler."""

import numpy as np
import pytest

from electrodoe.study import AdhesionProtocol
from electrodoe.virtual_line.cells import ALL_RATES, RATES, rate_name
from electrodoe.virtual_line.instruments.adhesion import pull_off
from electrodoe.virtual_line.instruments.cycler import programme, record
from electrodoe.virtual_line.instruments.impedance import sweep, sweep_hz
from electrodoe.virtual_line.noise_levels import NoiseLevels

SILENT = NoiseLevels().scaled(0.0)
TABLE_4 = (1500.0, 30.0, 0.75, 100.0)
CAPACITY = dict(zip(ALL_RATES, (4.05, 3.8, 2.1, 0.9, 4.03), strict=True))


@pytest.fixture(scope="module")
def curve():
    """Return a silent test of 300 kPa by Table 4."""
    protocol = AdhesionProtocol(instrument="adhesion", files=["raw/*.TRA"])
    return pull_off(300.0, protocol, TABLE_4, SILENT, np.random.default_rng(1))


def test_the_peak_is_the_adhesion_times_the_area(curve):
    """1 N over 50.26 mm² is 19.8965 kPa (known answer); 1500 kPa are 75.39 N."""
    assert 19.8965 * curve.force_n.max() == pytest.approx(300.0, rel=1e-3)
    assert curve.force_n.min() == pytest.approx(-75.39, rel=1e-3)


def test_the_machine_keeps_to_table_4(curve):
    """Dwell, both speeds, and 2000 points a second while it pulls."""
    is_held = np.isclose(curve.force_n, curve.force_n.min())
    speed_mm_min = 60.0 * np.diff(curve.travel_mm) / np.diff(curve.time_s)

    assert np.all(np.diff(curve.time_s) > 0.0)
    assert np.ptp(curve.time_s[is_held]) == pytest.approx(30.0, abs=0.2)
    assert speed_mm_min[:10] == pytest.approx(np.full(10, -0.75))
    assert speed_mm_min[-10:] == pytest.approx(np.full(10, 100.0))
    assert np.diff(curve.time_s)[-100:] == pytest.approx(np.full(100, 5e-4))


def test_the_peak_is_seen_by_many_points(curve):
    """And nothing holds at the end."""
    assert np.sum(curve.force_n > 0.99 * curve.force_n.max()) > 8
    assert abs(curve.force_n[-1]) < 1e-6


def test_the_sweep_is_the_papers():
    """10 kHz to 100 mHz, ten a decade, 51 points; 41 of them from 1 kHz down."""
    hz = sweep_hz()

    assert (hz[0], hz.size, np.sum(hz <= 1000.0 * (1 + 1e-9))) == (10_000.0, 51, 41)
    np.testing.assert_allclose(hz[:-1] / hz[1:], 10**0.1)


def test_a_larger_resistance_makes_a_larger_line():
    """At the slow end the real part grows by a third of it (known answer for f to 0)."""
    small, large = (sweep(ohm, 0.0, np.random.default_rng(2)) for ohm in (300.0, 600.0))

    assert large.real[-1] - small.real[-1] == pytest.approx(100.0, rel=0.1)
    assert np.all(small.imag < 0.0)


def test_a_contact_is_an_arc_at_high_frequencies():
    """It adds its resistance from 100 Hz down, and an imaginary part at 10 kHz alone."""
    plain = sweep(200.0, 0.0, np.random.default_rng(2))
    contact = sweep(200.0, 0.0, np.random.default_rng(2), has_contact=True) - plain

    assert 15.0 < contact[-1].real < 60.0
    assert abs(contact[-1].imag) < 0.01 * contact[-1].real
    assert -contact[0].imag > 0.2 * contact[-1].real


def test_a_short_bounds_the_slow_end():
    """By the resistance of the path, while a sound cell goes on rising."""
    sound, short = (
        sweep(400.0, 0.0, np.random.default_rng(2), is_shorted=shorted) for shorted in (False, True)
    )

    assert abs(sound[-1]) > 1000.0
    assert abs(short[-1]) < 400.0


def test_a_noisy_spectrum_is_noisier_by_far():
    """Twelve times."""
    clean, noisy = (
        sweep(400.0, level, np.random.default_rng(2), is_noisy=True) for level in (0.0, 0.005)
    )

    assert (np.abs(noisy - clean) / np.abs(clean)).mean() > 0.04


def test_charge_is_the_integral_of_current():
    """In every step, within what fifty rows of constant current and twelve of a decay allow."""
    table = record(programme(CAPACITY), 4.4, SILENT, np.random.default_rng(3))
    for _, rows in table.group_by("step"):
        current, seconds = rows["current_a"].to_numpy(), rows["step_s"].to_numpy()
        integral = np.sum(0.5 * (current[1:] + current[:-1]) * np.diff(seconds)) / 3600.0

        assert rows["step_ah"][-1] == pytest.approx(integral, rel=2e-3, abs=1e-9)


def test_each_rate_gives_its_capacity_twice_after_formation():
    """Three cycles at 0.2C, then two at 0.1, 1, 3 and 5C; currents are rates of the nominal."""
    table = record(programme(CAPACITY), 4.4, SILENT, np.random.default_rng(3))
    discharges = table.filter(command="Discharge").group_by("cycle", maintain_order=True).last()

    assert discharges["cycle"].to_list() == list(range(1, 12))
    wanted = [0.2] * 3 + [rate for rate in RATES for _ in range(2)]
    np.testing.assert_allclose(-1e3 * discharges["step_ah"], [CAPACITY[rate] for rate in wanted])
    np.testing.assert_allclose(-1e3 * discharges["current_a"] / 4.4, wanted)


def test_voltages_stay_between_the_papers_limits():
    """2.9 and 4.2 V; a hold ends below 0.02C."""
    table = record(programme(CAPACITY), 4.4, SILENT, np.random.default_rng(3))
    charges = table.filter(cycle=5, command="Charge")

    assert (table["voltage_v"].min(), table["voltage_v"].max()) == pytest.approx((2.9, 4.2))
    assert charges["current_a"][-1] == pytest.approx(0.02 * 4.4e-3)


def test_rates_are_named_as_responses_are():
    """As the paper's targets: c10, 1c, 3c, 5c."""
    assert [rate_name(rate) for rate in RATES] == ["c10", "1c", "3c", "5c"]
