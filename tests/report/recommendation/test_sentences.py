"""A recommendation is reported in full, and its pictures are their numbers."""

from dataclasses import replace

import numpy as np
import pytest
from tests.optimize.conftest import study_of
from tests.report.made_up_recommendation import make_recommended, reported_of

from electrodoe.report import draw_figure
from electrodoe.report.figures import operating_window, specification_overlay
from electrodoe.report.naming import format_range
from electrodoe.report.recommendation.page import recommendation_html
from electrodoe.report.recommendation.sentences import summary
from electrodoe.report.recommendation.unknowns import unknowns
from electrodoe.report.sections.recommendation import promise_table


def test_the_map_shows_the_box_that_the_sentence_names(study, found):
    """Two corners of each panel, in the units that are shown."""
    data = operating_window.build(study, found)

    box = data.frame.filter(kind="box")
    assert box["x"].to_list() == pytest.approx(list(found.window.ranges["roll_temperature_c"]))
    assert box["y"].to_list() == pytest.approx(
        [100 * end for end in found.window.ranges["porosity"]]
    )
    chances = data.frame.filter(kind="map")["probability"]
    assert chances.min() >= 0.0
    assert chances.max() <= 1.0


def test_both_pictures_can_be_drawn(study, found):
    """Deterministically."""
    for kind in (operating_window, specification_overlay):
        data = kind.build(study, found)
        assert draw_figure(data) == draw_figure(data)
        assert "<svg" in draw_figure(data)


@pytest.mark.filterwarnings("error")
def test_a_map_that_assures_nothing_draws_no_line_and_says_so(study, found):
    """And one that does explains its line."""
    sure = replace(found.search.sure, values=np.zeros_like(found.search.sure.values))
    data = operating_window.build(study, replace(found, search=replace(found.search, sure=sure)))
    explained = operating_window.build(study, found)

    # 10 % of doubt shared among 2 x 2: 97.5 % at a place, rounded down
    assert "nowhere here is it 90 % with 97 % confidence" in data.caption.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "guaranteed" not in draw_figure(data)
    assert "inside the dashed line" in explained.caption
    assert "guaranteed" in draw_figure(explained)


def test_the_overlay_holds_every_specified_response(study, found):
    """With its limits beside every prediction."""
    frame = specification_overlay.build(study, found).frame

    assert frame["response"].unique(maintain_order=True).to_list() == ["strength_kpa", "loss_kpa"]
    assert set(frame.filter(response="strength_kpa")["lower"]) == {-9.0}


def with_window(found, **changes):
    """Return a recommendation whose window is another."""
    window = replace(found.window, **changes)
    return replace(found, search=replace(found.search, window=window))


def test_a_window_says_whether_it_is_guaranteed_and_where_the_settings_lie(study, found):
    """Known surfaces assure everything; one that assures nothing says how much it would allow."""
    away = {"low": np.full(2, 0.9), "high": np.full(2, 1.0)}

    windows = (found, with_window(found, confidence=None, **away))
    inside, likely = (
        summary(study, each)[1].replace("\N{NO-BREAK SPACE}", " ") for each in windows
    )

    assert "that is said with 90 % confidence. The recommended settings lie inside" in inside
    assert "It is an estimate: with 90 % confidence, the existing runs allow no" in likely
    assert "take its center where settings cannot be kept exactly" in likely


def test_settings_that_promise_more_outside_the_window_are_called_bolder(study, found):
    """With what is predicted there; they stand beside the recommended ones."""
    bolder = replace(found, bolder=replace(found.set_point, settings={"a": 9.5, "b": 0.5}))

    paragraphs = summary(study, bolder)

    assert "A bolder choice, outside the window: a 9.5 and b 0.5. Predicted there:" in paragraphs[1]
    assert "It promises more, and is not guaranteed" in paragraphs[1]
    assert not any("bolder" in text for text in summary(study, found))


def test_a_response_that_cannot_be_predicted_is_named_as_a_guess(study, found):
    """And one that can is not."""
    text = " ".join(unknowns(study, found))

    assert "Loss is not predicted for new configurations" in text
    assert "Strength is" not in text
    assert "No tolerance is declared for roll temperature: the window takes it" in text


def test_settings_of_models_that_may_predict_by_chance_are_called_a_guess(study, found):
    """Where R² of every response may not be above 0; one that is sure makes it a recommendation."""
    unsure = tuple(replace(each, r2_lower=-0.1) for each in found.learned)

    guess = summary(study, replace(found, learned=unsure))[0]
    half = summary(study, replace(found, learned=(found.learned[0], unsure[1])))[0]

    assert guess.startswith("This is a guess")
    assert "guess" not in half


def test_a_setting_that_went_with_a_circumstance_is_named(study, found):
    """A factor that is no input here is not."""
    pairs = [("roll_temperature_c", "calendering_date"), ("coating_gap_um", "operator")]
    text = " ".join(unknowns(study, found, pairs))

    assert "Roll temperature cannot be distinguished from calendering date" in text
    assert "operator" not in text


def test_every_sentence_of_the_summary_stands_on_the_page(study, found):
    """The page says what the terminal says, and loads nothing from elsewhere."""
    page = recommendation_html(study, reported_of(study, found), ())

    for sentence in summary(study, found):
        assert sentence.split(";")[0] in page.replace("&#39;", "'")
    assert "<script" not in page
    assert 'src="http' not in page


def test_a_window_never_widens_by_rounding(study):
    """3.449 to 3.7004 becomes 3.45 to 3.70."""
    text = format_range(study, "strength_kpa", 3.449, 3.7004, is_inward=True)

    assert text.replace("\N{NO-BREAK SPACE}", " ") == "3.45 to 3.70 kPa"


def test_how_intervals_were_found_stands_above_the_promises():
    """Once for all, or by response where ways differ; a refusal with its reason."""
    reported = make_recommended()
    (promise,), (learned,), (goal,) = reported.set_point.responses, reported.models, reported.goals
    other = replace(promise, response_name="strength_kpa", lower=None, refusal="too few runs")
    both = replace(
        reported,
        set_point=replace(reported.set_point, responses=(promise, other)),
        models=(learned, learned),
        goals=(goal, replace(goal, response_name="strength_kpa")),
    )
    names = ("discharge_capacity_5c_mah", "strength_kpa")
    study = study_of({name: {"goal": "maximize"} for name in names})

    assert promise_table(study, reported).caption.endswith("Intervals: jackknife+.")
    assert promise_table(study, both).caption.endswith(
        "Intervals: jackknife+ (discharge capacity 5C); none, for too few runs (strength)."
    )
