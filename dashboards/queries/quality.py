"""Rows of files, quarantine, rows set aside and expectations."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows

_OF_PROVINCE = "($1 is null or center_id in (select center_id from dim_center where province_code = $1))"
"""Rows of all centers, and of none; of one province those of its centers."""


def data_quality_days(path: Path, center_id: str) -> pl.DataFrame:
    """One row per local day of one center: coverage, card and sample counts."""
    return read_rows(
        path,
        """select local_day, coverage, expected_card_seconds, known_card_seconds, silent_card_count,
            reporting_card_count, sample_count, duplicate_sample_count, conflicting_sample_count,
            unreadable_sample_count
        from fct_center_day__data_quality where center_id = $1 order by local_day""",
        center_id,
    )


def sizes(path: Path, province: int | None = None) -> pl.DataFrame:
    """One row: how many rows each list of the page has where nothing is cut, of all centers or of one province."""
    return read_rows(
        path,
        f"""select
            (select count(*) from fct_reason__quarantine where {_OF_PROVINCE}) as quarantine_reasons,
            (select count(*) from fct_reason__set_aside where {_OF_PROVINCE}) as set_aside_reasons,
            (select count(*) from fct_row__set_aside where {_OF_PROVINCE}) as set_aside_rows,
            (select count(*) from fct_gap__missing_deliveries where {_OF_PROVINCE}) as missing_deliveries,
            (select count(*) from fct_file__intake where {_OF_PROVINCE}) as files""",
        province,
    )


def files(path: Path, province: int | None = None, most: int | None = None) -> pl.DataFrame:
    """One row per file taken in, the latest first: rows in, accepted, quarantined, or why it was refused."""
    return read_rows(
        path,
        f"""select source_sha256, original_name, format_name, center_id, recorded_at, rows_in, rows_accepted,
            rows_quarantined, refusal_code
        from fct_file__intake where {_OF_PROVINCE} order by recorded_at desc, original_name, source_sha256 limit $2""",
        province,
        most,
    )


def set_aside_reasons(path: Path, province: int | None = None, most: int | None = None) -> pl.DataFrame:
    """One row per center, kind, reason and standing of what only other files could judge; cut, those with most rows."""
    return read_rows(
        path,
        f"""with largest as (
            select center_id, record_kind, reason_code, standing, row_count, file_count
            from fct_reason__set_aside where {_OF_PROVINCE}
            order by row_count desc, reason_code, center_id, record_kind, standing limit $2
        )

        select * from largest order by reason_code, center_id, record_kind, standing""",
        province,
        most,
    )


def set_aside_rows(path: Path, province: int | None = None, most: int | None = None) -> pl.DataFrame:
    """One row per row behind `set_aside_reasons`, with its file and line and those of the row it collides with."""
    return read_rows(
        path,
        f"""select reason_code, standing, center_id, record_kind, row_key, row_count, detail, original_name,
            source_line, other_original_name, other_source_line, source_sha256
        from fct_row__set_aside where {_OF_PROVINCE}
        order by reason_code, original_name, source_line nulls last, row_key, source_sha256 limit $2""",
        province,
        most,
    )


def quarantine_reasons(path: Path, province: int | None = None, most: int | None = None) -> pl.DataFrame:
    """One row per center and reason, those with most rows first: how many are set aside, from how many files."""
    return read_rows(
        path,
        f"""select center_id, reason_code, row_count, file_count, last_recorded_at
        from fct_reason__quarantine where {_OF_PROVINCE}
        order by row_count desc, reason_code, center_id nulls last limit $2""",
        province,
        most,
    )


def missing_deliveries(path: Path, province: int | None = None, most: int | None = None) -> pl.DataFrame:
    """One row per run of delivery numbers that senders counted and nobody received, the latest noticed first."""
    return read_rows(
        path,
        f"""select center_id, sender, missing_from, missing_to, missing_count, refused_count, noticed_at
        from fct_gap__missing_deliveries where {_OF_PROVINCE}
        order by noticed_at desc, center_id nulls last, sender nulls last, missing_from limit $2""",
        province,
        most,
    )


def expectations(path: Path) -> pl.DataFrame:
    """One row per record kind and expectation of the gate, what is not met first."""
    return read_rows(
        path,
        """select record_kind, column_names, expectation, severity, is_met, unexpected_count, element_count
        from fct_kind__expectations order by is_met, record_kind, expectation_no""",
    )
