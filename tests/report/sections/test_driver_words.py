"""What drives a response, in words and in the table of drivers."""

from electrodoe.report.sections import explanations
from electrodoe.report.sections.driver_words import Driver


def test_inputs_that_count_as_one_have_their_labels_in_the_table(content, monkeypatch):
    """As in pictures and sentences; the name of a group is no column of the study."""
    names = content.study.scenarios["product"].inputs
    group = Driver(input=" + ".join(names), strength=1.0, p_rank_1=0.9, course="", second=None)
    monkeypatch.setattr(explanations, "driver", lambda *_: group)

    table = explanations.drivers_table(content)

    (label,) = {row[2] for row in table.rows}
    assert label.endswith(" + 2 more")
