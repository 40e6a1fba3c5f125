"""Investors' fifth question: who does the money depend on, how firm is it, and what ends when?"""

import polars as pl
import streamlit as st

from dashboards import cached, controls, lease_texts, page_parts, queries
from dashboards.charts import leases as charts

choice = page_parts.open_page("leases")
say = choice.say
page_parts.center_heading(choice, with_month=False)
books = cached.read(choice.source, queries.leases.lease_book, choice.center_id).to_dicts()
if not books:
    page_parts.nothing_to_show(say)
    st.stop()
movements = cached.read(choice.source, queries.leases.lease_movements, choice.center_id)
chosen = choice.filters
backlog = cached.read(choice.source, queries.leases.lease_backlog, choice.center_id, chosen.tenant, chosen.vendor_id)
tenants = cached.read(choice.source, queries.leases.tenants, choice.center_id)
st.markdown(lease_texts.answer(books[0], tenants.to_dicts(), say))
page_parts.amount_cards(lease_texts.cards(books[0], movements.to_dicts(), say), 3)
page_parts.registered(choice, ("backlog_quality",))
if chosen.tenant is not None:
    tenants = cached.read(choice.source, queries.leases.tenants, choice.center_id, chosen.tenant)
if backlog.is_empty() and (chosen.tenant or chosen.vendor_id):
    page_parts.nothing_to_show(say, is_narrowed=True)
if backlog.height:
    span = controls.segments(say("leases.span"), ["all", "soon"], lambda key: say(f"leases.span_{key}"), "span", "all")
    shown = backlog if span == "all" else backlog.filter(pl.col("is_ending_soon"))
    if shown.height:
        page_parts.chart(charts.terms(shown, say), say("leases.terms"), say("leases.terms_caption"), "terms")
    else:
        st.info(say("leases.none_soon"))
if movements.height:
    measure = controls.segments(
        say("leases.measure"), list(charts.MOVED), lambda key: say(f"leases.measure_{key}"), "measure", "billed"
    )
    figure = charts.movements(movements, measure, say)
    page_parts.chart(figure, say("leases.movements"), say("leases.movements_caption"), "movements")
if tenants.height:
    page_parts.chart(charts.tenants(tenants, say), say("leases.tenants"), say("leases.tenants_caption"), "tenants")
deals = cached.read(
    choice.source, queries.leases.deals, choice.center_id, chosen.tenant, chosen.vendor_id, chosen.model
)
if deals.height:
    models = cached.read(choice.source, queries.leases.market_prices, choice.center_id, chosen.model)
    if models.height:
        page_parts.heading(say("leases.by_model"), say("leases.by_model_caption"))
        page_parts.table(lease_texts.model_rows(models.to_dicts(), say))
    page_parts.chart(charts.prices(deals, say), say("leases.prices"), say("leases.prices_caption"), "prices")
    page_parts.chart(charts.returns(deals, say), say("leases.returns"), say("leases.returns_caption"), "returns")
    st.markdown(lease_texts.below_bank(deals.to_dicts(), say))
if backlog.height:
    st.subheader(say("leases.table"), anchor=False)
    page_parts.table(lease_texts.rows(backlog.to_dicts(), say))
if deals.height:
    st.subheader(say("leases.deals"), anchor=False)
    page_parts.table(lease_texts.deal_rows(deals.to_dicts(), say))
