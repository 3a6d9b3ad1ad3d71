"""What every test of a check asks: silent on clean data, one finding on a planted fault."""

from collections.abc import Callable

import pytest

from electrodoe.dataset import CHECKS, Dataset
from electrodoe.findings import Finding

Columns = dict[str, list[object]]


@pytest.fixture
def found(columns: Columns, assembled: Callable[..., Dataset]) -> Callable[..., list[Finding]]:
    """Return a function that runs one check; columns are given where they differ."""

    def run(code: str, *, without: str = "", declared: object = None, **spoiled: object):
        kept = {name: cells for name, cells in columns.items() if name != without}
        return CHECKS[code](assembled(kept | spoiled, **(declared or {})))

    return run
