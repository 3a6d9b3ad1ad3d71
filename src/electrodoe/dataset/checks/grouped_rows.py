"""D111: rows that were taken as samples of one run, though the study does not say so."""

from electrodoe.dataset.dataset import CONFIGURATION, Dataset
from electrodoe.dataset.grouping import clumps_by_level, complete_rows
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import listed


def grouped_rows(dataset: Dataset) -> list[Finding]:
    """Return a finding where a column or the inputs themselves say which rows belong together."""
    grouping = dataset.grouping
    if grouping.source == "column":
        return [_by_column(dataset, str(grouping.column))]
    if grouping.source == "clumps":
        return [_by_clumps(dataset)]
    return _declared_apart(dataset) if grouping.source == "declared" else []


def _by_column(dataset: Dataset, column: str) -> Finding:
    """Return the finding about a group column that was found in the table."""
    return found(
        "D111",
        f"rows of one '{column}' have nearly the same inputs, so the {dataset.n_samples} rows were"
        f" taken as samples of {dataset.n_configurations} runs",
        f"column '{column}'",
        title="Group column found",
        fix=f'say group = "{column}" in study.toml, or --group {column}, if that is right',
    )


def _by_clumps(dataset: Dataset) -> Finding:
    """Return the finding about rows that lie in clumps."""
    rows = dataset.frame.group_by(CONFIGURATION, maintain_order=True).agg("line")
    examples = [
        " and ".join(str(line) for line in sorted(lines))
        for lines in rows["line"].to_list()
        if len(lines) > 1
    ]
    return found(
        "D111",
        f"{dataset.n_samples} rows lie in {dataset.n_configurations} clumps of nearly equal inputs,"
        f" as samples of one run do, and were taken as that many runs: lines"
        f" {listed(examples, limit=3)}",
        "all inputs",
    )


def _declared_apart(dataset: Dataset) -> list[Finding]:
    """Return a finding where every row is declared a run of its own, and rows lie in clumps."""
    if dataset.n_configurations < dataset.n_samples:
        return []
    inputs = dataset.factor_values()
    complete = complete_rows(inputs)
    numbers = clumps_by_level(inputs[complete], dataset.is_category) if complete.any() else None
    if numbers is None:
        return []
    return [
        found(
            "D111",
            f"every row is a run of its own by '{dataset.grouping.column}', yet the rows lie in"
            f" {numbers.max() + 1} clumps of nearly equal inputs, as samples of one run do; then"
            " scores on new configurations flatter",
            f"column '{dataset.grouping.column}'",
        )
    ]
