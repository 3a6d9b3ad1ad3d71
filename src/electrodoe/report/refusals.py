"""What was not explained, and the reason."""

from electrodoe.dataset import MAX_CORRELATION, MAX_VIF, Dependence, dependence
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import shown
from electrodoe.report.rounding import brief_score, equals, measured
from electrodoe.report.selection import cases, explained_cases, of, verdict


def refused_scenarios(content: ReportContent) -> dict[str, str]:
    """Return the scenarios whose inputs cannot be told apart, with the reason as a sentence.

    Parameters
    ----------
    content : ReportContent
        What was found.

    Returns
    -------
    dict of str to str
        Reason by scenario.
    """
    return {
        scenario: _reason(content, found)
        for scenario, found in content.dependences.items()
        if not found.is_independent
    }


def refused_cases(content: ReportContent) -> dict[tuple[str, str], str]:
    """Return the targets without explanation in the other scenarios, with the reason.

    Parameters
    ----------
    content : ReportContent
        What was found.

    Returns
    -------
    dict of (str, str) to str
        Reason by target and scenario.
    """
    refused, explained = refused_scenarios(content), set(explained_cases(content))
    return {
        case: _reason_of_case(content, *case)
        for case in cases(content)
        if case not in explained and case[1] not in refused
    }


def _reason_of_case(content: ReportContent, target: str, scenario: str) -> str:
    """Return why a target is not explained though its scenario is."""
    if verdict(content, target, scenario).value == "not":
        return "not predictable from these inputs, so there is nothing to explain."
    data = content.dataset.training_data(target, scenario)
    found = dependence(data.input_names, data.inputs)
    if not found.is_independent:
        return f"among the samples that have this response, {_reason(content, found)}"
    if of(content.explanations, target, scenario).is_empty():
        return "no explanation was computed."
    return "no family that was explained predicts new configurations."


def _reason(content: ReportContent, found: Dependence) -> str:
    """Return why dependent inputs are not explained, with the numbers."""
    first, second, r = found.strongest_pair
    names = [shown(content.study, name).label for name in (first, second)]
    vif = float(found.vif.max())
    largest = "above 1000" if vif > 1000 else measured(vif)
    return (
        "the inputs depend on one another, so their effects cannot be told apart (r"
        f" {equals(brief_score(r))} between {names[0]} and {names[1]}, largest VIF {largest}; asked"
        f" for are |r| < {MAX_CORRELATION:g} and VIF < {MAX_VIF:g})."
    )
