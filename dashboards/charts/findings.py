"""What each rule found in each center: one square per rule and center, hatched where it cannot say."""

import textwrap

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

STATE_MARKERS = {
    "serious": {"color": "#D55E00"},
    "milder": {"color": "#F2B37F"},
    "undetermined": style.unknown_bar(),
    "nothing_found": {"color": "#CFE3EF"},
    "no_input": {"color": "rgba(0,0,0,0)", "line": {"width": 1, "color": "#B7C0C8"}},
}
FAMILIES = ("power", "identity", "money", "time")
FAMILY_COLORS = {"power": style.LIT, "identity": style.RACKED, "money": style.SOLD, "time": "#CC79A7"}


def rules_by_center(judged: pl.DataFrame, say: Words) -> go.Figure:
    """`judged` is the frame of `queries.findings.judged`; a number says how many findings stand behind a square."""
    rules = judged.select("rule_id", say.column("name")).unique(maintain_order=True).sort("rule_id", descending=True)
    places = {rule_id: place for place, rule_id in enumerate(rules["rule_id"])}
    names_of_centers = judged[say.column("center_name")].unique(maintain_order=True).to_list()
    short_names, shared_end = style.told_apart(names_of_centers)
    figure = go.Figure()
    for state, marker in STATE_MARKERS.items():
        rows = judged.filter(_shown_as() == state).to_dicts()
        centers = [style.plain(row[say.column("center_name")]) for row in rows]
        columns = [style.plain(short_names[row[say.column("center_name")]]) for row in rows]
        names = [f"{row['rule_id']} {row[say.column('name')]}" for row in rows]
        figure.add_bar(
            name=say(f"finding_state.{state}"),
            x=columns,
            y=[0.84] * len(rows),
            base=[places[row["rule_id"]] - 0.42 for row in rows],
            width=0.9,
            marker=marker,
            text=[_count(row) for row in rows],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": "#FFFFFF" if state == "serious" else "#3A434B", "size": 12},
            hovertext=[
                f"{center} · {name}: {say(f'finding_state.{state}')}"
                for center, name in zip(centers, names, strict=True)
            ],
            hoverinfo="text",
        )
    style.framed(figure, 160 + 24 * len(places), barmode="overlay")
    labels = [f"{row['rule_id']} {row[say.column('name')]}" for row in rules.to_dicts()]
    figure.update_yaxes(
        tickvals=list(places.values()), ticktext=labels, range=[-0.6, len(places) - 0.4], showgrid=False, zeroline=False
    )
    figure.update_xaxes(
        autotickangles=[0, -90],
        showgrid=False,
        title={"text": style.plain(shared_end)},
        categoryorder="array",
        categoryarray=[style.plain(short_names[name]) for name in names_of_centers],
    )
    return figure


def _shown_as() -> pl.Expr:
    """The state of a square, told apart by gravity where the rule holds."""
    gravity = pl.when(pl.col("serious_count") > 0).then(pl.lit("serious")).otherwise(pl.lit("milder"))
    return pl.when(pl.col("state") == "holds").then(gravity).otherwise(pl.col("state"))


def _count(row: dict) -> str:
    count = row["holding_count"] if row["state"] == "holds" else row["undetermined_count"]
    return formatting.count(count) if count else ""


def _in_lines(label: str) -> str:
    """A label broken where it is too long for the side of a chart; ids have no spaces to break at."""
    return "<br>".join(style.plain(line) for line in textwrap.wrap(label, 30))


def confidence_by_family(scores: pl.DataFrame, say: Words) -> go.Figure:
    """`scores` is the frame of `queries.findings.scores`: the strongest finding of each family, subject by subject."""
    rows = scores.head(12).reverse().to_dicts()
    subjects = [
        say("findings.whole_center")
        if row["subject_kind"] == "all_of_center"
        else _in_lines(f"{say.code('subject', row['subject_kind'])} {row['subject_id']}")
        for row in rows
    ]
    figure = go.Figure()
    for family in FAMILIES:
        figure.add_bar(
            name=say(f"family.{family}"),
            y=subjects,
            x=[row[f"{family}_confidence"] for row in rows],
            orientation="h",
            marker={"color": FAMILY_COLORS[family]},
            hovertemplate="%{y}: %{x:.2f}<extra>" + say(f"family.{family}") + "</extra>",
        )
    figure.add_scatter(
        name=say("findings.score"),
        y=subjects,
        x=[row["score"] for row in rows],
        mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": "#3A434B"},
        hovertemplate="%{y}: %{x:.2f}<extra>" + say("findings.score") + "</extra>",
    )
    style.framed(figure, 110 + 58 * len(rows), barmode="group")
    figure.update_xaxes(range=[0, 1.02], title={"text": say("findings.confidence_axis")})
    return figure
