"""``electrodoe screen``: which of many parameters to plan with."""

import typer

from electrodoe.cli.options import JsonOption, StudyPath


def screen(study: StudyPath, *, as_json: JsonOption = False) -> None:
    """Rank candidate parameters and drop those that follow from others.

    Candidates stand in study.toml as [parameters.NAME]. The table, the portfolio and a page that
    gives every reason are written to STUDY/results.
    """
    from electrodoe.cli.screening import print_screening, screening_json
    from electrodoe.findings import has_errors
    from electrodoe.study import read_study
    from electrodoe.workflow.screening import screen_study

    declared = read_study(study)
    outcome = screen_study(declared, study if study.is_dir() else study.parent)
    if as_json:
        typer.echo(screening_json(outcome))
    else:
        print_screening(outcome)
    raise typer.Exit(1 if has_errors(outcome.screening.findings) else 0)
