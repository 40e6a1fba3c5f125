"""Investors' first question: how much of what was promised is racked and lit, over all centers."""

import streamlit as st

from dashboards import cached, formatting, page_parts, payback_texts, queries, question_parts
from dashboards.charts import intervals, tiles
from dashboards.controls import Choice
from dashboards.questions import opening

HEADLINES = ("racked_device_avg", "racked_pflops_avg", "lit_of_racked", "lit_on_plan")


def commitment_texts(choice: Choice) -> dict[str, str]:
    """Per center: vendor and state of each of its commitments, as Markdown text."""
    say = choice.say
    texts: dict[str, list[str]] = {}
    for row in cached.read(choice.source, queries.promises.commitments, None, None, choice.filters.province).to_dicts():
        vendor = formatting.as_markdown_text(row[say.column("vendor_name")])
        state = formatting.as_markdown_text(say.code("state", row["state"]))
        texts.setdefault(row["center_id"], []).append(f"{vendor}: **{state}**")
    return {center_id: "; ".join(parts) for center_id, parts in texts.items()}


choice = page_parts.open_page("overview")
say = choice.say
province = choice.filters.province
place = say("word.portfolio") if province is None else formatting.as_markdown_text(choice.filters.names["province"])
st.subheader(f"{place} · {formatting.month(choice.month_start_on)}", anchor=False)
st.markdown(opening.overview(question_parts.asked_of(choice)))
if province is None:
    page_parts.figure_cards(choice, HEADLINES, "ALL", 4)
else:
    page_parts.rate_cards(choice, HEADLINES, "province", str(province), 4)
page_parts.say_who_is_shown(choice)

centers = cached.read(choice.source, queries.utilization.center_months, choice.month_start_on, province)
provinces = cached.read(choice.source, queries.core.provinces)
left, right = st.columns([11, 9], gap="medium")
with left:
    page_parts.chart(
        tiles.province_tiles(provinces, centers, say), say("overview.map"), say("overview.map_caption"), "map"
    )
with right:
    page_parts.chart(
        intervals.lit_by_center(centers, say), say("overview.intervals"), say("overview.intervals_caption"), "intervals"
    )

st.subheader(say("overview.centers"), anchor=False)
offtake = commitment_texts(choice)
page_parts.table(
    [
        {
            say("word.center"): formatting.as_markdown_text(row[say.column("center_name")]),
            say("overview.racked"): formatting.interval(
                row["racked_rate_of_planned_device_lower"], row["racked_rate_of_planned_device_upper"]
            ),
            say("overview.lit"): formatting.interval(row["lit_rate_of_racked_lower"], row["lit_rate_of_racked_upper"]),
            say("word.coverage"): formatting.percent(row["coverage_of_racked"]),
            say("overview.offtake"): offtake.get(row["center_id"], say("overview.no_commitment")),
            say("overview.payback"): payback_texts.months_or_reason(row["payback_months"], row["payback_reason"], say),
        }
        for row in centers.to_dicts()
    ]
)
st.caption(say("overview.payback_basis"))
