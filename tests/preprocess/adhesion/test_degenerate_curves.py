"""Curves that have no strength, or one that must not be used: each is recognized by its finding."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.ingest import PullOffCurve
from electrodoe.preprocess.adhesion import condense_adhesion, evaluate_pull_off
from strategies.pull_off import MadeUpTest, curve_of, made_up_curve, protocol

SOUND = MadeUpTest()
PULL_S = SOUND.free_s + SOUND.press_s + SOUND.dwell_s + 0.05


def _cut(curve: PullOffCurve, start_s: float, stop_s: float) -> PullOffCurve:
    """Return the part of a curve between two times."""
    kept = (curve.time_s >= start_s) & (curve.time_s < stop_s)
    return curve_of(curve.time_s[kept], curve.force_n[kept])


def _sound() -> PullOffCurve:
    return made_up_curve(SOUND)


def _no_contact() -> PullOffCurve:
    return _cut(_sound(), 0.0, SOUND.free_s)


def _twice_parted() -> PullOffCurve:
    curve = _sound()
    hole = (curve.time_s > PULL_S + 0.12) & (curve.time_s < PULL_S + 0.16)
    return curve_of(curve.time_s, np.where(hole, 0.0, curve.force_n))


def _clipped() -> PullOffCurve:
    curve = _sound()
    return curve_of(curve.time_s, np.minimum(curve.force_n, 11.0))


def _shuffled() -> PullOffCurve:
    curve = _sound()
    return curve_of(curve.force_n, curve.time_s)


CURVES: dict[str, tuple[Callable[[], PullOffCurve], dict[str, object]]] = {
    "D401": (lambda: _cut(_sound(), 0.0, 0.005), {}),
    "D402": (_shuffled, {}),
    "D403": (_no_contact, {}),
    "D404": (
        lambda: _cut(made_up_curve(MadeUpTest(strength_kpa=0.0)), 0.0, PULL_S + 1.0),
        {},
    ),
    "D405": (_sound, {"tension_sign": "negative"}),
    "D406": (lambda: _cut(made_up_curve(MadeUpTest(shape="round")), 0.0, PULL_S + 0.15), {}),
    "D407": (lambda: _cut(_sound(), 0.0, PULL_S + 0.2), {}),
    "D408": (_clipped, {}),
    "D409": (_twice_parted, {}),
    "D410": (lambda: made_up_curve(MadeUpTest(strength_kpa=27.0, noise_n=0.25)), {}),
    "D412": (_sound, {"area_mm2": 5.026}),
    "D420": (lambda: curve_of(_sound().time_s, 1e12 * _sound().force_n), {}),
}
"""By the finding of severity error that each of them has."""


@pytest.mark.parametrize("code", CURVES)
def test_a_degenerate_curve_is_rejected_by_name(code: str):
    """Its row stays, is not accepted, and says why in its flags."""
    make, changes = CURVES[code]

    condensed = condense_adhesion([make()], protocol(**changes))

    graves = {each.code for each in condensed.findings if each.severity == "error"}
    titles = {each.title.lower() for each in condensed.findings if each.code == code}
    assert code in graves, condensed.findings
    assert condensed.table["accepted"].to_list() == [False]
    assert titles <= set(condensed.table["flags"][0].split("; "))
    assert all(each.where.startswith("made_up.csv, line") for each in condensed.findings)


@given(
    st.lists(st.floats(-1e6, 1e6) | st.sampled_from([0.0, 1e300, -1e300]), min_size=1, max_size=80),
    st.lists(st.sampled_from([0.0, 0.0005, 0.1, 30.0]), min_size=80, max_size=80),
    st.sampled_from(["auto", "positive", "negative"]),
)
def test_any_numbers_at_all_give_a_row(forces: list[float], steps: list[float], sign: str):
    """Never an exception or a warning; what is accepted is finite, or it says why it is not."""
    curve = curve_of(np.cumsum(steps)[: len(forces)], np.array(forces))

    table = condense_adhesion([curve], protocol(tension_sign=sign)).table

    strength = table["adhesion_strength_kpa"][0]
    assert not table["accepted"][0] or (strength is not None and np.isfinite(strength))
    assert table["flags"][0]


def test_a_held_force_alone_is_no_strength():
    """Compression counted as positive, and the record ends before the pull."""
    curve = made_up_curve(replace(SOUND, tension_sign=-1))
    pressed = _cut(curve, 0.0, PULL_S - 0.06)
    released = curve_of(curve.time_s, np.where(curve.time_s < PULL_S, curve.force_n, 0.7))

    for each in (pressed, released):
        assert not evaluate_pull_off(each, protocol()).is_accepted


def test_a_load_cells_nominal_force_is_its_limit():
    """98 % of it is not to be trusted."""
    found = evaluate_pull_off(_sound(), protocol(load_cell_n=15.0))

    assert "D408" in {each.code for each in found.findings}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("D412", {"compression_stress_kpa": 1000.0}),
        ("D413", {"dwell_time_s": 30.0}),
        ("D414", {"data_rate_hz": 10_000.0}),
    ],
)
def test_a_test_that_differs_from_its_protocol_is_flagged_and_kept(
    code: str, change: dict[str, object]
):
    """A warning or a remark; the strength may be used."""
    found = evaluate_pull_off(_sound(), protocol(**change))

    assert [each.code for each in found.findings] == [code]
    assert found.is_accepted


def test_a_pull_alone_is_read_and_flagged():
    """Tension without compression before it."""
    curve = _cut(_sound(), PULL_S, 100.0)

    found = evaluate_pull_off(curve, protocol(dwell_time_s=None))

    assert "D411" in {each.code for each in found.findings}
    assert found.adhesion_strength_kpa == pytest.approx(300.0, rel=0.01)


def test_a_slow_rise_is_not_taken_for_drift():
    """A tensile test that begins under load and ends there: the machine's own zero is kept."""
    time = np.linspace(0.0, 100.0, 5000)
    force = 80.0 * (time / 100.0) ** 1.5 + np.random.default_rng(0).normal(0.0, 0.01, 5000)

    found = evaluate_pull_off(curve_of(time, force), protocol())

    assert found.peak_force_n == pytest.approx(80.0, rel=0.01)
    assert "Zero not seen" in {each.title for each in found.findings}


