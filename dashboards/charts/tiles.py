"""Centers on a grid of provinces: one square a province, so that no map has to be fetched."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

TILE = 0.92
PLATE, DARK_INK = "#E4E8EC", "#12181F"
"""Ground of a hatched square, and ink that reads on it between the strokes, on light pages and on dark ones."""
HALF = 0.5
"""Above it the scale of colors is light, and letters on it are dark."""
LONG_NAME = 10
"""From so many letters on a word needs smaller type to stay inside its square."""


def province_tiles(provinces: pl.DataFrame, center_months: pl.DataFrame, say: Words) -> go.Figure:
    """All provinces faintly, centers over them colored by the lower bound of lit of racked in the month.

    `provinces` and `center_months` are the frames of the queries of the same names. Several centers of one
    province share its square side by side; a center without a single value is hatched.
    """
    figure = go.Figure()
    figure.add_trace(_provinces(provinces, set(center_months["province_code"]), say))
    if center_months.height:
        figure.add_trace(_centers(center_months, say))
    return _on_the_grid(figure, provinces)


def use_tiles(rows: pl.DataFrame, say: Words) -> go.Figure:
    """All provinces faintly, those that use came from colored by their share; rows of `use_by_province`."""
    placed = rows.drop_nulls("tile_row")
    used = placed.filter(pl.col("user_count") > 0)
    figure = go.Figure(_provinces(placed, set(used["province_code"]), say))
    users = used.drop_nulls("share_of_use_upper")
    unknown = used.filter(pl.col("share_of_use_upper").is_null())
    if unknown.height:
        figure.add_trace(_of_unknown_share(unknown.to_dicts(), say))
    figure.add_trace(
        go.Bar(
            name="users",
            x=users["tile_column"],
            base=users["tile_row"] - TILE / 2,
            y=[TILE] * users.height,
            width=TILE,
            marker={
                "color": users["share_of_use_upper"],
                "colorscale": style.SCALE,
                "cmin": 0,
                "cmax": 1,
                "colorbar": _scale(say("audit_pack.scale")),
                "line": {"width": 0},
            },
            text=[
                f"{_province_label(row, say)}<br><b>{formatting.percent(row['share_of_use_upper'], 0)}</b>"
                for row in users.to_dicts()
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={
                "size": 10,
                "color": [DARK_INK if share > HALF else "#FFFFFF" for share in users["share_of_use_upper"]],
            },
            hovertext=[
                say("audit_pack.hover", count=row["user_count"], share=formatting.percent(row["share_of_use_upper"]))
                for row in users.to_dicts()
            ],
            hoverinfo="text",
            constraintext="none",
        )
    )
    return _on_the_grid(figure, placed)


def _of_unknown_share(rows: list[dict], say: Words) -> go.Bar:
    """Squares of provinces with users of an unknown share: hatched, their names in dark ink on a pale ground."""
    return go.Bar(
        name="unknown",
        x=[row["tile_column"] for row in rows],
        base=[row["tile_row"] - TILE / 2 for row in rows],
        y=[TILE] * len(rows),
        width=TILE,
        marker={"color": PLATE, "pattern": style.hatch(PLATE), "line": {"width": 1, "color": style.UNKNOWN}},
        text=[f"<b>{_province_label(row, say)}</b><br>{say('word.unknown')}" for row in rows],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"size": 10, "color": DARK_INK},
        hovertext=[say("audit_pack.hover", count=row["user_count"], share=say("word.unknown")) for row in rows],
        hoverinfo="text",
        constraintext="none",
    )


def _on_the_grid(figure: go.Figure, provinces: pl.DataFrame) -> go.Figure:
    """Squares without axes, as many rows as there are."""
    style.framed(figure, 470, barmode="overlay", showlegend=False, bargap=0)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, range=[(provinces["tile_row"].max() or 0) + 0.6, -0.6])
    figure.update_layout(margin={"l": 0, "r": 0, "t": 8, "b": 0})
    return figure


def _scale(title: str) -> dict:
    """The bar of colors below the squares."""
    return {
        "title": {"text": title, "side": "top"},
        "orientation": "h",
        "x": 0.5,
        "y": -0.02,
        "yanchor": "top",
        "tickformat": ".0%",
        "thickness": 10,
        "len": 0.6,
        "outlinewidth": 0,
    }


def _provinces(provinces: pl.DataFrame, occupied: set[str], say: Words) -> go.Bar:
    """Squares of all provinces; under a center no name is written, for it would be written twice."""
    rows = provinces.to_dicts()
    return go.Bar(
        name="provinces",
        x=[row["tile_column"] for row in rows],
        base=[row["tile_row"] - TILE / 2 for row in rows],
        y=[TILE] * len(rows),
        width=TILE,
        marker={"color": "rgba(128,140,152,0.16)", "line": {"width": 0}},
        text=["" if row["province_code"] in occupied else _province_label(row, say) for row in rows],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": style.UNKNOWN, "size": [_label_size(row, say) for row in rows]},
        hovertext=[style.plain(row[say.column("province_name")]) for row in rows],
        hoverinfo="text",
        constraintext="none",
    )


def _province_label(row: dict, say: Words) -> str:
    if say.language == "zh":
        return style.plain(row["province_abbr_zh"])
    return style.plain(row["province_name_en"]).replace(" ", "<br>")


def _label_size(row: dict, say: Words) -> int:
    if say.language == "zh":
        return 14
    return 9 if max(len(word) for word in row["province_name_en"].split()) < LONG_NAME else 8


def _centers(center_months: pl.DataFrame, say: Words) -> go.Bar:
    places = _places(center_months)
    rows = center_months.to_dicts()
    withheld = [
        row["lit_rate_of_racked_withheld_reason"] is not None or row["lit_rate_of_racked_lower"] is None for row in rows
    ]
    return go.Bar(
        name="centers",
        x=[place[0] for place in places],
        width=[place[1] for place in places],
        base=[row["tile_row"] - TILE / 2 for row in rows],
        y=[TILE] * len(rows),
        marker={
            "color": [row["lit_rate_of_racked_lower"] for row in rows],
            "colorscale": style.SCALE,
            "cmin": 0,
            "cmax": 1,
            "line": {"width": 0},
            "pattern": {
                "shape": ["/" if hidden else "" for hidden in withheld],
                "fillmode": "overlay",
                "fgcolor": "rgba(225,230,235,0.75)",
                "size": 9,
                "solidity": 0.12,
            },
            "colorbar": _scale(say("overview.scale")),
        },
        hovertext=[_hover(row, say) for row in rows],
        hoverinfo="text",
        text=[_label(row, place, say) for row, place in zip(rows, places, strict=True)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"size": [11 if place[1] == TILE else 9 for place in places]},
        constraintext="none",
    )


def _places(center_months: pl.DataFrame) -> list[tuple[float, float]]:
    """Middle and width of each center's part of its province's square."""
    codes = center_months["province_code"].to_list()
    places = []
    for index, (code, column) in enumerate(zip(codes, center_months["tile_column"], strict=True)):
        width = TILE / codes.count(code)
        left = column - TILE / 2 + codes[:index].count(code) * width
        places.append((left + width / 2, width))
    return places


def _label(row: dict, place: tuple[float, float], say: Words) -> str:
    percent = formatting.percent(row["lit_rate_of_racked_lower"])
    if place[1] < TILE:
        return percent.replace(" ", "<br>")
    if say.language == "zh":
        return f"{_province_label(row, say)}<br><b>{percent}</b>"
    return f'<span style="font-size:9px">{_province_label(row, say)}</span><br><b>{percent}</b>'


def _hover(row: dict, say: Words) -> str:
    lines = [
        f"<b>{style.plain(row[say.column('center_name')])}</b>",
        style.plain(row[say.column("province_name")]),
        f"{say('overview.lit')}: "
        + formatting.interval(row["lit_rate_of_racked_lower"], row["lit_rate_of_racked_upper"]),
        f"{say('word.coverage')}: {formatting.percent(row['coverage_of_racked'])}",
        f"{say('overview.racked')}: "
        + formatting.interval(row["racked_rate_of_planned_device_lower"], row["racked_rate_of_planned_device_upper"]),
    ]
    if row["lit_rate_of_racked_withheld_reason"] is not None:
        lines.append(style.plain(say.code("withheld", row["lit_rate_of_racked_withheld_reason"])))
    return "<br>".join(lines)
