"""Auditors' question: where does this figure come from, line by line?"""

import polars as pl
import streamlit as st

from dashboards import access, cached, controls, formatting, page_parts, queries, trail_texts
from dashboards.controls import Choice
from dashboards.filters import refuse
from dashboards.reports import explanation

MOST_ROWS = 200


@st.cache_data(max_entries=64, show_spinner=False)
def explained(
    path: str, modified_ns: int, figure_id: str, center_id: str
) -> tuple[dict, list[explanation.Part]] | None:
    """The figure and its parts, read once per version."""
    del modified_ns  # only part of the key
    figure = explanation.find(path, figure_id, center_id)
    return None if figure is None else (figure, explanation.parts(path, figure, MOST_ROWS))


def choose_figure(choice: Choice) -> str | None:
    """The figure named in the address, else the first of the center's figures of the month or as of the build."""
    period = formatting.month(choice.month_start_on)
    frames = [
        cached.read(choice.source, queries.core.figures, None, choice.center_id, wanted) for wanted in (period, "as_of")
    ]
    known = pl.concat(frames)["figure_id"].to_list()
    asked = st.session_state.get("figure") or st.query_params.get("figure")
    if (
        asked
        and asked not in known
        and explained(choice.source.path, choice.source.modified_ns, asked, choice.center_id)
    ):
        known.insert(0, asked)
    if not known:
        return None
    if asked and asked not in known and "figure" not in st.session_state:
        refuse({"figure": asked}, choice.say, choice.say("trail.figure"))
    st.session_state["figure"] = asked if asked in known else known[0]
    figure_id = st.selectbox(choice.say("trail.figure"), known, key="figure")
    st.query_params["figure"] = figure_id
    return figure_id


def draw_rows(part: explanation.Part, say) -> dict | None:
    """The largest rows of a part; hands back the chosen one, the largest where none is."""
    st.subheader(say("trail.rows"), anchor=False)
    if part.rows is None or part.rows.is_empty():
        st.info(say("trail.no_rows"))
        return None
    shown = min(part.row_count, part.rows.height)
    st.caption(say("trail.rows_caption", shown=formatting.count(shown), all=formatting.count(part.row_count)))
    chosen = st.dataframe(
        trail_texts.rows(part, say), hide_index=True, on_select="rerun", selection_mode="single-row", height=300
    )
    places = chosen.selection.rows
    return part.rows.row(places[0] if places else 0, named=True)


choice = page_parts.open_page("trail")
say = choice.say
figure_id = choose_figure(choice)
if figure_id is None:
    page_parts.nothing_to_show(say)
    st.stop()
figure, parts = explained(choice.source.path, choice.source.modified_ns, figure_id, choice.center_id)
if figure["center_id"] == choice.center_id:
    page_parts.center_heading(choice, with_month=False)
else:
    st.subheader(formatting.as_markdown_text(figure["center_id"] or say("word.portfolio")), anchor=False)
st.markdown(trail_texts.answer(figure, say))
st.subheader(say("trail.parts"), anchor=False)
page_parts.table(trail_texts.parts(parts, say))
names = [part.name for part in parts]
name = controls.segments(say("trail.part"), names, lambda key: say(f"trail.{key}"), "part", names[0])
part = parts[names.index(name)]
row = draw_rows(part, say)
st.subheader(say("trail.sources"), anchor=False)
if row is not None:
    st.caption(trail_texts.about(row, say))
access.note("evidence", f"{figure_id} {name} {'' if row is None else row['subject_id']}".strip(), choice.source.version)
sources = explanation.sources(choice.source.path, figure, part, row).to_dicts()
if sources:
    page_parts.table(trail_texts.sources(sources, say))
else:
    page_parts.nothing_to_show(say)
