"""The notebook that everyone writes again: a study's raw files to models, SHAP values and figures.

Run in the environment of requirements.txt, one thread, on a study that was simulated already:

    OMP_NUM_THREADS=1 python notebook.py STUDY OUT [--targets response@scenario ...]

It writes tables and PNGs to OUT, and prints CPU seconds by stage as JSON. Targets that were not
asked for count as the measured one with the nearest number of samples, and are said to.
"""

import argparse
import json
import time
import tomllib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from explaining import are_independent, compile_shap, explain
from families import evaluate
from impedance_fits import CONTACT, LINE, fit_spectra
from joining import calendered_cells, joined, uncalendered_cells
from pictures import (
    draw_curves,
    draw_effects,
    draw_importances,
    draw_parity,
    draw_rates,
    draw_spectra,
)
from raw_files import read_cells, read_curves, read_spectra
from samples import (
    RATES,
    adhesion,
    capacities,
    coil_web_segments,
    sheets_by_run,
)

SECONDS: dict[str, float] = {"imports": time.process_time()}
PAGES = {"calendered": LINE, "uncalendered": CONTACT}


@dataclass(frozen=True, kw_only=True)
class Target:
    """A response with the inputs of a scenario, and what was measured of them."""

    response: str
    scenario: str
    inputs: list[str]
    X: np.ndarray
    y: np.ndarray
    groups: np.ndarray

    @property
    def name(self) -> str:
        """Return what it is asked for by."""
        return f"{self.response}@{self.scenario}"


@contextmanager
def timed(stage: str, seconds: dict[str, float] = SECONDS) -> Iterator[None]:
    """Add the CPU seconds of what is done inside to a stage."""
    start = time.process_time()
    yield
    seconds[stage] = seconds.get(stage, 0.0) + time.process_time() - start


def condense(study: Path, out: Path) -> pd.DataFrame:
    """Return one row per sample with its run's settings, and draw the raw data."""
    raw = study / "raw"
    with timed("reading"):
        spectra = {page: read_spectra(raw / "impedance" / page) for page in PAGES}
        curves = {page: read_curves(raw / "adhesion" / page) for page in PAGES}
        cells = read_cells(raw / "cells")
        index = pd.read_csv(raw / "cells.csv")
        discs = pd.read_csv(raw / "impedance" / "uncalendered.csv")
        sheets = pd.read_csv(raw / "sheets" / "sheets.csv")
        log, runs, thickness = (
            pd.read_csv(raw / "coil" / f"{name}.csv")
            for name in ("coater_log", "runs", "thickness_samples")
        )
    with timed("impedance fit"):
        fits = {page: fit_spectra(spectra[page], PAGES[page]) for page in PAGES}
    with timed("samples"):
        by_run = sheets_by_run(sheets)
        segments = coil_web_segments(log, runs, thickness)
        pulled = {
            "calendered": adhesion(curves["calendered"], "adhesion_strength_kpa"),
            "uncalendered": adhesion(curves["uncalendered"], "uncalendered_adhesion_strength_kpa"),
        }
        rated = capacities(cells, index)
        calendered = calendered_cells(fits["calendered"][0], by_run)
        bare = uncalendered_cells(fits["uncalendered"][0], discs)
        samples = joined(by_run, segments, [*pulled.values(), calendered, bare, rated])
    with timed("figures of raw data"):
        for page in PAGES:
            draw_spectra(spectra[page], fits[page][1], out / "nyquist" / page)
            draw_curves(curves[page], out / "pull_off" / page)
        draw_rates(rated, RATES, out / "rates.png")
    return samples


def targets_of(study: Path, samples: pd.DataFrame) -> list[Target]:
    """Return every response and scenario that the study declares."""
    declared = tomllib.loads((study / "study.toml").read_text(encoding="utf-8"))
    targets = []
    for name, scenario in declared["scenarios"].items():
        for response in scenario["responses"]:
            data = samples.dropna(subset=[response, *scenario["inputs"]])
            targets.append(
                Target(
                    response=response,
                    scenario=name,
                    inputs=scenario["inputs"],
                    X=data[scenario["inputs"]].to_numpy(),
                    y=data[response].to_numpy(),
                    groups=data["run"].to_numpy(),
                )
            )
    return targets


def work_out(
    target: Target, out: Path
) -> tuple[pd.DataFrame, pd.DataFrame | None, dict[str, float]]:
    """Return scores, importances where inputs are independent, and the CPU seconds they took."""
    seconds: dict[str, float] = {}
    reported = {"target": target.response, "scenario": target.scenario}
    data = target.X, target.y, target.groups
    with timed("models", seconds):
        scores, left_out, models = evaluate(*data)
    with timed("figures of models", seconds):
        draw_parity(target.y, left_out, target.name, out / f"parity-{target.name}.png")
    if not are_independent(target.X):
        return scores.assign(**reported), None, seconds
    with timed("explanations", seconds):
        importances, curves = explain(models, *data, target.inputs)
    with timed("figures of models", seconds):
        draw_importances(importances, target.name, out / f"importance-{target.name}.png")
        draw_effects(curves, target.inputs, target.name, out / f"effects-{target.name}.png")
    return scores.assign(**reported), importances.assign(**reported), seconds


def account(targets: list[Target], measured: dict[str, dict[str, float]]) -> dict[str, object]:
    """Return CPU seconds by stage, those of targets that were not measured as of their nearest."""
    known = [target for target in targets if target.name in measured]
    whole = dict(SECONDS)
    for target in targets:
        alike = [one for one in known if are_independent(one.X) == are_independent(target.X)]
        nearest = min(alike or known, key=lambda one: abs(len(one.y) - len(target.y)))
        for stage, seconds in measured.get(target.name, measured[nearest.name]).items():
            if stage != "explanations" or are_independent(target.X):
                whole[stage] = whole.get(stage, 0.0) + seconds
    return {
        "seconds": whole,
        "total": sum(whole.values()),
        "spent": time.process_time(),
        "by_target": measured,
        "extrapolated": [target.name for target in targets if target.name not in measured],
    }


def main() -> None:
    """Do all of it, and print how long each stage took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("study", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--targets", nargs="*", help="response@scenario; all without it")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    samples = condense(asked.study, asked.out)
    samples.to_csv(asked.out / "samples.csv", index=False)
    targets = targets_of(asked.study, samples)
    with timed("compiling shap"):
        compile_shap()
    results = {
        target.name: work_out(target, asked.out)
        for target in targets
        if not asked.targets or target.name in asked.targets
    }
    pd.concat([scores for scores, _, _ in results.values()]).to_csv(
        asked.out / "evaluation.csv", index=False
    )
    pd.concat([table for _, table, _ in results.values() if table is not None]).to_csv(
        asked.out / "importances.csv", index=False
    )
    print(json.dumps(account(targets, {name: each[2] for name, each in results.items()})))


if __name__ == "__main__":
    main()
