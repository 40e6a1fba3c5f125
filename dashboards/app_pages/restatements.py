"""Auditors' question: which published figures are not what they were, and why."""

import streamlit as st

from dashboards import access, cached, controls, formatting, page_parts, queries, restatement_texts
from dashboards.charts import restatements as charts

SHOWN_IN_CHART = 12
CAUSES = tuple(charts.COLORS)

choice = page_parts.open_page("restatements")
say = choice.say
page_parts.center_heading(choice)
log = queries.restatements
if not log.is_kept(choice.source.path):
    st.info(say("restatements.none"))
    st.stop()
stamp = log.stamp(choice.source.path)
pairs = cached.read(choice.source, log.pairs, stamp).to_dicts()
if not pairs:
    st.info(say("restatements.none"))
    st.stop()
by_ends = {f"{row['from_publication_no']}-{row['to_publication_no']}": row for row in pairs}


def pair_name(key: str) -> str:
    """Two publications by their numbers and as-ofs."""
    row = by_ends[key]
    return say(
        "restatements.pair",
        earlier=f"{row['from_publication_no']} · {formatting.day(row['from_as_of_at'])}",
        later=f"{row['to_publication_no']} · {formatting.day(row['to_as_of_at'])}",
    )


pair_key = controls.pick(say("restatements.choose"), list(by_ends), pair_name, "pair")
pair = by_ends[pair_key]
ends = pair["from_publication_no"], pair["to_publication_no"]
counts = ("restated_count", "restated_open_count", "added_count", "withdrawn_count")
sentence = "restatements.counts" if pair["added_count"] is not None else "restatements.counts_of_scope"
st.markdown(say(sentence, **{name: formatting.count(pair[name]) for name in counts}))

measure = controls.segments(
    say("restatements.bound"), ["lower", "upper"], lambda name: say(f"restatements.{name}"), "measure", "lower"
)
rows = cached.read(choice.source, log.figures, stamp, *ends, choice.center_id, measure)
shares = rows.filter(rows["period_start"] == choice.month_start_on).head(SHOWN_IN_CHART)
if shares.is_empty():
    st.info(say("restatements.none_of_month"))
    elsewhere = cached.read(choice.source, log.restated_centers, stamp, *ends, measure).head(SHOWN_IN_CHART)
    if elsewhere.height:
        page_parts.note(restatement_texts.elsewhere(elsewhere.to_dicts(), pair_key, say))
else:
    caption = say("restatements.chart_caption", shown=formatting.count(shares.height))
    page_parts.chart(charts.parts(shares, say), say("restatements.chart"), caption, "parts")
    st.subheader(say("restatements.figures"), anchor=False)
    st.caption(say("restatements.figures_caption"))
    page_parts.table(
        [
            {
                say("restatements.figure"): formatting.as_markdown_text(row[say.column("name")] or row["metric_id"]),
                say("restatements.before"): formatting.percent(row["value_before"], 2),
                **{say(f"cause.{cause}"): formatting.points(row[cause], 2) for cause in CAUSES},
                say("restatements.after"): formatting.percent(row["value_after"], 2),
            }
            for row in shares.to_dicts()
        ]
    )

access.note("evidence", f"files behind restatements {pair_key}", choice.source.version)
st.subheader(say("restatements.brought"), anchor=False)
page_parts.table(
    [
        {
            say("restatements.cause"): say(f"cause.{row['cause']}"),
            say("restatements.kind"): say(f"restatements.kind.{row['kind']}"),
            say("restatements.what"): formatting.as_markdown_text(row["name"]),
            say("restatements.detail"): restatement_texts.readable(row["detail"]),
            say("restatements.told_by"): formatting.as_markdown_text(row["centers"] or None),
            say("restatements.received"): restatement_texts.readable(row["recorded_at"]),
        }
        for row in cached.read(choice.source, log.brought_by, stamp, *ends).to_dicts()
    ]
)
st.caption(say("restatements.order"))

page_parts.heading(say("restatements.milestones"), say("restatements.milestones_caption"))
if pair["restated_milestone_count"] is None:
    page_parts.note(say("restatements.milestones_not_compared"))
elif not pair["restated_milestone_count"]:
    page_parts.note(say("restatements.milestones_same"))
else:
    page_parts.table(
        restatement_texts.milestones(cached.read(choice.source, log.milestones, stamp, *ends).to_dicts(), say)
    )
