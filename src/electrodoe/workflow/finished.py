"""A finished run, opened again or printed: nothing is fitted, nothing out of date is shown."""

from pathlib import Path
from typing import Final

from electrodoe.errors import WorkflowError
from electrodoe.storage import write_atomically
from electrodoe.study import Study
from electrodoe.workflow.engines import Engine, LocalEngine
from electrodoe.workflow.loading import Loaded, load_samples
from electrodoe.workflow.manifest import Manifest, read_manifest
from electrodoe.workflow.run import Observer, Run, Silence
from electrodoe.workflow.run_folder import RESULTS, RunFolder
from electrodoe.workflow.runner import CONDENSE, STAGES, run_key

REPORT_PDF: Final = "report.pdf"


def finished_run(study: Study, folder: Path, observer: Observer | None = None) -> Run:
    """Return a run whose every stage is done, with the effort and the seed it was made with."""
    manifest, path = _manifest(folder), folder / RESULTS
    loaded = _loaded(study, folder, manifest)
    _require_fresh(manifest, run_key(loaded), path, folder)
    run = _run(loaded, path, LocalEngine(n_workers=1), observer)
    if manifest.condense_seconds is not None:
        run.seconds[CONDENSE] = manifest.condense_seconds
    run.seconds.update({name: manifest.stages[name].seconds for name in STAGES})
    return run


def kept_run(study: Study, folder: Path, engine: Engine) -> Run:
    """Return a run to go on from, though its declaration may have changed since.

    It has the effort and the seed of the last run; whether its products are still of these samples
    is for the reader to ask.
    """
    manifest, path = _manifest(folder), folder / RESULTS
    return _run(_loaded(study, folder, manifest), path, engine, None)


def print_report(
    study: Study, folder: Path, file: Path | None = None, *, is_full: bool = False
) -> Path:
    """Write the report of a finished run as PDF.

    Parameters
    ----------
    study : Study
        The declaration.
    folder : Path
        The study's.
    file : Path or None
        What to write; ``results/report.pdf`` where it is not given.
    is_full : bool
        Whether the appendix is printed too.

    Returns
    -------
    Path
        The file, written whole.

    Raises
    ------
    ElectrodeError
        If there is no finished run, or Typst is not installed.
    """
    from electrodoe.report.paper import report_pdf
    from electrodoe.workflow.stages.report import document_of

    run = finished_run(study, folder)
    target = file or run.folder.path / REPORT_PDF
    write_atomically(target, report_pdf(document_of(run), is_full=is_full))
    return target


def _manifest(folder: Path) -> Manifest:
    """Return the last run's manifest."""
    path = folder / RESULTS
    manifest = read_manifest(path)
    if manifest is None:
        raise _unfinished("there is no finished run", path, folder)
    return manifest


def _loaded(study: Study, folder: Path, manifest: Manifest) -> Loaded:
    """Return the samples of a study that is taken with the effort and the seed of its last run."""
    effort = manifest.effort or None
    return load_samples(study.with_settings(effort=effort, seed=manifest.seed), folder)


def _run(loaded: Loaded, path: Path, engine: Engine, observer: Observer | None) -> Run:
    """Return a run over a results folder."""
    return Run(
        dataset=loaded.dataset,
        folder=RunFolder(path=path),
        engine=engine,
        observer=observer or Silence(),
        findings=loaded.findings,
    )


def _require_fresh(manifest: Manifest, key: str, path: Path, folder: Path) -> None:
    """Raise where a stage is missing, was made from something else, or has lost a file."""
    for name in STAGES:
        if name not in manifest.stages:
            raise _unfinished(f"the run stopped before '{name}'", path, folder)
        if manifest.stages[name].key != key:
            what = "study, table or electrodoe have changed since the run"
            raise _unfinished(what, path, folder)
        if not manifest.is_fresh(name, key, path):
            raise _unfinished(f"a file of '{name}' is missing or was changed", path, folder)


def _unfinished(what: str, path: Path, folder: Path) -> WorkflowError:
    """Return an error whose fix is to run the study."""
    return WorkflowError(what, where=str(path), fix=f"run it first: electrodoe run {folder}")
