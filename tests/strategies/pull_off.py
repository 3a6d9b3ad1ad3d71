"""Pull-off tests that were never made, with the strength they would have shown."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from electrodoe.ingest import PullOffCurve
from electrodoe.study import AdhesionProtocol

AREA_MM2 = 50.26
COMPRESSION_KPA = 1500.0
SHAPES = ("sudden", "round", "gradual")
FALLS = ("straight", "fading", "bent")


@dataclass(frozen=True, kw_only=True)
class MadeUpTest:
    """What a made-up testing machine does."""

    strength_kpa: float = 300.0
    shape: str = "sudden"
    fall: str = "straight"
    n_falling: int = 0
    tension_sign: int = 1
    rate_hz: float = 2000.0
    free_s: float = 1.0
    press_s: float = 2.0
    dwell_s: float = 3.0
    pull_s: float = 0.25
    after_s: float = 1.0
    noise_n: float = 0.02
    drift_n_s: float = 0.02
    offset_n: float = 0.7
    start_s: float = 0.0


def made_up_force(
    test: MadeUpTest, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return time and force of a test: press, hold and relax, release, pull, part."""
    press_n = COMPRESSION_KPA * AREA_MM2 / 1000.0
    peak_n = test.strength_kpa * AREA_MM2 / 1000.0
    contact = test.free_s + rng.uniform(0.0, 1.0 / test.rate_hz)
    hold = contact + test.press_s
    release = hold + test.dwell_s
    pull = release + 0.05
    time = np.arange(0.0, pull + test.pull_s + test.after_s, 1.0 / test.rate_hz)
    held_n = press_n * (0.9 + 0.1 * np.exp(-(time - hold) / 5.0))
    way = (time - pull) / test.pull_s
    force = np.select(
        [time < contact, time < hold, time < release, time < pull, way < 1.0],
        [
            0.0,
            -press_n * ((time - contact) / test.press_s) ** 2,
            -held_n,
            -held_n * (1.0 - (time - release) / 0.05),
            peak_n * _shape(way, test.shape),
        ],
        peak_n * _left((time - pull - test.pull_s) * test.rate_hz, test.n_falling, test.fall),
    )
    noise = rng.normal(0.0, test.noise_n, time.size) if test.noise_n else 0.0
    zero = test.offset_n + test.drift_n_s * time
    return time + test.start_s, test.tension_sign * force + zero + noise


def _shape(way: NDArray[np.float64], shape: str) -> NDArray[np.float64]:
    """Return the tension over the way of the pull, 1 at its peak."""
    if shape == "sudden":
        return way * (1.6 - 0.6 * way)
    if shape == "softening":
        return np.sin(np.pi * way / 2.0)
    if shape == "round":
        return np.sin(np.pi * way)
    return np.where(way < 0.6, np.sin(np.pi * way / 1.2), np.exp(-(((way - 0.6) / 0.15) ** 2)))


def _left(n_since: NDArray[np.float64], n_falling: int, fall: str) -> NDArray[np.float64] | float:
    """Return what is left of the peak some samples after it, which falls over a number of them."""
    if n_falling == 0:
        return 0.0
    way = np.clip(n_since / n_falling, 0.0, None)
    if fall == "fading":
        return np.exp(-2.0 * way)
    gone = np.minimum(way, 1.0)
    return 1.0 - gone if fall == "straight" else 0.5 + 0.5 * np.cos(np.pi * gone)


def curve_of(time_s: NDArray[np.float64], force_n: NDArray[np.float64]) -> PullOffCurve:
    """Return a curve as a reader would hand it on."""
    return PullOffCurve(
        path=Path("made_up.csv"),
        format="made up",
        time_s=time_s,
        travel_mm=None,
        force_n=force_n,
        lines=np.arange(2, time_s.size + 2),
        header={},
    )


def made_up_curve(test: MadeUpTest, seed: int = 0) -> PullOffCurve:
    """Return a made-up test as a curve."""
    return curve_of(*made_up_force(test, np.random.default_rng(seed)))


def protocol(**changes: object) -> AdhesionProtocol:
    """Return Table 4 with the made-up machine's short dwell."""
    return AdhesionProtocol.model_validate(
        {"instrument": "adhesion", "files": ("*",), "dwell_time_s": 3.0, **changes}
    )
