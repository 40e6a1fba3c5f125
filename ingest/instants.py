"""Times as people write them, read into UTC instants. Without an offset or a declared zone a time is refused."""

import polars as pl

HAS_OFFSET = r"(?:Z|[+-]\d{2}:?\d{2})$"


def parse_instants(column: str, zone: str | None) -> tuple[pl.Expr, pl.Expr]:
    """Expressions for the instants of a text column and for the reason codes of those that cannot be read.

    Args:
        column: name of a text column with ISO times, with `T` or a space, with or without seconds, fraction and offset.
        zone: IANA zone of times without an offset; None refuses them.

    Returns:
        A `Datetime("us", "UTC")` expression, null where unreadable, and a text expression with
        `TIME_WITHOUT_ZONE`, `TIME_DOES_NOT_EXIST` or `NOT_AN_INSTANT`, null where the instant was read or there is no
        text. Of a local time that occurs twice the first instant is taken.
    """
    text = pl.col(column).str.replace(r"^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})([^:\d]|$)", "${1}T${2}:00${3}")
    text = text.str.replace(" ", "T", literal=True).str.replace(r"Z$", "+00:00")
    with_offset = text.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", strict=False, time_unit="us", time_zone="UTC")
    naive = text.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us")
    has_offset = pl.col(column).str.contains(HAS_OFFSET)
    if zone is None:
        local = pl.lit(None, dtype=pl.Datetime("us", "UTC"))
        local_code = pl.when(naive.is_not_null()).then(pl.lit("TIME_WITHOUT_ZONE")).otherwise(pl.lit("NOT_AN_INSTANT"))
    else:
        local = naive.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
        skipped = naive.is_not_null() & local.is_null()
        local_code = pl.when(skipped).then(pl.lit("TIME_DOES_NOT_EXIST")).otherwise(pl.lit("NOT_AN_INSTANT"))
    instant = pl.when(has_offset).then(with_offset).otherwise(local)
    code = (
        pl.when(pl.col(column).is_null() | instant.is_not_null())
        .then(pl.lit(None, dtype=pl.String))
        .when(has_offset)
        .then(pl.lit("NOT_AN_INSTANT"))
        .otherwise(local_code)
    )
    return instant, code
