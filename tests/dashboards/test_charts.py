"""Charts as figures: what they draw for given rows, without a screen."""

from datetime import date, timedelta

import polars as pl
import pytest

from dashboards import formatting
from dashboards.charts import (
    cabinets,
    calendar,
    daily,
    energy,
    intervals,
    ladder,
    matrix,
    offtake,
    payback,
    readings,
    style,
    tiles,
)
from dashboards.translations import Words

ZH, EN = Words("zh"), Words("en")
HOSTILE = '<script>alert(1)</script><a href="http://x">b</a>'


def _center_months(**changes) -> pl.DataFrame:
    row = {
        "center_id": "c1",
        "center_name_zh": "甲中心",
        "center_name_en": "Center A",
        "province_code": 320000,
        "province_name_zh": "江苏省",
        "province_name_en": "Jiangsu",
        "province_abbr_zh": "苏",
        "tile_row": 4,
        "tile_column": 7,
        "racked_rate_of_planned_device_lower": 0.675,
        "racked_rate_of_planned_device_upper": 0.7,
        "lit_rate_of_racked_lower": 30 / 112,
        "lit_rate_of_racked_upper": 34 / 112,
        "lit_rate_of_racked_withheld_reason": None,
        "coverage_of_racked": 108 / 112,
    }
    return pl.DataFrame([row | changes])


PROVINCES = pl.DataFrame(
    [
        {
            "province_code": code,
            "province_name_zh": zh,
            "province_name_en": en,
            "province_abbr_zh": zh[0],
            "tile_row": row,
            "tile_column": column,
        }
        for code, zh, en, row, column in ((320000, "江苏省", "Jiangsu", 4, 7), (650000, "新疆", "Xinjiang", 2, 1))
    ]
)


def test_every_province_is_drawn_and_a_center_is_colored_by_its_lower_bound():
    faint, centers = tiles.province_tiles(PROVINCES, _center_months(), EN).data
    assert len(faint.x) == 2
    assert list(centers.marker.color) == [30 / 112]
    assert list(centers.marker.pattern.shape) == [""]
    assert "26.8–30.4 %" in centers.hovertext[0]
    assert "96.4 %" in centers.hovertext[0]
    assert tiles.province_tiles(PROVINCES, _center_months(), ZH).data[1].text[0] == "苏<br><b>26.8 %</b>"


def test_a_center_without_a_single_value_is_hatched_and_says_why():
    withheld = _center_months(lit_rate_of_racked_withheld_reason="coverage_below_95_pct")
    centers = tiles.province_tiles(PROVINCES, withheld, EN).data[1]
    assert list(centers.marker.pattern.shape) == ["/"]
    assert "coverage is below 95 %" in centers.hovertext[0]


def test_a_province_whose_share_of_use_is_unknown_is_hatched_and_says_so_in_dark_ink():
    users = PROVINCES.with_columns(
        user_count=pl.Series([2] + [0] * (PROVINCES.height - 1)), share_of_use_upper=pl.lit(None, dtype=pl.Float64)
    )
    _, unknown, known = tiles.use_tiles(users, EN).data
    assert unknown.marker.pattern.shape == "/"
    assert unknown.marker.pattern.fgcolor == style.UNKNOWN
    assert unknown.insidetextfont.color == tiles.DARK_INK
    assert EN("word.unknown") in unknown.text[0]
    assert formatting.NOTHING not in unknown.text[0]
    assert len(known.x) == 0


def test_two_centers_of_one_province_share_its_square_side_by_side():
    both = pl.concat([_center_months(), _center_months(center_id="c2")])
    centers = tiles.province_tiles(PROVINCES, both, ZH).data[1]
    assert centers.x[1] - centers.x[0] == pytest.approx(centers.width[0])
    assert sum(centers.width) == pytest.approx(tiles.TILE)


def test_hostile_names_are_shown_as_text():
    frame = _center_months(center_name_en=HOSTILE)
    drawn = [
        tiles.province_tiles(PROVINCES, frame, EN).data[1].hovertext[0],
        *(note.text for note in intervals.lit_by_center(frame, EN).layout.annotations),
        *intervals.lit_by_center(frame, EN).data[0].hovertext,
    ]
    assert not any("<script" in text or "<a " in text for text in drawn)
    assert "&lt;script&gt;" in drawn[0]
    assert style.plain("<b>&") == "&lt;b&gt;&amp;"


