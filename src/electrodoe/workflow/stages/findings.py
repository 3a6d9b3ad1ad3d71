"""Stage 4: everything odd about data, scenarios and models, in one list."""

from electrodoe.dataset import inspect
from electrodoe.evaluate import judge
from electrodoe.findings import Finding, Severity, findings_frame, sort_findings
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.tables import as_csv, read_back

_TITLES = {"models": "Model cannot be estimated", "explanations": "Explanation refused"}
_CODES = {"models": "S204", "explanations": "S205"}


def make_findings(run: Run) -> Products:
    """Return the findings, gravest first."""
    found = [*inspect(run.dataset), *judge(read_back(run.folder, "evaluation"))]
    found += [finding for stage in _CODES for finding in _refused(run, stage)]
    return as_csv({"findings": findings_frame(sort_findings(found))})


def _refused(run: Run, stage: str) -> list[Finding]:
    """Return one finding per reason for which a stage refused something."""
    table = read_back(run.folder, f"{stage}_refused")
    reasons = table.group_by("scenario", "family", "what", "fix", maintain_order=True).agg("target")
    return [
        Finding(
            code=_CODES[stage],
            severity=Severity.WARNING,
            title=_TITLES[stage],
            what=f"{family}: {what}",
            where=f"scenario '{scenario}', responses {', '.join(targets)}",
            fix=fix,
        )
        for scenario, family, what, fix, targets in reasons.iter_rows()
    ]
