"""Rows of subsidies as tables of ready texts. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def programmes(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per subsidy: who granted how much for what, and what was paid and taken back."""
    return [
        {
            say("subsidy.programme"): formatting.as_markdown_text(row["programme_id"]),
            say("subsidy.kind"): say(f"subsidy_kind.{row['subsidy_kind']}"),
            say("subsidy.authority"): formatting.as_markdown_text(
                row[say.column("authority_name")] or row["authority_party_id"]
            ),
            say("subsidy.granted"): formatting.money(row["granted_cny_fen"], say.language),
            say("subsidy.paid"): formatting.money(row["paid_cny_fen"], say.language),
            say("subsidy.clawed_back"): formatting.money(row["clawed_back_cny_fen"], say.language),
            say("subsidy.net_share"): formatting.percent(row["net_paid_rate_of_granted"]),
        }
        for row in rows
    ]


def milestones(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per condition: what was promised until when, and what the authority declared."""
    return [
        {
            say("subsidy.milestone"): formatting.as_markdown_text(row["milestone_id"]),
            say("subsidy.promised"): _promise(row, say),
            say("subsidy.window"): _window(row, say),
            say("subsidy.due"): formatting.day(row["due_on"]),
            say("subsidy.is_due"): say("subsidy.due_yes") if row["is_due"] else say("subsidy.due_no"),
            say("subsidy.declared"): say(f"milestone_state.{row['declared_state']}")
            if row["declared_state"]
            else formatting.NOTHING,
        }
        for row in rows
    ]


def _promise(row: dict, say: Words) -> str:
    metric = say(f"milestone_metric.{row['metric']}")
    side = say(f"milestone_side.{row['comparison']}")
    unit = say(f"milestone_unit.{row['threshold_unit']}")
    return f"{metric} {side} {formatting.quantity(row['threshold_milli'])} {unit}".strip()


def _window(row: dict, say: Words) -> str:
    if row["measure_window"] == "point_in_time":
        return say("subsidy.window_point")
    span = f"{formatting.day(row['measured_from'])} – {formatting.day(row['measured_to'])}"
    months = formatting.NOTHING if row["sustained_months"] is None else str(row["sustained_months"])
    return say("subsidy.window_sustained", span=span, months=months)
