"""Outliers among the samples of a configuration: flagged with their reason, never dropped."""

from electrodoe.preprocess.outliers.exchanged import exchanged_samples
from electrodoe.preprocess.outliers.flagging import flag_outliers
from electrodoe.preprocess.outliers.rules import (
    expected_fraction,
    fewest_for_a_flag,
    grubbs_critical,
    max_distance,
)

__all__ = [
    "exchanged_samples",
    "expected_fraction",
    "fewest_for_a_flag",
    "flag_outliers",
    "grubbs_critical",
    "max_distance",
]
