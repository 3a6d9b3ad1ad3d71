"""Figures as PNG: spectra, pull-off curves, rates, parity, importances, effects."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
from impedance.models.circuits import CustomCircuit
from raw_files import run_and_sample

mpl.use("Agg")
from matplotlib import pyplot as plt


def save(figure: plt.Figure, path: Path) -> None:
    """Write a figure and let go of it; only panels side by side need another layout."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if len(figure.axes) > 1:
        figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)


def draw_spectra(
    spectra: dict[Path, tuple[np.ndarray, np.ndarray]],
    circuits: dict[Path, CustomCircuit],
    folder: Path,
) -> None:
    """Draw a Nyquist plot of every spectrum with its fit."""
    for path, (frequency, impedance) in spectra.items():
        fitted = circuits[path].predict(frequency)
        figure, ax = plt.subplots(figsize=(6.0, 5.0))
        ax.plot(impedance.real, -impedance.imag, "o", markersize=3, label="measured")
        ax.plot(fitted.real, -fitted.imag, label="fit")
        ax.set(xlabel="Re Z / ohm", ylabel="-Im Z / ohm", title=path.stem)
        ax.set_aspect("equal", adjustable="datalim")
        ax.legend()
        save(figure, folder / f"{path.stem}.png")


def draw_curves(curves: dict[Path, pd.DataFrame], folder: Path) -> None:
    """Draw the pull-off curves of each run over each other."""
    runs: dict[int, list[Path]] = {}
    for path in curves:
        runs.setdefault(run_and_sample(path)[0], []).append(path)
    for run, paths in runs.items():
        figure, ax = plt.subplots(figsize=(6.0, 4.5))
        for path in paths:
            ax.plot(curves[path]["time_s"], curves[path]["force_n"], label=path.stem)
        ax.set(xlabel="time / s", ylabel="force / N", title=f"run {run}")
        ax.legend()
        save(figure, folder / f"run{run:02d}.png")


def draw_rates(cells: pd.DataFrame, rates: dict[str, float], path: Path) -> None:
    """Draw the capacity of every run's cells over the rate."""
    columns = [f"discharge_capacity_{name}_mah_g" for name in rates]
    figure, ax = plt.subplots()
    for run, means in cells.groupby("run")[columns].mean().iterrows():
        ax.plot(list(rates.values()), means, "o-", label=f"run {run}")
    ax.set(xscale="log", xlabel="C-rate", ylabel="discharge capacity / mAh/g")
    ax.legend(ncols=2, fontsize="small")
    save(figure, path)


def draw_parity(y: np.ndarray, predicted: dict[str, np.ndarray], title: str, path: Path) -> None:
    """Draw left-out predictions over measurements, a panel per family."""
    figure, axes = plt.subplots(2, 3, figsize=(9.0, 6.0), sharex=True, sharey=True)
    for ax, (name, values) in zip(axes.flat, predicted.items(), strict=True):
        ax.plot(y, values, "o", markersize=3)
        ax.axline((y.mean(), y.mean()), slope=1.0, color="gray")
        ax.set(xlabel="measured", ylabel="predicted", title=name)
    figure.suptitle(title)
    save(figure, path)


def draw_importances(table: pd.DataFrame, title: str, path: Path) -> None:
    """Draw mean absolute SHAP values with their bands, a panel per family."""
    figure, axes = plt.subplots(2, 3, figsize=(11.0, 6.0), sharex=True, sharey=True)
    shap_rows = table[table["method"] == "shap"]
    for ax, (name, rows) in zip(axes.flat, shap_rows.groupby("family", sort=False), strict=True):
        off = [rows["value"] - rows["low"], rows["high"] - rows["value"]]
        ax.barh(rows["input"], rows["value"], xerr=np.maximum(off, 0.0))
        ax.set(xlabel="mean |SHAP value|", title=name)
    figure.suptitle(title)
    save(figure, path)


def draw_effects(
    curves: list[tuple[np.ndarray, np.ndarray]], inputs: list[str], title: str, path: Path
) -> None:
    """Draw the average's partial dependence on each input."""
    figure, axes = plt.subplots(1, len(inputs), figsize=(3.5 * len(inputs), 3.5), sharey=True)
    for ax, name, (grid, effect) in zip(axes, inputs, curves, strict=True):
        ax.plot(grid, effect)
        ax.set(xlabel=name)
    axes[0].set_ylabel(title)
    save(figure, path)
