"""What a summary is made of: sections with answers, bars on an axis from 0 to 1, and tables of ready texts."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bar:
    """An interval on an axis from 0 to 1, with reference marks on it."""

    label: str
    low: float
    high: float
    text: str
    marks: list[float] = field(default_factory=list)
    from_zero: bool = True
    is_shaded: bool = False


@dataclass(frozen=True)
class Bars:
    """Bars that share an axis."""

    rows: list[Bar] = field(default_factory=list)
    caption: str = ""


@dataclass(frozen=True)
class Tile:
    """One province on the grid: its place, its name, what is written in it, and its share from 0 to 1, if any."""

    row: int
    column: int
    name: str
    text: str
    share: float | None


@dataclass(frozen=True)
class Tiles:
    """A map without a network: one square a province."""

    rows: list[Tile] = field(default_factory=list)
    caption: str = ""


@dataclass(frozen=True)
class Table:
    """A table of texts; `widths` are parts of the page's width."""

    headers: list[str]
    rows: list[list[str]]
    widths: list[float]


@dataclass(frozen=True)
class Section:
    """One question with its answers in words and numbers."""

    question: str
    answers: list[str]
    bars: Bars = field(default_factory=Bars)
    tables: list[Table] = field(default_factory=list)
    tiles: Tiles = field(default_factory=Tiles)


@dataclass(frozen=True)
class Document:
    """The whole summary."""

    language: str
    title: str
    scope: str
    stamps: list[str]
    sections: list[Section]


def table(rows: list[dict[str, str]], widths: list[float]) -> list[Table]:
    """The rows as a table under their own keys, or nothing; escapes made for Markdown are taken out."""
    if not rows:
        return []
    return [Table(list(rows[0]), [[re.sub(r"\\(.)", r"\1", text) for text in row.values()] for row in rows], widths)]
