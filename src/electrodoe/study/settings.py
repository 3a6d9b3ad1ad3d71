"""How much work a study is worth: seed, effort, repeats, bootstraps."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, Field

from electrodoe.study.strict import STRICT


class Effort(StrEnum):
    """How long the search and the resampling may take."""

    QUICK = "quick"
    STANDARD = "standard"
    FULL = "full"


@dataclass(frozen=True, kw_only=True)
class EffortPlan:
    """What an effort means in numbers.

    Attributes
    ----------
    n_repeats : int
        Random 80/20 splits beside the one that is printed.
    n_bootstraps : int
        Configuration bootstraps behind every band and rank probability.
    search_width : int
        1 to 3: how many hyperparameter candidates a family tries.
    """

    n_repeats: int
    n_bootstraps: int
    search_width: int


EFFORTS: Final[dict[Effort, EffortPlan]] = {
    Effort.QUICK: EffortPlan(n_repeats=10, n_bootstraps=20, search_width=1),
    Effort.STANDARD: EffortPlan(n_repeats=20, n_bootstraps=30, search_width=2),
    Effort.FULL: EffortPlan(n_repeats=100, n_bootstraps=300, search_width=3),
}


class Settings(BaseModel):
    """Numbers a person may change; what is not given follows from the effort.

    Attributes
    ----------
    seed : int
        Start of every random choice.
    effort : Effort
        ``quick``, ``standard`` or ``full``.
    test_fraction : float
        Fraction of rows in the random split's test set; the paper's is 0.2.
    n_repeats, n_bootstraps : int or None
        Overrule the effort's numbers.
    families : tuple of str or None
        Model families to fit; all where it is not given.
    """

    model_config = STRICT
    seed: int = Field(default=2023, ge=0, le=2**32 - 1)
    effort: Effort = Effort.STANDARD
    test_fraction: float = Field(default=0.2, gt=0.0, lt=1.0)
    n_repeats: int | None = Field(default=None, ge=2, le=10_000)
    n_bootstraps: int | None = Field(default=None, ge=2, le=10_000)
    families: tuple[str, ...] | None = Field(default=None, min_length=1)

    @property
    def plan(self) -> EffortPlan:
        """Return the effort's numbers with the study's own in their place."""
        base = EFFORTS[self.effort]
        return EffortPlan(
            n_repeats=self.n_repeats or base.n_repeats,
            n_bootstraps=self.n_bootstraps or base.n_bootstraps,
            search_width=base.search_width,
        )
