"""What every page is built of: its head with as-of and version, figure cards with their basis, tables, charts."""

import base64
import html
from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboards import access, address, cached, controls, filters, formatting, queries
from dashboards.charts import legends
from dashboards.reports.metric_words import metric_lines
from dashboards.translations import LANGUAGES, Words


def open_page(name: str) -> controls.Choice:
    """Write the page's head and hand back the reader's choice; stops the page where nothing is published."""
    choice = controls.current()
    say = choice.say
    st.title(say(f"{name}.title"))
    if choice.source is None and not access.current().is_local:
        st.info(say("access.not_published"))
        st.stop()
    if choice.source is None:
        for language in LANGUAGES:
            words = Words(language)
            st.info(f"**{words('empty.title')}** {words('empty.what_to_run')}")
        st.stop()
    st.markdown(say(f"{name}.question"))
    build = cached.read(choice.source, queries.core.build).row(0, named=True)
    st.caption(
        " · ".join(
            (
                say("frame.as_of", instant=formatting.instant(build["as_of_at"])),
                say("frame.data_through", day=formatting.day(build["data_through_on"])),
                say("frame.version", version=formatting.as_markdown_text(choice.source.version)),
            )
        )
    )
    if choice.as_of:
        instants = {"instant": build["as_of_at"], "latest": choice.latest_as_of_at}
        st.warning(say("frame.other_publication", **{name: formatting.instant(at) for name, at in instants.items()}))
    if choice.center_id is None:
        nothing_to_show(say)
        st.stop()
    if choice.not_held:
        filters.refuse(choice.not_held, say)
    filters.explain(choice.filters, name, say)
    return choice


def center_heading(choice: controls.Choice, with_month: bool = True) -> str:
    """Write which center (and month) the page is about; hands back the center's name."""
    centers = cached.read(choice.source, queries.core.centers)
    center = centers.row(by_predicate=pl.col("center_id") == choice.center_id, named=True)
    name = center[choice.say.column("center_name")]
    place = center[choice.say.column("province_name")]
    parts = [formatting.as_markdown_text(name), formatting.as_markdown_text(place)]
    if with_month:
        parts.append(formatting.month(choice.month_start_on))
    st.subheader(" · ".join(parts), anchor=False)
    return name


def choose_view(say: Words) -> str:
    """Whose money: the project's or its owner's."""
    return controls.segments(
        say("payback.view"), ["project", "owner"], lambda key: say(f"payback.view_{key}"), "view", "project"
    )


def choose_subsidy(say: Words) -> str:
    """Whether subsidies received count."""
    return controls.segments(
        say("payback.subsidy"), ["without", "with"], lambda key: say(f"payback.subsidy_{key}"), "subsidy", "without"
    )


def figure_cards(choice: controls.Choice, metric_ids: tuple[str, ...], center_id: str, per_row: int) -> None:
    """One card per registered figure of the chosen month: interval, coverage, basis, as-of."""
    period = formatting.month(choice.month_start_on)
    found = cached.read(choice.source, queries.core.figures, None, center_id, period).to_dicts()
    figures = {row["metric_id"]: row for row in found}
    _metric_cards(choice, metric_ids, figures, choice.say("empty.no_rows"), per_row)


def rate_cards(choice: controls.Choice, metric_ids: tuple[str, ...], kind: str, subject: str, per_row: int) -> None:
    """As `figure_cards`, of a province or another subject, whose rates are published and not registered one by one."""
    build = cached.read(choice.source, queries.core.build).row(0, named=True)
    found = cached.read(choice.source, queries.across.of_subject, kind, subject, choice.month_start_on).to_dicts()
    rates = {row["metric_id"]: row | {"as_of_at": build["as_of_at"]} for row in found}
    _metric_cards(choice, metric_ids, rates, choice.say("filters.no_rate"), per_row)


