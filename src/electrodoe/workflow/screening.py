"""A screening: from declared parameters to its table, its picture and its page."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from electrodoe.design.screening.screening import SCREENING_SCHEMA, Screening, screen
from electrodoe.report import draw_figure
from electrodoe.report.figures.portfolio import build
from electrodoe.report.screening_page import screening_html
from electrodoe.study import LAWS, Study
from electrodoe.workflow.run_folder import FIGURES, RESULTS, Products, RunFolder, to_csv


@dataclass(frozen=True, kw_only=True, eq=False)
class ScreeningOutcome:
    """What a screening has found and left behind.

    Attributes
    ----------
    screening : Screening
        Ranked parameters, the selection, the findings.
    folder : Path
        The results folder.
    files : tuple of str
        Products, relative to the folder.
    """

    screening: Screening
    folder: Path
    files: tuple[str, ...]


def screen_study(study: Study, folder: Path) -> ScreeningOutcome:
    """Rank a study's parameters and write what was found.

    Parameters
    ----------
    study : Study
        The declaration; its table is not opened.
    folder : Path
        Where ``results`` is made.

    Returns
    -------
    ScreeningOutcome
        The same bytes for the same declaration.

    Raises
    ------
    StudyError
        If the study declares no parameters, or contradictory ones; nothing is written.
    """
    screening = screen(study.parameters, study.factors)
    results = RunFolder(path=folder / RESULTS)
    products = _products(study, screening)
    results.write(products)
    return ScreeningOutcome(screening=screening, folder=results.path, files=tuple(products))


def screening_content(screening: Screening) -> dict[str, object]:
    """Return a screening as JSON values: the selection, the parameters, the laws, the findings."""
    table = SCREENING_SCHEMA.check(screening.table)
    used = dict.fromkeys(law for law in table["law"].to_list() if law)
    return {
        "summary": list(screening.summary),
        "selection": [asdict(factor) for factor in screening.selection],
        "parameters": table.to_dicts(),
        "laws": {name: asdict(LAWS[name]) for name in used},
        "findings": [finding.to_row() for finding in screening.findings],
    }


def _products(study: Study, screening: Screening) -> Products:
    """Return the files of a screening."""
    portfolio = build(screening)
    svg = draw_figure(portfolio)
    content = json.dumps(screening_content(screening), indent=2, ensure_ascii=False)
    page = screening_html(study, screening, portfolio, svg)
    return {
        "screening.csv": to_csv(SCREENING_SCHEMA.check(screening.table)),
        "screening.json": f"{content}\n".encode(),
        f"{FIGURES}/portfolio.svg": svg.encode(),
        "screening.html": page.encode(),
    }
