"""Offtake rows as ready texts for cards and the table of periods. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def cards(commitment: dict, last_closed: dict | None, say: Words) -> list[tuple[str, str, list[str]]]:
    """Label, value and notes: state, cumulative and rolling compliance, what is owed, what is left after set-off."""
    cumulative = last_closed["cumulative_compliance_rate"] if last_closed else None
    rolling = last_closed["rolling_compliance_rate"] if last_closed else None
    return [
        (
            say("offtake.state"),
            formatting.as_markdown_text(say.code("state", commitment["state"])),
            [say("offtake.state_as_of", version=commitment["rule_version"])],
        ),
        (say("offtake.cumulative"), formatting.percent(cumulative), [say("offtake.ratio")]),
        (
            say("offtake.rolling"),
            formatting.percent(rolling),
            [say("offtake.rolling_ratio" if rolling is not None else "offtake.rolling_withheld")],
        ),
        (
            say("offtake.outstanding"),
            formatting.money(commitment["outstanding_cny_fen"], say.language),
            [say("offtake.no_true_up")],
        ),
        (
            say("offtake.net_claim"),
            formatting.money(commitment["net_claim_cny_fen"], say.language),
            [say("offtake.tail", amount=formatting.money(commitment["tail_withheld_cny_fen"], say.language))],
        ),
    ]


def periods(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per period; the last month is shown inclusive, as contracts write it."""
    return [
        {
            say("offtake.period"): _period_number(row, say),
            say(
                "offtake.from_to"
            ): f"{formatting.month(row['period_start_on'])} – {formatting.month(row['last_day_on'])}",
            say("offtake.signed"): formatting.quantity(row["signed_quantity_milli"]),
            say("offtake.amended_days"): formatting.count(row["amended_day_count"]),
            say("offtake.column_committed"): formatting.quantity(row["relieved_quantity_milli"]),
            say("offtake.column_unrelated"): formatting.quantity(row["unrelated_counted_quantity_milli"]),
            say("offtake.column_related"): formatting.quantity(row["related_counted_quantity_milli"]),
            say("offtake.column_not_counted"): formatting.quantity(row["not_counted_quantity_milli"]),
            say("offtake.credit"): formatting.quantity(row["credit_used_quantity_milli"]),
            say("offtake.shortfall"): formatting.quantity(row["shortfall_quantity_milli"]),
            say("offtake.column_cumulative"): formatting.percent(row["cumulative_compliance_rate"]),
            say("offtake.column_rolling"): formatting.percent(row["rolling_compliance_rate"]),
        }
        for row in rows
    ]


def period_money(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per closed period: its price, what it owes, with and without tax, and what came late or not."""
    _, unit = formatting.money_axis(say.language)
    return [
        {
            say("offtake.period"): _period_number(row, say),
            say("offtake.shortfall"): formatting.quantity(row["shortfall_quantity_milli"]),
            say("offtake.true_up", unit=unit): formatting.money_figure(row["true_up_due_cny_fen"], say.language),
            say("offtake.price"): formatting.unit_price(row["floor_price_cny_fen"], say.language),
            say("offtake.net_column", unit=unit): formatting.money_figure(row["true_up_net_cny_fen"], say.language),
            say("offtake.late_interest_column", unit=unit): formatting.money_figure(
                row["late_interest_cny_fen"], say.language
            ),
            say("offtake.paid", unit=unit): formatting.money_figure(row["paid_cny_fen"], say.language),
            say("offtake.outstanding_column", unit=unit): formatting.money_figure(
                row["outstanding_cny_fen"], say.language
            ),
        }
        for row in rows
        if row["is_closed"]
    ]


def _period_number(row: dict, say: Words) -> str:
    return str(row["period_no"]) if row["is_closed"] else say("offtake.open_period", number=row["period_no"])


def changes(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per change of state, with what it rests on."""
    return [
        {
            say("offtake.change_day"): formatting.day(row["changed_on"]),
            say("offtake.change_from"): say.code("state", row["previous_state"]) or formatting.NOTHING,
            say("offtake.change_to"): say.code("state", row["state"]),
            say("offtake.change_cause"): say.code("state_cause", row["cause"]),
            say("offtake.change_rests_on"): _evidence(row, say),
        }
        for row in rows
    ]


def _evidence(row: dict, say: Words) -> str:
    if row["settlement_id"] is not None:
        return formatting.as_markdown_text(row["settlement_id"])
    if row["period_no"] is not None:
        return say("offtake.change_period", number=row["period_no"])
    return formatting.NOTHING
