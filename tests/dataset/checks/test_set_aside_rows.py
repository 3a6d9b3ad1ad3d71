"""D109: what the study left out of its models, and why."""

from collections.abc import Callable

from electrodoe.findings import Finding, Severity


def test_each_entry_is_reported_with_its_reason(found: Callable[..., list[Finding]]):
    """Nothing is left out in silence."""
    aside = [
        {"rows": ["A4", "A5"], "reason": "the tape came off"},
        {"rows": ["A7"], "responses": ["strength_kpa"], "reason": "cut askew"},
    ]

    first, second = found("D109", declared={"set_aside": aside})

    assert first.severity is Severity.NOTE
    assert first.what == "A4, A5: the tape came off"
    assert first.where == "all responses"
    assert second.where == "responses 'strength_kpa'"
