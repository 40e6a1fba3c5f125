"""What a weekly report is laid out from: cards, sections with a chart and a table, all of ready text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Headers and rows of ready text; `numeric` are the columns to be set flush right."""

    headers: list[str]
    rows: list[list[str]]
    numeric: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Section:
    """One question with its answer in a sentence, its chart and its table."""

    question: str
    answer: str
    svg: str | None = None
    caption: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Card:
    """A headline figure with what must stand beside it; `metric_id` names it in the registry."""

    label: str
    value: str
    notes: list[str]
    metric_id: str | None = None


@dataclass(frozen=True)
class Document:
    """The whole report in one language."""

    language: str
    title: str
    scope: str
    head: str
    stamps: list[str]
    cards: list[Card]
    trust: list[str]
    sections: list[Section]
    methods_title: str
    methods: list[str]
