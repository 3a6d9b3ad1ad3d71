"""What is made of a finished run, and what is refused without one."""

import hashlib
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.workflow.conftest import Ran, kept, run_first, write_small_study

from electrodoe.errors import WorkflowError
from electrodoe.report.page import page_html
from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.finished import finished_run
from electrodoe.workflow.publication import publish_figures
from electrodoe.workflow.runner import CONDENSE, STAGES, run_study
from electrodoe.workflow.stages.content import report_content
from electrodoe.workflow.stages.report import document_of

_HERE = LocalEngine(n_workers=1)


@pytest.fixture(scope="session")
def first_run_of_seed_11(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """Yield the small study's run with another seed; a test takes a copy."""
    folder = write_small_study(tmp_path_factory.mktemp("seed_11") / "study")
    yield from kept(run_first(folder, seed=11))


@pytest.fixture
def finished(first_run_of_seed_11: Ran, tmp_path: Path) -> Path:
    return first_run_of_seed_11.copied(tmp_path / "study").folder


def test_paper_and_page_are_made_of_the_same_blocks(finished: Path):
    """Those of the finished run give the page that the run has left, its times included."""
    run = finished_run(read_study(finished), finished)

    page = (finished / "results" / "report.html").read_text(encoding="utf-8")
    assert page_html(document_of(run)) == page


def test_times_of_condensing_are_kept_for_the_report(finished: Path):
    """Where samples come from instruments; they stand before the stages, as in the run."""
    file = finished / "results" / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**manifest, "condense_seconds": 1.25}), encoding="utf-8")

    run = finished_run(read_study(finished), finished)

    assert "condense_seconds" not in manifest
    assert list(run.seconds) == [CONDENSE, *STAGES]
    assert report_content(run).timings.row(0) == (CONDENSE, 1.25)


def test_a_run_is_opened_with_the_seed_and_effort_it_was_made_with(finished: Path):
    """Also where they came from the command line."""
    run = finished_run(read_study(finished), finished)

    assert run.study.settings.seed == 11
    assert list(run.seconds) == list(STAGES)


def test_settings_written_out_in_full_are_the_same_run(small_run: Ran):
    """From Python or from the terminal: nothing is made anew, and the run can be opened."""
    study = read_study(small_run.folder)

    again = run_study(study.with_settings(), small_run.folder, _HERE)

    assert again.fresh == tuple(STAGES)
    assert finished_run(study, small_run.folder).study == study.with_settings()


def test_the_figures_asked_for_are_written_and_no_other(finished: Path):
    """By kind and by name, in a folder of their own."""
    files = publish_figures(
        read_study(finished), finished, _HERE, file_format="svg", only=("parity", "correlations")
    )

    folder = finished / "results" / "publication"
    assert sorted(file.name for file in folder.iterdir()) == sorted(file.name for file in files)
    assert {"correlations.svg"} < {file.name for file in files}


def test_the_figures_are_as_wide_as_is_asked_for(finished: Path):
    """In points: 90 mm."""
    (file,) = publish_figures(
        read_study(finished),
        finished,
        _HERE,
        file_format="svg",
        only=("correlations",),
        width_mm=90.0,
    )

    width_pt = float(ET.parse(file).getroot().attrib["width"].removesuffix("pt"))  # noqa: S314
    assert width_pt == pytest.approx(90.0 / 25.4 * 72.0, abs=0.01)


def test_an_unknown_figure_is_refused_with_the_nearest_name(finished: Path):
    """A misspelt kind."""
    with pytest.raises(WorkflowError, match="no figure 'party'") as refused:
        publish_figures(read_study(finished), finished, _HERE, file_format="svg", only=("party",))
    assert refused.value.fix == "did you mean 'parity'?"


def test_without_a_run_there_is_nothing_to_show(small_study: Path):
    """The fix is the command that runs it."""
    with pytest.raises(WorkflowError, match="no finished run") as refused:
        finished_run(read_study(small_study), small_study)
    assert "electrodoe run" in refused.value.fix


def test_a_changed_table_makes_the_run_stale(finished: Path):
    """No figure of the old numbers under the new name."""
    table = finished / "samples.csv"
    table.write_text(table.read_text().replace("S00,", "T00,"))

    with pytest.raises(WorkflowError, match="have changed since the run"):
        finished_run(read_study(finished), finished)


def test_a_product_that_was_touched_is_refused(finished: Path):
    """The error names the stage."""
    (finished / "results" / "evaluation.csv").write_text("target\n")

    with pytest.raises(WorkflowError, match="a file of 'models' is missing or was changed"):
        finished_run(read_study(finished), finished)


def test_the_crate_describes_every_product_with_its_true_size_and_hash(finished: Path):
    """Any program can check the folder by it."""
    results = finished / "results"
    graph = json.loads((results / "ro-crate-metadata.json").read_text())["@graph"]
    files = [entity for entity in graph if entity["@type"] == "File"]

    products = json.loads((results / "manifest.json").read_text())["stages"]
    made = {path for record in products.values() for path in record["products"]}
    assert {file["name"] for file in files} | {"ro-crate-metadata.json"} == made | {"manifest.json"}
    for file in files:
        content = (results / file["name"]).read_bytes()
        if "sha256" in file:
            assert file["sha256"] == hashlib.sha256(content).hexdigest()
            assert int(file["contentSize"]) == len(content)
