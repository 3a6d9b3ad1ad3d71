"""How settings are recommended: which models, how sure, and how many runs come next."""

from typing import Literal

from pydantic import BaseModel, Field

from electrodoe.study.strict import STRICT


class RecommendRequest(BaseModel):
    """The block ``[recommend]`` of ``study.toml``; every key may be left out.

    Attributes
    ----------
    scenario : str or None
        Whose inputs are set; the first declared where it is not given.
    family : str or None
        Model family; the best of each response on left-out configurations without it.
    levels_only : bool
        Whether a factor with numeric levels is set to one of them, and not between.
    probability : float
        Smallest chance that every specification holds inside the operating window.
    confidence : float
        In what fraction of studies like this one the window's every setting truly has that chance.
    runs : int
        Runs to propose next.
    explore_by : {"posterior_variance", "I"}
        What exploration runs are best for: a Bayesian model average of Gaussian processes, each
        weighted by its probability given the runs support them, or the quadratic alone (I-optimal,
        with the plan's own search).
    confirmation_runs : int
        Runs at the recommended settings, to confirm them.
    shape_runs : int
        Lack-of-fit runs where replicates contradict the quadratic; 0 proposes none.
    """

    model_config = STRICT
    scenario: str | None = None
    family: str | None = None
    levels_only: bool = True
    probability: float = Field(default=0.9, gt=0.0, lt=1.0)
    confidence: float = Field(default=0.9, gt=0.5, lt=1.0)
    runs: int = Field(default=5, ge=1, le=200)
    explore_by: Literal["posterior_variance", "I"] = "posterior_variance"
    confirmation_runs: int = Field(default=3, ge=1, le=50)
    shape_runs: int = Field(default=2, ge=0, le=50)
