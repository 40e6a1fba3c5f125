"""How runs are cut into pieces: by local day. A day here is a day of the centers' calendar, never a UTC day."""

import dagster as dg

LOCAL_TIME_ZONE = "Asia/Shanghai"

LOCAL_DAYS = dg.DailyPartitionsDefinition(
    # earlier than the telemetry of any center; days before it would be rolled up but not shown as partitions
    start_date="2023-01-01",
    timezone=LOCAL_TIME_ZONE,
    # today is a day too: its samples arrive before it is over
    end_offset=1,
)
