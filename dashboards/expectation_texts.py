"""Outcomes of the gate's expectations as rows of texts. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def rows(outcomes: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per expectation: what came of it, on which kind and columns, and what it holds up."""
    return [
        {
            say("quality.outcome"): _outcome(row, say),
            say("quality.kind"): row["record_kind"],
            say("quality.expected"): say.code("expectation", row["expectation"]),
            say("quality.columns"): row["column_names"],
            say("quality.severity"): say(f"severity.{row['severity']}"),
        }
        for row in outcomes
    ]


def _outcome(row: dict, say: Words) -> str:
    if row["is_met"]:
        return say("quality.met")
    if not row["unexpected_count"]:
        return say("quality.not_met")
    return say(
        "quality.not_met_by",
        count=formatting.count(row["unexpected_count"]),
        total=formatting.count(row["element_count"]),
    )
