"""What stands on the three kinds of run sheet."""

import csv
import io
import re
import zipfile

import pytest

from electrodoe.design.run_sheet.derived_settings import derive_settings
from electrodoe.report.run_sheet import (
    order_sentence,
    run_sheet_csv,
    run_sheet_html,
    run_sheet_xlsx,
)
from strategies.run_plans import anode_plan, anode_study

STUDY = anode_study()
PLAN = anode_plan()
DERIVED = derive_settings(STUDY, PLAN)
ORDER = order_sentence(STUDY, PLAN, 7)


def _part(content: bytes, name: str) -> str:
    """Return one part of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


def test_the_text_table_has_one_line_per_run_and_few_digits():
    """Under names that a program can rely on."""
    rows = list(csv.reader(run_sheet_csv(STUDY, PLAN, DERIVED).decode().splitlines()))

    assert rows[0][:4] == ["run", *PLAN.factors]
    assert rows[0][-2:] == list(STUDY.responses)
    assert len(rows) == 1 + PLAN.n_runs
    digits = [len(re.sub(r"\D", "", cell).strip("0")) for row in rows[1:] for cell in row]
    assert max(digits) <= 4
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["target_coating_thickness_um"] == "53.9"
    assert row["measured_porosity"] == row["remarks"] == ""


def test_the_workbook_is_the_same_every_day_and_set_up_for_paper():
    """A4 across, head and keys repeated, rules for what may be typed."""
    content = run_sheet_xlsx(STUDY, PLAN, DERIVED, ORDER)
    runs = _part(content, "xl/worksheets/sheet1.xml")

    assert content == run_sheet_xlsx(STUDY, PLAN, DERIVED, ORDER)
    assert 'paperSize="9"' in runs
    assert 'orientation="landscape"' in runs
    assert runs.count("<dataValidation ") == len(PLAN.factors) + len(STUDY.responses)
    assert runs.count("<cfRule ") == 2
    assert "<pane " in runs
    assert "Anode &amp;&amp; more" in runs
    assert "_xlnm.Print_Titles" in _part(content, "xl/workbook.xml")
    assert {"Active loading, measured (mg/cm²)", "Question", ORDER} <= set(
        re.findall(r"<t[^>]*>([^<]*)</t>", _part(content, "xl/sharedStrings.xml"))
    )


def test_the_page_needs_nothing_else_and_escapes_what_people_write():
    """One file for A4 across, with a box per run and column to fill in."""
    study = anode_study(title="<script>alert(1)</script>", question="µ & ε?")

    page = run_sheet_html(study, PLAN, DERIVED, ORDER)

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    assert "size: A4 landscape" in page
    n_to_fill_in = 3 + len(PLAN.factors) + len(STUDY.responses)
    assert page.count("<td></td>") == PLAN.n_runs * n_to_fill_in
    assert "as run 1" in page
    assert "7.79 to 8.61" in page
    assert ORDER in page


def test_what_is_not_derived_stands_on_the_sheet():
    """With what to declare."""
    study = anode_study(line=None)

    page = run_sheet_html(study, PLAN, derive_settings(study, PLAN), ORDER)

    assert "Not derived: coating_gap_um" in page
    assert "wet_film_per_gap" in page


def test_existing_runs_are_counted_and_not_listed():
    """On every kind of sheet."""
    plan = anode_plan(purpose=["existing", "existing", "planned", "planned"])
    derived = derive_settings(STUDY, plan)

    assert len(run_sheet_csv(STUDY, plan, derived).splitlines()) == 1 + 2
    assert "2 runs of the plan were made before" in run_sheet_html(STUDY, plan, derived, ORDER)


def test_many_responses_get_more_pages():
    """A box stays wide enough to write into."""
    study = anode_study(responses={f"score_{index}": {} for index in range(30)})

    page = run_sheet_html(study, PLAN, DERIVED, ORDER)

    assert page.count("In the laboratory") == 3
    assert all(f"Score {index}<" in page for index in range(30))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({}, "without restriction (seed 7)"),
        ({"block": [1, 1, 2, 2]}, "within each block in random order (seed 7)"),
        ({"block": [4, 4, 4, 4]}, "(seed 7). All of them are one block of their own, number 4"),
        ({"whole_plot": [1, 1, 2, 2]}, "Dryer 2 temperature is set anew for each whole plot"),
    ],
)
def test_the_restriction_of_the_order_is_said(groups: dict[str, list[int]], said: str):
    """What may be shuffled with what, and the seed."""
    hard = {"dryer_2_temperature_c": {"hard_to_change": True}}
    factors = {name: {} for name in PLAN.factors} | hard
    study = anode_study(factors=factors)

    assert said in order_sentence(study, anode_plan(**groups), 7)


def test_whole_plots_are_distinguished_on_the_page():
    """Their number stands beside the run's, and a line above each new one."""
    plan = anode_plan(whole_plot=[1, 1, 2, 2])

    page = run_sheet_html(STUDY, plan, derive_settings(STUDY, plan), ORDER)

    assert "Whole plot" in page
    assert page.count('<tr class="new">') == 3
