"""A study: the question, the table, its factors and responses, and how to model them."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import (
    BaseModel,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from electrodoe.errors import StudyError
from electrodoe.study.factors import Factor
from electrodoe.study.materials import Cell, Material
from electrodoe.study.measurements import Measurements, Scenario, SetAside
from electrodoe.study.nearest import or_nearest
from electrodoe.study.parameters import Parameter
from electrodoe.study.plan_request import PlanRequest
from electrodoe.study.process_steps import PROCESS_STEPS, Process
from electrodoe.study.protocols import OutlierRule, Protocol
from electrodoe.study.publication import Publication, publication_content
from electrodoe.study.recommend_request import RecommendRequest
from electrodoe.study.report_request import ReportRequest
from electrodoe.study.responses import Response, ResponseKind
from electrodoe.study.settings import Settings
from electrodoe.study.simulation import CoatingLine, Simulation
from electrodoe.study.strict import STRICT
from electrodoe.study.tolerance import Tolerance, require_sayable, tolerance_in


class Study(BaseModel):
    """Everything a person declares; the content of ``study.toml``.

    Attributes
    ----------
    title, question, credit : str
        Heading, purpose and source of the data, printed in the report.
    license : str
        Under which the data may be used: an SPDX name such as ``CC-BY-4.0``, or an address.
    measurements : Measurements
        The table and the columns that organize it.
    factors, responses : dict
        Declared columns by name. One may be both, such as a mass loading that is measured inline:
        an input of some scenarios, and a response of others.
    scenarios : dict
        Named choices of inputs; one called ``all`` with every factor where none is given.
    set_aside : tuple of SetAside
        Rows left out of the models, with their reasons.
    process_steps : tuple of str
        The steps of the process in their order, where they are not the usual ones.
    plan : PlanRequest or None
        The plan of experiments that is asked for.
    recommend : RecommendRequest
        How settings are recommended; what is wanted stands with the responses.
    report : ReportRequest
        Whose curves the figures show, and which responses stand side by side.
    protocols : dict
        Measurements by name: files of an instrument, and how it measured.
    outliers : OutlierRule
        How far a sample may lie from its run's others, in what instruments measured.
    parameters : dict
        Candidates for factors, to be ranked before a plan is made.
    materials, cell, line : dict, Cell or None, CoatingLine or None
        What derived settings of a run sheet follow from.
    simulation : Simulation
        How the virtual line plays the study.
    models : dict
        Families to fit beside the others, by name, with the hyperparameters that are given.
    settings : Settings
        Seed, effort, repeats.
    compare_with : Publication or None
        What the study does again; its scores are printed beside the study's own. Declared by the
        name of a TOML file beside ``study.toml``, or as ``haghi-2023``, which is shipped.
    """

    model_config = STRICT
    title: str = Field(min_length=1)
    question: str = ""
    credit: str = ""
    license: str = ""
    measurements: Measurements = Measurements()
    factors: dict[str, Factor] = Field(min_length=1)
    responses: dict[str, Response] = Field(default_factory=dict)
    scenarios: dict[str, Scenario] = Field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    process_steps: tuple[str, ...] = Field(default=PROCESS_STEPS, min_length=1)
    plan: PlanRequest | None = None
    recommend: RecommendRequest = RecommendRequest()
    report: ReportRequest = ReportRequest()
    protocols: dict[str, Protocol] = Field(default_factory=dict)
    outliers: OutlierRule = OutlierRule()
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    materials: dict[str, Material] = Field(default_factory=dict)
    cell: Cell | None = None
    line: CoatingLine | None = None
    simulation: Simulation = Simulation()
    models: dict[str, dict[str, bool | int | float | str]] = Field(default_factory=dict)
    settings: Settings = Settings()
    compare_with: Publication | None = None

    @field_validator("compare_with", mode="before")
    @classmethod
    def _of_a_file(cls, declared: object, info: ValidationInfo) -> object:
        """Read the publication that a name stands for."""
        folder = (info.context or {}).get("folder", Path())
        return publication_content(declared, folder) if isinstance(declared, str) else declared

    @model_validator(mode="before")
    @classmethod
    def _has_a_scenario(cls, declared: object) -> object:
        """Give a study without scenarios one that sees every factor."""
        if isinstance(declared, dict) and not declared.get("scenarios"):
            factors = declared.get("factors")
            if isinstance(factors, dict) and factors:
                for name in declared.get("responses") or ():
                    if name in factors:
                        raise ValueError(
                            f"'{name}' is an input and a response; say in [scenarios.NAME] where"
                            " it is which, with 'inputs' and 'responses'"
                        )
                return {**declared, "scenarios": {"all": {"inputs": tuple(factors)}}}
        return declared

    @model_validator(mode="after")
    def _names_fit_together(self) -> "Study":
        """Refuse names that are declared twice or nowhere."""
        rows = self.measurements
        for column in (rows.group, rows.id, rows.whole_plot):
            if column is not None and (column in self.factors or column in self.responses):
                raise ValueError(f"'{column}' names rows and is modeled; keep one of the two")
        for column in self.measurements.context:
            if column in self.factors or column in self.responses:
                raise ValueError(f"'{column}' is context and is modeled; keep one of the two")
        for name, scenario in self.scenarios.items():
            _require(scenario.inputs, self.factors, f"scenario '{name}': input")
            _require(scenario.responses or (), self.responses, f"scenario '{name}': response")
            self._require_no_response_of_itself(name)
        for name, response in self.responses.items():
            _require(response.expected, self.factors, f"response '{name}' expected: factor")
        for name, factor in self.factors.items():
            if factor.tolerance is not None:
                require_sayable(factor.tolerance, name, factor.unit)
        for entry in self.set_aside:
            _require(entry.responses or (), self.responses, "set_aside: response")
        self._planning_fits_together()
        self._one_source_of_samples()
        self._steps_are_known()
        self._blocks_add_up()
        return self

    def _require_no_response_of_itself(self, scenario: str) -> None:
        """Raise where a scenario explains a response by itself, or nothing else."""
        asked = self.scenarios[scenario]
        for response in asked.responses or ():
            if response in asked.inputs:
                raise ValueError(
                    f"scenario '{scenario}': '{response}' is an input and a response of it; take it"
                    " out of one of the two"
                )
        if self.responses and not self.responses_of(scenario):
            raise ValueError(
                f"scenario '{scenario}': every response is an input of it, so that it models"
                " nothing; take one out of its inputs"
            )

    def _blocks_add_up(self) -> None:
        """Refuse a block beside a scale that ends at zero, or whose power is not known before."""
        for name, response in self.responses.items():
            if self.measurements.block is not None and response.transform in {"sqrt", "box-cox"}:
                raise ValueError(
                    f'[measurements] block = "{self.measurements.block}" adds to every response,'
                    f" and response '{name}' has transform = \"{response.transform}\"; what a block"
                    ' adds has a place on its own scale, on "log" and on "logit" alone: name one of'
                    " these, or leave out the block"
                )
            if self.measurements.block is not None and response.kind in {"binary", "count"}:
                raise ValueError(
                    f'[measurements] block = "{self.measurements.block}" adds to every response,'
                    f" and response '{name}' is a {response.kind}, to which nothing is added: make"
                    f" '{self.measurements.block}' an input with levels, or leave out the block"
                )

    def _planning_fits_together(self) -> None:
        """Refuse names in the blocks around the models that are declared nowhere."""
        for wish in self.plan.distinct_settings if self.plan else ():
            _require(wish.factors, self.factors, "plan, distinct_settings: factor")
        asked = self.recommend.scenario
        _require((asked,) if asked else (), self.scenarios, "recommend: scenario")
        _require(self.report.order_by, self.factors, "report order_by: factor")
        _require(self.report.explained_responses, self.responses, "report explained: response")
        for names in self.report.side_by_side:
            _require(names, self.responses, "report side_by_side: response")
        if self.cell is not None:
            electrodes = (self.cell.electrode, self.cell.counter_electrode)
            _require(electrodes, self.materials, "cell: material")
        for name, parameter in self.parameters.items():
            _require((parameter.factor,) if parameter.factor else (), self.factors, "factor")
            known = (*self.parameters, *self.factors)
            _require(parameter.follows_from, known, f"parameter '{name}' follows from: parameter")
        played = (*self.simulation.samples, *self.simulation.uncalendered)
        _require(played, self.protocols, "simulation: protocol")

    def _one_source_of_samples(self) -> None:
        """Refuse samples that come from a table and from instruments at once."""
        plain = Measurements()
        given = [
            name
            for name in ("group", "id", "table")
            if getattr(self.measurements, name) != getattr(plain, name)
        ]
        if self.protocols and given:
            raise ValueError(
                f"protocols and {' and '.join(given)} in [measurements] are both declared;"
                " samples come from instruments or from one table, keep one of the two"
            )

    def _steps_are_known(self) -> None:
        """Refuse samples of an unknown step, and inputs that nobody can place before or after."""
        process = self.process
        process.require_once()
        for name, protocol in self.protocols.items():
            if protocol.after is not None:
                process.require(protocol.after, f"protocol '{name}': after")
                process.require_placed(self.factors, f"the samples of '{name}'", protocol.after)
        for name, response in self.responses.items():
            if response.after is not None:
                process.require(response.after, f"response '{name}': after")
                self._require_explainable(name, response.after)

    def _require_explainable(self, response: str, after: str) -> None:
        """Raise where a scenario explains a response by what was set only after it was measured."""
        for name, scenario in self.scenarios.items():
            if response not in self.responses_of(name):
                continue
            self.process.require_placed(scenario.inputs, f"samples of '{response}'", after)
            for factor in scenario.inputs:
                if not self.process.holds(factor, after):
                    raise ValueError(
                        f"scenario '{name}': '{response}' is measured after {after}, and"
                        f" '{factor}' has its value from {self.process.step_of(factor)} on; give"
                        f" '{response}' a scenario without '{factor}', and take it out of the"
                        f" responses of '{name}'"
                    )

    @property
    def process(self) -> Process:
        """Return the order of the process, and where in it each factor is set."""
        declared = {name: factor.process for name, factor in self.factors.items()}
        return Process(
            steps=self.process_steps,
            declared={name: step for name, step in declared.items() if step is not None},
        )

    @property
    def levels(self) -> dict[str, dict[int, str]]:
        """Return the levels of each factor that is a category, by their numbers."""
        return {
            name: {number: str(level) for number, level in enumerate(factor.levels or ())}
            for name, factor in self.factors.items()
            if factor.is_categorical
        }

    def responses_of(self, scenario: str) -> tuple[str, ...]:
        """Return the responses that a scenario models, in the order of declaration.

        Never one of its own inputs.
        """
        asked = self.scenarios[scenario]
        chosen = self.responses if asked.responses is None else asked.responses
        return tuple(name for name in self.responses if name in chosen and name not in asked.inputs)

    @property
    def intermediates(self) -> tuple[str, ...]:
        """Return the columns that are inputs of some scenarios and responses of others."""
        return tuple(name for name in self.factors if name in self.responses)

    def is_measured_only(self, factor: str) -> bool:
        """Return whether a factor is an intermediate that nobody sets: no plan knows its levels."""
        declared = self.factors[factor]
        return factor in self.responses and declared.region is None and declared.levels is None

    def is_planned_quadratic(self, scenario: str) -> bool:
        """Return whether runs were planned for a model with squares of a scenario's inputs.

        Examples
        --------
        >>> factors = {"a": {"region": [0, 1]}, "b": {"region": [0, 1]}}
        >>> study = Study(title="t", factors=factors, responses={"y": {}}, plan={"runs": 12})
        >>> study.is_planned_quadratic("all")
        True
        """
        inputs = self.scenarios[scenario].inputs
        return (
            self.plan is not None
            and self.plan.has_squares
            and not any(map(self.is_measured_only, inputs))
        )

    def kind_of(self, response: str) -> ResponseKind:
        """Return what the values of a response are; a number where nobody says."""
        return self.responses[response].kind or "number"

    def unit_of(self, column: str) -> str:
        """Return the unit of a factor or response: the declared one, else that of its name."""
        from electrodoe.quantities import unit_of

        entry = self.factors.get(column) or self.responses.get(column)
        return (entry.unit if entry is not None else None) or unit_of(column)

    def tolerance_of(self, factor: str) -> Tolerance | None:
        """Return how far a factor may come out from its setting, None where nothing is declared.

        Raises
        ------
        StudyError
            If it cannot be said in the factor's unit.
        """
        declared = self.factors[factor].tolerance
        if declared is None:
            return None
        try:
            return tolerance_in(declared, factor, self.factors[factor].unit)
        except ValueError as error:
            what, _, fix = str(error).partition("; ")
            raise StudyError(what, f"study.toml, [factors.{factor}]", fix) from None

    def scenarios_with(self, factor: str) -> tuple[str, ...]:
        """Return the scenarios that have a factor among their inputs."""
        return tuple(name for name, one in self.scenarios.items() if factor in one.inputs)

    @property
    def modeled_responses(self) -> tuple[str, ...]:
        """Return the responses that a scenario models; others are only shown."""
        modeled = {name for scenario in self.scenarios for name in self.responses_of(scenario)}
        return tuple(name for name in self.responses if name in modeled)

    def with_settings(self, **changes: object) -> "Study":
        """Return the study with some settings changed; a change to None is none.

        Raises
        ------
        StudyError
            If a setting cannot have its new value.
        """
        changed = {name: value for name, value in changes.items() if value is not None}
        try:
            settings = Settings.model_validate({**self.settings.model_dump(), **changed})
        except ValidationError as error:
            fault = error.errors()[0]
            raise StudyError(
                f"{fault['msg']}, not {fault['input']!r}",
                where=f"setting '{fault['loc'][0]}'",
                fix="give a value that study.toml would accept",
            ) from error
        return self.model_copy(update={"settings": settings})

    def grouped_by(self, column: str) -> "Study":
        """Return the study with a column of the table as the one that names the run."""
        grouped = self.measurements.model_copy(update={"group": column})
        return self.model_copy(update={"measurements": grouped})

    @property
    def circumstances(self) -> tuple[str, ...]:
        """Return the columns that samples have from their run beside its factors."""
        is_hard = any(factor.hard_to_change for factor in self.factors.values())
        plot = self.measurements.whole_plot or ("whole_plot" if is_hard else None)
        return tuple(dict.fromkeys((*self.measurements.context, *((plot,) if plot else ()))))

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column of the table that the study names, each once."""
        table = self.measurements
        rows = (table.group, table.id, table.whole_plot)
        named = (*rows, *table.context, *self.factors, *self.responses)
        return tuple(dict.fromkeys(name for name in named if name is not None))


def _require(names: Iterable[str], declared: Iterable[str], what: str) -> None:
    """Raise where a name is not among the declared ones."""
    known = tuple(declared)
    for name in names:
        if name not in known:
            raise ValueError(f"{what} '{name}' is not declared; {or_nearest(name, known)}")
