from datetime import UTC, date, datetime

import pytest

from dashboards import formatting


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.724, "72.4 %"),
        (0, "0.0 %"),
        (1.0, "100.0 %"),
        (1.0915, "109.2 %"),
        (None, "—"),
        (-0.00001, "0.0 %"),
        (-0.052, "−5.2 %"),
    ],
)
def test_percent_has_one_decimal_and_a_missing_value_is_a_dash(fraction, text):
    assert formatting.percent(fraction) == text


def test_an_interval_names_both_bounds_and_one_figure_where_they_read_the_same():
    assert formatting.interval(30 / 112, 34 / 112) == "26.8–30.4 %"
    assert formatting.interval(0.7, 0.7) == "70.0 %"
    assert formatting.interval(None, 0.7) == "—"


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (39_669_000_000, "3.97 亿元", "CNY 396.69 M"),
        (512_345_600, "512.3 万元", "CNY 5.12 M"),
        (-106_670_000, "−106.7 万元", "CNY −1.07 M"),
        (2_712_300, "2.7 万元", "CNY 27,123"),
        (-512_300, "−5,123 元", "CNY −5,123"),
        (0, "0 元", "CNY 0"),
        (-1, "0 元", "CNY 0"),
        (None, "—", "—"),
    ],
)
def test_money_reads_in_the_units_of_each_language(fen, zh, en):
    assert formatting.money(fen, "zh") == zh
    assert formatting.money(fen, "en") == en
    assert formatting.money_figure(120_000_000, "zh") == "120.0"
    assert formatting.money_figure(120_000_000, "en") == "1.20"


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (51.0, "4 年 3 个月", "4 y 3 mo"),
        (50.01, "4 年 3 个月", "4 y 3 mo"),
        (12.0, "1 年", "1 y"),
        (3, "3 个月", "3 mo"),
        (0, "0 个月", "0 mo"),
        (None, "—", "—"),
    ],
)
def test_months_read_as_years_and_months_and_never_promise_the_money_early(number, zh, en):
    assert formatting.months(number, "zh") == zh
    assert formatting.months(number, "en") == en


def test_quantities_and_hours_are_scaled_to_their_units():
    assert formatting.quantity(1_234_500) == "1,234.5"
    assert formatting.quantity(100_000) == "100"
    assert formatting.quantity(0) == "0"
    assert formatting.card_hours(3_600_000) == "1,000"
    assert formatting.card_hours_interval(3600, 7200) == "1–2"
    assert formatting.count_interval(108, 112) == "108–112"
    assert formatting.tflops(989_500) == "989.5"
    assert formatting.tflops(None) is None


def test_reference_values_with_one_open_end_say_so():
    assert formatting.benchmark(0.7, 0.75, "ratio") == "70.0–75.0 %"
    assert formatting.benchmark(0.6, None, "ratio") == "≥ 60.0 %"
    assert formatting.benchmark(None, 0.2, "ratio") == "≤ 20.0 %"
    assert formatting.benchmark(36, 60, "months") == "36–60"


def test_dates_are_written_without_ambiguity():
    assert formatting.day(date(2026, 9, 30)) == "2026-09-30"
    assert formatting.month(date(2026, 9, 1)) == "2026-09"
    assert formatting.instant(datetime(2026, 10, 1, 1, 30, tzinfo=UTC)) == "2026-10-01 01:30 UTC"


def test_names_from_files_lose_every_sign_that_markdown_would_read():
    assert formatting.as_markdown_text("<b>*x*</b>") == "\\<b\\>\\*x\\*\\</b\\>"
    assert formatting.as_markdown_text(":red[x] [a](http\n//b)") == "\\:red\\[x\\] \\[a\\]\\(http //b\\)"


def test_short_figures_stay_on_one_line_of_a_table():
    assert formatting.unbroken("26.8–30.4 %") == "26.8\u2060–\u206030.4\u00a0%"
    assert formatting.unbroken(formatting.as_markdown_text("2025-01-01")) == "2025\u201101\u201101"
    assert formatting.unbroken("比例") == "比\u2060例"
    assert formatting.unbroken("—") == "—"
    assert formatting.unbroken("a long sentence with 1 figure") == "a long sentence with 1 figure"


def test_a_half_is_rounded_up_as_people_do_by_hand():
    assert formatting.interval(30 / 160, 34 / 160) == "18.8–21.3 %"


def test_small_amounts_are_whole_yuan_and_a_part_of_a_card_hour_is_not_nothing():
    assert formatting.whole_yuan(512_535, "en") == "CNY 5,125"
    assert formatting.whole_yuan(512_550, "zh") == "5,126 元"
    assert formatting.card_hours_of_milliseconds(3_600_000_000) == "1,000"
    assert formatting.card_hours_of_milliseconds(1) == "<1"
    assert formatting.card_hours_of_milliseconds(0) == "0"


def test_energy_is_shown_in_kilowatt_hours_and_a_missing_one_as_a_dash():
    assert formatting.kwh(20_786_667) == "20,787 kWh"
    assert formatting.kwh(1_250) == "1.25 kWh"
    assert formatting.kwh(None) == formatting.NOTHING
    assert (formatting.in_kwh(None), formatting.in_hours(None)) == (None, None)


def test_a_price_with_bounds_is_one_figure_where_both_read_the_same():
    assert formatting.yuan_interval(1.204, 1.251) == "1.20–1.25"
    assert formatting.yuan_interval(1.634, 1.634) == "1.63"
    assert formatting.yuan_interval(None, 1.0) == formatting.NOTHING


def test_names_for_the_narrow_control_leave_out_what_all_of_them_end_in():
    assert formatting.without_common_ending(["Canal AI Center", "Shiqiao County AI Center"]) == [
        "Canal",
        "Shiqiao County",
    ]
    assert formatting.without_common_ending(["运河智算中心", "石桥县智算中心"]) == ["运河", "石桥县"]
    assert formatting.without_common_ending(["Canal AI Center"]) == ["Canal AI Center"]
    assert formatting.without_common_ending(["AI Center", "Canal AI Center"]) == ["AI", "Canal AI"]
    assert formatting.without_common_ending(["智算中心", "运河智算中心"]) == ["智", "运河智"]


def test_an_axis_of_small_amounts_is_in_whole_yuan():
    assert formatting.money_axis("en", 99_999_999) == (100, "CNY")
    assert formatting.money_axis("en", 100_000_000) == (100_000_000, "CNY M")
    assert formatting.money_axis("zh", 999_999) == (100, "元")
    assert formatting.money_figure(5_000_00, "en", 9_000_00) == "5,000"


def test_two_amounts_name_their_unit_once():
    assert formatting.money_interval(1_792_900, 1_793_000, "en") == "CNY 17,929–17,930"
    assert formatting.money_interval(12_100_000_00, 12_400_000_00, "en") == "CNY 12.10–12.40 M"
    assert formatting.money_interval(9_000_00, 20_000_00, "zh") == "0.9–2.0 万元"
    assert formatting.money_interval(606_00, 611_00, "zh") == "606–611 元"
    assert formatting.money_interval(121_000_00, 124_000_00, "zh") == "12.1–12.4 万元"
    assert formatting.money_interval(100, 100, "en") == "CNY 1"
    assert formatting.money_interval(None, 100, "en") == "—"
