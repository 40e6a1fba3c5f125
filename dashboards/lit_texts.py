"""Cards by model as ready texts for a table. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def models(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per row of `queries.utilization.center_models`."""
    vendor = "vendor_zh" if say.language == "zh" else "vendor"
    return [
        {
            say("lit.model"): formatting.as_markdown_text(row["display_name"]),
            say("lit.vendor"): formatting.as_markdown_text(row[vendor]),
            say("lit.planned_cards"): formatting.count(row["planned_card_count"]),
            say("lit.racked_cards"): formatting.count_interval(
                row["racked_card_count_at_day_end_lower"], row["racked_card_count_at_day_end_upper"]
            ),
            say("lit.weight"): formatting.tflops(row["weight_gflops"]) or say("lit.unweighted"),
        }
        for row in rows
    ]


def breaks(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per change of evidence."""
    return [
        {
            say("word.day"): formatting.day(row["local_day"]),
            **{
                say(f"breaks.{when}"): f"{row[f'class_{when}']} · {say('breaks.feed_' + row[f'feed_{when}'])}"
                for when in ("before", "after")
            },
            say("breaks.cards"): say(
                "breaks.cards_of",
                changed=formatting.count(row["changed_card_count"]),
                able=formatting.count(row["able_card_count"]),
                share=formatting.percent(row["changed_rate_of_able"]),
            ),
        }
        for row in rows
    ]
