"""Free capacity as a file for others, and answers to a request in words. No streamlit."""

from pathlib import Path

import polars as pl

from dashboards import formatting, queries
from dashboards.reports.matching import Answer
from dashboards.translations import Words

EXPORTED = (
    "center_id", "center_name_zh", "center_name_en", "province_code", "city_area_code", "longitude", "latitude",
    "cluster_id", "interconnect", "link_gbps", "server_id", "model_id", "display_name", "weight_gflops", "card_count",
    "rack_w", "rack_u_count", "nameplate_w", "dispatch_scope", "asking_price_cny_fen", "free_from", "free_until",
    "as_of_on",
)  # fmt: skip
"""Columns of the exported file; money in fen per card-hour with tax, days as dates of the center's calendar."""


def export_rows(path: Path, center_id: str | None = None) -> pl.DataFrame:
    """What can be sold, one row per server, model and span; of one center where it is named."""
    rows = queries.offers.offers(path).select(EXPORTED)
    return rows if center_id is None else rows.filter(pl.col("center_id") == center_id)


def answer_records(answers: list[Answer], say: Words) -> pl.DataFrame:
    """Answers for programs, in their order: stable names, money in fen, days as dates, codes of reasons and doubts."""
    return pl.DataFrame(
        [
            {
                "rank": number,
                "center_id": answer.center_id,
                "place_id": answer.place_id,
                "model_id": answer.model_id,
                "interconnect": answer.interconnect,
                "is_offered": answer.is_offered,
                "card_count": answer.card_count,
                "largest_block_count": answer.largest_block_count,
                "starts_on": answer.starts_on,
                "asking_price_cny_fen": answer.price_fen,
                "distance_km": answer.distance_km,
                "least_latency_ms": answer.least_latency_ms,
                "reason_codes": " ".join(code for code, _, _ in answer.reasons),
                "doubt_codes": " ".join(answer.doubts),
                "answer": answer_text(answer, say),
            }
            for number, answer in enumerate(answers, start=1)
        ]
    )


def answer_rows(answers: list[Answer], say: Words) -> list[dict[str, str]]:
    """Answers as rows of ready texts, in their order."""
    return [
        {
            say("offers.rank"): str(number),
            say("offers.center"): answer.center_name_zh if say.language == "zh" else answer.center_name_en,
            say("offers.model"): answer.display_name,
            say("offers.network"): say.code("interconnect", answer.interconnect) or formatting.NOTHING,
            say("offers.cards"): formatting.count(answer.card_count),
            say("offers.largest_block"): formatting.count(answer.largest_block_count),
            say("offers.start"): formatting.day(answer.starts_on),
            say("offers.price"): formatting.unit_price(answer.price_fen, say.language),
            say("offers.distance"): formatting.NOTHING
            if answer.distance_km is None
            else f"{answer.distance_km:,.0f} km",
            say("offers.answer"): answer_text(answer, say),
        }
        for number, answer in enumerate(answers, start=1)
    ]


def answer_text(answer: Answer, say: Words) -> str:
    """Offered, with what nobody stated; or why not, every reason of it."""
    doubts = say("offers.and").join(say(f"offer_doubt.{doubt}") for doubt in answer.doubts)
    if answer.is_offered:
        return say("offers.offered") + (say("offers.doubts", doubts=doubts) if doubts else "")
    return say("offers.and").join(
        say(f"offer_reason.{code}", there=_word(there, say), asked=_word(asked, say))
        for code, there, asked in answer.reasons
    )


def _word(text: str, say: Words) -> str:
    return ", ".join(say.code("interconnect", part) for part in text.split(", "))
