"""Auditors' question: how far can the numbers be trusted, and what was left out of them."""

import streamlit as st

from dashboards import access, cached, expectation_texts, formatting, page_parts, queries, reason_words
from dashboards.charts import calendar

# Wide enough for what they usually hold, so that nothing is cut where the page is 1280 wide.
FILE_COLUMN_PIXELS = {
    "quality.file": 250,
    "quality.format": 175,
    "quality.rows_in": 85,
    "quality.rows_accepted": 85,
    "quality.rows_quarantined": 95,
    "quality.received": 160,
    "quality.refused": 260,
    "word.center": 200,
    "quality.sha": 480,
}
ROW_COLUMN_PIXELS = {
    "quality.code": 190,
    "quality.standing": 210,
    "quality.rows": 70,
    "quality.file": 215,
    "quality.line": 70,
    "quality.row_key": 260,
    "quality.detail": 230,
    "quality.other_row": 260,
    "word.center": 150,
    "quality.sha": 480,
}

EXPECTATION_COLUMN_PIXELS = {
    "quality.outcome": 160,
    "quality.kind": 140,
    "quality.expected": 225,
    "quality.columns": 215,
    "quality.severity": 95,
}

MOST_REASONS, MOST_GAPS, MOST_ROWS = 60, 100, 1000


def say_if_cut(name: str, shown: int) -> None:
    """Under a list that does not show all of its rows: how many of how many it shows."""
    if shown < sizes[name]:
        page_parts.note(say("quality.cut", shown=formatting.count(shown), all=formatting.count(sizes[name])))


choice = page_parts.open_page("data_quality")
say = choice.say
province = choice.filters.province
where = say("word.portfolio") if province is None else formatting.as_markdown_text(choice.filters.names["province"])
page_parts.center_heading(choice, with_month=False)
days = cached.read(choice.source, queries.quality.data_quality_days, choice.center_id)
if days.is_empty():
    page_parts.nothing_to_show(say)
else:
    figure = calendar.coverage_calendar(days, say)
    page_parts.chart(figure, say("quality.calendar"), say("quality.calendar_caption"), "calendar")

centers = cached.read(choice.source, queries.core.centers)
names = dict(zip(centers["center_id"], centers[say.column("center_name")], strict=True))
sizes = cached.read(choice.source, queries.quality.sizes, province).row(0, named=True)

st.subheader(f"{say('quality.reasons')} · {where}", anchor=False)
reasons = cached.read_first(choice.source, queries.quality.quarantine_reasons, MOST_REASONS, province).to_dicts()
if reasons:
    page_parts.table(
        [
            {
                say("quality.reason"): formatting.as_markdown_text(reason_words.sentence(row["reason_code"], say)),
                say("quality.code"): f"`{row['reason_code']}`",
                say("word.center"): formatting.as_markdown_text(names.get(row["center_id"], row["center_id"]) or None),
                say("quality.rows"): formatting.count(row["row_count"]),
                say("quality.files"): formatting.count(row["file_count"]),
            }
            for row in reasons
        ]
    )
    say_if_cut("quarantine_reasons", len(reasons))
else:
    st.info(say("quality.no_quarantine"))

st.subheader(f"{say('quality.set_aside')} · {where}", anchor=False)
st.caption(say("quality.set_aside_caption"))
judged = cached.read_first(choice.source, queries.quality.set_aside_reasons, MOST_REASONS, province).to_dicts()
if judged:
    page_parts.table(
        [
            {
                say("quality.reason"): formatting.as_markdown_text(reason_words.sentence(row["reason_code"], say)),
                say("quality.code"): f"`{row['reason_code']}`",
                say("quality.standing"): say(f"standing.{row['standing']}"),
                say("word.center"): formatting.as_markdown_text(names.get(row["center_id"], row["center_id"]) or None),
                say("quality.rows"): formatting.count(row["row_count"]),
            }
            for row in judged
        ]
    )
    say_if_cut("set_aside_reasons", len(judged))
    with st.expander(say("quality.set_aside_rows")):
        set_aside = cached.read_first(choice.source, queries.quality.set_aside_rows, MOST_ROWS, province).to_dicts()
        say_if_cut("set_aside_rows", len(set_aside))
        st.dataframe(
            [
                {
                    say("quality.code"): row["reason_code"],
                    say("quality.standing"): say(f"standing.{row['standing']}"),
                    say("quality.rows"): row["row_count"],
                    say("quality.file"): row["original_name"],
                    say("quality.line"): formatting.NOTHING if row["source_line"] is None else str(row["source_line"]),
                    say("quality.row_key"): row["row_key"],
                    say("quality.detail"): row["detail"],
                    say("quality.other_row"): formatting.file_line(
                        row["other_original_name"], row["other_source_line"]
                    ),
                    say("word.center"): names.get(row["center_id"], row["center_id"]) or formatting.NOTHING,
                    say("quality.sha"): row["source_sha256"],
                }
                for row in set_aside
            ],
            hide_index=True,
            column_config={say(key): st.column_config.Column(width=width) for key, width in ROW_COLUMN_PIXELS.items()},
        )
else:
    st.info(say("quality.nothing_set_aside"))

st.subheader(f"{say('quality.expectations')} · {say('word.portfolio')}", anchor=False)
st.caption(say("quality.expectations_caption"))
st.dataframe(
    expectation_texts.rows(cached.read(choice.source, queries.quality.expectations).to_dicts(), say),
    hide_index=True,
    column_config={say(key): st.column_config.Column(width=width) for key, width in EXPECTATION_COLUMN_PIXELS.items()},
)

st.subheader(f"{say('quality.missing')} · {where}", anchor=False)
st.caption(say("quality.missing_caption"))
missing = cached.read_first(choice.source, queries.quality.missing_deliveries, MOST_GAPS, province).to_dicts()
if missing:
    page_parts.table(
        [
            {
                say("word.center"): formatting.as_markdown_text(names.get(row["center_id"], row["center_id"]) or None),
                say("quality.sender"): formatting.as_markdown_text(row["sender"] or formatting.NOTHING),
                say("quality.missing_numbers"): formatting.count_interval(row["missing_from"], row["missing_to"]),
                say("quality.missing_count"): formatting.count(row["missing_count"]),
                say("quality.refused_count"): formatting.count(row["refused_count"]),
                say("quality.noticed"): formatting.instant(row["noticed_at"]),
            }
            for row in missing
        ]
    )
    say_if_cut("missing_deliveries", len(missing))
else:
    st.info(say("quality.nothing_missing"))

st.subheader(f"{say('quality.intake')} · {where}", anchor=False)
files = cached.read_first(choice.source, queries.quality.files, MOST_ROWS, province).to_dicts()
access.note("evidence", "received files and rows set aside", choice.source.version)
st.caption(say("quality.intake_caption"))
say_if_cut("files", len(files))
st.dataframe(
    [
        {
            say("quality.file"): row["original_name"],
            say("quality.format"): row["format_name"] or formatting.NOTHING,
            say("quality.rows_in"): row["rows_in"],
            say("quality.rows_accepted"): row["rows_accepted"],
            say("quality.rows_quarantined"): row["rows_quarantined"],
            say("quality.received"): formatting.instant(row["recorded_at"]),
            say("quality.refused"): reason_words.sentence(row["refusal_code"], say),
            say("word.center"): names.get(row["center_id"], row["center_id"]) or formatting.NOTHING,
            say("quality.sha"): row["source_sha256"],
        }
        for row in files
    ],
    hide_index=True,
    column_config={say(key): st.column_config.Column(width=width) for key, width in FILE_COLUMN_PIXELS.items()},
)
