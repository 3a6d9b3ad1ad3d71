"""The files of a recommendation; run sheets that somebody has filled in are set aside first."""

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from electrodoe.design.run_plan import RunPlan
from electrodoe.design.run_sheet.derived_settings import derive_settings
from electrodoe.optimize import Learned, OptimizationResult, PictureWords, recommendation_of
from electrodoe.report import draw_figure
from electrodoe.report.catalogue import marked
from electrodoe.report.figure import Pictures
from electrodoe.report.figures import operating_window, specification_overlay
from electrodoe.report.recommendation.answer import answer
from electrodoe.report.recommendation.page import recommendation_html
from electrodoe.report.recommendation.sentences import summary
from electrodoe.report.recommendation.unknowns import unknowns
from electrodoe.report.run_sheet import (
    order_sentence,
    run_sheet_csv,
    run_sheet_html,
    run_sheet_xlsx,
)
from electrodoe.storage import digest
from electrodoe.study import Study
from electrodoe.workflow.planning import picture_files
from electrodoe.workflow.run_folder import Products, RunFolder, to_csv

RECOMMENDATION_FILE: Final = "recommendation.json"
RECOMMENDATION_PAGE: Final = "recommendation.html"
WINDOW_MAP: Final = "operating_window"
"""Name of the picture that the report shows, and of its numbers."""
RUN_SHEETS: Final = ("next_runs.csv", "next_runs.xlsx", "next_runs.html")
SHEET_HASHES: Final = "next_runs.json"
"""Where the hashes of run sheets are that no recommendation goes with."""
PRODUCTS: Final = (
    RECOMMENDATION_FILE,
    RECOMMENDATION_PAGE,
    f"{WINDOW_MAP}.csv",
    *RUN_SHEETS,
)
"""What a recommendation leaves beside its pictures."""


def recommendation_files(
    study: Study,
    found: OptimizationResult,
    seed: int,
    *,
    confounded: Sequence[tuple[str, str]],
    left_alone: Sequence[Learned] = (),
    is_simulated: bool,
) -> Products:
    """Return the files of a recommendation."""
    built = [kind.build(study, found) for kind in (operating_window, specification_overlay)]
    figures = [data for data in built if data is not None]
    to_show = [marked(data, is_simulated=is_simulated) for data in figures]
    pictures: Pictures = tuple((data, draw_figure(data)) for data in to_show)
    plan = found.next_runs
    sheets = run_sheets(study, plan, order_sentence(study, plan, seed))
    recommendation = recommendation_of(
        found,
        answer=tuple(answer(study, found, confounded, left_alone)),
        summary=tuple(summary(study, found)),
        unknown=tuple(unknowns(study, found, confounded, left_alone)),
        pictures={
            data.name: PictureWords(
                title=data.title, caption=data.caption, labels=dict(data.labels)
            )
            for data in figures
        },
        run_sheets={name: digest(sheet) for name, sheet in sheets.items()},
    )
    page = recommendation_html(study, recommendation, pictures, is_simulated=is_simulated)
    return {
        RECOMMENDATION_FILE: recommendation.to_json(),
        RECOMMENDATION_PAGE: page.encode(),
        **sheets,
        **{f"{data.name}.csv": to_csv(data.frame) for data in figures if data.name == WINDOW_MAP},
        **picture_files(pictures),
    }


def run_sheets(study: Study, plan: RunPlan, order: str) -> dict[str, bytes]:
    """Return the run sheets of next runs: as text, as a workbook, as a page."""
    derived = derive_settings(study, plan)
    contents = (
        run_sheet_csv(study, plan, derived),
        run_sheet_xlsx(study, plan, derived, order),
        run_sheet_html(study, plan, derived, order).encode(),
    )
    return dict(zip(RUN_SHEETS, contents, strict=True))


def with_hashes(sheets: dict[str, bytes]) -> Products:
    """Return run sheets that no recommendation goes with, and how they were written."""
    hashes = {"run_sheets": {name: digest(sheet) for name, sheet in sheets.items()}}
    return {**sheets, SHEET_HASHES: f"{json.dumps(hashes, indent=2)}\n".encode()}


_ASIDE: Final = "filled_in"


def set_filled_sheets_aside(folder: RunFolder) -> tuple[str, ...]:
    """Rename the sheets of next runs that are no longer as they were written."""
    aside = []
    for name, written in _written(folder).items():
        file = folder.path / name
        found = digest(file.read_bytes()) if file.is_file() else written
        if found != written:
            path = PurePath(name)
            aside.append(f"{path.stem}_{_ASIDE}_{found[:8]}{path.suffix}")
            file.replace(folder.path / aside[-1])
    return tuple(aside)


def _written(folder: RunFolder) -> dict[str, str]:
    """Return the hash of each sheet as it was written; none where no runs were named."""
    for file in (RECOMMENDATION_FILE, SHEET_HASHES):
        try:
            sheets = json.loads(folder.read(file))["run_sheets"]
            return {name: str(sheets[name]) for name in RUN_SHEETS}
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return {}