def test_an_interval_is_solid_up_to_the_lower_bound_and_hatched_to_the_upper():
    proven, unknown = intervals.lit_by_center(_center_months(), ZH).data
    assert proven.x[0] == 30 / 112
    assert unknown.base[0] == 30 / 112
    assert unknown.x[0] == pytest.approx(4 / 112)
    assert unknown.marker.pattern.shape == "/"


def _month(**changes) -> dict:
    return {
        "planned_card_seconds": 160 * 3600,
        "installed_card_seconds": 128 * 3600,
        "racked_card_seconds_lower": 108 * 3600,
        "racked_card_seconds_upper": 112 * 3600,
        "sold_card_seconds": 48 * 3600,
        "lit_card_seconds_lower": 30 * 3600,
        "lit_card_seconds_upper": 34 * 3600,
        "lit_card_seconds_at_1_pct": 31 * 3600,
        "lit_card_seconds_at_5_pct": 30 * 3600,
        "lit_card_seconds_at_10_pct": 29 * 3600,
        "lit_card_seconds_at_20_pct": 28 * 3600,
    } | changes


def test_the_ladder_draws_card_hours_with_the_unknown_part_apart():
    proven, unknown, texts = ladder.ladder(_month(), ZH).data
    assert list(proven.x) == [160, 128, 108, 48, 30]
    assert list(unknown.x) == [0, 0, 4, 0, 4]
    assert unknown.marker.pattern.shape == "/"
    assert [text.strip() for text in texts.text] == ["160", "128", "108–112", "48", "30–34"]
    assert list(proven.y)[-1] == "点亮"


def test_each_threshold_of_the_sensitivity_has_its_bar():
    (bars,) = ladder.threshold_bars(_month(), EN).data
    assert list(bars.x) == [31, 30, 29, 28]
    assert bars.y[0] == "Utilization ≥ 1 %"


def _days(number: int) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "local_day": date(2026, 9, 1) + timedelta(days=index),
                "lit_rate_of_racked_lower": 0.0 if index == 1 else 0.3,
                "lit_rate_of_racked_upper": 1.0 if index == 1 else 0.4,
                "coverage_of_racked": 0.0 if index == 1 else 0.9,
                "lit_rate_of_racked_withheld_reason": "nothing_known" if index == 1 else "coverage_below_95_pct",
            }
            for index in range(number)
        ]
    )


def test_a_day_of_silence_is_hatched_from_zero_to_all_and_not_idle():
    lit, unknown, coverage = daily.daily_interval(_days(3), [], EN).data
    assert (lit.y[1], unknown.base[1], unknown.y[1], coverage.y[1]) == (0.0, 0.0, 1.0, 0.0)
    assert unknown.marker.pattern.shape == "/"
    assert "nothing is known" in lit.hovertext[1]


def test_a_long_range_is_drawn_as_a_hatched_band():
    lit, unknown, _ = daily.daily_interval(_days(100), [], EN).data
    assert unknown.fill == "tonexty"
    assert unknown.fillpattern.shape == "/"
    assert len(lit.x) == 100


NO_BAND = pl.DataFrame(schema={"month_start_on": pl.Date})


def test_realized_cash_is_solid_and_each_outlook_goes_on_dashed_from_its_last_month():
    months = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    frame = pl.DataFrame(
        [
            {
                "flow_basis": basis,
                "month_start_on": month,
                "cumulative_net_cash_cny_fen": -300_000_000 + 100_000_000 * index,
                "is_projected": index == 2,
            }
            for basis in ("contracted", "run_rate_t12m")
            for index, month in enumerate(months)
        ]
    )
    figure = payback.cumulative_cash(frame, NO_BAND, EN)
    solid, *dashed = figure.data
    assert (solid.line.dash, list(solid.y)) == ("solid", [-3.0, -2.0])
    assert [(line.line.dash, list(line.y)) for line in dashed] == [("dash", [-2.0, -1.0])] * 2
    assert figure.layout.yaxis.title.text == "CNY M"
    assert list(payback.cumulative_cash(frame, NO_BAND, ZH).data[0].y) == [-300.0, -200.0]


