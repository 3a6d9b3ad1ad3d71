"""The stage of a run that verifies: its tables, its findings, its refusals."""

from pathlib import Path

import polars as pl
import pytest

from electrodoe.errors import WorkflowError
from electrodoe.study import read_study
from electrodoe.verify import VERIFICATION_TABLES
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.runner import Outcome, run_study


def _run(folder: Path, *, expected: str = "", limits: str = "") -> Outcome:
    """Return a run of the small study as tortuosity, with some laws and limits of its own."""
    file = folder / "study.toml"
    text = file.read_text().replace("[responses.adhesion_strength_kpa]", expected or "$0")
    text = text.replace("$0", "[responses.adhesion_strength_kpa]")
    text = text.replace("n_bootstraps = 3", "n_bootstraps = 20").replace(
        'families = ["mlr", "ridge_quadratic", "random_forest"]', 'families = ["ridge_quadratic"]'
    )
    file.write_text(text + limits)
    return run_study(read_study(folder), folder, LocalEngine(n_workers=1))


def test_a_planted_sign_is_found_and_reported(small_study: Path):
    """The strength falls with porosity; a study that expects the opposite gets a warning."""
    declared = '[responses.adhesion_strength_kpa]\nexpected = { porosity = "rises" }'

    outcome = _run(small_study, expected=declared)

    assert [finding.code for finding in outcome.findings if finding.code[0] == "V"] == ["V301"]
    page = outcome.report.read_text()
    assert "6 Verification" in page
    assert "Physics expects 1 sign: 0 hold and 1 is violated for certain." in page
    for name in VERIFICATION_TABLES:
        assert (outcome.folder / f"{name}.csv").is_file()
    variance = pl.read_csv(outcome.folder / "prediction_variance.csv")
    assert variance.select("family", "kind").rows() == [
        ("polynomial", "least squares"),
        ("ridge_quadratic", "refits"),
    ]


def test_a_region_without_room_is_refused_and_the_run_goes_on(small_study: Path):
    """The limit of a plan that nothing keeps: no verification, and a finding that says so."""
    declared = (
        "[factors.mass_loading_mg_cm2]\nregion = [8, 12]\n[factors.porosity]\nregion = [0.25, 0.35]"
    )
    file = small_study / "study.toml"
    file.write_text(
        file.read_text().replace("[factors.mass_loading_mg_cm2]\n[factors.porosity]", declared)
    )
    limits = '\n[plan]\nruns = 9\nconstraints = ["mass_loading_mg_cm2 <= 1"]\n'

    outcome = _run(small_study, limits=limits)

    found = [finding for finding in outcome.findings if finding.code == "V308"]
    assert len(found) == 1
    assert "no combination of settings" in found[0].what
    assert outcome.report.is_file()


@pytest.mark.parametrize("n_workers", [2])
def test_workers_change_nothing(small_study: Path, n_workers: int):
    """The tables are equal to the bit."""
    alone = _run(small_study)
    before = {name: (alone.folder / f"{name}.csv").read_bytes() for name in VERIFICATION_TABLES}

    again = run_study(
        read_study(small_study), small_study, LocalEngine(n_workers=n_workers), is_forced=True
    )

    for name, content in before.items():
        assert (again.folder / f"{name}.csv").read_bytes() == content


def test_a_family_that_is_to_be_drawn_is_refitted_for_the_fraction_of_design_space(
    small_study: Path,
):
    """Its curve is there; signs and bounds are checked on the same families as before."""
    file = small_study / "study.toml"
    wish = '\n[report]\nfds = ["random_forest"]\nbruggeman_curve = "random_forest"\n'
    plain = run_study(read_study(small_study), small_study, LocalEngine(n_workers=1))
    before = pl.read_csv(plain.folder / "physics_bounds.csv")["family"].to_list()
    assert "random_forest" not in before
    file.write_text(file.read_text() + wish)

    outcome = run_study(read_study(small_study), small_study, LocalEngine(n_workers=1))

    refits = pl.read_csv(outcome.folder / "prediction_fds.csv").filter(kind="refits")
    assert set(refits["family"]) == {*before, "random_forest"}
    assert pl.read_csv(outcome.folder / "physics_bounds.csv")["family"].to_list() == before


@pytest.mark.parametrize(
    ("wish", "what", "fix"),
    [
        ('mdi = ["xgbost"]', "no model family 'xgbost'", "did you mean 'xgboost'?"),
        (
            'bruggeman_curve = "svm"',
            "'svm' is to be drawn and is not fitted",
            "add 'svm' to families in [settings]",
        ),
    ],
)
def test_a_family_that_cannot_be_drawn_is_refused_before_the_run(
    small_study: Path, wish: str, what: str, fix: str
):
    """With the key, and what to write."""
    file = small_study / "study.toml"
    file.write_text(f"{file.read_text()}\n[report]\n{wish}\n")

    with pytest.raises(WorkflowError) as error:
        run_study(read_study(small_study), small_study, LocalEngine(n_workers=1))

    assert error.value.what == what
    assert error.value.where == f"study.toml, report.{wish.split(maxsplit=1)[0]}"
    assert error.value.fix == fix
