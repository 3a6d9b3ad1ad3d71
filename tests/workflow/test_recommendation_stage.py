"""A run with goals ends with a recommendation, or says why there is none, and goes on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.workflow.conftest import A_MOMENT_S, Counting, Ran, keep_ridge_alone

from electrodoe.optimize import Recommendation, Refusal
from electrodoe.report.drawing import SIMULATED
from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.finished import finished_run
from electrodoe.workflow.publication import publish_figures
from electrodoe.workflow.recommending.files import PRODUCTS
from electrodoe.workflow.run import Silence
from electrodoe.workflow.runner import Outcome, run_study
from electrodoe.workflow.stages.content import report_content

_WITH_TIMES = {"report.html", "manifest.json", "ro-crate-metadata.json"}
_PICTURES = ("operating_window", "specification_overlay")


def run(folder: Path, n_workers: int = 1, observer: Silence | None = None) -> Outcome:
    engine = LocalEngine(n_workers=n_workers)
    return run_study(read_study(folder), folder, engine, observer=observer)


def edit(folder: Path, *pairs: tuple[str, str]) -> None:
    file = folder / "study.toml"
    text = file.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)


def products(folder: Path) -> dict[str, bytes]:
    """Return every product whose bits must not depend on time, by path."""
    results = folder / "results"
    return {
        str(path.relative_to(results)): path.read_bytes()
        for path in results.rglob("*")
        if path.is_file() and path.name not in _WITH_TIMES and path.parent.name != "work"
    }


def emptied(folder: Path) -> None:
    for path in sorted((folder / "results").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def test_a_run_with_a_goal_leaves_a_recommendation(wanting_run: Ran):
    """Account, page, run sheets, pictures; and the report tells it."""
    outcome = wanting_run.outcome

    left = products(wanting_run.folder)
    assert set(PRODUCTS) < set(left)
    assert {f"figures/{name}.svg" for name in _PICTURES} < set(left)
    assert isinstance(outcome.recommendation, Recommendation)
    report = outcome.report.read_text(encoding="utf-8")
    assert '<section id="recommendation">' in report
    assert report.count('aria-label="operating_window"') == 1


def test_a_run_without_a_goal_leaves_none(small_run: Ran):
    """Only the empty table of refusals, as every stage has it."""
    assert not set(PRODUCTS) & set(products(small_run.folder))
    assert (small_run.folder / "results" / "recommendation_refused.csv").is_file()
    assert small_run.outcome.recommendation is None


def test_a_goal_that_is_taken_back_takes_the_recommendation_along(wanting_run: Ran):
    """Nothing of it is left that could be taken for the run's."""
    edit(wanting_run.folder, ('goal = "maximize"\nlower = 310.0\n', ""))

    run(wanting_run.folder)

    left = products(wanting_run.folder)
    assert not set(PRODUCTS) & set(left)
    assert not [name for name in left if any(picture in name for picture in _PICTURES)]


def test_what_cannot_be_recommended_stops_nothing(wanting_study: Path):
    """No setting keeps the limit: a finding and the report say so, with the fix."""
    edit(
        wanting_study,
        ("[factors.porosity]", "[factors.porosity]\nregion = [0.25, 0.35]"),
        ("[settings]", '[plan]\nruns = 9\nconstraints = ["porosity >= 0.9"]\n[settings]'),
    )

    outcome = run(wanting_study)

    assert outcome.recommendation == Refusal(
        what="no setting keeps every limit",
        where="study.toml, [plan], constraints and forbidden",
        fix="relax a constraint, or widen the region of a factor",
    )
    (finding,) = (found for found in outcome.findings if found.code == "S206")
    assert finding.what == "no setting keeps every limit"
    assert finding.where == "scenario 'all', responses adhesion_strength_kpa"
    assert "nothing can be recommended: no setting" in outcome.report.read_text(encoding="utf-8")
    assert not set(PRODUCTS) & set(products(wanting_study))


