"""Below the controls of every page: take along what is shown, in the form the reader chooses."""

from urllib.parse import urlencode

import polars as pl
import streamlit as st

from dashboards import access, cached, formatting, queries
from dashboards.controls import Choice
from dashboards.reports import exports


def draw(choice: Choice, page: str) -> None:
    """Draw the form's choice and the button; the file is made only when it is asked for."""
    if choice.source is None:
        return
    source, say = choice.source, choice.say
    rows = cached.shown()
    build = cached.read(source, queries.core.build).row(0, named=True)
    about = {
        say("export.page"): say(f"{page}.title"),
        say("export.view"): f"{page}?{urlencode(dict(st.query_params), safe='/')}",
        say("export.as_of"): formatting.instant(build["as_of_at"]),
        say("export.version"): source.version,
        say("export.figures"): ", ".join(_figure_ids(rows)) or say("export.no_figures"),
    }
    with st.sidebar:
        st.divider()
        form = st.segmented_control(
            say("export.form"),
            list(exports.MEDIA_TYPES),
            format_func=lambda key: say(f"export.form_{key}"),
            default="xlsx",
            key="export_form",
            required=True,
        )
        st.download_button(
            say("export.button"),
            data=lambda: exports.export_bytes(form, rows, about, build["as_of_at"]),
            file_name=exports.file_name(form, page, source.version),
            mime=exports.MEDIA_TYPES[form],
            icon=":material/download:",
            on_click=lambda: access.note("export", f"{form} {page}", source.version),
            width="stretch",
        )
        st.caption(say("export.caption"))


def _figure_ids(shown: list[exports.Shown]) -> list[str]:
    """Ids of the registered figures among the rows, in their order."""
    frames = [part.rows for part in shown if "figure_id" in part.rows.columns]
    return pl.concat([frame["figure_id"] for frame in frames]).unique(maintain_order=True).to_list() if frames else []
