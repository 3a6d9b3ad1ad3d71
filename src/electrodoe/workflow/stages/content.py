"""What the report is told: the tables of the earlier stages."""

import polars as pl

from electrodoe.dataset import dependence
from electrodoe.findings import Finding, Severity
from electrodoe.report import ReportContent
from electrodoe.storage import digest
from electrodoe.verify import VERIFICATION_TABLES
from electrodoe.workflow.manifest import versions
from electrodoe.workflow.run import Run
from electrodoe.workflow.tables import TABLES, read_back

_ELSEWHERE = {
    *("models_refused", "explanations_refused", "verification_refused"),
    *("findings", "shapley_values"),
    *VERIFICATION_TABLES,
}
"""Tables that are no field of the content by their own name."""


def report_content(run: Run) -> ReportContent:
    """Return everything the report draws and says."""
    study, settings = run.study, run.study.settings
    tables = {name: read_back(run.folder, name) for name in TABLES}
    return ReportContent(
        study=study,
        dataset=run.dataset,
        findings=read_findings(run),
        dependences={
            name: dependence(scenario.inputs, run.dataset.inputs(name))
            for name, scenario in study.scenarios.items()
        },
        shapley=tables["shapley_values"],
        **{name: table for name, table in tables.items() if name not in _ELSEWHERE},
        verification={name: tables[name] for name in VERIFICATION_TABLES},
        timings=pl.DataFrame(
            {"stage": list(run.seconds), "seconds": list(run.seconds.values())},
            schema={"stage": pl.String, "seconds": pl.Float64},
        ),
        provenance={
            "seed": str(settings.seed),
            "effort": str(settings.effort),
            "random splits": str(settings.plan.n_repeats),
            "configuration bootstraps": str(settings.plan.n_bootstraps),
            "samples": digest(run.folder.read("samples.csv")),
            **versions(),
        },
    )


def read_findings(run: Run) -> tuple[Finding, ...]:
    """Return the findings that stage 5 wrote."""
    return tuple(
        Finding(**{**row, "severity": Severity(row["severity"])})
        for row in read_back(run.folder, "findings").iter_rows(named=True)
    )
