"""``electrodoe check``: what is odd about a study, before anything is fitted."""

import typer

from electrodoe.cli.options import JsonOption, StudyPath


def check(study: StudyPath, *, as_json: JsonOption = False) -> None:
    """List what is odd about a study; nothing is fitted."""
    from electrodoe.study import read_study

    declared = read_study(study)
    from electrodoe.cli.findings import findings_json, print_findings
    from electrodoe.findings import has_errors
    from electrodoe.workflow.loading import check_study

    findings = check_study(declared, study if study.is_dir() else study.parent)
    if as_json:
        typer.echo(findings_json(findings))
    else:
        print_findings(findings)
    raise typer.Exit(1 if has_errors(findings) else 0)
