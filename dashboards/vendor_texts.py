"""Rows of the vendor scorecard as ready texts. No numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def scorecards(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per vendor."""
    return [
        {
            say("vendors.vendor"): formatting.as_markdown_text(
                row[say.column("vendor_name")] or row["vendor_party_id"]
            ),
            say("vendors.commitments"): say(
                "vendors.states",
                kept=row["kept_commitment_count"],
                at_risk=row["at_risk_commitment_count"],
                late=row["late_commitment_count"],
                lapsed=row["lapsed_commitment_count"],
                undetermined=row["undetermined_commitment_count"],
            ),
            say("vendors.closed"): formatting.count(row["closed_period_count"]),
            say("vendors.kept_rate"): formatting.interval(
                row["kept_rate_of_closed_periods"], row["kept_rate_of_closed_periods_upper"]
            ),
            say("vendors.due"): formatting.money(row["true_up_due_cny_fen"], say.language),
            say("vendors.paid"): formatting.money(row["paid_cny_fen"], say.language),
            say("vendors.outstanding"): formatting.money(row["outstanding_cny_fen"], say.language),
            say("vendors.padding"): formatting.count(row["padding_pattern_center_count"]),
        }
        for row in rows
    ]
