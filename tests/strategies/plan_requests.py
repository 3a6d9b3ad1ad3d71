"""Requests for plans that ask for everything at once, small enough to be planned in a moment."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

LOADING = (8.0, 9.0, 10.0, 11.0)
TEMPERATURE = (50.0, 55.0, 60.0, 65.0, 70.0)
BINDER = ("CMC", "PVDF")
N_RESET = 3
"""Terms of temperature alone: 1, t, t²."""


@dataclass(frozen=True, kw_only=True)
class CombinedRequest:
    """Levels, a category, a hard-to-change factor, a limit, groups, existing runs, extra runs.

    Attributes
    ----------
    declared : dict
        Content of ``study.toml``.
    most : float
        Loading and temperature add up to this at most.
    sizes : list of int
        Runs of each whole plot or block, the existing ones first.
    existing : list of tuple
        Loading, temperature and binder of the existing runs: the first group.
    counts : dict
        Runs wanted for each purpose; replicates without those of repeated whole plots.
    n_repeats : int
        Whole plots that repeat another.
    """

    declared: dict[str, Any]
    most: float
    sizes: list[int]
    existing: list[tuple[float, float, int]]
    counts: dict[str, int]
    n_repeats: int

    @property
    def existing_coded(self) -> np.ndarray:
        """Return the existing runs in coded units."""
        return np.array([((a - 9.5) / 1.5, (t - 60.0) / 10.0, b) for a, t, b in self.existing])


@st.composite
def combined_requests(draw: st.DrawFn, *, is_hard: bool) -> CombinedRequest:
    """Return a request that can be met: whole plots where a factor is hard to change, or blocks."""
    most = draw(st.sampled_from([76.0, 78.5, 80.0]))
    is_roomy = most == 80.0  # each temperature leaves more settings than a whole plot has runs
    produced_temperature = draw(st.sampled_from(TEMPERATURE[:4]))
    n_existing = draw(st.sampled_from([0, 0, 2, 3]))
    existing = [
        (draw(st.sampled_from(LOADING)), produced_temperature, draw(st.sampled_from([0, 1])))
        for _ in range(n_existing)
    ]
    n_repeats = draw(st.integers(0, 1)) if is_hard else 0
    new = draw(st.lists(st.sampled_from([4, 5]), min_size=N_RESET + 1, max_size=N_RESET + 2))
    sizes = [*([n_existing] if n_existing else []), *new, *new[:n_repeats]]
    counts = {
        "center": draw(st.integers(0, 3)),
        "replicate": draw(st.integers(0, 2)),
        "lack_of_fit": draw(st.integers(0, 2)) if is_roomy else 0,
    }
    plan = {
        "runs": sum(sizes),
        ("whole_plots" if is_hard else "blocks"): sizes,
        "region": "grid",
        "starts": 4,
        "constraints": [f"loading + temperature <= {most}"],
        "replicate_whole_plots": n_repeats,
        **{f"{name}_runs": n for name, n in counts.items()},
    }
    factors = {
        "loading": {"levels": LOADING},
        "temperature": {"levels": TEMPERATURE, "hard_to_change": is_hard},
        "binder": {"levels": BINDER},
    }
    return CombinedRequest(
        declared={"title": "All at once", "factors": factors, "plan": plan},
        most=most,
        sizes=sizes,
        existing=existing,
        counts=counts,
        n_repeats=n_repeats,
    )
