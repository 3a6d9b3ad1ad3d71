"""What a study wants: responses with a goal, in the scenario that is decided on."""

from electrodoe.dataset import Dataset, TrainingData
from electrodoe.errors import RecommendationError
from electrodoe.study import Study


def has_goals(study: Study) -> bool:
    """Return whether anything is wanted of any response."""
    return any(response.goal is not None for response in study.responses.values())


def decided_scenario(study: Study) -> str:
    """Return the scenario whose inputs are set."""
    return study.recommend.scenario or next(iter(study.scenarios))


def wanted_responses(study: Study) -> tuple[str, ...]:
    """Return the responses with a goal.

    Parameters
    ----------
    study : Study
        Goals and scenario.

    Returns
    -------
    tuple of str
        In the order of declaration, at least one.

    Raises
    ------
    RecommendationError
        If there is none, or the scenario that is decided on does not model one.
    """
    wanted = [name for name, response in study.responses.items() if response.goal is not None]
    if not wanted:
        raise RecommendationError(
            "no response has a goal: nothing says what is wanted",
            where="study.toml, [responses]",
            fix='add goal = "maximize", "minimize", "target" or "range" to a response',
        )
    scenario = decided_scenario(study)
    modeled = study.responses_of(scenario)
    for name in wanted:
        if name not in modeled:
            raise RecommendationError(
                f"'{name}' has a goal, and scenario '{scenario}' does not model it",
                where="study.toml, [recommend], key 'scenario'",
                fix="name a scenario that models every response with a goal",
            )
    return tuple(wanted)


def goal_data(dataset: Dataset) -> tuple[TrainingData, ...]:
    """Return the samples of every response with a goal; as :func:`wanted_responses`."""
    names, scenario = wanted_responses(dataset.study), decided_scenario(dataset.study)
    return tuple(dataset.training_data(name, scenario) for name in names)
