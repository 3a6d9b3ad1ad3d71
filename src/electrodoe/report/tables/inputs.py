"""How far the inputs of the scenarios depend on one another."""

import math

from electrodoe.report.content import ReportContent
from electrodoe.report.naming import shown
from electrodoe.report.rounding import measured, score
from electrodoe.report.table import Table, numbers, text


def vif_table(content: ReportContent) -> Table:
    """Return the variance inflation factor of each input in each scenario."""
    rows: list[tuple[str, ...]] = []
    first_rows: list[int] = []
    for scenario, found in content.dependences.items():
        first_rows.append(len(rows))
        for index, name in enumerate(found.input_names):
            others = [abs(r) for i, r in enumerate(found.correlation[index]) if i != index]
            vif = float(found.vif[index])
            rows.append(
                (
                    scenario if index == 0 else "",
                    shown(content.study, name).label,
                    score(max(others, default=math.nan)),
                    "> 1000" if vif > 1000 else measured(vif),
                )
            )
    return Table(
        caption="Largest correlation with another input, and variance inflation factor.",
        columns=(*text("Scenario", "Input"), *numbers("largest |r|", "VIF")),
        rows=tuple(rows),
        first_rows=frozenset(first_rows),
    )
