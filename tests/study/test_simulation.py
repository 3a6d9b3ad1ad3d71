"""How the virtual line plays a study, as a person declares it."""

import pytest
from pydantic import ValidationError

from electrodoe.study import Simulation
from strategies.plants import plant_study


def test_the_plant_scatters_as_in_the_paper_unless_it_is_reported_otherwise():
    """And no fault is planted, beside the few that always happen."""
    plain = Simulation()

    assert (plain.noise_scale, plain.rate_model, plain.faults) == (1.0, "closed_form", ())


@pytest.mark.parametrize("simulation", [{"samples": {"nowhere": 3}}, {"uncalendered": ["nowhere"]}])
def test_a_protocol_that_is_played_has_to_be_there(simulation: dict[str, object]):
    """The nearest name is reported."""
    with pytest.raises(ValidationError, match="simulation: protocol 'nowhere' is not declared"):
        plant_study(**simulation)


@pytest.mark.parametrize(
    "simulation",
    [{"faults": ["fire"]}, {"noise_scale": -1.0}, {"n_shorted": -1}, {"samples": {"eis": 0}}],
)
def test_what_cannot_be_played_is_refused(simulation: dict[str, object]):
    """Unknown faults, negative scatter, no specimens."""
    with pytest.raises(ValidationError):
        plant_study(**simulation)
