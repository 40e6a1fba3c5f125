"""Every page in both languages, without a browser: the texts are those of the published rows."""

from pathlib import Path

import pytest

from dashboards import formatting, queries, reason_words
from dashboards.translations import LANGUAGES, TEXTS, Words

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (REPOSITORY / "dashboards" / "app_pages").glob("*.py") if path.stem != "__init__")


@pytest.fixture(params=LANGUAGES)
def say(request) -> Words:
    return Words(request.param)


def _cards(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def _cells(table) -> set[str]:
    return {text for column in table.value.columns for text in table.value[column]}


def _captions(app) -> str:
    return "\n".join(caption.value for caption in app.caption)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_its_question_as_of_and_version(open_page, sql, marts, page, say):
    app = open_page(page, lang=say.language)
    (build,) = sql("select as_of_at, data_through_on from dim_build")
    assert app.title[0].value == say(f"{page}.title")
    assert app.markdown[0].value == say(f"{page}.question")
    head = app.caption[0].value
    assert formatting.instant(build["as_of_at"]) in head
    assert formatting.day(build["data_through_on"]) in head
    assert formatting.as_markdown_text(marts.stem.removeprefix("marts-")) in head


def test_the_overview_shows_the_portfolio_of_the_month(open_page, sql, last_full_month, say):
    app = open_page("overview", lang=say.language)
    (row,) = sql("select * from fct_portfolio_month__utilization where month_start_on = $1", last_full_month)
    names = {metric["metric_id"]: metric[say.column("name")] for metric in sql("select * from dim_metric")}
    expected = {
        "racked_device_avg": ("racked_rate_of_planned_device_lower", "racked_rate_of_planned_device_upper"),
        "racked_pflops_avg": ("racked_rate_of_planned_pflops_lower", "racked_rate_of_planned_pflops_upper"),
        "lit_of_racked": ("lit_rate_of_racked_lower", "lit_rate_of_racked_upper"),
        "lit_on_plan": ("lit_rate_of_planned_lower", "lit_rate_of_planned_upper"),
    }
    assert _cards(app) == {
        formatting.as_markdown_text(names[metric_id]): formatting.interval(row[lower], row[upper])
        for metric_id, (lower, upper) in expected.items()
    }
    coverage = formatting.percent(row["coverage_of_racked"])
    assert say("figure.coverage", coverage=coverage) in _captions(app)


def test_the_overview_has_a_row_for_every_center(open_page, sql, last_full_month, say):
    app = open_page("overview", lang=say.language)
    rows = sql(
        """select * from fct_center_month__utilization inner join dim_center using (center_id)
        where month_start_on = $1""",
        last_full_month,
    )
    cells = _cells(app.table[0])
    assert len(rows) > 0
    for row in rows:
        assert formatting.unbroken(formatting.as_markdown_text(row[say.column("center_name")])) in cells
        interval = formatting.interval(row["lit_rate_of_racked_lower"], row["lit_rate_of_racked_upper"])
        assert formatting.unbroken(interval) in cells


def test_a_center_shows_its_own_rates(open_page, sql, last_full_month, say):
    for (center_id,) in [tuple(row.values()) for row in sql("select center_id from dim_center order by center_id")]:
        app = open_page("racked_and_lit", lang=say.language, center=center_id)
        figures = sql(
            """select figures.lower, figures.upper, metrics.name_zh, metrics.name_en
            from fct_figure as figures inner join dim_metric as metrics using (metric_id)
            where center_id = $1 and period_grain = 'month' and period_start = $2
                and metric_id in ('racked_device_avg', 'lit_of_racked', 'lit_on_plan', 'sold_of_racked')""",
            center_id,
            last_full_month,
        )
        cards = _cards(app)
        for figure in figures:
            name = formatting.as_markdown_text(figure[say.column("name")])
            assert cards[name] == formatting.interval(figure["lower"], figure["upper"])


def test_every_cell_with_time_or_money_is_named_with_both(open_page, sql, last_full_month, say):
    for center in ("dongpu-01", "yangzhou-01"):
        app = open_page("sold_lit_paid", lang=say.language, center=center)
        rows = sql(
            """select * from fct_center_month__reconciliation where scope_id = $1 and month_start_on = $2
                and (card_milliseconds > 0 or amount_cny_fen > 0)""",
            center,
            last_full_month,
        )
        cells = _cells(app.table[0])
        assert len(rows) >= 4
        for row in rows:
            hours = formatting.card_hours_of_milliseconds(row["card_milliseconds"])
            for text in (formatting.as_markdown_text(row[say.column("name")]), hours):
                assert formatting.unbroken(text) in cells
            assert formatting.unbroken(formatting.whole_yuan(row["amount_cny_fen"], say.language)) in cells
            assert f"card_status.{row['card_status']}" in TEXTS
            assert f"money_status.{row['money_status']}" in TEXTS


def test_payback_is_given_in_months_or_refused_with_a_reason(open_page, sql, say):
    centers = sql("select distinct center_id from fct_center__payback order by center_id")
    assert len(centers) > 0
    for center in centers:
        app = open_page("payback", lang=say.language, center=center["center_id"])
        (row,) = sql(
            """select * from fct_center__payback where center_id = $1 and view = 'project'
            and subsidy = 'without' and flow_basis = 'run_rate_t12m'""",
            center["center_id"],
        )
        without = say("payback.subsidy_without")
        cards = _cards(app)
        assert cards[say("payback.capex")] == formatting.money(row["capex_cny_fen"], say.language)
        assert cards[say("payback.recovered", subsidy=without)] == formatting.percent(row["recovered_share"])
        months = cards[say("payback.months", subsidy=without)]
        if row["payback_months"] is None:
            assert months == say("payback.no_months")
            assert f"reason.{row['payback_reason']}" in TEXTS
            assert formatting.as_markdown_text(say.code("reason", row["payback_reason"])) in _captions(app)
        else:
            assert months == formatting.months(row["payback_months"], say.language)


def test_break_even_is_given_per_threshold_or_refused_with_a_reason(open_page, sql, say):
    for center in sql("select distinct center_id from fct_center__break_even order by center_id"):
        app = open_page("break_even", lang=say.language, center=center["center_id"])
        rows = sql("select * from fct_center__break_even where center_id = $1", center["center_id"])
        cards, captions = _cards(app), _captions(app)
        assert len(rows) == len(cards) == 4
        for row in rows:
            share = row["break_even_share"]
            expected = say("break_even.not_given") if share is None else formatting.percent(share)
            assert cards[say(f"break_even.threshold_{row['threshold']}")] == expected
            if row["break_even_reason"] is not None:
                assert f"reason.{row['break_even_reason']}" in TEXTS
                assert formatting.as_markdown_text(say.code("reason", row["break_even_reason"])) in captions


def test_the_lease_page_shows_the_book_of_each_center(open_page, sql, say):
    for book in sql("select * from fct_center__lease_book order by center_id"):
        app = open_page("leases", lang=say.language, center=book["center_id"])
        cards = _cards(app)
        assert cards[say("leases.monthly")] == formatting.money(book["monthly_billed_cny_fen"], say.language)
        assert cards[say("leases.backlog")] == formatting.money(book["backlog_cny_fen"], say.language)
        assert cards[say("leases.concentration")] == f"{book['tenant_hhi']:.2f}"
        ends = formatting.unbroken(say("leases.ends"))
        (leases,) = [table.value for table in app.table if ends in table.value]
        assert len(leases) == book["lease_count"]


def test_the_stress_page_gives_payback_per_scenario_or_says_never(open_page, sql, say):
    centers = sql("select distinct center_id from fct_center_scenario__stress order by center_id")
    assert centers
    for center in centers:
        cards = _cards(open_page("stress", lang=say.language, center=center["center_id"]))
        for row in sql("select * from fct_center_scenario__stress where center_id = $1", center["center_id"]):
            never = row["payback_months"] is None
            expected = say("stress.never") if never else formatting.months(row["payback_months"], say.language)
            assert cards[say(f"stress.scenario_{row['scenario']}")] == expected


def test_every_expectation_of_the_gate_is_on_the_page_in_words_with_what_came_of_it(open_page, sql, say):
    app = open_page("data_quality", lang=say.language)
    outcomes = sql("select * from fct_kind__expectations")
    (shown,) = [table.value for table in app.dataframe if say("quality.expected") in table.value.columns]
    assert len(shown) == len(outcomes) > 100
    unmet = [row for row in outcomes if not row["is_met"]]
    assert {row["severity"] for row in unmet} == {"warning"}
    assert list(shown[say("quality.outcome")]).count(say("quality.met")) == len(outcomes) - len(unmet)
    assert not any(text.startswith("expect_") for text in shown[say("quality.expected")])


def test_a_figure_leads_in_three_steps_to_the_lines_of_its_files(open_page, sql, last_full_month, say):
    figure_id = f"lit_of_racked/yangzhou-01/month/{last_full_month}"
    app = open_page("trail", lang=say.language, center="yangzhou-01", figure=figure_id)
    (figure,) = sql("select * from fct_figure where figure_id = $1", figure_id)
    parts, sources = (table.value for table in app.table)
    for name in ("numerator_lower", "numerator_upper", "denominator"):
        assert f"{int(figure[name]):,}" in set(parts[formatting.unbroken(say("trail.sum"))])
    assert set(parts[formatting.unbroken(say("trail.verdict"))]) == {formatting.unbroken(say("trail.agrees"))}
    rows = app.dataframe[0].value
    assert list(rows[say("trail.amount")]) == sorted(rows[say("trail.amount")], reverse=True)
    known = {f"`{row['source_sha256']}`" for row in sql("select source_sha256 from fct_file__intake")}
    assert set(sources["sha256"]) <= known
    assert "samples" in set(sources[formatting.unbroken(say("trail.kind"))])


def test_a_figure_of_all_centers_is_not_shown_under_the_name_of_one(open_page, last_full_month, say):
    app = open_page("trail", lang=say.language, figure=f"lit_of_racked/ALL/month/{last_full_month}")
    assert app.subheader[0].value == say("word.portfolio")
    assert set(app.table[0].value[formatting.unbroken(say("trail.verdict"))]) == {
        formatting.unbroken(say("trail.agrees"))
    }


def test_every_figure_card_links_to_where_it_comes_from(open_page, say):
    captions = _captions(open_page("racked_and_lit", lang=say.language, center="yangzhou-01"))
    assert f"trail?lang={say.language}&center=yangzhou-01&figure=lit_of_racked/yangzhou-01/month/" in captions


def test_the_break_even_reference_stands_with_its_source_and_basis(open_page, sql, say):
    (center,) = sql("select min(center_id) as center_id from fct_center__payback")
    (reference,) = sql("select * from dim_benchmark where benchmark_id = 'break_even_racked_press'")
    app = open_page("payback", lang=say.language, center=center["center_id"])
    captions = _captions(app)
    assert formatting.interval(reference["low"], reference["high"]) in captions
    assert formatting.as_markdown_text(reference[say.column("source")]) in captions
    assert formatting.as_markdown_text(say(f"basis.{reference['basis']}")) in captions


def test_a_commitment_shows_its_state_and_what_is_owed(open_page, sql, say):
    commitments = sql("select * from dim_commitment order by center_id, commitment_id")
    assert len(commitments) > 0
    for commitment in {row["center_id"]: row for row in reversed(commitments)}.values():
        app = open_page("offtake", lang=say.language, center=commitment["center_id"])
        closed = sql(
            """select * from fct_commitment_period__offtake where commitment_id = $1 and is_closed
            order by period_no desc limit 1""",
            commitment["commitment_id"],
        )
        cards = _cards(app)
        assert cards[say("offtake.state")] == say(f"state.{commitment['state']}")
        owed = formatting.money(commitment["outstanding_cny_fen"], say.language)
        assert cards[say("offtake.outstanding")] == owed
        if closed:
            cumulative = formatting.interval(
                closed[0]["cumulative_compliance_rate"], closed[0]["cumulative_compliance_rate_upper"]
            )
            assert cards[say("offtake.cumulative")] == cumulative
            assert any(formatting.unbroken(cumulative) in _cells(table) for table in app.table)


def test_a_center_without_a_commitment_says_so(open_page, sql, say):
    without = sql("select * from dim_center where center_id not in (select center_id from dim_commitment)")
    if not without:
        pytest.skip("every center of this world has a commitment")
    app = open_page("offtake", lang=say.language, center=without[0]["center_id"])
    name = formatting.as_markdown_text(without[0][say.column("center_name")])
    assert app.info[0].value == say("offtake.none", center=name)


def test_rows_in_are_rows_accepted_and_quarantined_of_every_file_on_the_page(open_page, sql, say):
    app = open_page("data_quality", lang=say.language)
    shown = app.dataframe[-1].value
    rows_in, accepted, quarantined = (shown[say(f"quality.rows_{name}")] for name in ("in", "accepted", "quarantined"))
    assert len(shown) == sql("select count(*) as n from fct_file__intake")[0]["n"]
    assert (rows_in == accepted + quarantined).all()
    for row in sql("select row_count, reason_code from fct_reason__quarantine"):
        assert f"`{row['reason_code']}`" in _cells(app.table[0])


def test_what_only_other_files_could_judge_is_on_the_page_with_its_sentence_and_row_by_row(open_page, sql, say):
    app = open_page("data_quality", lang=say.language)
    cells, rows = _cells(app.table[1]), app.dataframe[0].value
    reasons = sql("select distinct reason_code, standing from fct_row__set_aside")
    assert reasons
    for row in reasons:
        assert f"`{row['reason_code']}`" in cells
        assert formatting.as_markdown_text(reason_words.sentence(row["reason_code"], say)) in cells
        assert formatting.unbroken(say(f"standing.{row['standing']}")) in cells
    assert len(rows) == sql("select count(*) as n from fct_row__set_aside")[0]["n"]
    (overlap,) = sql(
        "select * from fct_row__set_aside where reason_code = 'LEASES_OVERLAP' and original_name like '%second-lease%'"
    )
    other = f"{overlap['other_original_name']} : {overlap['other_source_line']}"
    assert other in set(rows[say("quality.other_row")])


def test_every_metric_and_reference_is_defined(open_page, sql, say):
    app = open_page("definitions", lang=say.language)
    metrics, references = (_cells(table) for table in app.table)
    for row in sql("select * from dim_metric"):
        assert any(f"`{row['metric_id']}`" in cell for cell in metrics)
        assert formatting.unbroken(formatting.as_markdown_text(row[say.column("formula")])) in metrics
    for row in sql("select * from dim_benchmark"):
        assert formatting.unbroken(formatting.as_markdown_text(row[say.column("source")])) in references


def test_the_language_changes_words_and_never_numbers(open_page):
    zh, en = (open_page("racked_and_lit", lang=language) for language in ("zh", "en"))
    assert [metric.value for metric in zh.metric] == [metric.value for metric in en.metric]
    assert zh.title[0].value != en.title[0].value


def test_a_way_of_looking_in_the_address_that_does_not_exist_falls_back(open_page):
    app = open_page("racked_and_lit", lang="xx", span="century")
    assert app.title[0].value == Words("zh")("racked_and_lit.title")
    assert app.segmented_control("span").value == "month"
    assert app.metric


@pytest.mark.parametrize("page", PAGES)
def test_before_the_first_build_every_page_says_in_both_languages_what_to_run(page, tmp_path, open_empty):
    app = open_empty(page)
    texts = "\n".join(info.value for info in app.info)
    assert TEXTS["empty.what_to_run"][0] in texts
    assert TEXTS["empty.what_to_run"][1] in texts
    assert "racklight build" in texts


@pytest.fixture
def open_empty(open_page, monkeypatch, tmp_path):
    def open_it(page: str):
        monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(tmp_path))
        assert queries.published.published_path() is None
        return open_page(page)

    return open_it


