"""Operators' page of the week: eight questions, each with its sentence, its chart and its table; the report to take."""

from functools import partial

import streamlit as st

from dashboards import access, cached, controls, formatting, page_parts, queries, week_parts
from dashboards.controls import Choice
from dashboards.queries.weekly import ALL
from dashboards.reports.weekly.blocks import Document
from dashboards.reports.weekly.document import compose
from dashboards.reports.weekly.facts import WeekFacts, gather
from dashboards.reports.weekly.forms import FORMATS

SCOPES = ("center", "all")


def choose_scope(choice: Choice) -> str:
    """One center, or all of them."""
    say = choice.say
    scope = controls.segments(say("this_week.scope"), SCOPES, lambda key: say(f"this_week.scope_{key}"), "week_scope")
    return choice.center_id if scope == "center" else ALL


def draw_sections(document: Document) -> None:
    """Question, answer, chart and table, eight times."""
    for section in document.sections:
        st.subheader(section.question, anchor=False)
        st.markdown(formatting.as_markdown_text(section.answer))
        if section.svg is not None:
            page_parts.picture(section.svg, f"{section.question} {section.answer}")
            if section.caption:
                page_parts.note(section.caption)
        if section.table is not None:
            page_parts.table(week_parts.rows(section.table))
            if section.table.note:
                page_parts.note(section.table.note)


def draw_downloads(choice: Choice, facts: WeekFacts) -> None:
    """The same report as a file, made when it is asked for."""
    say = choice.say
    st.subheader(say("this_week.take"), anchor=False)
    for column, form in zip(st.columns(len(FORMATS)), FORMATS, strict=True):
        column.download_button(
            say(f"this_week.take_{form}"),
            data=partial(week_parts.content, facts, say.language, form),
            file_name=week_parts.file_name(facts, say.language, form),
            mime=FORMATS[form],
            icon=":material/download:",
            on_click=partial(access.note, "export", f"{form} weekly report", choice.source.version),
            key=f"take_{form}",
            width="stretch",
        )


choice = page_parts.open_page("this_week")
say = choice.say
left, right = st.columns(2)
with left:
    scope_id = choose_scope(choice)
weeks = {
    f"{row['week_start_on']:%G-W%V}": row
    for row in cached.read(choice.source, queries.weekly.weeks, scope_id).to_dicts()
}
if not weeks:
    page_parts.nothing_to_show(say)
    st.stop()
with right:
    label = controls.pick(say("this_week.week"), list(weeks), lambda key: week_parts.week_name(weeks[key], say), "week")
facts = gather(
    choice.source.path,
    scope_id,
    weeks[label]["week_start_on"],
    week_parts.provenance(choice.source),
    partial(cached.read, choice.source),
)
document = compose(facts, say)
st.subheader(f"{formatting.as_markdown_text(document.scope)} · {week_parts.week_name(weeks[label], say)}", anchor=False)
cards = [(formatting.as_markdown_text(card.label), card.value, card.notes) for card in document.cards]
page_parts.amount_cards(cards, 4, page_parts.metric_helps(choice, [card.metric_id for card in document.cards]))
for line in document.trust:
    page_parts.note(formatting.as_markdown_text(line))
draw_sections(document)
draw_downloads(choice, facts)
with st.expander(document.methods_title):
    st.markdown("\n".join(f"- {formatting.as_markdown_text(line)}" for line in document.methods))
