"""What every number means: the registry of metrics and the reference values with their sources."""

import streamlit as st

from dashboards import cached, formatting, page_parts, queries

choice = page_parts.open_page("definitions")
say = choice.say
st.info(say("definitions.rules"))

st.subheader(say("definitions.metrics"), anchor=False)
page_parts.table(
    [
        {
            say("definitions.metric"): f"**{formatting.as_markdown_text(row[say.column('name')])}**"
            f"  \n`{row['metric_id']}`",
            say("definitions.formula"): formatting.as_markdown_text(row[say.column("formula")]),
            say("word.basis"): formatting.as_markdown_text(say.code("basis", row["basis"])),
            say("word.unit"): formatting.as_markdown_text(say.code("unit", row["unit"])),
            say("word.version"): str(row["definition_version"]),
        }
        for row in cached.read(choice.source, queries.core.metrics).to_dicts()
    ]
)

st.subheader(say("definitions.benchmarks"), anchor=False)
page_parts.table(
    [
        {
            say("definitions.benchmark"): formatting.as_markdown_text(row[say.column("name")]),
            say("definitions.range"): formatting.benchmark(row["low"], row["high"], row["unit"]),
            say("word.unit"): formatting.as_markdown_text(say.code("unit", row["unit"])),
            say("word.basis"): formatting.as_markdown_text(say.code("basis", row["basis"])),
            say("definitions.kind"): say(f"definitions.kind_{row['kind']}"),
            say("definitions.source"): formatting.as_markdown_text(row[say.column("source")]),
            say("definitions.source_date"): formatting.day(row["as_of"]),
        }
        for row in cached.read(choice.source, queries.core.benchmarks).to_dicts()
    ]
)
