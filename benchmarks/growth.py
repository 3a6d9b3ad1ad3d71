"""How time and memory of a whole run grow: rows, configurations, inputs, responses, files, cycles.

Each size is a run of its own in a fresh process and a temporary folder, on one worker, so that CPU
seconds and peak memory are its own. Simulated studies are drawn from seed and size alone.

``python benchmarks/growth.py [--only rows configurations ...] [--families mlr,...]``
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

SEED = 2026
SIZES: dict[str, tuple[int, ...]] = {
    "rows": (500, 5_000, 50_000),
    "rows, inputs measured": (500, 5_000, 50_000),
    "configurations": (30, 100, 300, 1_000),
    "inputs": (3, 4, 6),
    "responses": (1, 2, 4),
    "files": (50, 200, 800),
    "cycles": (50, 500, 5_000),
}
"""What grows, and the sizes it is measured at."""


def surface(settings: np.ndarray) -> np.ndarray:
    """Return a plane, an interaction and curvature, shape (n,)."""
    x = settings.T
    return x[0] - 0.6 * x[1] + 0.4 * x[0] * x[1] + 0.5 * x[2] ** 2 + 0.2 * np.sin(2.0 * x[0])


def write_study(
    folder: Path,
    *,
    n_rows: int = 180,
    n_configurations: int = 60,
    n_inputs: int = 4,
    n_responses: int = 1,
    is_measured: bool = False,
    is_grouped: bool = True,
    seed: int = SEED,
) -> None:
    """Write a study of one table: ``study.toml`` and ``samples.csv``.

    Parameters
    ----------
    folder : Path
        Where; it exists.
    n_rows, n_configurations, n_inputs, n_responses : int
        Its sizes; configurations get equal numbers of rows.
    is_measured : bool
        Whether inputs are measured row by row, so that no two rows are alike.
    is_grouped : bool
        Whether a column names the configuration.
    seed : int
        Of settings and noise.
    """
    rng = np.random.default_rng(seed)
    settings = rng.uniform(-1.0, 1.0, (n_configurations, n_inputs)).round(3)
    run = np.arange(n_rows) % n_configurations
    coded = settings[run]
    if is_measured:
        coded = coded + rng.normal(0.0, 0.02, coded.shape)
    names = [f"x{number + 1}" for number in range(n_inputs)]
    columns = {name: 10.0 + 2.0 * column for name, column in zip(names, coded.T, strict=True)}
    for number in range(n_responses):
        effects = rng.normal(0.0, 0.1, n_configurations)[run]
        clean = surface(np.roll(coded, number, axis=1))
        columns[f"y{number + 1}"] = 50 + 10 * (clean + effects + rng.normal(0.0, 0.15, n_rows))
    table = np.column_stack(list(columns.values()))
    head = ",".join((["run"] if is_grouped else []) + list(columns))
    lines = [
        ",".join(([f"R{owner}"] if is_grouped else []) + [f"{value:.9g}" for value in row])
        for owner, row in zip(run, table, strict=True)
    ]
    (folder / "samples.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    group = 'group = "run"\n' if is_grouped else ""
    declared = "".join(f"[factors.{name}]\nrange = [7.0, 13.0]\n" for name in names)
    goals = "".join(
        f'[responses.y{number + 1}]\ngoal = "maximize"\nlower = 52.0\n'
        for number in range(n_responses)
    )
    (folder / "study.toml").write_text(
        f'title = "Growth"\n[measurements]\ntable = "samples.csv"\n{group}{declared}{goals}',
        encoding="utf-8",
    )


def write_spectra(folder: Path, n_files: int) -> None:
    """Write spectra of a transmission line, 46 points each, with half a percent of noise."""
    rng = np.random.default_rng(SEED)
    frequency_hz = np.geomspace(1e5, 1e-1, 46)
    for number in range(n_files):
        resistance_ohm = rng.uniform(10.0, 60.0)
        root = np.sqrt(1j * 2.0 * np.pi * frequency_hz * 2e-3 * resistance_ohm)
        impedance_ohm = 3.0 + resistance_ohm / (root * np.tanh(root))
        noise = rng.normal(0.0, 0.005, (2, 46)) * np.abs(impedance_ohm)
        rows = np.column_stack(
            [frequency_hz, impedance_ohm.real + noise[0], -impedance_ohm.imag + noise[1]]
        )
        head = "frequency / Hz,Re(Z) / Ohm,-Im(Z) / Ohm"
        np.savetxt(
            folder / f"R{number}.csv", rows, delimiter=",", header=head, comments="", fmt="%.6g"
        )


def write_cycles(folder: Path, n_cycles: int) -> None:
    """Write one cell's cycles at 1C, ten rows a half cycle, with a slowly falling capacity."""
    steps = np.tile(np.repeat([0.5, -0.5], 10), n_cycles)
    cycle = np.repeat(np.arange(n_cycles), 20)
    hours = 2.0 * 0.9998**cycle / 9.0
    within = np.tile(np.arange(10), 2 * n_cycles)
    time_s = np.cumsum(np.where(within > 0, 3600.0 * hours, 1.0))
    fraction = within / 9.0
    voltage_v = np.where(steps > 0, 3.0 + 1.2 * fraction, 4.2 - 1.2 * fraction)
    step = np.repeat(np.arange(2 * n_cycles), 10)
    rows = np.column_stack([time_s, voltage_v, steps, cycle + 1, step])
    head = "test_time_second,voltage_volt,current_ampere,cycle_count,step_index"
    np.savetxt(folder / "cell.csv", rows, delimiter=",", header=head, comments="", fmt="%.9g")


