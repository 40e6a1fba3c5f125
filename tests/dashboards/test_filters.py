"""A filter narrows what is shown by published rows, stays in the address, and is never a name over other figures."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboards import filters, formatting
from dashboards.translations import LANGUAGES, TEXTS, Words

EN = Words("en")
GUANGDONG, VENDOR, TENANT = "440000", "91440000RACK00142T", "91310000RACK00329N"


def _columns(app, label: str) -> list[str]:
    """One column of the first table that has it, as plain text."""
    for table in app.table:
        if label in table.value.columns:
            return [text.replace("\u2060", "").replace("\u00a0", " ").replace("\\", "") for text in table.value[label]]
    return []


def _infos(app) -> str:
    return "\n".join(info.value for info in app.info)


def _links(app) -> list[dict[str, str]]:
    """Queries of the links within the app."""
    texts = [caption.value for caption in app.caption] + [text.value for text in app.markdown]
    found = [part.split(")")[0] for text in texts for part in text.split("](")[1:]]
    return [dict(parse_qsl(urlsplit(link).query, keep_blank_values=True)) for link in found if "lang=" in link]


def test_a_province_narrows_the_choice_of_centers_and_every_page_over_all_of_them(open_page, sql):
    own = [row["center_id"] for row in sql("select * from dim_center where province_code = 440000")]
    app = open_page("portfolio", lang="en", province=GUANGDONG)
    assert len(app.selectbox("center").options) == len(own)
    assert app.session_state["choice"].center_id == own[0]
    for page, query in (
        ("overview", "center_months"),
        ("portfolio", "portfolio"),
        ("findings", "judged"),
        ("idle_capacity", "clusters"),
    ):
        app.switch_page(f"app_pages/{page}.py").run()
        rows = {name: frame for (name, _), frame in app.session_state["shown_rows"].items()}[query]
        assert set(rows["center_id"]) == set(own), page
        assert "**Guangdong**" in _infos(app), page
        assert app.query_params["province"] == GUANGDONG


def test_figures_over_all_centers_do_not_stand_under_the_name_of_a_province(open_page, sql, last_full_month):
    app = open_page("overview", lang="en", province=GUANGDONG)
    rates = sql(
        """select metrics.name_en, rates.lower, rates.upper from fct_scope_period__rate as rates
        inner join dim_metric as metrics using (metric_id)
        where scope_kind = 'province' and scope_id = $1 and period_grain = 'month' and period_start_on = $2
            and metric_id in ('racked_device_avg', 'racked_pflops_avg', 'lit_of_racked', 'lit_on_plan')""",
        GUANGDONG,
        last_full_month,
    )
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown == {
        formatting.as_markdown_text(row["name_en"]): formatting.interval(row["lower"], row["upper"]) for row in rates
    }
    for page in filters.OVER_ALL_CENTERS:
        app.switch_page(f"app_pages/{page}.py").run()
        assert EN("filters.not_here", names="Province **Guangdong**") in _infos(app), page


def test_a_vendor_narrows_promises_leases_and_what_is_told_of_it(open_page, sql):
    app = open_page("vendors", lang="en", vendor_id=VENDOR)
    rows = {name: frame for (name, _), frame in app.session_state["shown_rows"].items()}
    assert set(rows["vendor_scorecards"]["vendor_party_id"]) == {VENDOR}
    assert set(rows["retained_take"]["vendor_party_id"]) <= {VENDOR}
    app.switch_page("app_pages/organic_use.py").run()
    (pairs,) = [frame for (name, _), frame in app.session_state["shown_rows"].items() if name == "bought_revenue"]
    own = "select * from fct_party_pair__bought_revenue where vendor_party_id = $1 and center_id = $2"
    assert pairs.height == len(sql(own, VENDOR, app.session_state["choice"].center_id))
    app.switch_page("app_pages/offtake.py").run()
    promised = sql("select center_id, vendor_party_id from dim_commitment")
    for center_id in [row["center_id"] for row in promised]:
        app = open_page("offtake", lang="en", center=center_id, vendor_id=VENDOR)
        is_own = {"center_id": center_id, "vendor_party_id": VENDOR} in promised
        assert (EN("filters.no_rows") in _infos(app)) != is_own, center_id


def test_a_tenant_narrows_leases_and_card_time_and_the_whole_center_is_named_as_such(open_page, sql, last_full_month):
    app = open_page("leases", lang="en", center="yangzhou-01", tenant=TENANT)
    own = sql("select * from fct_lease__backlog where center_id = 'yangzhou-01' and tenant_party_id = $1", TENANT)
    (backlog,) = [frame for (name, _), frame in app.session_state["shown_rows"].items() if name == "lease_backlog"]
    assert backlog["lease_id"].to_list() == [row["lease_id"] for row in own]
    app.switch_page("app_pages/sold_lit_paid.py").run()
    (time,) = [frame for (name, _), frame in app.session_state["shown_rows"].items() if name == "card_time_of"]
    (seconds,) = sql(
        """select sum(card_milliseconds)::bigint as all_of_it from fct_center_day__sold_lit_paid
        where center_id = 'yangzhou-01' and tenant_party_id = $1 and date_trunc('month', local_day) = $2""",
        TENANT,
        last_full_month,
    )
    parts = [name for name in time.columns if name.endswith("_card_milliseconds")]
    assert sum(time[name].sum() for name in parts) == seconds["all_of_it"] > 0
    titles = [heading.value for heading in app.subheader]
    assert any(title.endswith(": the whole center") for title in titles)


def test_a_model_narrows_what_can_be_sold_and_what_the_iron_is_worth(open_page, sql):
    model = sql("select max(model_id) as model_id from fct_center_model__iron_value where center_id = 'yangzhou-01'")
    model_id = model[0]["model_id"]
    for page, query in (("worth", "iron"), ("idle_capacity", "clusters"), ("racked_and_lit", "center_models")):
        app = open_page(page, lang="en", center="yangzhou-01", model=model_id)
        frames = [frame for (name, _), frame in app.session_state["shown_rows"].items() if name == query]
        assert {value for frame in frames for value in frame["model_id"]} <= {model_id}, page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filter_stays_from_page_to_page_in_the_address_and_in_links_between_pages(open_page, language):
    wanted = {"province": "320000", "tenant": TENANT, "model": "nvidia-h20-96g"}
    app = open_page("overview", lang=language)
    for kind, value in wanted.items():
        app.selectbox(kind).set_value(value).run()
    for page in ("investor_questions", "racked_and_lit", "payback"):
        app.switch_page(f"app_pages/{page}.py").run()
        assert [error.value for error in app.exception] == []
        assert {kind: app.query_params[kind] for kind in wanted} == wanted, page
        links = _links(app)
        assert links, page
        assert all(wanted.items() <= link.items() for link in links), page
    app.selectbox("province").set_value("").run()
    assert "province" not in app.query_params
    assert app.query_params["tenant"] == TENANT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("province", "990000"),
        ("vendor_id", "nobody"),
        ("model", "abacus"),
        ("tenant", "x' or 1=1 --"),
        ("center", "elsewhere-01"),
        ("month", "1999-01"),
        ("commitment", "none-such"),
    ],
)
def test_what_the_file_does_not_hold_is_said_and_nothing_else_is_shown(open_page, name, value):
    query = {"lang": "en", "center": "yunting-01"} | {name: value}
    app = open_page("offtake", **query)
    assert formatting.as_markdown_text(value) in app.warning[0].value
    assert app.metric == app.table == app.get("plotly_chart") == []
    assert app.query_params[name] == value
    (button,) = [button for button in app.button if button.key == f"without_{name}"]
    button.click().run()
    assert not app.warning
    assert app.metric
    assert app.query_params.get(name) != value


def test_a_figure_that_is_not_published_is_not_replaced_by_another(open_page):
    app = open_page("trail", lang="en", center="yangzhou-01", figure="lit_of_racked/yangzhou-01/month/1999-01-01")
    assert "1999" in app.warning[0].value
    assert not app.table


def test_a_center_of_another_province_than_the_address_asks_for_is_not_replaced(open_page):
    app = open_page("racked_and_lit", lang="en", province=GUANGDONG, center="yangzhou-01")
    assert formatting.as_markdown_text("yangzhou-01") in app.warning[0].value
    assert not app.metric


def test_each_page_that_a_filter_narrows_says_which_part_follows_it():
    assert {key.split(".")[1] for key in TEXTS if key.startswith("narrowed.")} == set(filters.NARROWED)
