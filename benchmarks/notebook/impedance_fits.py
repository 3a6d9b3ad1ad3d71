"""Ionic resistances by impedance.py: a transmission line, with a contact where one is expected."""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
from impedance.models.circuits import CustomCircuit
from impedance.models.circuits.elements import circuit_elements
from impedance.preprocessing import ignoreBelowX
from impedance.validation import linKK
from raw_files import run_and_sample

circuit_elements["np"] = np  # NumPy 2 writes np.float64(...) into the text that linKK evaluates
LINE, CONTACT = "R0-TLMQ0", "R0-p(R1,CPE1)-TLMQ0"
NOISY = 0.03  # residual over the modulus; linKK leaves up to 2 % of clean spectra unexplained
SHORTED_DEG = -45.0  # a blocking electrode's slowest point is far below
POOR = 0.02  # residual of a fit that deserves a second guess
CONTACT_HZ = (2000.0, 8000.0)  # top of the contact's arc, as guessed first and second


def guesses(frequency: np.ndarray, impedance: np.ndarray, circuit: str) -> list[list[float]]:
    """Return starting values as one reads them off a Nyquist plot."""
    start = impedance.real[0]
    knee = np.interp(2.0, frequency[::-1], impedance.real[::-1])
    line = [max(3.0 * (knee - start), 30.0), 1.0 / abs(impedance.imag[-1]), 0.9]
    if circuit == LINE:
        return [[start, *line], [start, 2.0 * line[0], *line[1:]]]
    arc = 0.5 * start
    return [
        [arc, arc, 1.0 / (arc * (2.0 * np.pi * top) ** 0.85), 0.85, *line] for top in CONTACT_HZ
    ]


def residual(circuit: CustomCircuit, frequency: np.ndarray, impedance: np.ndarray) -> float:
    """Return the root mean square of the relative residuals."""
    off = (circuit.predict(frequency) - impedance) / np.abs(impedance)
    return float(np.sqrt(np.mean(np.abs(off) ** 2)))


def fit_line(frequency: np.ndarray, impedance: np.ndarray, name: str) -> CustomCircuit:
    """Return the fit by modulus weights; the second guess where the first led to nothing."""
    fits = []
    for guess in guesses(frequency, impedance, name):
        circuit = CustomCircuit(name, initial_guess=guess)
        circuit.fit(frequency, impedance, weight_by_modulus=True)
        fits.append((residual(circuit, frequency, impedance), circuit))
        if fits[-1][0] < POOR:
            break
    return min(fits, key=lambda fit: fit[0])[1]


def kramers_kronig(frequency: np.ndarray, impedance: np.ndarray) -> float:
    """Return the root mean square residual of impedance.py's test."""
    with redirect_stdout(StringIO()):
        *_, real, imaginary = linKK(
            frequency, impedance, max_M=50, fit_type="complex", add_cap=True
        )
    return float(np.sqrt(np.mean((real**2 + imaginary**2) / 2.0)))


def fit_spectra(
    spectra: dict[Path, tuple[np.ndarray, np.ndarray]], name: str
) -> tuple[pd.DataFrame, dict[Path, CustomCircuit]]:
    """Return one row per spectrum, and the fitted circuits."""
    rows, circuits = [], {}
    for path, (frequency, impedance) in spectra.items():
        used = ignoreBelowX(frequency, impedance)
        circuits[path] = fit_line(*used, name)
        at = circuits[path].get_param_names()[0].index("TLMQ0_0")
        run, sample = run_and_sample(path)
        noise = kramers_kronig(*used)
        is_shorted = np.angle(used[1][-1], deg=True) > SHORTED_DEG
        rows.append(
            {
                "run": run,
                "sample": sample,
                "file": path,
                "ionic_resistance_ohm": circuits[path].parameters_[at],
                "standard_error_ohm": circuits[path].conf_[at],
                "kramers_kronig": noise,
                "accepted": noise < NOISY and not is_shorted,
            }
        )
    return pd.DataFrame(rows), circuits