def test_a_file_of_another_area_and_speed_is_reported():
    """What the file states beside what the protocol says."""
    curve = replace(_sound(), area_mm2=78.5, travel_mm=np.arange(_sound().force_n.size) * 1e-4)

    found = evaluate_pull_off(curve, protocol())

    assert {"D418", "D419"} <= {each.code for each in found.findings}


def _reported(curve: PullOffCurve, code: str) -> list[str]:
    """Return the severity of each finding of a code."""
    findings = evaluate_pull_off(curve, protocol()).findings
    return [str(each.severity) for each in findings if each.code == code]


@pytest.mark.parametrize(
    ("start_s", "stop_s", "severities"),
    [
        (0.0, 100.0, []),
        (PULL_S, 100.0, ["note"]),
        (0.0, PULL_S + SOUND.pull_s + 0.01, ["note"]),
        (PULL_S, PULL_S + SOUND.pull_s + 0.01, ["warning"]),
    ],
    ids=["both sides", "after", "before", "nowhere"],
)
def test_a_zero_that_is_not_seen_is_reported(start_s: float, stop_s: float, severities: list[str]):
    """D415: free travel on both sides says nothing, on one side a note, on none a warning."""
    curve = made_up_curve(MadeUpTest(rate_hz=500.0))

    assert _reported(_cut(curve, start_s, stop_s), "D415") == severities


@pytest.mark.parametrize(("fraction", "severities"), [(0.19, []), (0.21, ["warning"])])
def test_a_zero_that_moves_by_a_fifth_of_the_peak_is_reported(
    fraction: float, severities: list[str]
):
    """D416: 300 kPa on 50.26 mm² are 15.078 N, and the test takes 7.3 s."""
    drifting = MadeUpTest(drift_n_s=fraction * 15.078 / 7.3)

    assert _reported(made_up_curve(drifting), "D416") == severities


@pytest.mark.parametrize(("rate_hz", "severities"), [(50.0, ["warning"]), (100.0, [])])
def test_a_peak_of_fewer_than_four_points_is_reported(rate_hz: float, severities: list[str]):
    """D417: the pull takes 20 ms, which are three points at 50 Hz and four at 100 Hz."""
    assert _reported(made_up_curve(MadeUpTest(rate_hz=rate_hz, pull_s=0.02)), "D417") == severities


@pytest.mark.parametrize(
    ("code", "changes", "severities"),
    [
        ("D412", {"compression_stress_kpa": 1500.0 / 1.09}, []),
        ("D412", {"compression_stress_kpa": 1500.0 / 1.11}, ["warning"]),
        ("D412", {"compression_stress_kpa": 1500.0 / 4.9}, ["warning"]),
        ("D412", {"compression_stress_kpa": 1500.0 / 5.1}, ["error"]),
        ("D412", {"compression_stress_kpa": 1500.0 * 4.9}, ["warning"]),
        ("D412", {"compression_stress_kpa": 1500.0 * 5.1}, ["error"]),
        ("D414", {"data_rate_hz": 3900.0}, []),
        ("D414", {"data_rate_hz": 4100.0}, ["note"]),
    ],
)
def test_a_protocol_is_held_up_to_its_limits(
    code: str, changes: dict[str, float], severities: list[str]
):
    """A tenth of the stress, by a factor of five a wrong unit; half of the data rate."""
    found = evaluate_pull_off(_sound(), protocol(tolerance=0.1, **changes)).findings

    assert [str(each.severity) for each in found if each.code == code] == severities


