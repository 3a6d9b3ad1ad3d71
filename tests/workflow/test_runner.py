"""A run: its files, its freshness, and that nothing but the data decides its bits."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from tests.workflow.conftest import A_MOMENT_S, Counting, Ran

from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.runner import STAGES, Outcome, run_study

_WITH_TIMES = {"report.html", "manifest.json", "ro-crate-metadata.json"}


def _run(folder: Path, n_workers: int = 1, *, is_forced: bool = False) -> Outcome:
    engine = LocalEngine(n_workers=n_workers)
    return run_study(read_study(folder), folder, engine, is_forced=is_forced)


def _products(folder: Path) -> dict[str, bytes]:
    """Return every product whose bits must not depend on time, by path."""
    results = folder / "results"
    files = [path for path in results.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(results)): path.read_bytes()
        for path in files
        if path.name not in _WITH_TIMES and path.parent.name != "work"
    }


def test_a_run_writes_the_promised_tables(small_study: Path) -> None:
    """The columns of the tables are those the documentation promises; figures are SVG."""
    results = small_study / "results"
    (results / "figures").mkdir(parents=True)
    for ending in ("svg", "png"):  # of a plan, the latter by an earlier version
        (results / "figures" / f"design_space.{ending}").write_bytes(b"older")

    outcome = _run(small_study)

    header = (results / "evaluation.csv").read_text().splitlines()[0]
    assert header == (
        "target,scenario,family,n,n_configurations,r2_train,r2_test,rmse_train,rmse_test,"
        "mse_ratio,r2_test_p05,r2_test_p95,r2_loco,rmse_loco,r2_loco_on_scale,r2_known_whole_plots"
    )
    header = (results / "explanations.csv").read_text().splitlines()[0]
    assert header == "target,scenario,family,method,input,value,low,high,rank,p_rank_1"
    header = (results / "findings.csv").read_text().splitlines()[0]
    assert header == "code,severity,title,what,where,fix"
    assert {"row", "target", "family", "split", "observed", "predicted"} <= set(
        pl.read_csv(results / "predictions.csv").columns
    )
    assert outcome.report.is_file()
    assert len(list((results / "models").glob("*.json"))) == 3
    figures = list((results / "figures").iterdir())
    assert {path.suffix for path in figures} == {".svg"}
    assert "design_space.svg" in {path.name for path in figures}


def test_the_manifest_names_inputs_versions_and_seed(small_run: Ran) -> None:
    """A results folder says which bytes, which code and which seed it was made from."""
    manifest = json.loads((small_run.folder / "results" / "manifest.json").read_text())
    assert manifest["seed"] == 7
    assert set(manifest["inputs"]) == {"study.toml", "samples.csv"}
    assert {"electrodoe", "numpy", "scikit-learn"} <= set(manifest["versions"])
    assert list(manifest["stages"]) == list(STAGES)


def test_a_second_run_does_nothing(small_run: Ran) -> None:
    """What is fresh is skipped, and no file is touched."""
    results = small_run.folder / "results"
    before = {path: path.stat().st_mtime_ns for path in results.rglob("*.csv")}

    outcome = _run(small_run.folder)

    assert outcome.fresh == tuple(STAGES)
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_a_deleted_product_is_repeated(small_run: Ran) -> None:
    """A stage whose file is gone or was changed by hand is not fresh."""
    before = _products(small_run.folder)
    (small_run.folder / "results" / "evaluation.csv").write_text("edited")

    outcome = _run(small_run.folder)

    assert "models" not in outcome.fresh
    assert _products(small_run.folder) == before


def test_a_changed_label_reuses_what_does_not_depend_on_it(small_run: Ran) -> None:
    """Parts are known by what they depend on, so a new title fits no model again."""
    study, counting = small_run.folder / "study.toml", Counting()
    study.write_text(study.read_text().replace("Small", "Little"))

    run_study(
        read_study(small_run.folder),
        small_run.folder,
        LocalEngine(n_workers=1),
        observer=counting,
    )

    assert small_run.counts["models"] > 0
    assert counting.counts["models"] == 0
    assert counting.counts["explanations"] == 0


@pytest.mark.parametrize(("is_forced", "is_made_anew"), [(False, False), (True, True)])
def test_a_forced_run_makes_every_part_anew(
    small_run: Ran, *, is_forced: bool, is_made_anew: bool
) -> None:
    """Kept parts and fresh stages count for nothing, and the products come out as they were."""
    before, counting = _products(small_run.folder), Counting()

    outcome = run_study(
        read_study(small_run.folder),
        small_run.folder,
        LocalEngine(n_workers=1),
        observer=counting,
        is_forced=is_forced,
    )

    assert (outcome.fresh == ()) == is_made_anew
    made = {stage: n for stage, n in counting.counts.items() if n}
    assert made == ({s: n for s, n in small_run.counts.items() if n} if is_made_anew else {})
    assert _products(small_run.folder) == before


def test_results_do_not_depend_on_the_number_of_workers(small_run: Ran) -> None:
    """One process and two give the same bits."""
    alone = _products(small_run.folder)

    _run(small_run.folder, n_workers=2, is_forced=True)

    assert _products(small_run.folder) == alone


def test_results_do_not_depend_on_the_order_of_rows(small_run: Ran) -> None:
    """A shuffled table gives the same evaluation, to the bit."""
    evaluation = small_run.folder / "results" / "evaluation.csv"
    before = evaluation.read_bytes()
    table = small_run.folder / "samples.csv"
    pl.read_csv(table).sample(fraction=1.0, shuffle=True, seed=3).write_csv(table)

    _run(small_run.folder, is_forced=True)

    assert evaluation.read_bytes() == before


def test_every_family_of_a_target_meets_the_same_test_rows(small_run: Ran) -> None:
    """Families are compared on one split, as in the paper."""
    predictions = pl.read_csv(small_run.folder / "results" / "predictions.csv")
    test_rows = predictions.filter(pl.col("split") == "test").group_by("family").agg("row")
    assert len({tuple(rows) for rows in test_rows["row"].to_list()}) == 1


@pytest.mark.skipif(os.name != "posix", reason="sends SIGKILL")
def test_a_killed_run_goes_on_to_the_same_bits(small_run: Ran) -> None:
    """Whenever a run is killed, the next one ends with the results of an undisturbed run."""
    folder = small_run.folder
    undisturbed = _products(folder)
    command = [sys.executable, "-m", "electrodoe", "run", str(folder), "--workers", "1"]
    moments = random.Random(11)

    for _ in range(4):
        for path in sorted((folder / "results").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(moments.uniform(1.0, 8.0))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _run(folder)

        assert _products(folder) == undisturbed
        assert not list((folder / "results").rglob("*.part"))


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_ctrl_c_says_how_to_go_on(small_study: Path) -> None:
    """An interrupted run leaves with exit code 130, a sentence, and no half-written file."""
    study = small_study / "study.toml"
    study.write_text(study.read_text().replace("n_repeats = 3", "n_repeats = 5000"))
    process = subprocess.Popen(
        [sys.executable, "-m", "electrodoe", "run", str(small_study), "--workers", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (small_study / "results" / "samples.csv").is_file():
        assert process.poll() is None
        time.sleep(A_MOMENT_S)
    process.send_signal(signal.SIGINT)
    _, reported = process.communicate(timeout=60)

    assert process.returncode == 130
    assert "the same command goes on" in reported
    assert not list((small_study / "results").rglob("*.part"))
