"""A made-up world of seven centers, written as the files such centers would send."""

from ingest.sample_world.world import DEFAULT_SEED, SampleWorldSummary, write_sample_world

__all__ = ["DEFAULT_SEED", "SampleWorldSummary", "write_sample_world"]
