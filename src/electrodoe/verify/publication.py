"""A published model table: targets, inputs and scores as they are printed."""

from dataclasses import dataclass
from typing import Final

CAP: Final = 0.99
"""R² of 0.99 stands for 0.985 and everything above: no standard deviation follows from it."""


@dataclass(frozen=True, kw_only=True)
class PublishedScore:
    """One row of the paper's model table.

    Attributes
    ----------
    family : str
        Key of ``electrodoe.models.FAMILIES``.
    r2_train, r2_test : float
        Of one random 80/20 split.
    rmse_train, rmse_test : float
        In the unit of the target.
    mse_ratio : float
        Mean squared error of training over that of test, as printed.
    """

    family: str
    r2_train: float
    r2_test: float
    rmse_train: float
    rmse_test: float
    mse_ratio: float

    @property
    def sd_train(self) -> float | None:
        """Return the standard deviation that the training rows must have had."""
        return _implied(self.r2_train, self.rmse_train)

    @property
    def sd_test(self) -> float | None:
        """Return the standard deviation that the test rows must have had."""
        return _implied(self.r2_test, self.rmse_test)


@dataclass(frozen=True, kw_only=True)
class PublishedTarget:
    """One target of the paper in one of its scenarios.

    Attributes
    ----------
    title : str
        As the paper calls it.
    quantity, unit : str
        Name and unit suffix in the catalogue of quantities.
    c_rate : float or None
        Rate of a capacity.
    inputs : tuple of str
        Quantities of the inputs, in alphabetical order.
    n : int
        Rows.
    scores : tuple of PublishedScore
        By model.
    """

    title: str
    quantity: str
    unit: str
    inputs: tuple[str, ...]
    n: int
    scores: tuple[PublishedScore, ...]
    c_rate: float | None = None


def _implied(r2: float, rmse: float) -> float | None:
    """Return RMSE / sqrt(1 - R²), or None where R² is printed at its cap."""
    return None if r2 >= CAP else float(rmse / (1.0 - r2) ** 0.5)
