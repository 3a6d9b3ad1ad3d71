"""What a person declares before any data are looked at."""

from electrodoe.study.factors import Factor
from electrodoe.study.files import STUDY_FILE, declare_study, read_study, study_text, write_study
from electrodoe.study.goal_words import goal_from_words
from electrodoe.study.laws import LAWS, Law
from electrodoe.study.level_names import level_number, or_level
from electrodoe.study.materials import Cell, Component, Material
from electrodoe.study.measurements import Measurements, Scenario, SetAside
from electrodoe.study.nearest import or_nearest
from electrodoe.study.parameters import Parameter, Relevance
from electrodoe.study.plan_request import PlanRequest
from electrodoe.study.process_steps import PROCESS_STEPS, Process, named_step
from electrodoe.study.protocols import (
    AdhesionProtocol,
    CoilProtocol,
    Condition,
    ImpedanceProtocol,
    OutlierRule,
    Protocol,
    RateCapabilityProtocol,
    RawFiles,
    SheetsProtocol,
    conditions,
)
from electrodoe.study.publication import Publication, PublishedScore, PublishedTarget
from electrodoe.study.recommend_request import RecommendRequest
from electrodoe.study.responses import GOAL_KEYS, Direction, Response, ResponseKind
from electrodoe.study.scaffold import SCAFFOLD, write_scaffold
from electrodoe.study.settings import EFFORTS, Effort, EffortPlan, Settings
from electrodoe.study.simulation import CoatingLine, Simulation
from electrodoe.study.study import Study
from electrodoe.study.tolerance import Tolerance

__all__ = [
    "EFFORTS",
    "GOAL_KEYS",
    "LAWS",
    "PROCESS_STEPS",
    "SCAFFOLD",
    "STUDY_FILE",
    "AdhesionProtocol",
    "Cell",
    "CoatingLine",
    "CoilProtocol",
    "Component",
    "Condition",
    "Direction",
    "Effort",
    "EffortPlan",
    "Factor",
    "ImpedanceProtocol",
    "Law",
    "Material",
    "Measurements",
    "OutlierRule",
    "Parameter",
    "PlanRequest",
    "Process",
    "Protocol",
    "Publication",
    "PublishedScore",
    "PublishedTarget",
    "RateCapabilityProtocol",
    "RawFiles",
    "RecommendRequest",
    "Relevance",
    "Response",
    "ResponseKind",
    "Scenario",
    "SetAside",
    "Settings",
    "SheetsProtocol",
    "Simulation",
    "Study",
    "Tolerance",
    "conditions",
    "declare_study",
    "goal_from_words",
    "level_number",
    "named_step",
    "or_level",
    "or_nearest",
    "read_study",
    "study_text",
    "write_scaffold",
    "write_study",
]
