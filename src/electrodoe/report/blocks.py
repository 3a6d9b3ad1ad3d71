"""What a page is made of, block by block, as plain values: set as HTML and as a PDF alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from markupsafe import Markup

from electrodoe.findings import Finding
from electrodoe.report.table import Table


@dataclass(frozen=True, kw_only=True)
class TextRun:
    """A piece of text in one look.

    Attributes
    ----------
    text : str
        Plain, whatever signs it holds.
    is_strong : bool
        Bold.
    tag : str
        Color of a label, by the word of a verdict; empty for running text.
    link : str
        Where it leads; empty for nowhere.
    is_breakable : bool
        Whether a line may end behind its underscores.
    """

    text: str
    is_strong: bool = False
    tag: str = ""
    link: str = ""
    is_breakable: bool = False


Words = tuple[TextRun, ...]


def words(*pieces: str | TextRun) -> Words:
    """Return texts and pieces of another look as words."""
    return tuple(TextRun(text=piece) if isinstance(piece, str) else piece for piece in pieces)


def strong(text: str) -> TextRun:
    """Return a text in bold."""
    return TextRun(text=text, is_strong=True)


@dataclass(frozen=True, kw_only=True)
class Subheading:
    """A heading of the third level; with an anchor it stands in the contents."""

    kind: ClassVar[str] = "heading"
    title: str
    anchor: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; its look is ``question``, ``credit`` or none."""

    kind: ClassVar[str] = "paragraph"
    words: Words
    look: str = ""


@dataclass(frozen=True, kw_only=True)
class BoxedText:
    """Paragraphs in a frame; its look is ``summary`` or ``summary spaced``."""

    kind: ClassVar[str] = "box"
    paragraphs: tuple[Paragraph, ...]
    look: str = "summary"


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list of words."""

    kind: ClassVar[str] = "list"
    items: tuple[Words, ...]
    is_numbered: bool = False


@dataclass(frozen=True, kw_only=True)
class FindingTable:
    """Findings as a table, gravest first."""

    kind: ClassVar[str] = "findings"
    findings: Sequence[Finding]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure in a page.

    Attributes
    ----------
    title, caption : str
        Subheading and sentence below it.
    svg : Markup
        The drawing, in the page's colors.
    """

    kind: ClassVar[str] = "picture"
    title: str
    caption: str
    svg: Markup


@dataclass(frozen=True, kw_only=True)
class Folded:
    """Blocks below a heading that a screen opens on demand.

    Attributes
    ----------
    title : str
        The heading.
    blocks : tuple of Block
        What is folded.
    tag : TextRun or None
        A verdict beside the heading.
    anchor, link : str
        Its address, and its words in the contents; empty where it is not among them.
    is_open : bool
        Whether it is open at first.
    """

    kind: ClassVar[str] = "folded"
    title: str
    blocks: "tuple[Block, ...]"
    tag: TextRun | None = None
    anchor: str = ""
    link: str = ""
    is_open: bool = False


Block = Subheading | Paragraph | BoxedText | Listing | Table | FindingTable | Picture | Folded


@dataclass(frozen=True, kw_only=True)
class Section:
    """A chapter of a page; it stands in the contents.

    Attributes
    ----------
    anchor, title : str
        Its address and heading.
    blocks : tuple of Block
        What everybody reads; the first says the chapter in one sentence.
    details : tuple of Block
        What few look up: the page gathers it in its appendix.
    """

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    details: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """A page.

    Attributes
    ----------
    title, banner : str
        Subheading of the whole, and what every sheet of paper has to say; may be empty.
    lead : tuple of Block
        What stands before the first section.
    sections : tuple of Section
        In their order.
    has_contents : bool
        Whether a list of its sections stands beside it.
    appendix : Section or None
        What stands behind them, folded on a screen and left out of paper unless asked for.
    """

    title: str
    banner: str = ""
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    has_contents: bool = False
    appendix: Section | None = None


PAPER: Final = TextRun(
    text="doi 10.1002/batt.202300457", link="https://doi.org/10.1002/batt.202300457"
)
"""Haghi et al., Batteries & Supercaps (2023), whose order and methods pages follow."""


def paragraphs(sentences: Sequence[str]) -> tuple[Paragraph, ...]:
    """Return one paragraph for each text."""
    return tuple(Paragraph(words=words(sentence)) for sentence in sentences)


def opening(question: str, sentences: Sequence[str], look: str = "summary") -> tuple[Block, ...]:
    """Return what leads a page: the study's question, if it has one, and what it comes to."""
    asked = [Paragraph(words=words(question), look="question")] if question else []
    return (*asked, BoxedText(paragraphs=paragraphs(sentences), look=look))


def finding_blocks(findings: Sequence[Finding], sentence: str = "") -> tuple[Block, ...]:
    """Return findings below a sentence, or that there are none."""
    if not findings:
        return paragraphs(["Nothing odd was found."])
    return (*paragraphs([sentence] if sentence else []), FindingTable(findings=findings))