def test_a_limit_that_cannot_be_read_costs_no_refit(wanting_study: Path):
    """It is refused before anything is fitted anew."""
    keep_ridge_alone(wanting_study)
    edit(
        wanting_study, ("[settings]", '[plan]\nruns = 9\nconstraints = ["porosity <="]\n[settings]')
    )
    counting = Counting()

    outcome = run(wanting_study, observer=counting)

    assert isinstance(outcome.recommendation, Refusal)
    assert "refits" not in counting.counts


def test_a_family_that_was_not_fitted_is_refused_with_those_that_were(wanting_study: Path):
    """A forest was not asked for in the run."""
    edit(wanting_study, ("[settings]", '[recommend]\nfamily = "random_forest"\n[settings]'))

    outcome = run(wanting_study)

    assert isinstance(outcome.recommendation, Refusal)
    assert outcome.recommendation.fix == (
        "name one of polynomial, ridge_quadratic, or leave the key out"
    )


def test_a_changed_goal_fits_nothing_anew(ridge_run: Ran):
    """Not the models, not their refits, not their verification."""
    edit(ridge_run.folder, ("lower = 310.0", "lower = 330.0"))
    counting = Counting()

    run(ridge_run.folder, observer=counting)

    done = {name: n for name, n in counting.counts.items() if n}
    assert counting.counts["refits"] == 0
    assert set(done) == {"recommendation", "figures"}


def test_refits_are_kept_one_by_one(ridge_run: Ran):
    """One for each of the nine configurations."""
    assert ridge_run.counts["refits"] == 9


def test_two_workers_recommend_the_same_bytes(ridge_run: Ran):
    """Refits come back in any order."""
    alone = products(ridge_run.folder)
    emptied(ridge_run.folder)

    run(ridge_run.folder, n_workers=2)

    assert products(ridge_run.folder) == alone


@pytest.mark.skipif(os.name != "posix", reason="sends SIGKILL")
def test_a_run_killed_among_its_refits_goes_on_to_the_same_bytes(ridge_run: Ran):
    """Those that were kept are not made again."""
    folder = ridge_run.folder
    undisturbed = products(folder)
    emptied(folder)
    results = folder / "results"
    command = [sys.executable, "-m", "electrodoe", "run", str(folder), "--workers", "1"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while not (results / "verification_refused.csv").is_file():
        assert process.poll() is None
        time.sleep(A_MOMENT_S)
    n_parts = len(list(results.glob("work/*.zip")))
    while process.poll() is None and len(list(results.glob("work/*.zip"))) < n_parts + 2:
        time.sleep(A_MOMENT_S)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    counting = Counting()

    run(folder, observer=counting)

    assert products(folder) == undisturbed
    assert counting.counts.get("models", 0) == 0
    assert counting.counts.get("refits", 0) < 9


def test_the_map_is_published_like_any_other_figure(wanting_run: Ran):
    """At a journal's size, from the numbers that the run has left."""
    folder = wanting_run.folder
    study, here = read_study(folder), LocalEngine(n_workers=1)

    (file,) = publish_figures(study, folder, here, file_format="svg", only=("operating_window",))

    reported = report_content(finished_run(study, folder))
    assert file.name == "operating_window.svg"
    assert isinstance(reported.recommendation, Recommendation)
    assert reported.window_map is not None
    assert set(reported.window_map["kind"]) == {
        "map", "guaranteed", "asked", "box", "set_point", "run",
    }  # fmt: skip


def test_made_up_samples_are_marked_in_the_recommendation_too(wanting_study: Path):
    """Once on its page and on the report's, and in every picture's file."""
    edit(wanting_study, ('id = "sample"', 'id = "sample"\nsimulated = true'))

    outcome = run(wanting_study)

    page = (wanting_study / "results" / "recommendation.html").read_text(encoding="utf-8")
    assert page.count('<p class="banner"') == 1
    report = outcome.report.read_text(encoding="utf-8")
    assert "Simulated data, not measured" not in page + report
    assert report.count('<p class="banner"') == 1
    for picture in (wanting_study / "results" / "figures").glob("*.svg"):
        assert SIMULATED in picture.read_text(encoding="utf-8"), picture.name