def test_energy_shows_the_pue_of_a_metered_center_and_says_why_another_has_none(open_page, sql, last_full_month, say):
    rows = sql("select * from fct_center_month__energy where month_start_on = $1", last_full_month)
    by_center = {row["center_id"]: row for row in rows}
    metered = by_center["yangzhou-01"]
    assert metered["pue"] is not None
    cards = _cards(open_page("energy_and_usage", lang=say.language, center="yangzhou-01"))
    assert cards[say("energy.pue")] == formatting.pue(metered["pue"])
    assert cards[say("energy.layer_facility")] == formatting.kwh(metered["facility_energy_wh"])
    unmetered = next(row for row in rows if row["pue_withheld_reason"] == "machines_not_metered")
    app = open_page("energy_and_usage", lang=say.language, center=unmetered["center_id"])
    assert _cards(app)[say("energy.pue")] == formatting.NOTHING
    assert say("figure.withheld", reason=say("withheld.machines_not_metered")) in _captions(app)


def test_every_class_of_planned_time_is_drawn_and_they_add_up_to_the_plan(open_page, sql, last_full_month, say):
    app = open_page("planned_time", lang=say.language, center="dongpu-01")
    classes = sql(
        """select * from fct_scope_period__partition
        where scope_id = 'dongpu-01' and period_grain = 'month' and period_start_on = $1""",
        last_full_month,
    )
    (plan,) = sql(
        """select planned_card_seconds from fct_center_month__utilization
        where center_id = 'dongpu-01' and month_start_on = $1""",
        last_full_month,
    )
    assert sum(row["planned_card_seconds"] for row in classes) == plan["planned_card_seconds"]
    way = app.get("plotly_chart")[0].proto.spec
    for row in classes:
        assert (row[say.column("name")] in way) == (row["planned_card_seconds"] > 0)


