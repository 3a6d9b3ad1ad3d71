"""``electrodoe simulate``: the virtual line plays the plant for a plan."""

import typer

from electrodoe.cli.options import JsonOption, SeedOption, StudyPath, folder_of


def simulate(study: StudyPath, *, seed: SeedOption = None, as_json: JsonOption = False) -> None:
    """Write raw files as a plant's instruments would, for a study's plan.

    The plan is made first where there is none. Files go to STUDY/raw, each marked as simulated;
    what is true of every specimen goes to STUDY/truth, which no other command reads. Numbers of
    specimens and planted faults stand in study.toml as [simulation].
    """
    from electrodoe.study import read_study
    from electrodoe.workflow.simulate import simulate_study

    declared = read_study(study).with_settings(seed=seed)
    outcome = simulate_study(declared, folder_of(study))
    if as_json:
        from electrodoe.cli.printing import print_json

        content = {
            "status": "done",
            "raw": str(outcome.folder / "raw"),
            "truth": str(outcome.folder / "truth"),
            "files": outcome.counts,
            "bytes": outcome.n_bytes,
            "faults": list(outcome.faults),
        }
        print_json(content)
        return
    for name, count in outcome.counts.items():
        typer.echo(f"{count:4d} {'file ' if count == 1 else 'files'}  {name}")
    for fault in outcome.faults:
        typer.echo(f"planted: {fault}")
    typer.echo(f"\nSimulated: {outcome.n_bytes / 1e6:.1f} MB in {outcome.folder / 'raw'}")
    typer.echo(f"Truth:     {outcome.folder / 'truth'}")
