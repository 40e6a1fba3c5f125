"""Command line of the generator: `python -m ingest.sample_world FOLDER [--seed N]`."""

import argparse
from pathlib import Path

from ingest.sample_world import DEFAULT_SEED, write_sample_world


def main() -> None:
    """Write the sample world and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m ingest.sample_world", description=__doc__)
    parser.add_argument("folder", type=Path, help="landing folder to write into")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="same seed, same bytes (default %(default)s)")
    arguments = parser.parse_args()
    summary = write_sample_world(
        arguments.folder, arguments.seed, on_progress=lambda step: print(f"writing {step} ...", flush=True)
    )
    flaws = summary.flaws
    print(
        f"{summary.folder}: {summary.file_count} files, {summary.byte_count / 1e6:.1f} MB, seed {summary.seed}\n"
        f"{summary.center_count} centers, {summary.planned_card_count} cards planned, {summary.card_count} there,"
        f" {summary.model_count} models of {summary.vendor_count} vendors\n"
        f"use from {summary.first_day} to before {summary.end_day}: {summary.device_day_count:,} device-days,"
        f" {summary.sample_count:,} samples\n"
        f"made wrong on purpose: {flaws.duplicate_row_count} samples twice, {flaws.conflicting_row_count} in conflict,"
        f" {flaws.late_row_count} late, {flaws.corrupt_row_count} corrupt"
    )


if __name__ == "__main__":
    main()
