"""Operators' question: what did the center draw and do, by every meter and log that tells of it."""

import streamlit as st

from dashboards import cached, energy_texts, page_parts, queries, question_parts
from dashboards.charts import costs, energy
from dashboards.controls import Choice
from dashboards.questions import opening


def draw_energy(choice: Choice) -> bool:
    """Months and days of energy; False where nobody measured any."""
    say = choice.say
    months = cached.read(choice.source, queries.usage.energy_months, choice.center_id)
    if months.is_empty():
        return False
    month = next((row for row in months.to_dicts() if row["month_start_on"] == choice.month_start_on), None)
    if month is not None:
        page_parts.amount_cards(energy_texts.cards(month, say), 4, page_parts.metric_helps(choice, ("pue",)))
        page_parts.registered(choice, ("pue",), of_month=True)
    units = cached.read(choice.source, queries.costs.unit_costs, choice.center_id).to_dicts()
    unit = next((row for row in units if row["month_start_on"] == choice.month_start_on), None)
    if unit is not None and unit["power_lower_cny_fen"] is not None:
        page_parts.amount_cards(energy_texts.unit_cards(unit, say), 3)
    page_parts.chart(energy.monthly_energy(months, say), say("energy.months"), say("energy.months_caption"), "months")
    tariffs = energy.tariff_periods(months, say)
    if tariffs is not None:
        page_parts.chart(tariffs, say("energy.tariffs"), say("energy.tariffs_caption"), "tariffs")
    priced = cached.read(choice.source, queries.costs.energy_cost, choice.center_id)
    if priced.height:
        figure = costs.energy_by_period(priced, say)
        page_parts.chart(figure, say("energy.cost"), energy_texts.cost_caption(priced.to_dicts(), say), "energy_cost")
    explained = cached.read(choice.source, queries.costs.explained_use, choice.center_id)
    if explained.height:
        figure = costs.explained(explained, say)
        page_parts.chart(figure, say("energy.explained"), say("energy.explained_caption"), "explained")
    days = cached.read(
        choice.source, queries.usage.energy_days, choice.center_id, choice.month_start_on, choice.month_end_on
    )
    if not days.is_empty():
        page_parts.chart(energy.daily_energy(days, say), say("energy.days"), say("energy.days_caption"), "days")
    return True


def draw_usage(choice: Choice) -> bool:
    """Tokens and pods of the month; False where no log tells of any."""
    say = choice.say
    span = (choice.center_id, choice.month_start_on, choice.month_end_on)
    tokens = cached.read(choice.source, queries.usage.token_days, *span)
    if not tokens.is_empty():
        page_parts.chart(energy.daily_tokens(tokens, say), say("energy.token_days"), say("energy.token_caption"), "tok")
    pods = cached.read(choice.source, queries.usage.allocation_days, *span)
    if not pods.is_empty():
        page_parts.chart(energy.daily_pods(pods, say), say("energy.pod_days"), say("energy.pod_caption"), "pods")
    return not (tokens.is_empty() and pods.is_empty())


choice = page_parts.open_page("energy_and_usage")
page_parts.center_heading(choice)
st.markdown(opening.energy(question_parts.asked_of(choice)))
has_energy, has_usage = draw_energy(choice), draw_usage(choice)
if not has_energy and not has_usage:
    page_parts.nothing_to_show(choice.say)
