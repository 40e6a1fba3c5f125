"""The closed partition as a figure: every class its own step, and the steps end at what is lit."""

import csv
from datetime import date
from pathlib import Path

import polars as pl

from dashboards.charts import partition
from dashboards.translations import Words

EN = Words("en")
SEED = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "reference" / "partition_classes.csv"


def _row(class_id: str, hours: int, plan: int = 100, beyond: int = 0) -> dict:
    return {
        "class_id": class_id,
        "name_zh": class_id,
        "name_en": class_id,
        "planned_card_seconds": hours * 3600,
        "beyond_plan_card_seconds": beyond * 3600,
        "plan_card_seconds": plan * 3600,
        "share_of_plan": hours / plan,
    }


def test_the_way_from_plan_ends_at_lit_with_nothing_left():
    rows = [
        _row("able_lit_sold_allocated", 30),
        _row("able_unknown_sold_allocated", 10, beyond=5),
        _row("fault", 0),
        _row("planned_not_delivered", 60),
    ]
    steps = partition.plan_to_lit(rows, EN).data
    assert [step.y[0] for step in steps] == [
        "Planned",
        "planned_not_delivered",
        "able_unknown_sold_allocated",
        "able_lit_sold_allocated",
    ]
    assert [step.base[0] for step in steps] == [0, 40, 30, 0]
    assert steps[2].marker.pattern.shape == "/"
    assert "+ 5" in steps[2].hovertext[0]


def test_classes_of_a_day_are_stacked_in_their_order():
    rows = [_row("able_lit_sold_allocated", 30), _row("planned_not_delivered", 70)]
    figure = partition.class_days(pl.DataFrame([row | {"local_day": date(2026, 9, 1)} for row in rows]), EN)
    assert figure.layout.barmode == "stack"
    assert [(trace.name, trace.y[0]) for trace in figure.data] == [
        ("able_lit_sold_allocated", 30),
        ("planned_not_delivered", 70),
    ]


def test_every_filter_has_a_bar_of_its_own_and_what_stands_nowhere_is_last():
    east = [_row("able_lit_sold_allocated", 30, 40), _row("fault", 10, 40)]
    nowhere = [_row("planned_not_delivered", 60, 60)]
    rows = [row | {"filter_id": "a<b", "class_order": 1} for row in east]
    rows += [row | {"filter_id": "not_placed", "class_order": 2} for row in nowhere]
    figure = partition.filters(rows, {"a<b": "a<b", "not_placed": "Standing nowhere"}, EN)
    assert [(trace.name, trace.y[0], trace.x[0]) for trace in figure.data] == [
        ("able_lit_sold_allocated", "a&lt;b", 30),
        ("fault", "a&lt;b", 10),
        ("planned_not_delivered", "Standing nowhere", 60),
    ]
    assert figure.layout.yaxis.categoryarray == ("Standing nowhere", "a&lt;b")


def test_every_class_has_a_color_of_its_own_or_is_hatched_as_unknown():
    with SEED.open(encoding="utf-8", newline="") as file:
        classes = {row["class_id"]: row["lit_status"] for row in csv.DictReader(file)}
    assert {name for name, status in classes.items() if status != "unknown"} == set(partition.COLORS)
    assert len(set(partition.COLORS.values())) == len(partition.COLORS)
