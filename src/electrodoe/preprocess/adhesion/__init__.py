"""From pull-off curves to adhesion strength."""

from electrodoe.preprocess.adhesion.condensing import (
    ADHESION_SCHEMA,
    condense_adhesion,
    evaluate_pull_off,
)
from electrodoe.preprocess.adhesion.pull_off_test import PullOffTest

__all__ = ["ADHESION_SCHEMA", "PullOffTest", "condense_adhesion", "evaluate_pull_off"]
