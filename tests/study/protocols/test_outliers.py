"""The outlier rule: flags and keeps by default; the paper's by name."""

import pytest
from pydantic import ValidationError

from electrodoe.study import OutlierRule


def test_the_default_keeps_every_sample():
    """A rule that looks at values alone takes 8 to 12 % of good samples (issue 17)."""
    rule = OutlierRule()

    assert (rule.rule, rule.set_aside) == ("grubbs", False)


def test_the_papers_rule_has_a_name():
    """±1.5 standard deviations of a sample."""
    rule = OutlierRule(rule="sd", set_aside=True)

    assert (rule.limit_in_use, rule.ddof, rule.set_aside) == (1.5, 1, True)


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
