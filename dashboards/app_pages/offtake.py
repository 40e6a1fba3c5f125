"""Investors' third question: is the vendor keeping its promise to take up capacity."""

import polars as pl
import streamlit as st

from dashboards import cached, controls, formatting, offtake_terms, offtake_texts, page_parts, queries, question_parts
from dashboards.charts import offtake as offtake_charts
from dashboards.questions import investors

choice = page_parts.open_page("offtake")
say = choice.say
name = page_parts.center_heading(choice, with_month=False)
commitments = cached.read(choice.source, queries.promises.commitments, choice.center_id, choice.filters.vendor_id)
if commitments.is_empty() and choice.filters.vendor_id is not None:
    page_parts.nothing_to_show(say, is_narrowed=True)
    st.stop()
if commitments.is_empty():
    st.info(say("offtake.none", center=formatting.as_markdown_text(name)))
    st.stop()
st.markdown(investors.vendors_word(question_parts.asked_of(choice), choice.filters.vendor_id))
by_id = {row["commitment_id"]: row for row in commitments.to_dicts()}
commitment_id = controls.pick(
    say("offtake.commitment"),
    list(by_id),
    lambda key: f"{by_id[key][say.column('vendor_name')]} ({key})",
    "commitment",
)
commitment = by_id[commitment_id]
unit = say.code("unit", commitment["quantity_unit"])
st.caption(
    say(
        "offtake.window",
        first=formatting.day(commitment["first_day_on"]),
        last=formatting.day(commitment["last_day_on"]),
        unit=unit,
        measure=say.code("measure", commitment["measured_on"]),
    )
)
if commitment["unit"] == "pct_of_capacity":
    st.caption(say("offtake.share_of_capacity"))
periods = cached.read(choice.source, queries.promises.commitment_periods, commitment_id)
closed = periods.filter(pl.col("is_closed")).tail(1).to_dicts()
helps = page_parts.metric_helps(choice, (None, "offtake_cumulative_compliance", "offtake_rolling_compliance"))
page_parts.amount_cards(offtake_texts.cards(commitment, closed[0] if closed else None, say), 5, helps)

figure = offtake_charts.commitment_steps(periods, unit, say)
page_parts.chart(figure, say("offtake.steps"), say("offtake.steps_caption"), "steps")
runs = cached.read(choice.source, queries.promises.commitment_states, commitment_id)
if runs.height:
    figure = offtake_charts.state_strip(runs, say)
    page_parts.chart(figure, say("offtake.strip"), say("offtake.strip_caption"), "strip")
st.subheader(say("offtake.periods"), anchor=False)
page_parts.table(offtake_texts.periods(periods.to_dicts(), say))
st.caption(say("offtake.periods_caption", unit=unit))
if closed:
    st.subheader(say("offtake.money"), anchor=False)
    page_parts.table(offtake_texts.period_money(periods.to_dicts(), say))
    st.caption(say("offtake.terms_caption"))
changes = cached.read(choice.source, queries.promises.state_changes, commitment_id).to_dicts()
if changes:
    st.subheader(say("offtake.changes"), anchor=False)
    page_parts.table(offtake_texts.changes(changes, say))
    st.caption(say("offtake.changes_caption", version=changes[0]["rule_version"]))
st.subheader(say("offtake.composition"), anchor=False)
page_parts.table(offtake_texts.composition(periods.to_dicts(), say))
st.caption(say("offtake.composition_caption", unit=unit))
st.subheader(say("offtake.terms"), anchor=False)
page_parts.table(offtake_terms.terms(commitment, say))
amendments = cached.read(choice.source, queries.promises.commitment_amendments, commitment_id).to_dicts()
if amendments:
    st.subheader(say("offtake.amendments"), anchor=False)
    page_parts.table(offtake_texts.amendments(amendments, say))
    st.caption(say("offtake.amendments_caption"))
