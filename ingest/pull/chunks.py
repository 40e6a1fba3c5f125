"""Which questions are left: one per metric and clock hour, from where the last answer ended.

A chunk is the half-open time `[start_ms, end_ms)` inside one hour. It is asked for as everything up to its last
millisecond; servers disagree on whether a range holds its left end, so it is asked for with that end, and the reader
leaves out what lies before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

HOUR_MS = 3_600_000
SETTLE_MS = 120_000
"""What was sampled more recently may not be in the server yet, so it is not asked for."""


@dataclass(frozen=True)
class Chunk:
    """One question: a metric and a half-open time in UTC epoch milliseconds."""

    metric: str
    start_ms: int
    end_ms: int

    @property
    def hour_ms(self) -> int:
        """Where the chunk's clock hour begins."""
        return self.start_ms // HOUR_MS * HOUR_MS

    def parameters(self, selector: str) -> list[tuple[str, str]]:
        """The query string: raw samples of a range selector, which are never resampled."""
        matchers = f"{{{selector}}}" if selector else ""
        return [
            ("query", f"{self.metric}{matchers}[{self.end_ms - self.start_ms}ms]"),
            ("time", f"{(self.end_ms - 1) / 1_000:.3f}"),
        ]

    def halves(self) -> tuple["Chunk", "Chunk"]:
        """The chunk as two of half its length."""
        middle = (self.start_ms + self.end_ms) // 2
        return Chunk(self.metric, self.start_ms, middle), Chunk(self.metric, middle, self.end_ms)


def time_to_ask(since: datetime, until: datetime | None, now: datetime) -> tuple[int, int]:
    """The half-open time to ask for: from the start of the first hour; to the end of the last hour that is over.

    With `until`, an hour that is not over is asked for up to there.
    """
    settled = _ms(now) - SETTLE_MS
    end = settled // HOUR_MS * HOUR_MS if until is None else min(_ms(until), settled)
    return _ms(since) // HOUR_MS * HOUR_MS, end


def chunks_left(
    metrics: list[str], start_ms: int, end_ms: int, taken_until: dict[tuple[str, int], int]
) -> Iterator[list[Chunk]]:
    """Per hour that has any, the chunks that were not taken yet; `taken_until` is by metric and start of the hour."""
    for hour in range(start_ms, end_ms, HOUR_MS):
        end = min(hour + HOUR_MS, end_ms)
        starts = {metric: taken_until.get((metric, hour), hour) for metric in metrics}
        if left := [Chunk(metric, start, end) for metric, start in starts.items() if start < end]:
            yield left


def _ms(instant: datetime) -> int:
    return int(instant.timestamp() * 1_000)
