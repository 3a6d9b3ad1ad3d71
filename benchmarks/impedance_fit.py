"""Batched impedance fit, Kramers–Kronig test and screening beside impedance.py, in one process.

Spectra are made up: 10 kHz to 100 mHz, ten a decade, 0.5 % noise on real and imaginary part, the
parameters drawn over realistic ranges. Defects are drawn from harmless to gross.
The peer (``benchmarks/peers/requirements-impedance.txt``) is imported into this process; calls take
turns, and the ratio is the median of several.

Run: OMP_NUM_THREADS=1 python benchmarks/impedance_fit.py [--peer 60] [--turns 5] [--many 10000]
"""

import argparse
import resource
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.physics import contact_arc, shorted_cell, transmission_line
from electrodoe.preprocess.impedance import (
    CIRCUITS,
    Sweeps,
    condense_impedance,
    fit_circuit,
    kramers_kronig,
)
from electrodoe.study import ImpedanceProtocol

FREQUENCY_HZ = np.logspace(4, -1, 51)
N_SPECTRA = 137
NOISE = 0.005
FLAGS = {
    "contact": ("contact arc",),
    "short": ("short",),
    "inductive": ("inductive cell",),
    "drift": ("drift",),
    "mains": ("mains", "outlying points"),
    "noise": ("noise",),
}
THEIRS = {"contact": 100, "short": 97, "inductive": 90, "drift": 67, "mains": 96, "noise": 100}
"""Fractions in percent of impedance.md's rules, on its own spectra."""


def log_uniform(rng: np.random.Generator, low: float, high: float, n: int) -> Any:
    return np.exp(rng.uniform(np.log(low), np.log(high), n))


def noisy(impedance: Any, rng: np.random.Generator, fraction: Any = NOISE) -> Any:
    real, imaginary = rng.normal(size=(2, *impedance.shape))
    return impedance + np.abs(impedance) * fraction * (real + 1j * imaginary)


def lines(n: int, rng: np.random.Generator) -> tuple[Any, ...]:
    """Return R0, R_ion, Q and gamma of some cells."""
    return (
        rng.uniform(5.0, 30.0, n),
        log_uniform(rng, 80.0, 900.0, n),
        log_uniform(rng, 5e-4, 4e-3, n),
        rng.uniform(0.86, 0.98, n),
    )


def defective(n: int, rng: np.random.Generator) -> tuple[Any, dict[str, Any]]:
    """Return true resistances, and the same cells clean and with each defect."""
    cells = lines(n, rng)
    clean = transmission_line(FREQUENCY_HZ, *cells)
    omega = 2.0 * np.pi * FREQUENCY_HZ
    r_c = cells[1] * log_uniform(rng, 0.05, 0.6, n)
    top, gamma_c = log_uniform(rng, 1e3, 1.5e4, n), rng.uniform(0.75, 0.95, n)
    q_c = (2.0 * np.pi * top) ** -gamma_c / r_c
    r_short = np.abs(clean[:, -1]) * log_uniform(rng, 0.5, 12.0, n)
    henry = cells[0] * log_uniform(rng, 0.05, 1.5, n) / (2.0 * np.pi * 1e4)
    hum = clean.copy()
    for row, base in enumerate(rng.choice([50.0, 60.0], n)):
        for harmonic, part in ((1, 1.0), (2, 0.4), (3, 0.6)):
            point = np.argmin(np.abs(np.log(FREQUENCY_HZ / (harmonic * base))))
            size = rng.uniform(0.02, 0.15) * part * np.abs(clean[row, point])
            hum[row, point] += size * np.exp(2j * np.pi * rng.uniform())
    return cells[1], {
        "clean": noisy(clean, rng),
        "contact": noisy(clean + contact_arc(FREQUENCY_HZ, r_c, q_c, gamma_c), rng),
        "short": noisy(shorted_cell(clean, r_short), rng),
        "inductive": noisy(clean + 1j * omega * henry[:, None], rng),
        "drift": noisy(drifting(cells, rng), rng),
        "mains": noisy(hum, rng),
        "noise": noisy(clean, rng, rng.uniform(0.015, 0.05, (n, 1))),
    }


