"""BoTorch's settings for studies: run inside an environment of its own, prints JSON lines.

Reads what ``process_improve_set_point.py`` reads. A ``SingleTaskGP`` with default kernel, priors
and noise is fitted to all samples, inputs scaled to the unit cube; its posterior mean is maximized
by BoTorch's search from several starts. One line per study: CPU seconds, and the settings.
"""

import json
import sys
import time
import warnings
from typing import Any

import torch
from botorch.acquisition import PosteriorMean
from botorch.fit import fit_gpytorch_mll
from botorch.models import SingleTaskGP
from botorch.models.transforms import Normalize
from botorch.optim import optimize_acqf
from gpytorch.mlls import ExactMarginalLogLikelihood

N_STARTS, N_RAW = 10, 512


def set_point(bounds: torch.Tensor, study: dict[str, Any]) -> list[float]:
    """Return the settings of the largest posterior mean."""
    inputs = torch.tensor(study["inputs"], dtype=torch.double)
    response = torch.tensor(study["response"], dtype=torch.double)[:, None]
    scaled = Normalize(d=inputs.shape[1], bounds=bounds)
    model = SingleTaskGP(inputs, response, input_transform=scaled)
    fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
    best, _ = optimize_acqf(
        PosteriorMean(model), bounds, q=1, num_restarts=N_STARTS, raw_samples=N_RAW
    )
    return best[0].tolist()


def main() -> None:
    """Answer every study."""
    warnings.simplefilter("ignore")
    asked = json.load(sys.stdin)
    bounds = torch.tensor([asked["low"], asked["high"]], dtype=torch.double)
    torch.manual_seed(0)
    set_point(bounds, asked["studies"][0])
    for study in asked["studies"]:
        start = time.process_time()
        point = set_point(bounds, study)
        print(json.dumps({"seconds": time.process_time() - start, "point": point}))


if __name__ == "__main__":
    main()
