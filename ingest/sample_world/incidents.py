"""What breaks, is repaired, is sold or retired in the sample world, card by card. Times are local wall clock."""

from dataclasses import dataclass
from datetime import datetime

ALL_CARDS = tuple(range(8))


@dataclass(frozen=True)
class Incident:
    """Something that happens to cards of one server.

    Args:
        kind: `planned_maintenance` or `fault` until `ends_at`; `rma` with a new card in the slot from `ends_at`;
            `sold` or `decommissioned` for good.
        cards: board positions.
    """

    center_id: str
    server: int
    cards: tuple[int, ...]
    kind: str
    starts_at: datetime
    ends_at: datetime | None = None
    document: str | None = None


def _at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour)  # noqa: DTZ001 - local wall clock, the offset is added when written


INCIDENTS: tuple[Incident, ...] = (
    Incident("yangzhou-01", 3, ALL_CARDS, "planned_maintenance", _at(2026, 3, 10), _at(2026, 3, 12, 18), "WO-2026-031"),
    Incident("yangzhou-01", 9, (2,), "fault", _at(2026, 5, 6, 2), _at(2026, 5, 7, 15), "WO-2026-058"),
    Incident("yangzhou-01", 7, (4,), "rma", _at(2026, 10, 21, 11), _at(2026, 10, 28, 16), "RMA-2026-1021"),
    Incident("shiqiao-01", 3, ALL_CARDS, "planned_maintenance", _at(2026, 1, 19), _at(2026, 1, 23, 18), "WO-SQ-7"),
    Incident("jiangwan-01", 2, (5,), "fault", _at(2025, 12, 14, 22), _at(2025, 12, 16, 10), "WO-JW-12"),
    Incident("jiangwan-01", 6, (0, 1), "fault", _at(2026, 7, 3, 13), _at(2026, 7, 20, 10), "WO-JW-31"),
    Incident("horinger-01", 5, ALL_CARDS, "planned_maintenance", _at(2026, 2, 18), _at(2026, 2, 20, 12), "WO-HR-77"),
    Incident("horinger-01", 2, (6,), "rma", _at(2026, 4, 7, 5), _at(2026, 4, 21, 14), "RMA-HR-0407"),
    Incident("horinger-01", 8, (3,), "fault", _at(2026, 9, 11, 19), _at(2026, 9, 12, 16), "WO-HR-91"),
    Incident("dongpu-01", 2, (6, 7), "sold", _at(2026, 6, 10), None, "SALE-DP-0610"),
    Incident("dongpu-01", 4, (1,), "rma", _at(2026, 1, 8, 17), _at(2026, 1, 29, 11), "RMA-DP-0108"),
    Incident("xuanling-01", 1, (0,), "fault", _at(2026, 6, 22, 3), _at(2026, 6, 25, 9), "WO-XL-19"),
    Incident("xuanling-01", 8, (2,), "rma", _at(2026, 8, 4, 8), _at(2026, 8, 19, 15), "RMA-XL-0804"),
    Incident("yunting-01", 5, (7,), "decommissioned", _at(2026, 5, 15), None, "SCRAP-YT-2"),
    Incident("yunting-01", 7, ALL_CARDS, "planned_maintenance", _at(2026, 4, 21), _at(2026, 4, 22, 20), "WO-YT-40"),
)