def command(what: str, size: int, folder: Path) -> list[str]:
    """Write what grows in its size, and return the command that reads it."""
    if what == "files":
        write_spectra(folder, size)
        return ["impedance", str(folder), "--out", str(folder / "out.csv")]
    if what == "cycles":
        write_cycles(folder, size)
        return ["capacity", str(folder / "cell.csv"), "--out", str(folder / "out.csv")]
    sizes = {
        "rows": {"n_rows": size},
        "rows, inputs measured": {"n_rows": size, "is_measured": True},
        "configurations": {"n_rows": 3 * size, "n_configurations": size},
        "inputs": {"n_inputs": size},
        "responses": {"n_responses": size},
    }
    write_study(folder, **sizes[what])
    return ["run", str(folder), "--effort", "quick", "--workers", "1"]


def measured(what: str, size: int, families: str) -> dict[str, float]:
    """Return CPU seconds, peak MB and MB of the report of one size, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        arguments = command(what, size, folder)
        if families and arguments[0] == "run":
            with (folder / "study.toml").open("a", encoding="utf-8") as file:
                file.write(f"[settings]\nfamilies = {json.dumps(families.split(','))}\n")
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "electrodoe", *arguments],
            {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, status, usage = os.wait4(child, 0)
        report = folder / "results" / "report.html"
        return {
            "exit code": os.waitstatus_to_exitcode(status),
            "CPU s": usage.ru_utime + usage.ru_stime,
            "peak MB": usage.ru_maxrss / 1000.0,
            "report MB": report.stat().st_size / 1e6 if report.exists() else np.nan,
        }


def exponent(sizes: list[int], values: list[float]) -> float:
    """Return the power of the size with which a value grows over the last two sizes."""
    return float(np.log(values[-1] / values[-2]) / np.log(sizes[-1] / sizes[-2]))


def main() -> None:
    """Print one row per size, and the exponents of each thing that grows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=list(SIZES), default=list(SIZES))
    parser.add_argument("--families", default="", help="comma-separated; the default's without it")
    parser.add_argument("--largest", type=int, default=10**9, help="skip larger sizes")
    arguments = parser.parse_args()
    print("| what grows | size | CPU, s | peak, MB | report, MB |")
    print("| --- | --- | --- | --- | --- |")
    for what in arguments.only:
        sizes = [size for size in SIZES[what] if size <= arguments.largest]
        rows = [measured(what, size, arguments.families) for size in sizes]
        for size, row in zip(sizes, rows, strict=True):
            failed = f" (exit code {row['exit code']})" if row["exit code"] else ""
            print(
                f"| {what} | {size:,}{failed} | {row['CPU s']:.1f} | {row['peak MB']:.0f} |"
                f" {row['report MB']:.2f} |",
                flush=True,
            )
        if len(rows) > 1:
            powers = [exponent(sizes, [row[name] for row in rows]) for name in ("CPU s", "peak MB")]
            print(f"| {what} | exponent | {powers[0]:.2f} | {powers[1]:.2f} | |", flush=True)


if __name__ == "__main__":
    main()
