"""D108: rows that are equal in every declared number, though each was measured by itself."""

from electrodoe.dataset.dataset import CONFIGURATION, SAMPLE, Dataset
from electrodoe.dataset.wording import listed
from electrodoe.findings import Finding, found


def duplicated_rows(dataset: Dataset) -> list[Finding]:
    """Return one finding that lists rows equal in all factors and responses."""
    responses = dataset.study.responses
    if all(response.measured_per == "configuration" for response in responses.values()):
        return []
    columns = [CONFIGURATION, *(dataset.study.factors | responses)]
    repeated = dataset.frame.filter(dataset.frame.select(columns).is_duplicated())
    if repeated.is_empty():
        return []
    return [
        found(
            "D108",
            f"equal in every number: {listed(repeated[SAMPLE].to_list())}",
            f"lines {listed([str(line) for line in sorted(repeated['line'])])}",
        )
    ]