def _metric_cards(
    choice: controls.Choice, metric_ids: tuple[str, ...], values: dict[str, dict], without: str, per_row: int
) -> None:
    """One card per metric, by the row that `values` has of it; one it has nothing of says `without`."""
    metrics = {row["metric_id"]: row for row in cached.read(choice.source, queries.core.metrics).to_dicts()}
    cards = []
    for metric_id in metric_ids:
        row, metric = values.get(metric_id), metrics.get(metric_id)
        name = metric[choice.say.column("name")] if metric else metric_id
        value = formatting.interval(row["lower"], row["upper"]) if row else formatting.NOTHING
        notes = figure_notes(choice.say, row) if row else [without]
        cards.append((formatting.as_markdown_text(name), value, notes))
    amount_cards(cards, per_row, metric_helps(choice, metric_ids))


def metric_helps(choice: controls.Choice, metric_ids: Sequence[str | None]) -> list[str | None]:
    """Of each metric what the registry says of it, as the text of a tooltip; nothing where no metric is named."""
    metrics = {row["metric_id"]: row for row in cached.read(choice.source, queries.core.metrics).to_dicts()}
    return [
        "  \n".join(formatting.as_markdown_text(line) for line in metric_lines(metrics[metric_id], choice.say))
        if metric_id in metrics
        else None
        for metric_id in metric_ids
    ]


def registered(choice: controls.Choice, metric_ids: tuple[str, ...], of_month: bool = False) -> None:
    """A line with the center's registered figures behind the page, each a link that leads to its source lines."""
    say = choice.say
    period = formatting.month(choice.month_start_on) if of_month else "as_of"
    found = cached.read(choice.source, queries.core.figures, None, choice.center_id, period).to_dicts()
    figures = {row["metric_id"]: row for row in found}
    metrics = {row["metric_id"]: row for row in cached.read(choice.source, queries.core.metrics).to_dicts()}
    links = [
        f"[{formatting.as_markdown_text(metrics[metric_id][say.column('name')])} {_value(figures[metric_id], say)}]"
        f"({_trail_address(figures[metric_id], say)})"
        for metric_id in metric_ids
        if metric_id in figures
    ]
    if links:
        st.caption(say("figure.registered") + " · ".join(links))


def _value(figure: dict, say: Words) -> str:
    """A figure in its unit, or in words why there is none."""
    if figure["lower"] is None:
        return formatting.as_markdown_text(say.code("withheld", figure["withheld_reason"]))
    if figure["unit"] == "months":
        return formatting.months(figure["lower"], say.language)
    if figure["unit"] == "multiple":
        return formatting.pue(figure["upper"])
    return formatting.interval(figure["lower"], figure["upper"])


def figure_notes(say: Words, figure: dict) -> list[str]:
    """What must stand beside a figure: coverage, why there is no single value, basis, as-of."""
    notes = []
    if figure["coverage"] is not None:
        notes.append(say("figure.coverage", coverage=formatting.percent(figure["coverage"])))
    if figure["observed"] is not None and figure["observed"] != figure["upper"]:
        notes.append(say("figure.observed", observed=formatting.percent(figure["observed"])))
    if figure["withheld_reason"] is not None:
        notes.append(say("figure.withheld", reason=say.code("withheld", figure["withheld_reason"])))
    notes.append(say("figure.tag", basis=formatting.as_markdown_text(say.code("basis", figure["basis"]))))
    notes.append(say("figure.as_of", instant=formatting.instant(figure["as_of_at"])))
    registered_id = figure.get("figure_id")
    notes.append(
        say("figure.trail", address=_trail_address(figure, say)) if registered_id else say("filters.not_registered")
    )
    return notes


def _trail_address(figure: dict, say: Words) -> str:
    """Where the page that leads from this figure to its sources opens, relative to any page."""
    choice = controls.current()
    own = {"lang": say.language, "center": figure["center_id"] or "", "figure": figure["figure_id"]}
    kept = choice.filters.in_address | ({"as_of": choice.as_of} if choice.as_of else {})
    return address.to_page("trail", **own, **kept)


