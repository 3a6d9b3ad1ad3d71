"""The rule by which a study flags outliers among the samples of a configuration."""

from typing import Final, Literal

from pydantic import BaseModel, Field

from electrodoe.study.strict import STRICT

_LIMITS: Final = {"sd": 1.5, "mad": 3.5}


class OutlierRule(BaseModel):
    """How far a sample may lie from its configuration, and what becomes of one that lies farther.

    Attributes
    ----------
    rule : {"grubbs", "sd", "mad", "none"}
        ``grubbs``: Grubbs' test of the farthest value; ``sd``: the paper's, beyond ±1.5 standard
        deviations of the configuration's mean; ``mad``: beyond 3.5 robust standard deviations of
        its median; ``none``: nothing is flagged.
    set_aside : bool
        Whether flagged samples are left out of the models, as in the paper. Without it they are
        flagged and kept. Either way they count in pure error, tests and intervals, for a rule that
        looks at values alone takes good samples too.
    limit : float or None
        In standard deviations; without it: 1.5 for ``sd``, 3.5 for ``mad``. ``grubbs`` has none.
    ddof : {0, 1}
        What is taken from the number of values under a standard deviation: 1 for a sample's, as
        spreadsheets' STDEV and pandas have it, 0 for NumPy's default.
    alpha : float
        Chance at which ``grubbs`` flags a value of a configuration that has no outlier.
    """

    model_config = STRICT
    rule: Literal["grubbs", "sd", "mad", "none"] = "grubbs"
    set_aside: bool = False
    limit: float | None = Field(default=None, gt=0.0, le=100.0)
    ddof: Literal[0, 1] = 1
    alpha: float = Field(default=0.05, gt=0.0, lt=0.5)

    @property
    def limit_in_use(self) -> float:
        """Return the limit in standard deviations."""
        return self.limit if self.limit is not None else _LIMITS.get(self.rule, 0.0)
