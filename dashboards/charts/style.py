"""Colors, hatching and the common frame of all charts; text from files is made plain here before plotly reads it."""

import html
import textwrap

import plotly.graph_objects as go
import polars as pl

PLANNED = "#7C8B99"
INSTALLED = "#6F9FC0"
RACKED = "#0072B2"
SOLD = "#009E73"
LIT = "#E69F00"
RELATED = "#56B4E9"
UNKNOWN = "#8D969E"
LINE = "#5B6872"

SCALE = [[0.0, "#0B2A4A"], [0.25, "#2F5F8A"], [0.5, "#7A8D8B"], [0.75, "#C9A845"], [1.0, "#FFD34D"]]
"""Dark blue to yellow, in even steps of lightness, so that it also reads without color vision."""

STATE_COLORS = {
    "not_started": "#B7C0C8",
    "on_track": "#009E73",
    "at_risk": "#F0E442",
    "cured": "#56B4E9",
    "shortfall_open": "#E69F00",
    "in_breach": "#D55E00",
    "in_breach_uncured": "#A03C00",
    "lapsed": "#5B1A52",
    "terminated": "#3A434B",
    "completed": "#0072B2",
    "undetermined": UNKNOWN,
}


def plain(text: str | None) -> str:
    """A name as plain text: plotly reads a little HTML in every label, and names come from files."""
    return "" if text is None else html.escape(str(text), quote=False)


def hatch(background: str = "rgba(0,0,0,0)") -> dict:
    """Pattern of what is unknown: grey strokes that show on light and dark pages."""
    return {"shape": "/", "fgcolor": UNKNOWN, "bgcolor": background, "size": 6, "solidity": 0.35}


def unknown_bar() -> dict:
    """Marker of a bar that stands for the unknown: hatched, with a thin outline so that a narrow one is still seen."""
    return {"color": "rgba(0,0,0,0)", "pattern": hatch(), "line": {"width": 1, "color": UNKNOWN}}


def shortened(label: str, longest: int = 34) -> str:
    """A label cut to fit its place; the whole of it is in the hover text."""
    return label if len(label) <= longest else f"{label[: longest - 1]}…"


def tallest(rows: pl.DataFrame, column: str) -> int:
    """The largest whole of a month's parts, for the unit of a stacked axis."""
    return rows.group_by("month_start_on").agg(pl.col(column).sum())[column].max() or 0


def wrapped(text: str, width: int) -> str:
    """A sentence of our own broken into lines; Chinese, which has no spaces, by half as many signs."""
    lines = textwrap.wrap(text, width) if " " in text else textwrap.wrap(text, width // 2)
    return "<br>".join(lines)


def told_apart(names: list[str]) -> tuple[dict[str, str], str]:
    """Each name without the end that all of them share, for places with little room; and that end.

    Words are kept whole. Where one name would be left with nothing, all of them stay as they are.
    """
    first = names[0] if len(names) > 1 else ""
    ends = [first[place:] for place in range(len(first))]
    shared = next((end for end in ends if all(name.endswith(end) for name in names)), "")
    if " " in "".join(names):
        shared = shared[shared.index(" ") :] if " " in shared else ""
    if not shared or any(name == shared for name in names):
        return {name: name for name in names}, ""
    return {name: name.removesuffix(shared) for name in names}, shared.strip()


def legend_below(figure: go.Figure, lines: int = 5) -> go.Figure:
    """The legend under the axis in a room of its own, for many names; `lines` is how many it may take on a phone."""
    figure.update_layout(
        legend={"yref": "container", "y": 0, "yanchor": "bottom", "traceorder": "normal", "entrywidth": 0},
        margin={"t": 8, "b": 45 + 21 * lines},
    )
    return figure


def framed(figure: go.Figure, height: int, **layout: object) -> go.Figure:
    """The common frame: transparent ground, legend above the plot, nothing that moves when dragged."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 40, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": {"text": ""}},
        dragmode=False,
        hoverlabel={"align": "left"},
        **layout,
    )
    figure.update_xaxes(automargin=True, fixedrange=True)
    figure.update_yaxes(automargin=True, fixedrange=True)
    return figure
