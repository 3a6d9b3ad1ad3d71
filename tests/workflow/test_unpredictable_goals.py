"""Nothing is promised out of noise: what no model predicts chooses no settings."""

from pathlib import Path

import numpy as np
import polars as pl

from electrodoe.optimize import Recommendation
from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE
from electrodoe.workflow.runner import run_study

STUDY = """\
title = "Noise beside a signal (simulated)"
[measurements]
table = "samples.csv"
[factors.gap_um]
[factors.porosity]
[responses.noise_kpa]
goal = "maximize"
lower = 48.0
{signal}
[settings]
effort = "quick"
n_repeats = 2
n_bootstraps = 2
families = ["mlr"]
"""
SIGNAL = '[responses.signal_kpa]\ngoal = "maximize"\nlower = 60.0'


def _run(folder: Path, seed: int, signal: str):
    """Run a study of 15 single runs: y ~ N(50, 4), and perhaps a response that follows the gap."""
    generator = np.random.default_rng(seed)
    gap, porosity = generator.uniform(60.0, 100.0, 15), generator.uniform(0.25, 0.4, 15)
    pl.DataFrame(
        {
            "gap_um": gap,
            "porosity": porosity,
            "noise_kpa": generator.normal(50.0, 4.0, 15),
            "signal_kpa": gap + generator.normal(0.0, 1.0, 15),
        }
    ).write_csv(folder / "samples.csv")
    (folder / "study.toml").write_text(STUDY.format(signal=signal))
    return run_study(read_study(folder), folder, LocalEngine(n_workers=1))


def test_noise_alone_is_refused_with_what_would_tell(tmp_path: Path):
    """R² on left-out runs below 0: no settings, no window, no improving runs."""
    outcome = _run(tmp_path, 3, "")
    (finding,) = (each for each in outcome.findings if each.code == "S206")

    assert "predicted better than by its mean" in finding.what
    assert "make whole runs again" in finding.fix
    assert not (tmp_path / "results" / RECOMMENDATION_FILE).exists()
    assert not (tmp_path / "results" / "next_runs.csv").exists()


def test_beside_a_signal_noise_takes_no_part(tmp_path: Path):
    """The settings follow the response that is predicted, and the page says what is not known."""
    _run(tmp_path, 3, SIGNAL)
    found = Recommendation.from_json((tmp_path / "results" / RECOMMENDATION_FILE).read_bytes())

    assert [goal.response_name for goal in found.goals] == ["signal_kpa"]
    assert found.set_point.settings["gap_um"] > 90.0
    assert "takes no part in the choice of settings" in found.unknown[0]
    assert "48" not in " ".join(found.summary)


def test_a_little_better_than_the_mean_may_be_chance(tmp_path: Path):
    """R² .21 over noise (3 of 60 seeds are above 0): no settings, and how low it may truly be."""
    outcome = _run(tmp_path, 27, "")
    (finding,) = (each for each in outcome.findings if each.code == "S206")

    assert "R² 0." in finding.what
    assert "with 80\N{NO-BREAK SPACE}% confidence only above -" in finding.what
    assert not (tmp_path / "results" / RECOMMENDATION_FILE).exists()
