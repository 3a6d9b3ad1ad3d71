"""D120: rows that share a whole plot or a block, of which the study says nothing, or not enough."""

from electrodoe.dataset.dataset import WHOLE_PLOT, Dataset
from electrodoe.dataset.whole_plots import is_block
from electrodoe.findings import Finding, Severity, found


def run_groups(dataset: Dataset) -> list[Finding]:
    """Return what is asked about unused columns, and how whole plots were found."""
    asked = [_asked(column) for column in dataset.groups_asked_about]
    plots = dataset.whole_plots_found
    if plots is None or plots.column is not None:
        return asked
    n_plots = dataset.frame[WHOLE_PLOT].n_unique()
    how = (
        "the sizes that [plan] gives, in the order of the runs"
        if plots.source == "plan"
        else "the order of the runs: another begins where a hard-to-change factor changes"
    )
    return [
        found(
            "D120",
            f"{n_plots} whole plots were taken from {how}",
            "the whole table",
            severity=Severity.NOTE,
            title="Whole plots by the order of runs",
            fix="if they were others, write them into a column 'whole_plot', as in the run sheet"
            + (
                "; two whole plots one after the other with the same settings are one here"
                if plots.source == "order"
                else ""
            ),
        ),
        *asked,
    ]


def _asked(column: str) -> Finding:
    """Return the question about one column."""
    if is_block(column):
        fix = f'say block = "{column}" in [measurements] if they were, such as days or coils'
        what = "runs of one block"
    else:
        fix = (
            f'say whole_plot = "{column}" in [measurements], and hard_to_change = true on the'
            " factors that were set once for each"
        )
        what = "runs between two resets of a factor"
    return found(
        "D120",
        f"'{column}' puts rows together as {what}, and the study does not: terms are tested as if"
        " every run had been set anew",
        f"column '{column}'",
        fix=fix,
    )
