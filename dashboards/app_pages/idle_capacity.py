"""Which cards are free, in which blocks, from when; and who can serve a buyer's request."""

from datetime import date

import polars as pl
import streamlit as st

from dashboards import cached, formatting, page_parts, queries
from dashboards.charts import offers as charts
from dashboards.controls import Choice
from dashboards.reports import offers as report
from dashboards.reports.matching import Request, match
from dashboards.translations import Words


def cluster_rows(clusters: pl.DataFrame, say: Words) -> list[dict[str, str]]:
    """One row of texts per cluster and model."""
    return [
        {
            say("offers.center"): formatting.as_markdown_text(row[say.column("center_name")]),
            say("offers.model"): formatting.as_markdown_text(row["display_name"]),
            say("offers.network"): say.code("interconnect", row["interconnect"]) or formatting.NOTHING,
            say("offers.free"): f"{row['free_card_count']} / {row['card_count']}",
            say("offers.largest_block"): formatting.count(row["largest_server_block_count"]),
            say("offers.whole_servers"): formatting.count(row["free_server_count"]),
            say("offers.rack"): formatting.kilowatts(row["least_rack_w"]),
            say("offers.price"): formatting.unit_price(row["asking_price_cny_fen"], say.language),
            say("offers.dispatch"): say(f"dispatch_scope.{row['dispatch_scope']}")
            if row["dispatch_scope"]
            else formatting.NOTHING,
            say("offers.next_free"): formatting.day(row["next_free_from"]),
        }
        for row in clusters.to_dicts()
    ]


def ask(choice: Choice, clusters: pl.DataFrame, start_by: date) -> Request:
    """The controls in which a buyer's request is written."""
    say = choice.say
    names = dict(clusters.select("model_id", "display_name").unique().sort("model_id").iter_rows())
    networks = clusters["interconnect"].drop_nulls().unique().sort().to_list()
    provinces = {row["province_code"]: row[say.column("province_name")] for row in _provinces(choice)}
    first, second, third, fourth = st.columns(4)
    cards = first.number_input(say("offers.want_cards"), 1, 100_000, 8, key="want_cards")
    is_training = first.toggle(say("offers.want_training"), True, key="want_training")
    models = second.multiselect(
        say("offers.want_models"),
        list(names),
        format_func=names.__getitem__,
        key="want_models",
        placeholder=say("offers.any_place"),
    )
    wanted_networks = second.multiselect(
        say("offers.want_networks"),
        networks,
        format_func=lambda code: say(f"interconnect.{code}"),
        key="want_networks",
        placeholder=say("offers.any_place"),
    )
    rack_kw = third.number_input(say("offers.want_rack"), 0.0, 500.0, 0.0, key="want_rack")
    tflops = second.number_input(say("offers.want_tflops"), 0.0, 100_000.0, 0.0, key="want_tflops")
    price = third.number_input(say("offers.want_price"), 0.0, 1_000.0, 0.0, key="want_price")
    start = third.date_input(say("offers.want_start"), start_by, key="want_start")
    place = fourth.selectbox(
        say("offers.want_place"),
        [None, *provinces],
        format_func=lambda code: say("offers.any_place") if code is None else provinces[code],
        key="want_place",
    )
    longitude = fourth.number_input(say("offers.want_longitude"), -180.0, 180.0, None, key="want_longitude")
    latitude = fourth.number_input(say("offers.want_latitude"), -90.0, 90.0, None, key="want_latitude")
    km = first.number_input(say("offers.want_km"), 0, 20_000, 0, key="want_km")
    ms = second.number_input(say("offers.want_ms"), 0.0, 1_000.0, 0.0, key="want_ms")
    return Request(
        card_count=cards,
        start_by=start,
        is_training=is_training,
        model_ids=tuple(models),
        least_gflops=round(tflops * 1000) or None,
        interconnects=tuple(wanted_networks),
        least_rack_kw=rack_kw or None,
        ceiling_fen=round(price * formatting.FEN_PER_YUAN) or None,
        longitude=longitude,
        latitude=latitude,
        area_code=place,
        most_km=km or None,
        most_ms=ms or None,
    )


def _provinces(choice: Choice) -> list[dict]:
    return cached.read(choice.source, queries.offers.places).to_dicts()


choice = page_parts.open_page("idle_capacity")
say = choice.say
narrowed = (choice.filters.model, choice.filters.province)
clusters = cached.read(choice.source, queries.offers.clusters, *narrowed)
if clusters.is_empty():
    st.info(say("filters.no_rows" if any(narrowed) else "offers.none"))
    st.stop()
terms = cached.read(choice.source, queries.offers.terms).row(0, named=True)
caption = say("offers.free_caption", day=formatting.day(terms["as_of_on"]))
page_parts.chart(charts.free_cards(clusters, say), say("offers.free"), caption, "free")
page_parts.table(cluster_rows(clusters, say))
st.subheader(say("offers.request"), anchor=False)
request = ask(choice, clusters, terms["start_by_on"])
answers = match(request, cached.read(choice.source, queries.offers.offers, *narrowed).to_dicts())
st.subheader(say("offers.answers"), anchor=False)
offered = [answer for answer in answers if answer.is_offered]
st.markdown(say("offers.answers_count", offered=len(offered), refused=len(answers) - len(offered)))
escaped = [
    {name: formatting.as_markdown_text(text) for name, text in row.items()} for row in report.answer_rows(answers, say)
]
page_parts.table(escaped)
st.caption(say("offers.answers_caption"))
