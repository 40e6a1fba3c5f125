"""What a chart's legend says, as names and CSS marks, for places that draw a legend of their own."""

import plotly.graph_objects as go

STRIPES = {
    "/": "repeating-linear-gradient(-45deg, {stroke} 0 1.5px, {ground} 1.5px 5px)",
    "x": "repeating-linear-gradient(45deg, {stroke} 0 1px, transparent 1px 5px), "
    "repeating-linear-gradient(-45deg, {stroke} 0 1px, {ground} 1px 5px)",
}
CLEAR = "transparent"


def entries(figure: go.Figure) -> list[tuple[str, str]]:
    """Name and CSS declarations of each series that stands in the legend, each once, in the order drawn."""
    if figure.layout.showlegend is False:
        return []
    named: dict[str, str] = {}
    for trace in figure.data:
        if trace.name and trace.showlegend is not False and trace.type in ("bar", "scatter"):
            named.setdefault(trace.name, _line(trace) if _is_line(trace) else _area(trace))
    return list(named.items()) if len(named) > 1 or figure.layout.showlegend else []


def _is_line(trace: go.Scatter | go.Bar) -> bool:
    return trace.type == "scatter" and "lines" in (trace.mode or "lines") and not trace.fill and not trace.stackgroup


def _line(trace: go.Scatter) -> str:
    """A line of the series' color and stroke; CSS knows solid, dashed and dotted."""
    stroke = {"dash": "dashed", "dot": "dotted"}.get(trace.line.dash, "solid")
    return f"height:0;border:0;border-top:3px {stroke} {trace.line.color or CLEAR}"


def _area(trace: go.Scatter | go.Bar) -> str:
    """A bar, a filled area or a sign: its color or its stripes, in its outline."""
    is_bar = trace.type == "bar"
    pattern = trace.marker.pattern if is_bar else trace.fillpattern
    color = _single(trace.marker.color) or (None if is_bar else trace.fillcolor or trace.line.color) or CLEAR
    stripes = STRIPES.get(_single(pattern.shape))
    stroke = _single(pattern.fgcolor) or color
    ground = stripes.format(stroke=stroke, ground=CLEAR) if stripes else color
    edge = _single(trace.marker.line.color) or (stroke if stripes else color)
    return f"background:{ground};border:1px solid {edge}"


def _single(value: object) -> str | None:
    """The one color of a series, or the first of those of its points."""
    if value is None or isinstance(value, str):
        return value
    return next(iter(value), None)
