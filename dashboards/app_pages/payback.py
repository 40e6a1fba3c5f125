"""Investors' second question: how much of the money is back, and when will all of it be."""

import polars as pl
import streamlit as st

from dashboards import cached, controls, formatting, page_parts, payback_texts, queries, question_parts, subsidy_texts
from dashboards.charts import payback as payback_charts
from dashboards.controls import Choice
from dashboards.questions import investors

BREAK_EVEN = "break_even_racked_press"
# The basis of the monthly bars; a reference on any other basis is not drawn against them.
RACKED_BASIS = "racked_device"


def draw_racked(choice: Choice) -> None:
    """Monthly racked rate with the break-even reference of the same basis, if there is one."""
    say = choice.say
    months = cached.read(choice.source, queries.utilization.center_month_series, choice.center_id)
    references = cached.read(choice.source, queries.core.benchmarks).filter(
        (pl.col("benchmark_id") == BREAK_EVEN) & (pl.col("basis") == RACKED_BASIS)
    )
    reference = references.row(0, named=True) if references.height else None
    caption = say("payback.breakeven_none")
    if reference is not None:
        caption = say(
            "payback.breakeven_caption",
            range=formatting.interval(reference["low"], reference["high"]),
            basis=formatting.as_markdown_text(say.code("basis", reference["basis"])),
            source=formatting.as_markdown_text(reference[say.column("source")]),
            as_of=reference["as_of"],
        )
    figure = payback_charts.racked_against_reference(months, reference, say)
    page_parts.chart(figure, say("payback.breakeven"), caption, "breakeven")


choice = page_parts.open_page("payback")
say = choice.say
page_parts.center_heading(choice, with_month=False)
rows = cached.read(choice.source, queries.money.payback, choice.center_id)
if rows.is_empty():
    page_parts.nothing_to_show(say)
    st.stop()
st.markdown(investors.money_back(question_parts.asked_of(choice)))
views, flows, subsidies = st.columns([3, 5, 4])
with views:
    view = page_parts.choose_view(say)
with flows:
    flow = controls.segments(
        say("payback.flow"),
        ["run_rate_t12m", "run_rate_t3m", "contracted"],
        lambda key: say(f"payback.flow_{key}"),
        "flow",
        "run_rate_t12m",
    )
with subsidies:
    subsidy = page_parts.choose_subsidy(say)
st.caption(say("payback.tax_basis"))
chosen = rows.filter((pl.col("view") == view) & (pl.col("flow_basis") == flow))
contracted = cached.read(choice.source, queries.costs.capex, choice.center_id).to_dicts()
recovered = "recovered_share" if view == "project" else None
run_rate = "payback_months_run_rate_t12m" if (view, flow) == ("project", "run_rate_t12m") else None
helps = page_parts.metric_helps(choice, (None, recovered, run_rate))
page_parts.amount_cards(payback_texts.cards(chosen.to_dicts(), contracted, say), 3, helps)
projected = cached.read(choice.source, queries.money.projected_cash, choice.center_id, view, subsidy)
if projected.height:
    band = cached.read(choice.source, queries.money.cash_band, choice.center_id, view, subsidy)
    figure = payback_charts.cumulative_cash(projected, band, say)
    basis = say("payback.curve_basis", view=say(f"payback.view_{view}"), subsidy=say(f"payback.subsidy_{subsidy}"))
    page_parts.chart(figure, say("payback.curve"), f"{basis} {say('payback.curve_caption')}", "curve")
    drawn = cached.read(choice.source, queries.money.payback_band, choice.center_id, view, subsidy).to_dicts()
    if drawn:
        page_parts.amount_cards(payback_texts.band_cards(drawn[0], say), 4)
        st.caption(payback_texts.band_basis(drawn[0], say))
    else:
        st.info(say("payback.band_none"))
page_parts.registered(choice, ("payback_months_run_rate_t12m", "recovered_share", "futures_paid_back"))
draw_racked(choice)
st.subheader(say("payback.variants"), anchor=False)
page_parts.table(payback_texts.variants(rows.to_dicts(), say))
granted = cached.read(choice.source, queries.promises.subsidy_programmes, choice.center_id).to_dicts()
if granted:
    st.subheader(say("subsidy.heading"), anchor=False)
    st.caption(say("subsidy.caption"))
    page_parts.table(subsidy_texts.programmes(granted, say))
    promised = cached.read(choice.source, queries.promises.subsidy_milestones, choice.center_id).to_dicts()
    if promised:
        page_parts.table(subsidy_texts.milestones(promised, say))