def test_the_band_of_random_futures_lies_below_the_curves_as_far_as_they_are_drawn():
    frame = pl.DataFrame(
        {
            "flow_basis": ["run_rate_t12m"] * 2,
            "month_start_on": [date(2026, 1, 1), date(2026, 2, 1)],
            "cumulative_net_cash_cny_fen": [-200_000_000, -100_000_000],
            "is_projected": [False, True],
        }
    )
    band = pl.DataFrame(
        {
            "month_start_on": [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)],
            **{
                f"cumulative_net_cash_{name}_cny_fen": [-200_000_000, -100_000_000 * factor, 0]
                for name, factor in (("p10", 3), ("p50", 2), ("p90", 1))
            },
        }
    )
    low, high, middle, *_ = payback.cumulative_cash(frame, band, EN).data
    assert (list(low.y), list(high.y), high.fill) == ([-2.0, -3.0], [-2.0, -1.0], "tonexty")
    assert list(middle.y) == [-2.0, -2.0]


def test_the_run_rate_is_drawn_until_a_year_after_the_money_is_back_and_at_most_eight_years():
    def drawn(step: int) -> int:
        rows = [
            {
                "flow_basis": "run_rate_t12m",
                "month_start_on": date(2026 + index // 12, index % 12 + 1, 1),
                "cumulative_net_cash_cny_fen": -240 + step * index,
                "is_projected": index > 0,
            }
            for index in range(240)
        ]
        return len(payback.cumulative_cash(pl.DataFrame(rows), NO_BAND, EN).data[1].x)

    assert drawn(step=10) == 24 + payback.MONTHS_AFTER_BACK
    assert drawn(step=-1) == 1 + payback.MOST_MONTHS_AHEAD


def test_the_break_even_band_is_drawn_only_where_a_reference_is_given():
    frame = pl.DataFrame(
        [
            {
                "month_start_on": date(2026, 9, 1),
                "racked_rate_of_planned_device_lower": 0.675,
                "racked_rate_of_planned_device_upper": 0.7,
            }
        ]
    )
    with_band = payback.racked_against_reference(frame, {"low": 0.7, "high": 0.75}, EN)
    (band,) = with_band.layout.shapes
    assert (band.y0, band.y1) == (0.7, 0.75)
    assert "70.0–75.0 %" in band.name
    assert not payback.racked_against_reference(frame, None, EN).layout.shapes


def test_take_is_stacked_by_kind_under_the_steps_of_the_commitment():
    frame = pl.DataFrame(
        [
            {
                "period_no": 1,
                "period_start_on": date(2026, 1, 1),
                "period_end_on": date(2026, 4, 1),
                "relieved_quantity_milli": 100_000,
                "unrelated_counted_quantity_milli": 60_000,
                "refused_sublet_quantity_milli": 0,
                "related_counted_quantity_milli": 30_000,
                "related_not_counted_quantity_milli": 30_000,
                "eligible_unproven_quantity_milli": 5_000,
                "shortfall_quantity_milli": 10_000,
            }
        ]
    )
    figure = offtake.commitment_steps(frame, "card-hours", EN)
    unrelated, counted, unproven, not_counted, steps, short = figure.data
    assert (unproven.y[0], unproven.marker.pattern.shape) == (5, "/")
    # Above the bar, which take that does not count makes higher than the step.
    assert (short.text[0], short.y[0]) == ("−10", 125)
    assert [trace.y[0] for trace in (unrelated, counted, not_counted)] == [60, 30, 30]
    assert list(steps.y) == [100, 100]
    assert figure.layout.barmode == "stack"
    assert figure.layout.yaxis.title.text == "card-hours"


def test_the_state_strip_names_every_state_once_in_its_legend():
    runs = pl.DataFrame(
        [
            {
                "state": state,
                "state_at_lower": state,
                "state_at_upper": state,
                "first_day_on": date(2026, month, 1),
                "day_after_last_on": date(2026, month + 1, 1),
            }
            for state, month in (("on_track", 1), ("in_breach", 2), ("on_track", 3))
        ]
    )
    traces = offtake.state_strip(runs, ZH).data
    assert [trace.name for trace in traces if trace.showlegend] == ["正常", "违约"]
    assert traces[1].x[0] == 28 * 86_400_000


def test_a_day_of_which_nothing_is_known_is_hatched_in_the_calendar():
    frame = pl.DataFrame(
        [
            {"local_day": date(2026, 9, 1), "coverage": 0.97},
            {"local_day": date(2026, 9, 2), "coverage": 0.0},
            {"local_day": date(2026, 9, 3), "coverage": None},
        ]
    )
    known, nothing = calendar.coverage_calendar(frame, EN).data
    assert (list(known.x), list(nothing.x)) == ([1], [2, 3])
    assert nothing.marker.pattern.shape == "/"
    assert "97.0 %" in known.hovertext[0]


def _cell(card: str, money: str, order: tuple[int, int], hours: int, fen: int, share: float | None) -> dict:
    return {
        "cell_id": f"{card}_{money}",
        "card_order": order[0],
        "money_order": order[1],
        "card_status": card,
        "money_status": money,
        "name_zh": "甲",
        "name_en": HOSTILE,
        "card_milliseconds": hours * 3_600_000,
        "share_of_racked": share,
        "amount_cny_fen": fen,
    }


def test_a_square_of_the_matrix_has_the_color_of_its_time_and_names_time_and_money():
    cells = [
        _cell("sold_lit", "paid", (1, 1), 300, 63_600_000, 0.75),
        _cell("unsold_idle", "unbilled", (5, 3), 100, 0, 0.25),
        _cell("line_without_card_time", "unpaid", (7, 2), 0, 2_300_000, 0.0),
    ]
    figure = matrix.reconciliation(pl.DataFrame(cells), EN)
    (squares,) = figure.data
    assert list(squares.x) == ["Paid", "Billed, unpaid", "Not billed"]
    assert list(squares.y) == ["Sold, lit", "Unsold, dark", "Lease without card time"]
    # Money without card time has no color, not the color of zero.
    assert [list(line) for line in squares.z] == [[0.75, None, None], [None, None, 0.25], [None, None, None]]
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["<b>300 card-h</b><br>CNY 636,000", "<b>100 card-h</b>", "CNY 23,000"]
    assert "&lt;script&gt;" in squares.hovertext[0][0]


def _token_day(tenant, lower, upper):
    day = {"local_day": date(2026, 9, 1), "request_count": 1, "conflicting_request_count": 0, "repeated_line_count": 0}
    return day | {"tenant_name": tenant, "token_count_lower": lower, "token_count_upper": upper}


def test_what_conflicting_lines_say_is_drawn_hatched_above_the_tokens_nobody_disputes():
    figure = energy.daily_tokens(pl.DataFrame([_token_day(HOSTILE, 100, 130), _token_day("", 5, 5)]), EN)
    unnamed, hostile, disputed = figure.data
    assert (unnamed.name, unnamed.y, hostile.y) == (EN("energy.no_tenant"), (5,), (100,))
    assert "<script>" not in hostile.hovertext[0]
    assert disputed.y == (30,)
    assert disputed.marker.pattern.shape == "/"


def test_a_pue_with_unknown_machines_is_a_hollow_mark_and_a_month_without_one_has_no_mark():
    month = dict.fromkeys(("device", "machine", "facility"))
    rows = [
        {f"{layer}_energy_wh": 1_000 for layer in month}
        | {f"{layer}_meter_scope": "bill" for layer in month}
        | {f"{layer}_known_rate_of_expected": 1.0 for layer in month}
        | {"month_start_on": date(2026, number, 1), "pue": pue, "pue_upper": upper}
        for number, pue, upper in ((7, 1.25, 1.25), (8, None, 1.5), (9, None, None))
    ]
    figure = energy.monthly_energy(pl.DataFrame(rows, infer_schema_length=None), ZH)
    marks = {trace.marker.symbol: trace.y for trace in figure.data if trace.type == "scatter"}
    assert marks == {"circle": (1.25, None, None), "circle-open": (None, 1.5, None)}


def test_energy_that_nobody_knows_is_a_gap_and_not_zero():
    day = {"meter_scope": "server", "known_seconds": 0, "expected_seconds": 86_400}
    rows = [
        day | {"local_day": date(2026, 9, 1), "energy_wh": 24_000, "known_rate_of_expected": 1.0},
        day | {"local_day": date(2026, 9, 2), "energy_wh": None, "known_rate_of_expected": 0.0},
    ]
    drawn, known = energy.daily_energy(pl.DataFrame(rows), ZH).data
    assert (drawn.y, known.y) == ((24.0, None), (1.0, 0.0))


def test_billed_energy_is_stacked_by_the_tariff_periods_that_bills_list_and_not_drawn_where_none_does():
    nothing = {f"bill_{period}_wh": None for period in energy.TARIFF_COLORS} | {"month_start_on": date(2026, 9, 1)}
    schema = {name: pl.Date if name == "month_start_on" else pl.Int64 for name in nothing}
    figure = energy.tariff_periods(pl.DataFrame([nothing | {"bill_peak_wh": 2_000, "bill_valley_wh": 500}], schema), ZH)
    assert {trace.name: trace.y for trace in figure.data} == {"高峰": (2.0,), "低谷": (0.5,)}
    assert energy.tariff_periods(pl.DataFrame([nothing], schema), ZH) is None


def _reading(reading: str, lower: float, upper: float) -> dict:
    return {
        "reading_id": reading,
        "name_zh": reading,
        "name_en": reading,
        "how_zh": "",
        "how_en": "",
        "answer_lower": lower,
        "answer_upper": upper,
        "our_lower": 0.268,
        "our_upper": 0.304,
        "gap_lower": lower - 0.268,
    }


def test_answers_stand_beside_our_interval_and_one_far_above_the_whole_is_cut_but_told():
    frame = pl.DataFrame([_reading("positions", 1.0, 1.0), _reading("bad", 1.907, 1.907), _reading("mean", 0.1, 0.2)])
    figure = readings.answers(frame, EN)
    lower, between = figure.data
    assert list(lower.x) == [1.0, 1.907, 0.1]
    assert between.x[2] == pytest.approx(0.1)
    (band,) = figure.layout.shapes
    assert (band.x0, band.x1) == (0.268, 0.304)
    assert [note.text.strip() for note in figure.layout.annotations][1] == "<b>190.7 %</b>"
    assert figure.layout.xaxis.range[1] < 1.5


def test_the_waterfall_goes_from_ours_to_the_answer_by_its_causes():
    causes = pl.DataFrame(
        [
            {"cause_zh": "甲", "cause_en": "lit", "contribution": -0.104},
            {"cause_zh": "乙", "cause_en": "dropped", "contribution": 0.01},
        ]
    )
    (steps,) = readings.waterfall(_reading("mean", 0.174, 0.174), causes, EN).data
    assert list(steps.measure) == ["absolute", "relative", "relative", "total"]
    assert list(steps.text) == ["26.8 %", "−10.4 pp", "+1.0 pp", "17.4 %"]


def test_a_day_from_which_evidence_changed_is_marked_with_what_changed():
    days = _days(3)
    change = {
        "local_day": days["local_day"][1],
        "class_before": "A",
        "feed_before": "daily_rows",
        "class_after": "C",
        "feed_after": "power",
    }
    figure = daily.daily_interval(days, [change, change | {"class_after": "A", "feed_after": "telemetry"}], EN)
    (mark,) = figure.layout.annotations
    assert "evidence changed: A → C, A: daily rows → telemetry" in mark.text
    assert len(figure.layout.shapes) == 1


def test_what_is_unknown_of_a_cabinets_day_is_hatched_and_not_colored():
    row = {
        "place_id": "r1",
        "local_day": date(2026, 9, 1),
        "able_card_seconds": 100,
        "lit_card_seconds": 30,
        "unknown_card_seconds": 40,
        "down_card_seconds": 0,
        "known_rate_of_able": 0.6,
        "unknown_rate_of_able": 0.4,
        "lit_rate_of_able_lower": 0.3,
        "lit_rate_of_able_upper": 0.7,
        "lit_rate_of_known": 0.5,
    }
    dark = row | {"place_id": "r2", "lit_card_seconds": 0, "unknown_card_seconds": 100, "known_rate_of_able": 0.0}
    dark |= {"unknown_rate_of_able": 1.0, "lit_rate_of_known": None}
    known, unknown, down = cabinets.cabinet_heat(pl.DataFrame([row, dark]), EN).data
    assert list(known.marker.color) == [0.5]
    assert unknown.marker.pattern.shape == "/"
    assert [round(share, 2) for share in unknown.y] == [round(0.86 * 0.4, 2), 0.86]
    assert len(down.y) == 0
