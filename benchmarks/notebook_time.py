"""CPU seconds of the demo by stage, beside the notebook that everyone writes again.

Both read the raw files of one simulated study, one thread each, in turns. ``benchmarks/notebook``
(pandas, impedance.py, scikit-learn, XGBoost, shap, matplotlib) does what the run does by
condensing, models, explanations and figures: the same fits, 20 random splits, nested
leave-one-configuration-out with the same candidates, 30 bootstraps of configurations; five families
and their average, where the run has eight. Targets that it is not asked for (``--targets``) are
extrapolated. That both do the same work is recognized by their numbers, and by the truth of the
study.

Run: python benchmarks/notebook_time.py [--notebook PYTHON] [--repeats 3] [--targets NAME ...],
PYTHON being the interpreter of an environment that has benchmarks/notebook/requirements.txt. Each
repeat of the notebook takes minutes; ``--targets all`` measures all of it.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[1] / "examples" / "anode-coating"
NOTEBOOK = Path(__file__).parent / "notebook" / "notebook.py"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
TARGETS = (
    "adhesion_strength_kpa@product",
    "ionic_resistance_ohm@product",
    "dry_mass_loading_mg_cm2@gap",
)
"""Unless asked otherwise: of 51, of 80 and of 34 samples, as all targets are."""
SIDE_BY_SIDE = {
    "imports": (["imports"], ["imports", "compiling shap"]),
    "raw files to samples": (
        ["condense", "samples"],
        ["reading", "impedance fit", "samples", "figures of raw data"],
    ),
    "models": (["models"], ["models"]),
    "explanations": (["explanations"], ["explanations"]),
    "figures of models": (["figures"], ["figures of models"]),
    "what the notebook has not": (
        ["verification", "recommendation", "findings", "surfaces", "report", "crate"],
        [],
    ),
}
"""Stages of both that do the same."""


class Clock:
    """An observer that reads the CPU clock whenever a stage is done."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = cpu_s()

    def stage_started(self, name: str, n_tasks: int) -> None:
        """Do nothing."""

    def task_done(self) -> None:
        """Do nothing."""

    def time_estimated(self, sentence: str) -> None:
        """Nothing to show."""

    def stage_finished(self, name: str, seconds: float, *, is_fresh: bool) -> None:  # noqa: ARG002
        """Note what a stage took."""
        now = cpu_s()
        self.seconds[name] = now - self._last
        self._last = now


def cpu_s() -> float:
    """Return CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def ours(study: Path, effort: str) -> dict[str, Any]:
    """Return CPU seconds of `electrodoe run` by stage, in this process, imports included."""
    from electrodoe.cli.run import run_and_show  # noqa: F401 - as the command does
    from electrodoe.study import read_study
    from electrodoe.workflow.engines import choose_engine
    from electrodoe.workflow.runner import run_study

    clock = Clock()
    imports = cpu_s()
    declared = read_study(study).with_settings(effort=effort)
    run_study(declared, study, choose_engine("local", 1), observer=clock)
    return {"seconds": {"imports": imports, **clock.seconds}, "total": cpu_s()}


def asked(command: list[object]) -> dict[str, Any]:
    """Return what a process prints last, as JSON; it has one thread."""
    environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
    reported = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(reported.stdout.splitlines()[-1])


def simulated(folder: Path) -> tuple[Path, float]:
    """Return a simulated study, and the CPU seconds of plan and simulation."""
    study = folder / "study"
    shutil.copytree(EXAMPLE, study, ignore=shutil.ignore_patterns("results", "raw", "truth"))
    before = cpu_s()
    command = [sys.executable, "-m", "electrodoe", "simulate", study]
    environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
    subprocess.run(command, capture_output=True, check=True, env=environment)
    return study, cpu_s() - before


def sums(seconds: dict[str, float], place: int) -> dict[str, float]:
    """Return stages of one of the two, put together as they stand side by side."""
    return {
        name: sum(seconds.get(stage, 0.0) for stage in stages[place])
        for name, stages in SIDE_BY_SIDE.items()
    }


def reported(name: str, values: list[float]) -> str:
    """Return median, least and most as text."""
    spread = f"({min(values):.1f} to {max(values):.1f})"
    return f"{name} {statistics.median(values):.1f} {spread}"


def print_stages(mine: list[dict[str, Any]], theirs: list[dict[str, Any]], plan_s: float) -> None:
    """Print the medians by stage, and how many times less CPU the run takes."""
    print(f"plan and simulation, before both: {plan_s:.1f} s of CPU")
    for name in SIDE_BY_SIDE:
        line = reported("electrodoe", [sums(one["seconds"], 0)[name] for one in mine])
        if theirs:
            line += reported(", notebook", [sums(one["seconds"], 1)[name] for one in theirs])
        print(f"  {name:<26} {line}")
    line = reported("electrodoe", [one["total"] for one in mine])
    if theirs:
        line += reported(", notebook", [one["total"] for one in theirs])
    print(f"  {'total':<26} {line}")
    if theirs:
        pairs = list(zip(mine, theirs, strict=True))
        print(reported("times less CPU:", [b["total"] / a["total"] for a, b in pairs]))
        with_plan = [b["total"] / (a["total"] + plan_s) for a, b in pairs]
        print(reported("with plan and simulation on our side alone:", with_plan))


def print_notebook(theirs: dict[str, Any]) -> None:
    """Print what of the notebook was measured, and its finer stages."""
    measured, rest = theirs["by_target"], theirs["extrapolated"]
    print(f"notebook: {len(measured)} targets measured, {len(rest)} extrapolated from them")
    print(f"  spent {theirs['spent']:.1f} s of CPU")
    for name, seconds in {"all": theirs["seconds"], **measured}.items():
        print(f"  {name}: " + ", ".join(f"{stage} {s:.1f}" for stage, s in seconds.items()))


def main() -> None:
    """Run both in turns, and print medians, ratios and how far their numbers agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notebook", type=Path, help="its environment's interpreter")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--effort", default="standard")
    parser.add_argument("--targets", nargs="+", default=TARGETS, help="response@scenario, or all")
    parser.add_argument("--ours", type=Path, help="run this study, and print JSON")
    options = parser.parse_args()
    if options.ours:
        print(json.dumps(ours(options.ours, options.effort)))
        return
    targets = [] if list(options.targets) == ["all"] else ["--targets", *options.targets]
    mine, theirs = [], []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        study, plan_s = simulated(folder)
        for number in range(options.repeats):
            copy, out = folder / f"run-{number}", folder / f"notebook-{number}"
            shutil.copytree(study, copy)
            me = [sys.executable, Path(__file__), "--effort", options.effort]
            mine.append(asked([*me, "--ours", copy]))
            print(f"electrodoe, {number + 1}: {mine[-1]['total']:.1f} s of CPU", flush=True)
            if options.notebook:
                theirs.append(asked([options.notebook, NOTEBOOK, study, out, *targets]))
                print(f"notebook, {number + 1}: {theirs[-1]['total']:.1f} s of CPU", flush=True)
        print_stages(mine, theirs, plan_s)
        if theirs:
            print_notebook(theirs[-1])
            script = NOTEBOOK.with_name("agreement.py")
            subprocess.run([options.notebook, script, copy, out], check=True)


if __name__ == "__main__":
    main()
