"""Filters that hold on every page: one province, vendor, model and tenant, and what of a page each of them narrows."""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl
import streamlit as st

from dashboards import address, cached, formatting, queries
from dashboards.translations import Words

KINDS = ("province", "vendor_id", "model", "tenant")

NARROWED: dict[str, tuple[str, ...]] = {
    "overview": ("province",),
    "portfolio": ("province",),
    "across": ("province", "model", "tenant"),
    "sold_lit_paid": ("model", "tenant"),
    "break_even": ("province",),
    "leases": ("vendor_id", "model", "tenant"),
    "worth": ("model",),
    "offtake": ("vendor_id",),
    "vendors": ("vendor_id",),
    "organic_use": ("vendor_id", "tenant"),
    "racked_and_lit": ("model",),
    "planned_time": ("province", "model", "tenant"),
    "idle_capacity": ("province", "model"),
    "findings": ("province",),
    "data_quality": ("province",),
    "alerts": ("province",),
}
"""Filters by page for which its marts hold the subject; the words `narrowed.<page>` say which part of it follows."""

OVER_ALL_CENTERS = ("vendors", "this_week", "restatements")
"""Pages with figures over all centers that no mart holds by province; all others are of a center, which lies in one."""


@dataclass(frozen=True)
class Filters:
    """What the reader narrows views to; None is everything. `names` are those of what was chosen, by kind."""

    province: int | None = None
    vendor_id: str | None = None
    model: str | None = None
    tenant: str | None = None
    names: dict[str, str] = field(default_factory=dict)

    @property
    def in_address(self) -> dict[str, str]:
        """Chosen filters as the address names them."""
        return {kind: str(value) for kind in KINDS if (value := getattr(self, kind)) is not None}


def draw_province(say: Words, source: cached.Published) -> tuple[int | None, dict[str, str], dict[str, str]]:
    """The choice of a province that has centers; hands back its code, its name and what the file does not hold."""
    chosen, name, foreign = _choose(say, source, "province", queries.filters.filter_provinces)
    return int(chosen) if chosen else None, name, foreign


def draw_others(
    say: Words, source: cached.Published, province: int | None, names: dict[str, str]
) -> tuple[Filters, dict[str, str]]:
    """The choices of vendor, model and tenant, folded while none is made; hands back all filters."""
    sources = {
        "vendor_id": queries.filters.filter_vendors,
        "model": queries.filters.filter_models,
        "tenant": queries.filters.filter_tenants,
    }
    is_open = any(st.session_state.get(kind) or st.query_params.get(kind) for kind in sources)
    chosen: dict[str, str | None] = {}
    names, foreign = dict(names), {}
    with st.expander(say("filters.more"), expanded=is_open):
        for kind, query in sources.items():
            value, name, unknown = _choose(say, source, kind, query)
            chosen[kind] = value
            names |= name
            foreign |= unknown
    return Filters(province, **chosen, names=names), foreign


def _choose(
    say: Words, source: cached.Published, kind: str, query: Callable[..., pl.DataFrame]
) -> tuple[str | None, dict[str, str], dict[str, str]]:
    rows = cached.read(source, query).to_dicts()
    names = {str(row["id"]): row[say.column("name")] or str(row["id"]) for row in rows}
    unknown = address.restore(kind, ["", *names], "")
    foreign = {kind: unknown} if unknown else {}
    if not names:
        return None, {}, foreign
    short = dict(zip(names, formatting.without_common_ending(list(names.values())), strict=True))
    chosen = st.selectbox(
        say(f"filters.{kind}"),
        ["", *names],
        format_func=lambda key: short[key] if key else say(f"filters.any_{kind}"),
        key=kind,
        on_change=address.forget,
        args=(kind, "center") if kind == "province" else (kind,),
    )
    address.keep(kind, unknown or chosen)
    return chosen or None, {kind: names[chosen]} if chosen else {}, foreign


def explain(chosen: Filters, page: str, say: Words) -> None:
    """Say which part of a page the filters narrow, and which of them it has no figures for."""
    narrowed = NARROWED.get(page, ())
    held = [kind for kind in chosen.in_address if kind in narrowed]
    beside = [
        kind for kind in chosen.in_address if kind not in narrowed and (kind != "province" or page in OVER_ALL_CENTERS)
    ]
    sentences = []
    if held:
        sentences.append(say("filters.held", names=_named(chosen, held, say), what=say(f"narrowed.{page}")))
    if beside:
        sentences.append(say("filters.not_here", names=_named(chosen, beside, say)))
    if sentences:
        st.info("  \n".join(sentences), icon=":material/filter_alt:")


def _named(chosen: Filters, kinds: list[str], say: Words) -> str:
    return " · ".join(
        f"{say(f'filters.{kind}')} **{formatting.as_markdown_text(chosen.names[kind])}**" for kind in kinds
    )


def refuse(not_held: dict[str, str], say: Words, label: str | None = None) -> None:
    """Say what the address asks for and the file does not hold, offer to go without it, and end the page.

    `label` is that of a control of the page; those of the sidebar have words of their own.
    """
    for key, wanted in not_held.items():
        what = label or say(f"filters.{key}")
        st.warning(say("filters.not_held", what=what, wanted=formatting.as_markdown_text(wanted)))
        st.button(say("filters.without", what=what), on_click=address.forget, args=(key,), key=f"without_{key}")
    st.stop()
