"""Every registered kind of figure leads to lines of files: figure, part, row, line, and quickly."""

import time

import polars as pl
import pytest

from dashboards.queries.reading import opened
from dashboards.reports import explanation

MOST_SECONDS = 5
STEPS = ("figure", "rows", "lines")


@pytest.fixture
def figures_of_every_kind(sql) -> list[dict]:
    """Of each metric, of a center and of all of them: the figure with the largest parts; of a month before a day."""
    return sql(
        """select figure_id, metric_id from fct_figure
        qualify row_number() over (
            partition by metric_id, center_id is null
            order by period_grain = 'month' desc, abs(coalesce(numerator_upper, 0)) + abs(coalesce(denominator, 0)) desc
        ) = 1 order by figure_id"""
    )


def walk(path, figure_id: str) -> tuple[list[str], int]:
    """What is wrong on the way from a figure to lines, and how many lines were reached at the end of it."""
    figure = explanation.find(path, figure_id)
    wrong, lines = [], 0
    for part in explanation.parts(path, figure, row_limit=1):
        if part.kind is None:
            wrong.append(f"{figure_id} {part.name}: no rows")
            continue
        if not part.agrees:
            wrong.append(f"{figure_id} {part.name}: {part.computed} of {part.published}")
        if not part.rows.height:
            if part.published:
                wrong.append(f"{figure_id} {part.name}: rows missing")
            continue
        sources = explanation.sources(path, figure, part, part.rows.row(0, named=True))
        if not sources.height or sources["source_sha256"].str.len_chars().unique().to_list() != [64]:
            wrong.append(f"{figure_id} {part.name}: no files behind {part.rows.row(0)}")
        if sources.height and sources.select(pl.col("first_line").is_null().any()).item():
            wrong.append(f"{figure_id} {part.name}: a file without lines")
        lines += sources.height
    return wrong, lines


def test_every_kind_of_figure_walks_to_lines_of_files_in_three_steps_and_under_five_seconds(
    marts, figures_of_every_kind, sql
):
    wrong, seconds, without_lines = [], {}, []
    with opened(marts):  # held open, for two thousand openings are no part of a walk
        for figure in figures_of_every_kind:
            started = time.perf_counter()
            found, lines = walk(marts, figure["figure_id"])
            seconds[figure["figure_id"]] = time.perf_counter() - started
            wrong += found
            if not lines:
                without_lines.append(figure["metric_id"])
    slowest = max(seconds, key=seconds.get)
    print(f"{len(seconds)} kinds of figures, {len(STEPS)} steps each, slowest {slowest}: {seconds[slowest]:.2f} s")
    print(f"without anything to add up in the whole sample world: {sorted(set(without_lines))}")
    assert wrong == []
    assert seconds[slowest] < MOST_SECONDS
    metrics = {row["metric_id"] for row in sql("select metric_id from dim_metric")}
    assert {figure["metric_id"] for figure in figures_of_every_kind} == metrics
