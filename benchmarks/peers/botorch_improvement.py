"""BoTorch's next runs for studies: run inside an environment of its own, prints JSON lines.

Reads ``{"low", "high", "n_runs", "studies": [{"inputs", "responses", "goals"}]}`` from standard
input; ``responses`` has a row for each row of ``inputs``. One independent ``SingleTaskGP`` for each
response, with default kernel, priors and noise, inputs scaled to the unit cube; the runs are the
maximum of ``qLogNoisyExpectedImprovement``, taken one by one with those before pending. One
response is maximized; two or more through their overall desirability, or what they lack where
that is 0. One line per study: CPU seconds, and the runs.
"""

import json
import sys
import time
import warnings
from typing import Any

import torch
from botorch.acquisition import GenericMCObjective, qLogNoisyExpectedImprovement
from botorch.fit import fit_gpytorch_mll
from botorch.models import SingleTaskGP
from botorch.models.transforms import Normalize
from botorch.optim import optimize_acqf
from gpytorch.mlls import ExactMarginalLogLikelihood

ALONE = {"num_restarts": 10, "raw_samples": 512}
TOGETHER = {"num_restarts": 4, "raw_samples": 128, "options": {"maxiter": 50}}
"""Of the search: several responses took seven times as long; this reaches the same improvement."""
MIN = 1e-12


def worth(goals: list[dict[str, Any]], samples: torch.Tensor) -> torch.Tensor:
    """Return the desirability of draws, or less than 0 by what they lack."""
    overall, lacking = torch.ones_like(samples[..., 0]), torch.zeros_like(samples[..., 0])
    total = sum(goal["importance"] for goal in goals)
    for j, goal in enumerate(goals):
        low, high, target, y = goal["low"], goal["high"], goal["target"], samples[..., j]
        rise, above = (y - low) / (target - low), torch.zeros_like(y)
        if goal["kind"] == "target":
            rise = torch.minimum(rise, (high - y) / (high - target))
            above = (y - high).clamp_min(0.0)
        fraction = goal["importance"] / total
        overall = overall * rise.clamp(MIN, 1.0) ** (goal["weight"] * fraction)
        lacking = lacking + goal["importance"] * ((low - y).clamp_min(0.0) + above) / (high - low)
    return torch.where(lacking > 0.0, -lacking, overall)


def next_runs(bounds: torch.Tensor, n_runs: int, study: dict[str, Any]) -> list[list[float]]:
    """Return the runs of largest expected improvement."""
    inputs = torch.tensor(study["inputs"], dtype=torch.double)
    responses = torch.tensor(study["responses"], dtype=torch.double)
    scaled = Normalize(d=inputs.shape[1], bounds=bounds)
    model = SingleTaskGP(inputs, responses, input_transform=scaled)
    fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
    goals = study["goals"]
    promise = qLogNoisyExpectedImprovement(
        model,
        X_baseline=torch.unique(inputs, dim=0),
        prune_baseline=True,
        objective=GenericMCObjective(lambda y, **_: worth(goals, y)) if goals else None,
    )
    how = TOGETHER if goals else ALONE
    runs, _ = optimize_acqf(promise, bounds, q=n_runs, sequential=True, **how)
    return runs.tolist()


def main() -> None:
    """Answer every study."""
    warnings.simplefilter("ignore")
    asked = json.load(sys.stdin)
    bounds = torch.tensor([asked["low"], asked["high"]], dtype=torch.double)
    torch.manual_seed(0)
    next_runs(bounds, asked["n_runs"], asked["studies"][0])
    for study in asked["studies"]:
        start = time.process_time()
        runs = next_runs(bounds, asked["n_runs"], study)
        print(json.dumps({"seconds": time.process_time() - start, "runs": runs}))


if __name__ == "__main__":
    main()
