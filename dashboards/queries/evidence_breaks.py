"""Days from which a center's figures rest on other evidence, and what each cabinet's day says."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def series_breaks(path: Path, center_id: str) -> pl.DataFrame:
    """One row per day of one center and change of evidence: class and feed before and after, cards changed and able."""
    return read_rows(
        path,
        """select local_day, class_before, feed_before, class_after, feed_after, last_seen_on, changed_card_count,
            able_card_count, changed_rate_of_able
        from fct_center_day__series_break where center_id = $1
        order by local_day, changed_card_count desc, class_before, class_after""",
        center_id,
    )


def cabinet_days(path: Path, center_id: str, first_day: date, day_after: date) -> pl.DataFrame:
    """One row per cabinet (or server of no known cabinet) and local day: able, lit, unknown and down card-seconds."""
    return read_rows(
        path,
        """select place_id, local_day, card_count, able_card_seconds, lit_card_seconds, unknown_card_seconds,
            down_card_seconds, known_rate_of_able, unknown_rate_of_able, lit_rate_of_able_lower, lit_rate_of_able_upper,
            lit_rate_of_known
        from fct_cabinet_day__state where center_id = $1 and local_day >= $2 and local_day < $3
        order by place_id, local_day""",
        center_id,
        first_day,
        day_after,
    )
