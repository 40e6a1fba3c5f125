"""Each question of an investor and of an auditor has a sentence, and the page with its chart says the same one."""

import pytest

from dashboards import formatting, queries
from dashboards.questions import government, investors, opening
from dashboards.questions.asking import Asked
from dashboards.translations import LANGUAGES, Words

CENTERS = ("dongpu-01", "horinger-01", "jiangwan-01", "shiqiao-01", "xuanling-01", "yangzhou-01", "yunting-01")


@pytest.fixture
def asked(marts, sql, last_full_month):
    (month,) = sql("select max(month_end_on) as ends from fct_center_month__utilization where month_start_on = $1",
                   last_full_month)  # fmt: skip

    def of(center_id: str, language: str) -> Asked:
        def read(query, *arguments):
            return query(marts, *arguments)

        return Asked(read, center_id, last_full_month, month["ends"], Words(language))

    return of


def _said(app) -> list[str]:
    return [markdown.value.removeprefix("- ") for markdown in app.markdown]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("center", CENTERS)
def test_the_page_of_an_investor_answers_all_eight_questions(open_page, asked, center, language):
    said = _said(open_page("investor_questions", lang=language, center=center))
    assert len(investors.ANSWERS) == 8
    for _, answer, _ in investors.ANSWERS:
        assert answer(asked(center, language)) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_auditor_answers_all_eight_questions_of_each_subsidy(open_page, marts, asked, language):
    for center in ("yangzhou-01", "shiqiao-01", "jiangwan-01", "yunting-01"):
        programme = queries.subsidies.settlements(marts, center).row(0, named=True)
        said = _said(open_page("government_questions", lang=language, center=center))
        assert len(government.ANSWERS) == 8
        for _, answer, _ in government.ANSWERS:
            assert answer(asked(center, language), programme) in said


def test_a_center_without_a_subsidy_says_so(open_page):
    app = open_page("government_questions", lang="en", center="horinger-01")
    assert "has no subsidy" in app.info[0].value


@pytest.mark.parametrize(("answer", "page"), [
    (investors.money_back, "payback"),
    (investors.above_break_even, "break_even"),
    (investors.real_use, "organic_use"),
    (investors.revenue_quality, "economics"),
    (investors.concentration, "leases"),
    (investors.vendors_word, "offtake"),
    (investors.moves_payback, "stress"),
    (investors.iron, "worth"),
])  # fmt: skip
def test_the_page_with_the_chart_says_the_sentence_of_the_question(open_page, asked, answer, page):
    assert answer(asked("horinger-01", "en")) in _said(open_page(page, lang="en", center="horinger-01"))


def test_the_driver_named_is_the_one_that_moves_payback_most(sql, asked):
    rows = sql("select * from fct_center_driver__sensitivity where center_id = 'horinger-01'")
    most = max(rows, key=lambda row: abs(row["difference_months"] or 0))
    sentence = investors.largest_driver(asked("horinger-01", "en"))
    assert Words("en")(f"stress.driver_{most['driver']}") in sentence
    assert formatting.months(most["payback_months"], "en") in sentence


def test_reading_counts_of_undecided_claims_are_those_of_the_audit(sql, marts, last_full_month):
    row = queries.questions.undecided(marts, "shiqiao-01", last_full_month).row(0, named=True)
    claims = sql("select verdict from fct_claim__verdict where center_id = 'shiqiao-01'")
    assert row["claims"] == len(claims)
    assert row["undetermined_claims"] == sum(claim["verdict"] == "undetermined" for claim in claims)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("answer", "page"), [
    (opening.overview, "overview"),
    (opening.racked_and_lit, "racked_and_lit"),
    (opening.planned_time, "planned_time"),
    (opening.sold_lit_paid, "sold_lit_paid"),
    (opening.energy, "energy_and_usage"),
    (opening.vendors, "vendors"),
    (opening.findings, "findings"),
])  # fmt: skip
def test_a_page_opens_with_its_answer(open_page, asked, answer, page, language):
    said = _said(open_page(page, lang=language, center="horinger-01"))
    assert answer(asked("horinger-01", language)) in said


def test_the_portfolio_counts_centers_above_and_below_their_break_even(open_page, sql, asked):
    rows = sql("""select is_above from fct_center__payback as paybacks
        inner join fct_center__break_even as break_evens using (center_id)
        where threshold = 'accounting' and view = 'project' and subsidy = 'without' and flow_basis = 'run_rate_t12m'""")
    sentence = opening.portfolio(asked("horinger-01", "en"), "project", "without")
    assert f"**{sum(row['is_above'] is True for row in rows)}** are above" in sentence
    assert f"**{sum(row['is_above'] is False for row in rows)}** below" in sentence
    assert sentence in _said(open_page("portfolio", lang="en"))


def test_a_month_without_meters_is_said_to_have_none(asked):
    assert "metered" in opening.energy(asked("no-such-center", "en"))