def drifting(cells: tuple[Any, ...], rng: np.random.Generator) -> Any:
    """Return cells whose resistance and capacitance change by 5 to 35 % over the sweep's time."""
    n = len(cells[0])
    change = rng.uniform(0.05, 0.35, n) * rng.choice([-1.0, 1.0], n)
    elapsed = np.cumsum(2.0 / FREQUENCY_HZ)
    points = [
        transmission_line(
            FREQUENCY_HZ[k : k + 1],
            cells[0],
            cells[1] * (1.0 + change * fraction),
            cells[2] * (1.0 - change * fraction),
            cells[3],
        )
        for k, fraction in enumerate(elapsed / elapsed[-1])
    ]
    return np.concatenate(points, axis=1)


def sweeps(impedance: Any) -> Sweeps:
    used = np.ones(impedance.shape, dtype=np.bool_)
    return Sweeps(frequency_hz=FREQUENCY_HZ, impedance_ohm=impedance, used=used)


def records(impedance: Any) -> list[ImpedanceSpectrum]:
    points = np.arange(1, len(FREQUENCY_HZ) + 1)
    return [
        ImpedanceSpectrum(
            path=Path(f"{row}.csv"),
            format="made up",
            frequency_hz=FREQUENCY_HZ,
            impedance_ohm=values,
            lines=points,
        )
        for row, values in enumerate(impedance)
    ]


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def reported(name: str, found: Any, true: Any, low: Any = None, high: Any = None) -> None:
    error = np.abs(found / true - 1.0)
    covered = (
        "" if low is None else f", interval covers {np.mean((low < true) & (true < high)):.1%}"
    )
    print(f"  {name}: {np.mean(error < 0.03):.1%} within 3 % (max {error.max():.1%}){covered}")


def peer_fit(impedance: Any) -> Any:
    """Return what impedance.py fits, weighted by modulus, from one fixed guess."""
    from impedance.models.circuits import CustomCircuit

    found = []
    for values in impedance:
        circuit = CustomCircuit("R0-TLMQ0", initial_guess=[10.0, 200.0, 1e-3, 0.9])
        circuit.fit(FREQUENCY_HZ, values, weight_by_modulus=True)
        t = 1.984 * circuit.conf_[1]
        found.append(
            (circuit.parameters_[1], circuit.parameters_[1] - t, circuit.parameters_[1] + t)
        )
    return np.array(found).T


def peer_kramers_kronig(impedance: Any) -> Any:
    """Return the rms residuals of impedance.py's test."""
    from contextlib import redirect_stdout
    from io import StringIO

    from impedance.models.circuits.elements import circuit_elements
    from impedance.validation import linKK

    circuit_elements["np"] = np  # NumPy 2 writes np.float64(...) into the text that it evaluates
    rms = []
    for values in impedance:
        with redirect_stdout(StringIO()):
            residuals = linKK(FREQUENCY_HZ, values, max_M=50, fit_type="complex", add_cap=True)
        real, imaginary = residuals[3], residuals[4]
        rms.append(np.sqrt(np.mean((real**2 + imaginary**2) / 2.0)))
    return np.array(rms)


