"""D118: rows of equal settings were taken as runs made anew, for nothing names the run."""

from electrodoe.dataset.dataset import Dataset
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import counted


def runs_and_samples(dataset: Dataset) -> list[Finding]:
    """Return a remark where an assumption says what rows of one setting are."""
    if not dataset.is_run_assumed:
        return []
    n_settings = len(set(dataset.setting_numbers().tolist()))
    return [
        found(
            "D118",
            f"{dataset.n_samples} rows have {counted(n_settings, 'setting')}, and nothing names the"
            " run: every row is taken as a run made anew, and terms are tested against rows of"
            " equal settings",
            "the whole table",
        )
    ]
