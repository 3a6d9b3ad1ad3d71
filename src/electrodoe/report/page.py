"""Pages from blocks: the templates, the colors of both themes, pictures in the text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from electrodoe.report import style
from electrodoe.report.blocks import Document, Picture
from electrodoe.report.catalogue import SIMULATED_SENTENCE
from electrodoe.report.drawing import themed
from electrodoe.report.figure import FigureData

_AS_ABOVE: Final = "To be read as above."
"""Below a picture whose caption has stood on the page."""


def picture(figure: FigureData, svg: str) -> Picture:
    """Return a drawn figure for a page, light or dark as the page is.

    That its data were made up is said by the page's banner, not below each of its figures.
    """
    return Picture(
        title=figure.title,
        caption=figure.caption.removeprefix(SIMULATED_SENTENCE).lstrip(),
        svg=Markup(themed(svg)),  # noqa: S704 - our own drawing, its texts escaped
    )


@dataclass(frozen=True, kw_only=True)
class DrawnFigures:
    """The figures of a report, and their drawings by name; a figure without one is left out."""

    figures: Sequence[FigureData]
    drawings: Mapping[str, str]

    def of(
        self, *kinds: str, target: str | None = None, scenario: str | None = None
    ) -> tuple[Picture, ...]:
        """Return the pictures of some kinds in their order, of one response or of all."""
        return tuple(
            picture(figure, self.drawings[figure.name])
            for kind in kinds
            for figure in self.figures
            if figure.kind == kind
            and figure.name in self.drawings
            and target in {None, figure.target}
            and scenario in {None, figure.scenario}
        )


def said_once(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Return pictures of which one caption explains all that it fits."""
    seen: set[str] = set()
    found = []
    for each in pictures:
        found.append(replace(each, caption=_AS_ABOVE) if each.caption in seen else each)
        seen.add(each.caption)
    return tuple(found)


def page_html(document: Document) -> str:
    """Return a document as one self-contained HTML page, that loads nothing from elsewhere."""
    return render("page.html.j2", document=document)


def render(template: str, **content: object) -> str:
    """Return a page that needs no network."""
    page: str = (
        _environment().get_template(template).render(light=style.LIGHT, dark=style.DARK, **content)
    )
    return page + "\n"


@cache
def _environment() -> Environment:
    """Return the templates, with everything escaped that is not said to be markup."""
    environment = Environment(
        loader=PackageLoader("electrodoe.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    return environment


def _breakable(text: str) -> Markup:
    """Return a text whose long column names may break behind an underscore."""
    return escape(text).replace("_", Markup("_<wbr>"))
