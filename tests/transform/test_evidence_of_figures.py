"""What a figure rests on: every part that rows add up to names a column that its mart has."""

from dashboards.queries.evidence import EVIDENCE_TABLES


def test_every_measure_of_a_part_is_a_column_of_its_mart(empty_world, query):
    measures = query(empty_world, "select distinct evidence, measure from dim_figure_measure")
    columns = query(empty_world, "select table_name, column_name from information_schema.columns")
    there = {(row["table_name"], row["column_name"]) for row in columns}
    assert len(measures) > 20
    assert [row for row in measures if (EVIDENCE_TABLES[row["evidence"]], row["measure"]) not in there] == []


def test_a_metric_whose_numerator_has_rows_says_so_for_a_center_and_for_all_centers(empty_world, query):
    found = query(
        empty_world,
        "select scope, part from dim_figure_measure where metric_id = 'lit_of_racked' order by scope, part",
    )
    parts = ["denominator", "numerator_lower", "numerator_upper"]
    assert [(row["scope"], row["part"]) for row in found] == [
        (scope, part) for scope in ("center", "portfolio") for part in parts
    ]


def test_every_part_of_every_registered_metric_has_rows_that_add_up_to_it(empty_world, query):
    lacking = query(
        empty_world,
        """
        with parts as (select unnest(['numerator_lower', 'numerator_upper', 'denominator']) as part)
        select metrics.metric_id, parts.part
        from metrics cross join parts
        where not exists (
            select 1 from dim_figure_measure as mapped
            where mapped.metric_id = metrics.metric_id and mapped.part = parts.part
        )
        """,
    )
    assert lacking == []
