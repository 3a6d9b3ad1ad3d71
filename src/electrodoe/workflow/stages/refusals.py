"""What some tasks could not do, as a table."""

import json
from collections.abc import Sequence

import polars as pl

from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.tables import REFUSAL_SCHEMA
from electrodoe.workflow.tasks import REFUSED, EvaluationTask, ExplanationTask, VerificationTask


def refusals(
    stage: str,
    tasks: Sequence[EvaluationTask | ExplanationTask | VerificationTask],
    done: Sequence[Products],
) -> pl.DataFrame:
    """Return one row per task that was refused, with its reason."""
    rows: list[dict[str, object]] = [
        {
            "stage": stage,
            "target": task.data.response_name,
            "scenario": task.data.scenario,
            "family": task.family,
            **json.loads(parts[REFUSED]),
        }
        for task, parts in zip(tasks, done, strict=True)
        if REFUSED in parts
    ]
    return REFUSAL_SCHEMA.frame(rows)
