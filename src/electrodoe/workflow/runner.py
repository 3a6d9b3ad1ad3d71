"""The order of the stages, and what of them is fresh."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from electrodoe.findings import Finding, findings_frame
from electrodoe.storage import digest
from electrodoe.study import STUDY_FILE, Study, study_text
from electrodoe.workflow.drawn_families import require_drawn_families
from electrodoe.workflow.engines import Engine
from electrodoe.workflow.loading import Loaded, load_samples, table_path
from electrodoe.workflow.manifest import (
    Manifest,
    StageRecord,
    code_fingerprint,
    machine,
    read_manifest,
    versions,
    write_manifest,
)
from electrodoe.workflow.requested_models import require_models
from electrodoe.workflow.run import Observer, Run, Silence
from electrodoe.workflow.run_folder import (
    FIGURES,
    MODELS,
    RESULTS,
    Products,
    RunFolder,
    to_arrow,
)

if TYPE_CHECKING:
    from electrodoe.optimize import Recommendation, Refusal

STAGES: Final[Mapping[str, str]] = {
    "samples": "loading",
    "models": "stages.models",
    "explanations": "stages.explanations",
    "verification": "stages.explanations",
    "recommendation": "stages.recommendation",
    "findings": "stages.findings",
    "surfaces": "stages.report",
    "figures": "stages.report",
    "report": "stages.report",
    "crate": "stages.crate",
}
"""Stages in their order, each with the module that makes it: it needs all before it, and is loaded
as its turn comes."""
CONDENSE: Final = "condense"
"""What comes before them where samples come from instruments; its measurements are kept one
by one."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run has left behind.

    Attributes
    ----------
    folder : Path
        The results folder.
    report : Path
        The finished page.
    recommendation : Recommendation, Refusal or None
        What follows from the study's goals, or why nothing does; None without goals.
    findings : tuple of Finding
        Everything odd, gravest first.
    seconds : dict of str to float
        Duration of each stage, of an earlier run where it was fresh.
    fresh : tuple of str
        Stages that needed nothing.
    screened : tuple of str
        For each response of a screening design, which effects are active, in a sentence.
    """

    folder: Path
    report: Path
    recommendation: "Recommendation | Refusal | None"
    findings: tuple[Finding, ...]
    seconds: dict[str, float]
    fresh: tuple[str, ...]
    screened: tuple[str, ...] = ()


def run_study(
    study: Study,
    folder: Path,
    engine: Engine,
    *,
    observer: Observer | None = None,
    is_forced: bool = False,
) -> Outcome:
    """Run a study from its table to the finished report.

    Parameters
    ----------
    study : Study
        The declaration.
    folder : Path
        Where the table's path starts and ``results`` is made.
    engine : Engine
        Where the work is done; the results do not depend on it.
    observer : Observer or None
        Who is informed how far the run has come.
    is_forced : bool
        Do everything again.

    Returns
    -------
    Outcome
        Where the report lies and what was found.

    Raises
    ------
    ElectrodeError
        If the work cannot go on; nothing is half written.
    """
    require_models(study)
    start = time.perf_counter()
    declared = study.with_settings()  # settings in full, as whoever opens the run will have them
    require_drawn_families(declared)
    loaded = load_samples(declared, folder, is_forced=is_forced)
    run = Run(
        dataset=loaded.dataset,
        folder=RunFolder(path=folder / RESULTS),
        engine=engine,
        observer=observer or Silence(),
        findings=loaded.findings,
        is_forced=is_forced,
        asked_for=set(loaded.kept),
    )
    if study.protocols:
        run.seconds[CONDENSE] = round(time.perf_counter() - start, 2)
        run.observer.stage_finished(CONDENSE, run.seconds[CONDENSE], is_fresh=False)
    key = run_key(loaded)
    manifest = _manifest(run, folder, key)
    fresh: list[str] = []
    for n_before, name in enumerate(STAGES):
        if len(fresh) == n_before and manifest.is_fresh(name, key, run.folder.path):
            fresh.append(name)
            run.seconds[name] = manifest.stages[name].seconds
            run.observer.stage_finished(name, run.seconds[name], is_fresh=True)
            continue
        manifest = _make(run, name, key, manifest)
    if len(fresh) < len(STAGES):
        _tidy(run, manifest)
    from electrodoe.workflow.stages.content import read_findings, read_screened
    from electrodoe.workflow.stages.recommendation import read_recommendation

    return Outcome(
        folder=run.folder.path,
        report=run.folder.path / "report.html",
        recommendation=read_recommendation(run),
        findings=read_findings(run),
        seconds=dict(run.seconds),
        fresh=tuple(fresh),
        screened=read_screened(run),
    )


def work_of(stage: str) -> Callable[[Run], Products]:
    """Return what makes a stage, loaded now: a run says something before it loads everything."""
    module = import_module(f"electrodoe.workflow.{STAGES[stage]}")
    make: Callable[[Run], Products] = getattr(module, f"make_{stage}")
    return make


def _make(run: Run, name: str, key: str, manifest: Manifest) -> Manifest:
    """Make one stage, write its products, and return the manifest that knows them."""
    start = time.perf_counter()
    products = run.folder.write(work_of(name)(run))
    seconds = round(time.perf_counter() - start, 2)
    run.seconds[name] = seconds
    record = StageRecord(key=key, products=products, seconds=seconds)
    manifest = manifest.with_stage(name, record)
    write_manifest(run.folder.path, manifest)
    run.observer.stage_finished(name, seconds, is_fresh=False)
    return manifest


def run_key(loaded: Loaded) -> str:
    """Return the hash of everything a run depends on."""
    return digest(
        code_fingerprint().encode(),
        study_text(loaded.dataset.study).encode(),
        to_arrow(loaded.dataset.frame),
        to_arrow(findings_frame(loaded.findings)),
    )


def _manifest(run: Run, folder: Path, key: str) -> Manifest:
    """Return the manifest to go on from: the last run's where it was the same run."""
    table = table_path(run.study, folder)
    new = Manifest(
        versions=versions(),
        machine=machine(),
        inputs={
            STUDY_FILE: digest(study_text(run.study).encode()),
            run.study.measurements.table: digest(table.read_bytes()),
        },
        seed=run.study.settings.seed,
        effort=run.study.settings.effort,
        condense_seconds=run.seconds.get(CONDENSE),
    )
    last = None if run.is_forced else read_manifest(run.folder.path)
    if last is None or any(record.key != key for record in last.stages.values()):
        return new
    return new.model_copy(update={"stages": last.stages})


def _tidy(run: Run, manifest: Manifest) -> None:
    """Delete what earlier runs have left and this one does not know."""
    from electrodoe.report.catalogue import OF_OTHER_VERBS
    from electrodoe.workflow.recommending.files import PRODUCTS, SHEET_HASHES

    products = [name for record in manifest.stages.values() for name in record.products]
    products += [  # of other verbs
        f"{FIGURES}/{file.name}"
        for file in (run.folder.path / FIGURES).glob("*.svg")
        if file.stem.startswith(OF_OTHER_VERBS)
    ]
    for subfolder in (MODELS, FIGURES):
        run.folder.forget_products(subfolder, but=products)
    run.folder.forget(name for name in (*PRODUCTS, SHEET_HASHES) if name not in products)
    run.folder.forget_parts(but=run.asked_for)