@pytest.mark.parametrize(
    ("fraction", "n_reported"), [(0.991, 0), (1.009, 0), (0.989, 1), (1.011, 1)]
)
def test_a_stated_area_is_the_protocols_to_a_hundredth(fraction: float, n_reported: int):
    """D419 says both."""
    curve = replace(_sound(), area_mm2=fraction * 50.26)

    assert len(_reported(curve, "D419")) == n_reported


@pytest.mark.parametrize(("mm_min", "n_reported"), [(109.0, 0), (111.0, 1), (91.0, 0), (89.0, 1)])
def test_a_pull_off_speed_is_held_to_its_tolerance(mm_min: float, n_reported: int):
    """D418: travel at a constant speed is known from its first and its last point."""
    curve = _sound()
    moved = replace(curve, travel_mm=curve.time_s * mm_min / 60.0)

    found = evaluate_pull_off(moved, protocol(tolerance=0.1, pull_off_speed_mm_min=100.0)).findings

    assert len([each for each in found if each.code == "D418"]) == n_reported


@pytest.mark.parametrize(("load_cell_n", "n_reported"), [(77.5, 0), (15.5, 0), (15.3, 1)])
def test_a_load_cell_is_at_its_limit_from_98_percent_on(load_cell_n: float, n_reported: int):
    """D408 by what the cell itself shows: 15.078 N without offset and drift."""
    curve = made_up_curve(MadeUpTest(offset_n=0.0, drift_n_s=0.0, noise_n=0.005))

    found = evaluate_pull_off(curve, protocol(load_cell_n=load_cell_n)).findings

    assert len([each for each in found if each.code == "D408"]) == n_reported


@pytest.mark.parametrize(("n_points", "n_reported"), [(19, 1), (20, 0)])
def test_a_test_has_twenty_points(n_points: int, n_reported: int):
    """D401 below."""
    time = np.arange(float(n_points))

    assert len(_reported(curve_of(time, np.sin(time)), "D401")) == n_reported


@pytest.mark.parametrize(
    ("left", "again", "n_reported"),
    [(0.33, 0.6, 1), (0.37, 0.6, 0), (0.2, 0.52, 1), (0.2, 0.48, 0)],
)
def test_a_bond_that_holds_again_parted_in_steps(left: float, again: float, n_reported: int):
    """D409 where little more than a third of the peak is left, and half of it comes back."""
    test = MadeUpTest(offset_n=0.0, drift_n_s=0.0, noise_n=0.005)
    curve, peak_n = made_up_curve(test), 15.078
    since_s = curve.time_s - PULL_S - test.pull_s - 1.0 / test.rate_hz
    steps = [(since_s >= 0.0) & (since_s < 0.05), (since_s >= 0.05) & (since_s < 0.1)]
    held = np.select(steps, [left * peak_n, again * peak_n], 0.0)

    reported = _reported(curve_of(curve.time_s, curve.force_n + held), "D409")

    assert reported == ["error"] * n_reported


@pytest.mark.parametrize(("left_n", "severities"), [(0.2, ["error"]), (0.4, [])])
def test_a_fall_before_a_weak_peak_counts_from_twelve_times_the_noise_on(
    left_n: float, severities: list[str]
):
    """D409: from 1.488 N at 0.6 of the way, where the noise is 0.1 N and the peak 2 N."""
    test = MadeUpTest(strength_kpa=2000.0 / 50.26, noise_n=0.1, offset_n=0.0, drift_n_s=0.0)
    noisy, still = (made_up_curve(replace(test, noise_n=noise)) for noise in (0.1, 0.0))
    since_s = noisy.time_s - PULL_S
    is_pulled = (since_s > 0.02) & (since_s < 0.25)
    force = np.where(is_pulled, still.force_n, noisy.force_n)
    force[(since_s > 0.15) & (since_s < 0.17)] = left_n

    found = evaluate_pull_off(curve_of(noisy.time_s, force), protocol())

    assert found.reading is not None
    assert found.reading.noise_n == pytest.approx(0.1, rel=0.05)
    assert [str(each.severity) for each in found.findings if each.code == "D409"] == severities
