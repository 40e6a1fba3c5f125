"""What assets are given instead of finding it themselves: the data folder, and someone to tell about progress."""

from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from ingest.paths import DataDir
from orchestration.dbt_runner import Progress


class Data(dg.ConfigurableResource):
    """The data folder of this code location, as a path that survives being sent to a run process."""

    root: str

    @property
    def data_dir(self) -> DataDir:
        """The folders below the root."""
        return DataDir(Path(self.root))


@dataclass(frozen=True)
class Reporter:
    """Passes progress on to whoever started the run from a terminal; without one it says nothing."""

    on_progress: Progress | None = None

    def __call__(self, what: str, done_count: int, total_count: int) -> None:
        """Tell what was just done; `total_count` is 0 while unknown."""
        if self.on_progress:
            self.on_progress(what, done_count, total_count)