def beside_peer(n_peer: int, turns: int) -> None:
    """Print speed and accuracy beside the peer's, in turns."""
    rng = np.random.default_rng(2023)
    cells = lines(N_SPECTRA, rng)
    impedance = noisy(transmission_line(FREQUENCY_HZ, *cells), rng)
    some = rng.permutation(N_SPECTRA)[:n_peer]
    fit_circuit(CIRCUITS["line"], sweeps(impedance))
    peer_fit(impedance[:2])
    fits, tests = [], []
    for _ in range(turns):
        ours, fit = seconds(lambda: fit_circuit(CIRCUITS["line"], sweeps(impedance)))
        theirs, found = seconds(lambda: peer_fit(impedance[some]))
        fits.append((ours / N_SPECTRA, theirs / n_peer))
        ours, test = seconds(lambda: kramers_kronig(sweeps(impedance)))
        theirs, rms = seconds(lambda: peer_kramers_kronig(impedance[some]))
        tests.append((ours / N_SPECTRA, theirs / n_peer))
    for name, pairs in (("fit", np.array(fits)), ("Kramers–Kronig", np.array(tests))):
        ratio = pairs[:, 1] / pairs[:, 0]
        print(
            f"{name}: {1e3 * np.median(pairs[:, 0]):.3f} ms a spectrum beside"
            f" {1e3 * np.median(pairs[:, 1]):.1f}, {np.median(ratio):.0f} times faster"
            f" (median of {turns}; {ratio.min():.0f} to {ratio.max():.0f})"
        )
    reported("ours", fit.r_ion_ohm, cells[1], fit.r_ion_low_ohm, fit.r_ion_high_ohm)
    reported("impedance.py", found[0], cells[1][some], found[1], found[2])
    print(
        f"  clean spectra above 1 % rms: {np.mean(test.rms > 0.01):.1%}, {np.mean(rms > 0.01):.1%}"
    )


def many(n: int) -> None:
    """Print coverage, time and memory of many spectra."""
    rng = np.random.default_rng(1)
    cells = lines(n, rng)
    impedance = noisy(transmission_line(FREQUENCY_HZ, *cells), rng)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    parts = np.array_split(impedance, max(n // 512, 1))
    took, fits = seconds(lambda: [fit_circuit(CIRCUITS["line"], sweeps(part)) for part in parts])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{n} spectra fitted in {took:.2f} s, {(after - before) / 1024:.0f} MB more memory")
    low, found, high = (
        np.concatenate([getattr(fit, name) for fit in fits])
        for name in ("r_ion_low_ohm", "r_ion_ohm", "r_ion_high_ohm")
    )
    reported("ours", found, cells[1], low, high)
    made = records(impedance)
    took, condensed = seconds(lambda: condense_impedance(made, protocol()))
    flagged = np.mean(condensed.table["flags"].to_numpy() != "")
    print(f"  condensed with all screening in {took:.2f} s; false alarms {flagged:.2%}")


def protocol() -> ImpedanceProtocol:
    return ImpedanceProtocol(instrument="impedance", files=("*",))


def screened(n: int) -> None:
    """Print what the screening sees, and what it costs not to."""
    r_ion, spectra = defective(n, np.random.default_rng(11))
    print(f"\nscreening, {n} spectra of each kind (percent)")
    print("kind       named  impedance.md  any flag  accepted  R_ion within 3 %  bad unflagged")
    for kind, impedance in spectra.items():
        table = condense_impedance(records(impedance), protocol()).table
        flags = table["flags"].to_list()
        error = np.abs(table["ionic_resistance_ohm"].to_numpy() / r_ion - 1.0)
        is_named = [any(word in reported for word in FLAGS.get(kind, ())) for reported in flags]
        is_missed = (error > 0.1) & np.array([not reported for reported in flags])
        numbers = (
            np.mean(is_named),
            np.mean([bool(reported) for reported in flags]),
            table["accepted"].mean(),
            np.mean(error < 0.03),
            np.mean(is_missed),
        )
        named, any_flag, accepted, close, missed = (100.0 * float(each) for each in numbers)
        print(
            f"{kind:<10}{named:6.1f}{THEIRS.get(kind, '–'):>14}{any_flag:10.1f}{accepted:10.1f}"
            f"{close:18.1f}{missed:15.1f}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", type=int, default=60, help="spectra that the peer is given")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--defects", type=int, default=1000)
    asked = parser.parse_args()
    if find_spec("impedance"):
        beside_peer(asked.peer, asked.turns)
    else:
        print("impedance.py is not installed here; benchmarks/peers/requirements-impedance.txt")
    many(asked.many)
    screened(asked.defects)
