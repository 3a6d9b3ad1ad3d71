"""Stage 6: everything odd about data, scenarios and models, in one list."""

import polars as pl

from electrodoe.dataset import inspect
from electrodoe.evaluate import (
    block_findings,
    circumstance_findings,
    judge,
    outcome_findings,
    residual_findings,
    scale_findings,
    scatter_findings,
    screening_findings,
    size_findings,
    unscored_findings,
    untested_findings,
)
from electrodoe.findings import Finding, findings_frame, found, sort_findings, summarized
from electrodoe.models import DEFAULT_FAMILY
from electrodoe.verify import CASE_TABLES, region_findings, verification_findings
from electrodoe.workflow.requested_models import families_for
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.tables import as_csv, read_back

_CODES = {
    "models": "S204",
    "explanations": "S205",
    "verification": "V308",
    "recommendation": "S206",
}


def make_findings(run: Run) -> Products:
    """Return the findings, gravest first."""
    evaluation = read_back(run.folder, "evaluation")
    all_found = [*run.findings, *_of_data(run), *judge(evaluation, DEFAULT_FAMILY)]
    predictions = read_back(run.folder, "predictions")
    all_found += unscored_findings(evaluation, predictions)
    all_found += circumstance_findings(run.dataset, predictions, DEFAULT_FAMILY)
    all_found += block_findings(run.dataset, run.training_data)
    scales = scale_findings(run.training_data)
    of_numbers = [data for data in run.training_data if data.kind == "number"]
    all_found += [*scales, *scatter_findings(of_numbers, predictions, DEFAULT_FAMILY, scales)]
    all_found += untested_findings(read_back(run.folder, "anova"))
    all_found += screening_findings(read_back(run.folder, "screening"))
    all_found += outcome_findings(run.training_data)
    all_found += [
        each
        for data in run.training_data
        for each in size_findings(data, families_for(run.study, data.kind))
    ]
    all_found += residual_findings(read_back(run.folder, "residual_checks"))
    all_found += region_findings(run.dataset)
    verified = {name: read_back(run.folder, name) for name in CASE_TABLES}
    all_found += verification_findings(verified, run.study)
    for stage in _CODES:
        all_found += refused_findings(stage, read_back(run.folder, f"{stage}_refused"))
    return as_csv({"findings": findings_frame(sort_findings(all_found))})


def _of_data(run: Run) -> tuple[Finding, ...]:
    """Return the findings of the samples; what a file has once is not repeated by row."""
    of_samples = inspect(run.dataset)
    return summarized(of_samples) if run.study.protocols else of_samples


def refused_findings(stage: str, table: pl.DataFrame) -> list[Finding]:
    """Return one finding per reason for which a stage refused something.

    Families that were refused for the same reason and the same responses share one.
    """
    per_family = table.group_by("scenario", "family", "what", "fix", maintain_order=True).agg(
        pl.col("target").str.join(", ")
    )
    reasons = per_family.group_by("scenario", "what", "fix", "target", maintain_order=True).agg(
        pl.col("family").str.join(", ")
    )
    return [
        found(
            _CODES[stage],
            f"{families}: {what}" if families else what,
            f"scenario '{scenario}', responses {targets}",
            fix=fix,
        )
        for scenario, what, fix, targets, families in reasons.iter_rows()
    ]