def test_planned_time_adds_up_to_the_plan_under_every_kind_of_filter(open_page, sql, last_full_month, say):
    app = open_page("planned_time", lang=say.language, center="dongpu-01")
    (plan,) = sql(
        """select planned_card_seconds from fct_center_month__utilization
        where center_id = 'dongpu-01' and month_start_on = $1""",
        last_full_month,
    )
    for kind in ("cabinet", "cluster", "tenant", "model", "vendor"):
        app.session_state["filter_kind"] = kind
        app.run()
        rows = sql(
            """select filter_id, filter_name_zh, filter_name_en, sum(planned_card_seconds) as planned_card_seconds
            from fct_filter_period__partition where center_id = 'dongpu-01' and filter_kind = $1
                and period_grain = 'month' and period_start_on = $2 group by all""",
            kind,
            last_full_month,
        )
        assert sum(row["planned_card_seconds"] for row in rows) == plan["planned_card_seconds"]
        bars = app.get("plotly_chart")[2].proto.spec
        for row in rows:
            remainder = f"planned.remainder_{row['filter_id']}"
            name = say(remainder) if remainder in TEXTS else row[say.column("filter_name")]
            assert row["planned_card_seconds"] == 0 or name in bars


def test_the_reader_picks_a_family_of_rates_and_a_weight(open_page, sql, last_full_month, say):
    app = open_page("planned_time", lang=say.language, center="dongpu-01")
    for family, weight, metric_id in (
        ("racked", "card", "racked_device_due_avg"),
        ("lit", "pflops", "lit_business_on_plan_pflops"),
        ("held", "card", "allocated_on_plan"),
    ):
        app.session_state["family"], app.session_state["weight"] = family, weight
        app.run()
        (row,) = sql(
            """select lower, upper from fct_scope_period__rate
            where scope_id = 'dongpu-01' and metric_id = $1 and period_grain = 'month' and period_start_on = $2""",
            metric_id,
            last_full_month,
        )
        cells = set().union(*(_cells(table) for table in app.table))
        assert any(f"`{metric_id}`" in cell for cell in cells)
        assert formatting.unbroken(formatting.interval(row["lower"], row["upper"])) in cells


