"""The outlier rule: the paper's by default, others by name."""

import pytest
from pydantic import ValidationError

from electrodoe.study import OutlierRule


def test_the_default_is_the_papers_rule():
    """±1.5 standard deviations of a sample."""
    rule = OutlierRule()

    assert (rule.rule, rule.limit_in_use, rule.ddof) == ("sd", 1.5, 1)


@pytest.mark.parametrize(("rule", "limit"), [("sd", 1.5), ("mad", 3.5), ("grubbs", 0.0)])
def test_every_rule_has_its_limit_until_one_is_said(rule: str, limit: float):
    """Grubbs' limit follows from the number of values."""
    assert OutlierRule(rule=rule).limit_in_use == limit
    assert OutlierRule(rule=rule, limit=2.0).limit_in_use == 2.0


@pytest.mark.parametrize("fault", [{"rule": "iqr"}, {"ddof": 2}, {"limit": 0.0}, {"alpha": 5.0}])
def test_what_is_no_rule_is_refused(fault: dict[str, object]):
    """Unknown names, impossible numbers."""
    with pytest.raises(ValidationError):
        OutlierRule.model_validate(fault)
