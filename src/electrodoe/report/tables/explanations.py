"""What the explanations say in numbers, and whether the families agree on it."""

from electrodoe.report.content import ReportContent
from electrodoe.report.naming import input_label
from electrodoe.report.rounding import percent, score
from electrodoe.report.selection import of
from electrodoe.report.table import Table, numbers, text

METHODS = {
    "shapley": "Shapley values",
    "permutation": "Permutation",
    "mdi": "Impurity (MDI)",
    "coefficient": "Coefficients",
}
"""Titles of the methods by their names in ``explanations.csv``."""


def agreement_table(content: ReportContent, target: str, scenario: str) -> Table | None:
    """Return how far the families agree on the order of the inputs, or None."""
    rows = of(content.agreement, target, scenario)
    if rows.is_empty():
        return None
    return Table(
        caption=(
            "Do the families rank the inputs alike? Kendall's W is 1 where all agree and near 0"
            " where they do not; τ is the mean over pairs of families."
        ),
        columns=(
            *text("Method"),
            *numbers("Families", "Kendall's W", "mean τ"),
            *text("Most often first"),
            *numbers("Share of families"),
        ),
        rows=tuple(
            (
                METHODS.get(row["method"], row["method"]),
                str(row["n_families"]),
                score(row["kendall_w"]),
                score(row["mean_tau"]),
                input_label(content.study, row["top_input"]) if row["top_input"] else "–",
                percent(row["top_share"]),
            )
            for row in rows.iter_rows(named=True)
        ),
    )
