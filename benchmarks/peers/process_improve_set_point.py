"""process-improve's settings for studies: run inside an environment of its own, prints JSON lines.

Reads ``{"names", "low", "high", "studies": [{"inputs", "response"}]}`` from standard input. The
quadratic is fitted to all samples, factors coded by their region, and the desirability of its
prediction is maximized in the region, as its documentation shows; the ramp ends so far above what
was measured that it cannot be reached. One line per study: CPU seconds, and the settings.
"""

import json
import sys
import time
from typing import Any

import pandas as pd
from process_improve.experiments import analyze_experiment, optimize_responses

RESPONSE = "strength_kpa"


def set_point(asked: dict[str, Any], study: dict[str, Any]) -> list[float]:
    """Return the settings of the largest prediction."""
    table = pd.DataFrame(study["inputs"], columns=asked["names"])
    table[RESPONSE] = study["response"]
    ranges = zip(asked["names"], asked["low"], asked["high"], strict=True)
    model = analyze_experiment(
        table,
        response_column=RESPONSE,
        model="quadratic",
        analysis_type="coefficients",
        coding={name: {"low": low, "high": high} for name, low, high in ranges},
    )
    lower, upper = min(study["response"]), max(study["response"])
    goal = {
        "response": RESPONSE,
        "goal": "maximize",
        "low": lower,
        "high": upper + (upper - lower),
    }
    found = optimize_responses([model], [goal], method="desirability")
    best = found["desirability"]["optimal_actual"]
    return [float(best[name]) for name in asked["names"]]


def main() -> None:
    """Answer every study."""
    asked = json.load(sys.stdin)
    set_point(asked, asked["studies"][0])
    for study in asked["studies"]:
        start = time.process_time()
        point = set_point(asked, study)
        print(json.dumps({"seconds": time.process_time() - start, "point": point}))


if __name__ == "__main__":
    main()
