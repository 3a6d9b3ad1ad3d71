"""The words by which everyone can tell that a file is made up."""

from datetime import datetime, timedelta
from typing import Final

SIMULATED: Final = "simulated"
MARK: Final = "simulated by the virtual line of ElectroDoE, not measured"
FIRST_DAY: Final = datetime(2023, 3, 6, 8, 0, 0)  # noqa: DTZ001 - instruments write local time
"""When the virtual plant began; no clock of the computer enters a file."""


def moment(number: int, minutes: float) -> datetime:
    """Return when the test of some number began, one after the other.

    Examples
    --------
    >>> moment(2, 30.0).isoformat()
    '2023-03-06T09:00:00'
    """
    return FIRST_DAY + timedelta(minutes=minutes * number)
