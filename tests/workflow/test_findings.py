"""Refusals become findings, each reason once."""

import polars as pl
import pytest

from electrodoe.workflow.stages.findings import refused_findings
from electrodoe.workflow.tables import REFUSAL_SCHEMA


def table(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Return refusals of (family, target, what)."""
    return REFUSAL_SCHEMA.frame(
        [
            {
                "stage": "explanations",
                "target": target,
                "scenario": "product",
                "family": family,
                "what": what,
                "where": "somewhere",
                "fix": "leave one input out",
            }
            for family, target, what in rows
        ]
    )


def test_families_that_are_refused_for_one_reason_share_a_finding():
    """Eight families and one reason are one line, not eight."""
    rows = [(family, target, "r = -0.31") for family in ("mlr", "svm") for target in ("y", "z")]

    (finding,) = refused_findings("explanations", table(*rows))

    assert (finding.code, finding.what) == ("S205", "mlr, svm: r = -0.31")
    assert finding.where == "scenario 'product', responses y, z"


def test_other_reasons_and_other_responses_stay_apart():
    """No family is said to be refused where it was not."""
    rows = [("mlr", "y", "r = -0.31"), ("svm", "z", "r = -0.31"), ("svm", "y", "VIF 7")]

    found = refused_findings("explanations", table(*rows))

    assert len(found) == 3
    assert refused_findings("models", table()) == []


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        ("models", "S204"),
        ("explanations", "S205"),
        ("verification", "V308"),
        ("recommendation", "S206"),
    ],
)
def test_each_stage_refuses_under_its_own_code(stage: str, code: str):
    """The reason stands in the finding, and so does what helps."""
    (finding,) = refused_findings(stage, table(("mlr", "y", "r = -0.31")))

    assert (finding.code, finding.what, finding.fix) == (
        code,
        "mlr: r = -0.31",
        "leave one input out",
    )
