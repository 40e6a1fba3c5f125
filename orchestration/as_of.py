"""What was known at an instant: the state store without everything that was recorded later.

Late telemetry changes the device-hours of days long past, so those are rolled up again from the files known by then.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from ingest.lake import device_hours_path
from ingest.paths import DataDir
from ingest.rollups import DirtyDay, dirty_days, write_device_hours
from ingest.state.store import StateStore


class StateStoreAsOf(StateStore):
    """A state store that has not received anything after `as_of`, an aware instant. It is only read.

    With `only`, sha256s of files, it has received these and no others: what a publication knew, whatever history was
    recorded under an earlier instant since.
    """

    def __init__(self, data_dir: DataDir, as_of: datetime, only: frozenset[str] | None = None) -> None:
        super().__init__(data_dir)
        self.as_of = as_of.astimezone(UTC)
        self.only = only

    def files(self) -> pl.DataFrame:
        """Files recorded by the as-of."""
        known = super().files().filter(pl.col("recorded_at") <= self.as_of)
        return known if self.only is None else known.filter(pl.col("source_sha256").is_in(self.only))

    def refusals(self) -> pl.DataFrame:
        """Refused files recorded by the as-of."""
        known = self.files().filter(pl.col("refusal_code").is_not_null()).get_column("original_name")
        return super().refusals().filter(pl.col("original_name").is_in(known.implode()))

    def quarantine(self) -> pl.DataFrame:
        """Quarantined lines of files recorded by the as-of."""
        return super().quarantine().filter(pl.col("source_sha256").is_in(self._known_sha256s()))

    def record_files(self, kind_name: str) -> list[Path]:
        """Lake files of one record kind made from files recorded by the as-of."""
        known = self._known_sha256s()
        return [path for path in super().record_files(kind_name) if path.stem in known]

    def lake_row_counts(self) -> pl.DataFrame:
        """Rows promised in the lake by files recorded by the as-of."""
        return super().lake_row_counts().filter(pl.col("source_sha256").is_in(self._known_sha256s()))

    def sample_files(self) -> pl.DataFrame:
        """Sample files made from files recorded by the as-of."""
        return super().sample_files().filter(pl.col("source_sha256").is_in(self._known_sha256s()))

    def rolled_up(self) -> dict[tuple[str, date], str]:
        """Nothing: the manifest names only the latest rollup of a day, so every day is looked at."""
        return {}

    def device_hour_files(self) -> list[Path]:
        """Device-hours of every center-day as the files known by then make them.

        A day's file is named by a hash of its inputs, so days that nothing late touched are found and not made again.
        """
        days, _ = dirty_days(self)
        paths = (self._device_hours_of(day) for day in days)
        return [path for path in paths if path is not None]

    def _device_hours_of(self, day: DirtyDay) -> Path | None:
        path = self.data_dir.lake / device_hours_path(day.center_id, day.local_day, day.input_hash)
        if path.exists():
            return path
        _, row_count = write_device_hours(day, self.data_dir.lake)
        return path if row_count else None

    def _known_sha256s(self) -> set[str]:
        return set(self.files().get_column("source_sha256").to_list())
