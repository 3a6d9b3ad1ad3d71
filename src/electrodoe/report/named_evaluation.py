"""A plan's evaluation under the name that people read beside it."""

from dataclasses import dataclass
from typing import Final

from electrodoe.design.assessment.evaluation import PlanEvaluation

_LONGEST: Final = 34


@dataclass(frozen=True, kw_only=True, eq=False)
class NamedEvaluation:
    """How good a plan is, and what the plan is called.

    Attributes
    ----------
    name : str
        A file's name, or words such as ``full factorial``.
    evaluation : PlanEvaluation
        What it is worth.
    is_file : bool
        Whether the name is a file's, which is never written with another first letter.
    """

    name: str
    evaluation: PlanEvaluation
    is_file: bool = False

    @property
    def title(self) -> str:
        """Return name and number of runs, for a legend."""
        return f"{_shortened(self.name)}, {self.evaluation.n_runs} runs"

    @property
    def head(self) -> str:
        """Return name and number of runs, for a table's head."""
        return self.title if self.is_file else self.title[:1].upper() + self.title[1:]

    @property
    def subject(self) -> str:
        """Return the name as a sentence begins with it."""
        return self.name if self.is_file else f"The {self.name}"


def _shortened(name: str) -> str:
    """Return a name of which a long middle becomes an ellipsis."""
    if len(name) <= _LONGEST:
        return name
    kept = _LONGEST // 2
    return f"{name[:kept]}…{name[1 - kept :]}"
