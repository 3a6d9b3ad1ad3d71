"""What a plan of experiments has to be: how many runs, for which model, under which limits."""

from typing import Literal

from pydantic import BaseModel, Field, field_validator, model_validator

from electrodoe.study.strict import STRICT

Criterion = Literal["I", "D", "A", "G"]
Region = Literal["continuous", "grid"]
DesignKind = Literal[
    "optimal",
    "full_factorial",
    "central_composite",
    "box_behnken",
    "definitive_screening",
    "latin_hypercube",
]


class DistinctWish(BaseModel):
    """How many different settings a plan is to have.

    Attributes
    ----------
    factors : tuple of str
        Factors with levels whose combinations are counted; all that are planned where none is
        given.
    count : int
        Exactly so many, over all runs: 13 coatings, 17 configurations.
    """

    model_config = STRICT
    factors: tuple[str, ...] = ()
    count: int = Field(ge=1, le=2000)

    @field_validator("factors")
    @classmethod
    def _none_twice(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse a factor that is named twice."""
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"'{name}' is named twice; name each factor once")
        return names


class PlanRequest(BaseModel):
    """The request behind ``electrodoe plan``: the block ``[plan]`` of ``study.toml``.

    Attributes
    ----------
    design : str
        ``optimal`` searches; the others are classical designs.
    runs : int or None
        Number of runs, those already made and all extra ones included; needed for ``optimal``.
    criterion : {"I", "D", "A", "G"}
        What is optimized; I is the mean prediction variance over the region.
    region : {"continuous", "grid"}
        Over what the mean is taken: the whole region between the ends, or its levels alone.
    model : str
        ``quadratic`` (default), ``linear``, ``interactions``, ``cubic``, or a formula such as
        ``a + b + a:b + a^2``; lower-order terms are added, so that the model is hierarchical.
    potential_terms : tuple of str
        Terms that may matter: the plan has them estimable as far as it can (Bayesian I and D).
    constraints : tuple of str
        Inequalities that every run satisfies, in the factors' own units: ``a + 2*b <= 0.8``.
    forbidden : tuple of str
        Combinations that cannot be made: ``binder == 'PVDF' and dryer_2_temperature_c > 60``.
    center_runs, replicate_runs, lack_of_fit_runs : int
        Runs at the center, repeats of planned runs, runs far from all others: for pure error and
        lack of fit. They count among ``runs`` and among the sizes of groups (see Notes).
    replicate_whole_plots : int
        Whole plots that repeat another one, run by run, for the scatter between whole plots.
        They count among ``runs`` and ``whole_plots``.
    whole_plots : int, tuple of int, or None
        How often hard-to-change factors are reset: a number of groups, or each group's runs.
    variance_ratio : float
        Variance between whole plots (or blocks) over variance within them.
    blocks : tuple of int or None
        Runs of each block, such as days or coils.
    existing : str or None
        Table of existing runs, relative to the study; the plan adds to them.
    distinct_settings : tuple of DistinctWish
        How many different settings the plan is to have, of all factors or of some:
        ``[{ count = 17 }, { factors = ["loading", "temperature"], count = 13 }]``. The paper's
        plan has 17 configurations in 17 runs, and 13 coatings. The factors need levels.
    starts : int or None
        Starts of the search; found from the problem's size where it is not given.

    Notes
    -----
    In whole plots and blocks the extra runs take places of their groups. Existing runs keep
    their groups to themselves.

    - Center runs are spread over blocks as evenly as they fit. In whole plots every factor of a
      center run stands at its center, the hard-to-change ones too: center runs fill the smallest
      whole plot that holds them, else the largest and the next; its other runs are planned with
      the hard-to-change factors at their center.
    - A replicate run repeats a run of its own whole plot or block, so that it gives a degree of
      freedom of pure error within groups; of all runs in groups with room the one whose repeat
      costs least of the criterion.
    - Lack-of-fit runs take the places left, each as far from all other runs as its group allows.
    - A repeated whole plot gives a degree of freedom of pure error between whole plots [1]_. It
      needs another whole plot with as many runs; the last such whole plots are the repeats.

    References
    ----------
    .. [1] Vining, Kowalski, Montgomery, J. Quality Technology 37 (2005) 115,
       10.1080/00224065.2005.11980310.
    """

    model_config = STRICT
    design: DesignKind = "optimal"
    runs: int | None = Field(default=None, ge=2, le=2000)
    criterion: Criterion = "I"
    region: Region = "continuous"
    model: str = Field(default="quadratic", min_length=1, max_length=5000)
    potential_terms: tuple[str, ...] = ()
    constraints: tuple[str, ...] = Field(default=(), max_length=200)
    forbidden: tuple[str, ...] = Field(default=(), max_length=200)
    center_runs: int = Field(default=0, ge=0, le=100)
    replicate_runs: int = Field(default=0, ge=0, le=500)
    lack_of_fit_runs: int = Field(default=0, ge=0, le=500)
    replicate_whole_plots: int = Field(default=0, ge=0, le=100)
    whole_plots: int | tuple[int, ...] | None = None
    variance_ratio: float = Field(default=1.0, gt=0.0, le=1e6)
    blocks: tuple[int, ...] | None = Field(default=None, min_length=2)
    existing_runs: str | None = None
    distinct_settings: tuple[DistinctWish, ...] = Field(default=(), max_length=20)
    starts: int | None = Field(default=None, ge=1, le=1_000_000)

    @property
    def has_squares(self) -> bool:
        """Return whether the model has a square: by its name, or as ``a^2`` or ``a**2``."""
        named = self.model.strip() in {"quadratic", "cubic"}
        return named or any(power in self.model.replace(" ", "") for power in ("^2", "**2"))

    @model_validator(mode="after")
    def _counts_fit_together(self) -> "PlanRequest":
        """Refuse counts that contradict one another."""
        if self.design == "optimal" and self.runs is None:
            raise ValueError("an optimal plan needs a number of runs; add 'runs'")
        extra = self.center_runs + self.replicate_runs + self.lack_of_fit_runs
        if self.runs is not None and extra >= self.runs:
            raise ValueError(
                f"{extra} center, replicate and lack-of-fit runs leave none of {self.runs};"
                " raise 'runs'"
            )
        for name, sizes in (("whole_plots", self.whole_plots), ("blocks", self.blocks)):
            if isinstance(sizes, tuple):
                if min(sizes) < 1:
                    raise ValueError(f"{name} {list(sizes)} has a group without runs; remove it")
                if self.runs is not None and sum(sizes) != self.runs:
                    raise ValueError(
                        f"{name} {list(sizes)} add up to {sum(sizes)}, not {self.runs} runs;"
                        f" correct 'runs' or '{name}'"
                    )
        if isinstance(self.whole_plots, int) and not 2 <= self.whole_plots <= (self.runs or 0):
            raise ValueError(
                f"whole_plots {self.whole_plots} for {self.runs} runs; give 2 to {self.runs}"
            )
        if self.whole_plots is not None and self.blocks is not None:
            raise ValueError("whole_plots and blocks are both given; keep one of the two")
        return self