def amount_cards(cards: list[tuple[str, str, list[str]]], per_row: int, helps: Sequence[str | None] = ()) -> None:
    """Cards of label, ready text and notes, so many a row; the caller escapes what comes from files.

    `helps` are the tooltips of the cards that show a registered metric, in their order.
    """
    helps = [*helps, *([None] * (len(cards) - len(helps)))]
    for start in range(0, len(cards), per_row):
        row = zip(cards[start : start + per_row], helps[start : start + per_row], strict=True)
        for column, ((label, value, notes), told) in zip(st.columns(per_row, gap="small"), row, strict=False):
            with column.container(border=True, height="stretch", gap="xsmall"):
                # A label of its own line, because that of a metric is cut off where it does not fit.
                st.markdown(f"**{label}**", help=told)
                st.metric(label, value, label_visibility="collapsed")
                st.caption("  \n".join(notes))


def chart(figure: go.Figure, title: str, caption: str, key: str) -> None:
    """A chart under its title, with what it shows in words."""
    st.subheader(title, anchor=False)
    plot(figure, f"{title}. {caption}", key)
    st.caption(caption)


def plot(figure: go.Figure, words: str, key: str) -> None:
    """A chart alone, with what it shows in words for those who cannot see it."""
    phone_legend(legends.entries(figure))
    st.plotly_chart(figure, key=key, config={"displayModeBar": False, "scrollZoom": False}, alt=words)


def phone_legend(entries: list[tuple[str, str]]) -> None:
    """Names and marks of a chart's series, for a phone: there the chart is wider than the page, its own legend cut."""
    marks = "".join(
        f'<span><i style="{html.escape(mark)}"></i>{html.escape(html.unescape(name))}</span>' for name, mark in entries
    )
    if marks:
        st.html(f'<div class="phone-legend" aria-hidden="true">{marks}</div>')


def picture(svg: str, words: str) -> None:
    """A ready vector chart on a white sheet, so that it reads in the dark as in print, with what it shows in words."""
    address = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    st.html(
        f'<img alt="{html.escape(words)}" src="{address}" '
        'style="width:100%;max-width:980px;background:#fff;border-radius:6px;padding:8px">'
    )


def table(rows: list[dict[str, str]]) -> None:
    """A small table of ready texts (Markdown); the caller escapes what comes from files."""
    unbroken = [{formatting.unbroken(name): formatting.unbroken(text) for name, text in row.items()} for row in rows]
    st.table(pl.DataFrame(unbroken), border="horizontal", hide_index=True)


def heading(title: str, caption: str) -> None:
    """A title over something that is no chart, with what it shows in words."""
    st.subheader(title, anchor=False)
    st.caption(caption)


def say_who_is_shown(choice: controls.Choice) -> None:
    """Where there are more centers than stand side by side, say that the page shows the largest."""
    count = len(centers_under_filter(choice))
    if count > queries.core.MOST_CENTERS:
        shown = formatting.count(queries.core.MOST_CENTERS)
        note(choice.say("frame.largest_centers", shown=shown, all=formatting.count(count)))


def centers_under_filter(choice: controls.Choice) -> list[str]:
    """The centers of the chosen province, or all."""
    centers = cached.read(choice.source, queries.core.centers)
    if choice.filters.province is None:
        return centers["center_id"].to_list()
    return centers.filter(pl.col("province_code") == choice.filters.province)["center_id"].to_list()


def note(text: str) -> None:
    """A sentence in small print."""
    st.caption(text)


def nothing_to_show(say: Words, is_narrowed: bool = False) -> None:
    """Say that the choice, or what a filter leaves of it, has no rows, so that an empty page is not read as zero."""
    st.info(say("filters.no_rows" if is_narrowed else "empty.no_rows"))
