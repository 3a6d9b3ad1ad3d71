"""What every page is made with: the templates, the colors of both themes, pictures in the text."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from electrodoe.report import style
from electrodoe.report.drawing import themed
from electrodoe.report.figure import FigureData


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure in a page.

    Attributes
    ----------
    title, caption : str
        Heading and sentence below it.
    svg : Markup
        The drawing, in the page's colors.
    """

    title: str
    caption: str
    svg: Markup


def picture(figure: FigureData, svg: str) -> Picture:
    """Return a drawn figure for a page, light or dark as the page is."""
    return Picture(
        title=figure.title,
        caption=figure.caption,
        svg=Markup(themed(svg)),  # noqa: S704 - our own drawing, its texts escaped
    )


def render(template: str, **content: object) -> str:
    """Return a page that needs no network.

    Parameters
    ----------
    template : str
        A file of ``electrodoe/report/templates``.
    content : object
        What the template names; everything that is not markup is escaped.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
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
