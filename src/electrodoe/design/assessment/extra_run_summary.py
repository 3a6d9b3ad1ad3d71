"""What was done about center, replicate and lack-of-fit runs, in sentences."""

from collections.abc import Sequence

import polars as pl

from electrodoe.design.run_plan import BLOCK, PURPOSE, REPLICATE_OF, RUN, WHOLE_PLOT, RunPlan
from electrodoe.findings.wording import counted


def extra_run_sentences(plan: RunPlan) -> list[str]:
    """Return where the extra runs of a plan lie, and what for.

    Parameters
    ----------
    plan : RunPlan
        With the purpose and group of each run.

    Returns
    -------
    list of str
        One sentence for each kind of extra run; none where there are no such runs.
    """
    frame = plan.frame
    column = next((name for name in (WHOLE_PLOT, BLOCK) if frame[name].count()), None)
    repeats = _whole_plot_repeats(frame)
    extra = frame.filter(~pl.col(WHOLE_PLOT).is_in(list(repeats)).fill_null(value=False))
    sentences = [
        f"{counted(own.height, name)}{_lying(own, column)}{why}."
        for purpose, name, why in (
            ("center", "center run", _why_center(column)),
            ("replicate", "replicate run", _why_replicate(column)),
            ("lack_of_fit", "lack-of-fit run", ", as far from all other runs as could be"),
        )
        if (own := extra.filter(pl.col(PURPOSE) == purpose)).height
    ]
    return sentences + [
        f"Whole plot {repeat} repeats whole plot {source}, for pure error between whole plots."
        for repeat, source in repeats.items()
    ]


def _whole_plot_repeats(frame: pl.DataFrame) -> dict[int, int]:
    """Return which whole plots repeat another one, from what they consist of."""
    plot_of = dict(frame.select(RUN, WHOLE_PLOT).iter_rows())
    found = dict[int, int]()
    for (plot,), own in frame.group_by(WHOLE_PLOT, maintain_order=True):
        repeated = own[REPLICATE_OF].drop_nulls().to_list()
        sources: set[int] = {plot_of[run] for run in repeated} - {plot}
        if own[PURPOSE].eq_missing("replicate").all() and len(sources) == 1:
            found[plot] = sources.pop()
    return found


def _lying(own: pl.DataFrame, column: str | None) -> str:
    """Return in which groups runs lie."""
    if column is None:
        return ""
    numbers: Sequence[int] = own[column].unique().sort().to_list()
    name = column.replace("_", " ") + ("" if len(numbers) == 1 else "s")
    return f" in {name} {', '.join(map(str, numbers))}"


def _why_center(column: str | None) -> str:
    """Return by which rule center runs have their places."""
    if column == BLOCK:
        return ", spread as evenly as they fit"
    if column == WHOLE_PLOT:
        return ", as few whole plots as hold them, their hard-to-change factors at the center"
    return ", every factor at the center of its range"


def _why_replicate(column: str | None) -> str:
    """Return what replicate runs are repeats of."""
    if column is None:
        return ", of the runs whose repeat costs least"
    name = column.replace("_", " ")
    return f", each of a run of its own {name}: pure error within {name}s"