def test_subsidies_show_what_was_promised_paid_and_taken_back(open_page, sql, say):
    app = open_page("payback", lang=say.language, center="shiqiao-01")
    cells = set().union(*(_cells(table) for table in app.table))
    rows = sql("select * from fct_programme__subsidy where center_id = 'shiqiao-01'")
    assert {row["subsidy_kind"] for row in rows} == {"build_grant", "operations_reward"}
    assert sum(row["clawed_back_cny_fen"] for row in rows) > 0
    for row in rows:
        for amount in (row["granted_cny_fen"], row["paid_cny_fen"], row["clawed_back_cny_fen"]):
            assert formatting.unbroken(formatting.money(amount, say.language)) in cells
    for row in sql("select * from fct_milestone__subsidy where center_id = 'shiqiao-01'"):
        assert formatting.unbroken(formatting.day(row["due_on"])) in cells
        declared = row["declared_state"]
        assert formatting.unbroken(say(f"milestone_state.{declared}") if declared else formatting.NOTHING) in cells


def test_billed_collected_and_sound_revenue_stand_side_by_side_on_the_economics_page(open_page, sql, say):
    (row,) = sql(
        """select * from fct_center_month__revenue_quality
        where purchased_net_cny_fen > 0 and related_above_cap_net_cny_fen > 0 order by month_start_on desc limit 1"""
    )
    app = open_page(
        "economics", lang=say.language, center=row["center_id"], month=formatting.month(row["month_start_on"])
    )
    cards = _cards(app)
    for name in ("billed", "collected", "quality"):
        column = {"billed": "billed_net", "collected": "collected_net", "quality": "quality_adjusted_net"}[name]
        assert cards[say(f"economics.{name}")] == formatting.money(row[f"{column}_cny_fen"], say.language)
    assert say("economics.purchased_deducted") in _captions(app)
    (capex,) = sql("select * from fct_center__capex where center_id = $1", row["center_id"])
    assert cards[say("economics.owner_outlay")] == formatting.money(capex["owner_outlay_cny_fen"], say.language)


