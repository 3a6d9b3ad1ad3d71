"""``electrodoe check``: what is odd about a study, before anything is fitted."""

import typer

from electrodoe.cli.options import JsonOption, StudyPath, folder_of


def check(study: StudyPath, *, as_json: JsonOption = False) -> None:
    """List what is odd about a study; nothing is fitted."""
    from electrodoe.study import read_study

    declared = read_study(study)  # a mistake in it is reported before anything heavy is loaded
    from electrodoe.cli.printing import finding_rows, print_findings, print_json, status_of
    from electrodoe.findings import has_errors
    from electrodoe.workflow.loading import check_study

    findings = check_study(declared, folder_of(study))
    if as_json:
        print_json({"status": status_of(findings), "findings": finding_rows(findings)})
    else:
        print_findings(findings)
    raise typer.Exit(1 if has_errors(findings) else 0)
