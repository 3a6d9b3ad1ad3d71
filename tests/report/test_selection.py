"""What is said of a report's content is asked once, and kept no longer than the content."""

import gc
import weakref
from dataclasses import replace

from electrodoe.report.content import ReportContent
from electrodoe.report.selection import best_row, explained_cases, explained_family, leading_cases


def test_a_content_that_nobody_holds_is_let_go(content: ReportContent):
    """A server that draws one report after another keeps none of them."""
    shown = replace(content)
    target, scenario = shown.evaluation.select("target", "scenario").row(0)
    assert best_row(shown, target, scenario) is best_row(shown, target, scenario)
    assert explained_family(shown, target, scenario) == explained_family(content, target, scenario)

    held = weakref.ref(shown)
    del shown
    gc.collect()

    assert held() is None


def test_leading_responses_are_those_with_a_goal_else_the_best_predicted(content: ReportContent):
    """At most three, in the study's order, and only what is explained."""
    explained = explained_cases(content)
    assert explained
    assert set(leading_cases(content)) <= set(explained)
    assert len({target for target, _ in leading_cases(content)}) == len(leading_cases(content))

    aims = {
        name: each.model_copy(update={"goal": "maximize" if name == explained[0][0] else None})
        for name, each in content.study.responses.items()
    }
    study = content.study.model_copy(update={"responses": aims})
    assert [target for target, _ in leading_cases(replace(content, study=study))] == [
        explained[0][0]
    ]