def test_the_portfolio_gives_each_center_its_return_or_the_reason_why_not(open_page, sql, say):
    app = open_page("portfolio", lang=say.language)
    cells = set().union(*(_cells(table) for table in app.table))
    rows = sql(
        """select * from fct_center__payback
        where view = 'project' and subsidy = 'without' and flow_basis = 'run_rate_t12m'"""
    )
    assert {row["payback_months"] is None for row in rows} == {True, False}
    for row in rows:
        shown = formatting.months(row["payback_months"], say.language)
        if row["payback_months"] is None:
            shown = formatting.as_markdown_text(say.code("reason", row["payback_reason"]))
        assert formatting.unbroken(shown) in cells


def test_the_band_of_payback_says_how_often_it_never_comes_and_from_which_seed(open_page, sql, say):
    (row,) = sql(
        """select * from fct_center__payback_band where view = 'project' and subsidy = 'without'
        and payback_months_p50 is not null and payback_months_p90 is null limit 1"""
    )
    app = open_page("payback", lang=say.language, center=row["center_id"])
    cards = _cards(app)
    assert cards[say("payback.band_never")] == formatting.percent(row["never_share_of_draws"])
    assert cards[say("payback.band_p50")] == formatting.months(row["payback_months_p50"], say.language)
    assert cards[say("payback.band_p90")] == say("payback.no_months")
    assert str(row["seed"]) in _captions(app)
