"""Families are compared on the same left-out rows."""

from collections.abc import Iterable

import polars as pl

from electrodoe.dataset import TrainingData
from electrodoe.evaluate.evaluation import left_out_scores
from electrodoe.findings import Finding, found

_CASE = ("target", "scenario")
"""What families are compared within."""


def on_common_rows(
    evaluation: pl.DataFrame, predictions: pl.DataFrame, data: Iterable[TrainingData]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return scores and left-out predictions of the rows that every family predicts.

    A family that is not determined without some configuration has no prediction there; then no
    other family is scored there either.

    Parameters
    ----------
    evaluation, predictions : polars.DataFrame
        Tables with the columns of ``EVALUATION_SCHEMA`` and ``PREDICTION_SCHEMA``.
    data : iterable of TrainingData
        What each response and scenario was modeled from.

    Returns
    -------
    evaluation, predictions : polars.DataFrame
        In the same order; unchanged where all families predict the same rows.
    """
    left_out = predictions.filter(pl.col("split") == "loco")
    n_families = left_out.group_by(*_CASE).agg(n_families=pl.col("family").n_unique())
    shared = (
        left_out.group_by(*_CASE, "row")
        .len("n")
        .join(n_families, on=_CASE)
        .filter(pl.col("n") == pl.col("n_families"))
        .select(*_CASE, "row", is_shared=pl.lit(value=True))
    )
    marked = predictions.join(shared, on=[*_CASE, "row"], how="left", maintain_order="left")
    kept = marked.filter((pl.col("split") != "loco") | pl.col("is_shared").is_not_null())
    if kept.height == predictions.height:
        return evaluation, predictions
    of_case = {(each.response_name, each.scenario): each for each in data}
    scores = [
        _scored(
            row,
            kept.filter(split="loco", **{key: row[key] for key in (*_CASE, "family")}),
            of_case[row["target"], row["scenario"]],
        )
        for row in evaluation.iter_rows(named=True)
    ]
    return (
        pl.DataFrame(scores, schema=evaluation.schema, orient="row"),
        kept.select(predictions.columns),
    )


def _scored(
    row: dict[str, object], left_out: pl.DataFrame, data: TrainingData
) -> dict[str, object]:
    """Return a family's scores on its left-out predictions; none for a family without them."""
    if left_out.is_empty():
        return row
    observed, predicted = left_out["observed"].to_numpy(), left_out["predicted"].to_numpy()
    return row | left_out_scores(data, observed, predicted)


def unscored_findings(evaluation: pl.DataFrame, predictions: pl.DataFrame) -> list[Finding]:
    """Return one remark per target and scenario of which some rows are not scored.

    Parameters
    ----------
    evaluation, predictions : polars.DataFrame
        As :func:`on_common_rows` returns them.

    Returns
    -------
    list of Finding
        ``S211``.
    """
    findings = []
    for (target, scenario), case in evaluation.drop_nulls("r2_loco").group_by(
        *_CASE, maintain_order=True
    ):
        own = predictions.filter(target=target, scenario=scenario, family=case["family"][0])
        left_out = own.filter(split="loco")["row"].to_list()
        missing = own.filter(pl.col("split") != "loco", ~pl.col("row").is_in(left_out))["row"]
        if len(missing):
            findings.append(
                found(
                    "S211",
                    f"{len(missing)} of {case['n'][0]} rows ({', '.join(missing.to_list()[:6])})"
                    " are not scored as new configurations: without them a model is not"
                    " determined, as a quadratic without the center of a Box-Behnken plan; all"
                    " families are compared on the other rows",
                    f"response '{target}', scenario '{scenario}'",
                )
            )
    return findings
