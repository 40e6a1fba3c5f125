"""The legend that stands above a chart on a phone says what the chart's own says."""

import plotly.graph_objects as go

from dashboards.charts import legends, style


def test_each_series_is_named_once_with_the_mark_it_is_drawn_with():
    figure = go.Figure()
    figure.add_bar(name="sold", y=[1], marker={"color": style.SOLD})
    figure.add_bar(name="sold", y=[1], marker={"color": style.SOLD})
    figure.add_bar(name="unknown", y=[1], marker=style.unknown_bar())
    figure.add_bar(name="hidden", y=[1], showlegend=False)
    figure.add_scatter(name="promised", y=[1, 2], mode="lines", line={"color": "#D55E00", "dash": "dash"})
    figure.add_scatter(name="lit", y=[1, 2], stackgroup="one", fillcolor=style.LIT)
    marks = dict(legends.entries(figure))
    assert list(marks) == ["sold", "unknown", "promised", "lit"]
    assert style.SOLD in marks["sold"]
    assert "repeating-linear-gradient" in marks["unknown"]
    assert "dashed #D55E00" in marks["promised"]
    assert style.LIT in marks["lit"]


def test_a_chart_of_one_series_or_without_a_legend_has_none():
    alone = go.Figure(go.Bar(name="only", y=[1]))
    silent = go.Figure([go.Bar(name="one", y=[1]), go.Bar(name="two", y=[1])]).update_layout(showlegend=False)
    assert legends.entries(alone) == legends.entries(silent) == []
