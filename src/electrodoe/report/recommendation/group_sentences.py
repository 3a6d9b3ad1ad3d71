"""How next runs hang together: the whole plots and the block that they are made in."""

import polars as pl

from electrodoe.design.run_plan import BLOCK, PURPOSE, WHOLE_PLOT
from electrodoe.optimize import CONFIRMATION, OptimizationResult
from electrodoe.report.naming import in_sentence, listed
from electrodoe.study import Study


def groups_clause(study: Study, found: OptimizationResult) -> str:
    """Return in which whole plots and which block the next runs are made, where there are some.

    Parameters
    ----------
    study : Study
        Says which factors are hard to change, and names the block.
    found : OptimizationResult
        Its next runs.

    Returns
    -------
    str
        Sentences that follow those about the runs, or nothing.
    """
    frame = found.next_runs.frame
    said = [_whole_plots(study, frame, found.next_runs.factors), _block(study, frame)]
    return "".join(f" {sentence}" for sentence in said if sentence)


def _whole_plots(study: Study, frame: pl.DataFrame, factors: tuple[str, ...]) -> str:
    """Return how seldom the hard-to-change factors are set, and where confirmation runs are."""
    numbers = frame[WHOLE_PLOT].drop_nulls().unique(maintain_order=True).to_list()
    if not numbers:
        return ""
    hard = [in_sentence(study, name) for name in factors if study.factors[name].hard_to_change]
    one = len(numbers) == 1
    are = "are" if len(hard) > 1 else "is"
    which = f"whole plot ({numbers[0]})" if one else f"whole plots ({numbers[0]} to {numbers[-1]})"
    confirming = frame.filter(pl.col(PURPOSE) == CONFIRMATION)[WHOLE_PLOT].n_unique()
    two = (
        "; confirmation runs stand in two, for the intervals are for a new whole plot, and one"
        " alone does not tell what it adds"
        if confirming > 1
        else ""
    )
    return (
        f"As {listed(hard)} {are} hard to change, the {frame.height} runs are grouped in"
        f" {len(numbers)} {which}, each set anew once{two}."
    )


def _block(study: Study, frame: pl.DataFrame) -> str:
    """Return that the runs are a block of their own."""
    numbers = frame[BLOCK].drop_nulls().unique().to_list()
    if not numbers:
        return ""
    column = study.measurements.block or "block"
    return (
        f"They are a block of their own, number {numbers[0]}: give them a name of their own in"
        f" the column '{column}', and expect it to add something as the earlier ones do."
    )
