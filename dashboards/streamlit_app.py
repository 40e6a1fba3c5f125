"""Navigation and shared controls, nothing else: `racklight serve` starts this file."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboards import access, cached, controls, export_control

PAGES = {
    "section.investors": (
        ("overview", ":material/grid_view:"),
        ("portfolio", ":material/donut_small:"),
        ("investor_questions", ":material/quiz:"),
        ("across", ":material/compare:"),
        ("economics", ":material/account_balance_wallet:"),
        ("sold_lit_paid", ":material/receipt_long:"),
        ("payback", ":material/savings:"),
        ("break_even", ":material/balance:"),
        ("leases", ":material/event_upcoming:"),
        ("stress", ":material/thunderstorm:"),
        ("scenarios", ":material/tune:"),
        ("worth", ":material/price_check:"),
        ("offtake", ":material/handshake:"),
        ("vendors", ":material/leaderboard:"),
        ("organic_use", ":material/verified:"),
    ),
    "section.operators": (
        ("this_week", ":material/today:"),
        ("racked_and_lit", ":material/lightbulb:"),
        ("energy_and_usage", ":material/bolt:"),
        ("planned_time", ":material/stacked_bar_chart:"),
        ("idle_capacity", ":material/sell:"),
        ("alerts", ":material/notifications:"),
    ),
    "section.government": (
        ("government_questions", ":material/quiz:"),
        ("subsidy_audit", ":material/account_balance:"),
        ("audit_pack", ":material/verified_user:"),
        ("trail", ":material/route:"),
        ("compare", ":material/compare_arrows:"),
        ("findings", ":material/contact_support:"),
    ),
    "section.data_quality": (
        ("data_quality", ":material/fact_check:"),
        ("restatements", ":material/history:"),
    ),
    "section.definitions": (("definitions", ":material/menu_book:"),),
}

# A drawn icon: named icons and emoji of the browser tab would be fetched from another host.
ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="6" fill="#0B2A4A"/>
<rect x="7" y="7" width="18" height="4" fill="#7C8B99"/><rect x="7" y="14" width="18" height="4" fill="#0072B2"/>
<rect x="7" y="21" width="11" height="4" fill="#E69F00"/></svg>"""

st.set_page_config(page_title="Racklight", layout="wide", page_icon=ICON, initial_sidebar_state=305)
st.html(Path(__file__).with_name("page.css"))
wanted = access.take_up({name for pages in PAGES.values() for name, _ in pages})
choice = controls.draw()
page = st.navigation(
    {
        choice.say(section): [
            st.Page(
                f"app_pages/{name}.py",
                title=choice.say(f"{name}.title"),
                icon=icon,
                url_path=name,
                default=name == "overview",
            )
            for name, icon in pages
        ]
        for section, pages in PAGES.items()
    },
    # Folded, the list of pages would say "View more" in the language of the tool.
    expanded=True,
)
if wanted is not None and wanted != (page.url_path or "overview"):
    st.switch_page(f"app_pages/{wanted}.py", query_params=st.query_params.to_dict())
cached.begin_page()
if choice.source is not None:
    view = f"{page.url_path or 'overview'}?{urlencode(dict(st.query_params), safe='/')}"
    access.note("page", view, choice.source.version)
page.run()
export_control.draw(choice, page.url_path or "overview")
