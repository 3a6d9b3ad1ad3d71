"""The sentence that says how the order of runs came about."""

from electrodoe.design.run_plan import BLOCK, WHOLE_PLOT, RunPlan
from electrodoe.report.naming import shown
from electrodoe.study import Study


def order_sentence(study: Study, plan: RunPlan, seed: int) -> str:
    """Return how the order was randomized: under which restriction, and from which seed.

    Parameters
    ----------
    study : Study
        Says which factors are hard to change.
    plan : RunPlan
        Says whether there are whole plots or blocks.
    seed : int
        Of the random order.

    Returns
    -------
    str
        One or two sentences for the head of a run sheet.
    """
    if plan.frame[WHOLE_PLOT].is_not_null().any():
        hard = [name for name in plan.factors if study.factors[name].hard_to_change]
        names = " and ".join(shown(study, name).label for name in hard) or "A hard-to-change factor"
        verb = "are" if len(hard) > 1 else "is"
        return (
            "The order is random with one restriction: whole plots in random order, and the runs"
            f" within each whole plot in random order (seed {seed}). {names} {verb} set anew for"
            " each whole plot and left alone within it."
        )
    if plan.frame[BLOCK].is_not_null().any():
        return (
            "The order is random with one restriction: block after block, and the runs within each"
            f" block in random order (seed {seed})."
        )
    return (
        f"The order is random, without restriction (seed {seed}): make the runs in this order, and"
        " set every factor anew for each run."
    )
