"""What is said of a report's content is asked once, and kept no longer than the content."""

import gc
import weakref
from dataclasses import replace

from electrodoe.report.content import ReportContent
from electrodoe.report.selection import best_row, explained_family


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
