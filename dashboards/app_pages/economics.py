"""Investors' fourth question: how good is the revenue, and what does the center cost?"""

import streamlit as st

from dashboards import cached, economics_texts, formatting, page_parts, queries, question_parts
from dashboards.charts import costs
from dashboards.charts import revenue as charts
from dashboards.controls import Choice
from dashboards.questions import investors


def draw_revenue(choice: Choice) -> bool:
    """Revenue by mode, the bridge of the month, its accounts and the prices they imply; False where there is none."""
    say = choice.say
    modes = cached.read(choice.source, queries.revenue.mode_months, choice.center_id)
    if modes.is_empty():
        return False
    months = cached.read(choice.source, queries.revenue.quality_months, choice.center_id).to_dicts()
    month = next((row for row in months if row["month_start_on"] == choice.month_start_on), None)
    if month is not None:
        helps = page_parts.metric_helps(choice, (None, "collected_of_billed", "quality_adjusted_of_billed"))
        page_parts.amount_cards(economics_texts.revenue_cards(month, say), 3, helps)
        page_parts.registered(choice, ("collected_of_billed", "quality_adjusted_of_billed"), of_month=True)
    page_parts.chart(charts.by_mode(modes, say), say("economics.by_mode"), say("economics.by_mode_caption"), "modes")
    if month is not None and month["invoiced_net_cny_fen"] > 0:
        figure = charts.bridge(month, say)
        page_parts.chart(figure, say("economics.bridge"), say("economics.bridge_caption"), "bridge")
    accounts = cached.read(choice.source, queries.revenue.lease_month, choice.center_id, choice.month_start_on)
    if accounts.height:
        page_parts.heading(say("economics.accounts"), say("economics.not_billed_note"))
        page_parts.table(economics_texts.accounts(accounts.to_dicts(), month is not None and month["is_billed"], say))
    prices = cached.read(choice.source, queries.revenue.prices_by_lease, choice.center_id)
    if prices.height:
        caption = say(
            "economics.prices_caption",
            first=formatting.month(prices["first_month_on"][0]),
            last=formatting.month(prices["end_on"][0]),
        )
        page_parts.chart(charts.implied_prices(prices, say), say("economics.prices"), caption, "prices")
    return True


def draw_costs(choice: Choice) -> bool:
    """Capex by category, running cost by month and the cost of a lit card-hour; False where no cost is registered."""
    say = choice.say
    categories = cached.read(choice.source, queries.costs.capex_categories, choice.center_id)
    if categories.height:
        page_parts.heading(say("economics.capex"), say("economics.capex_caption"))
        totals = cached.read(choice.source, queries.costs.capex, choice.center_id).to_dicts()
        page_parts.amount_cards(economics_texts.capex_cards(totals[0], say), 3)
        page_parts.plot(costs.capex(categories, say), say("economics.capex"), "capex")
    months = cached.read(choice.source, queries.costs.opex_months, choice.center_id)
    if months.height:
        page_parts.chart(costs.opex(months, say), say("economics.opex"), say("economics.opex_caption"), "opex")
    units = cached.read(choice.source, queries.costs.unit_costs, choice.center_id)
    if units.height:
        page_parts.chart(costs.unit_cost(units, say), say("economics.unit"), say("economics.unit_caption"), "unit")
    return bool(categories.height or months.height)


choice = page_parts.open_page("economics")
page_parts.center_heading(choice)
page_parts.note(choice.say("economics.basis"))
st.markdown(investors.revenue_quality(question_parts.asked_of(choice)))
has_revenue, has_costs = draw_revenue(choice), draw_costs(choice)
if not has_revenue and not has_costs:
    page_parts.nothing_to_show(choice.say)
