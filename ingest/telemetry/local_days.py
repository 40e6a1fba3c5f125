"""Where a center's local day begins and ends on the UTC clock; nothing here assumes a day's length."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def local_midnight_epoch_seconds(local_day: date, time_zone: str) -> int:
    """First second of a local day as UTC epoch seconds.

    Where clocks are put forward over midnight the day begins at that instant; where midnight happens twice it
    begins at the first one.
    """
    return int(datetime.combine(local_day, time(), tzinfo=ZoneInfo(time_zone)).timestamp())


def local_day_bounds(local_day: date, time_zone: str) -> tuple[int, int]:
    """Half-open UTC epoch seconds `[start, end)` of a local day; how far apart, only the zone knows."""
    return (
        local_midnight_epoch_seconds(local_day, time_zone),
        local_midnight_epoch_seconds(local_day + timedelta(days=1), time_zone),
    )
