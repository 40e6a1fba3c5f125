"""Telemetry as text into samples, against the parser of `prometheus_client` on the same text in the same run.

    python benchmarks/text.py                # 100 MB of exposition text, and as much JSONL
    python benchmarks/text.py --megabytes 1000

Printed are CPU seconds of whole readings (text to judged samples, not parsing alone), values per second, and the peak
resident memory of a process that reads the file once.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from process_cost import cpu_seconds, peak_mib
from prometheus_client.parser import text_string_to_metric_families

from ingest.memory import keep_freed_memory
from ingest.reading import Declaration
from ingest.telemetry.exposition import read_exposition
from ingest.telemetry.victoriametrics import read_export

CARDS = 200
START_MS = 1_767_196_800_213
CLIENT_LINES = 20_000
"""What `prometheus_client` is given: it is slow, and its cost per line is always the same."""

METRICS: dict[str, Callable[[random.Random], str]] = {
    "DCGM_FI_DEV_SM_CLOCK": lambda chance: str(chance.randint(1_000, 1_980)),
    "DCGM_FI_DEV_GPU_TEMP": lambda chance: str(chance.randint(30, 80)),
    "DCGM_FI_DEV_POWER_USAGE": lambda chance: f"{chance.uniform(70, 700):.3f}",
    "DCGM_FI_DEV_GPU_UTIL": lambda chance: str(chance.randint(0, 100)),
    "DCGM_FI_DEV_FB_USED": lambda chance: str(chance.randint(0, 81_559)),
    "DCGM_FI_PROF_GR_ENGINE_ACTIVE": lambda chance: f"{chance.random():.6f}",
    "DCGM_FI_PROF_SM_ACTIVE": lambda chance: f"{chance.random():.6f}",
    "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE": lambda chance: f"{chance.random():.6f}",
}


def labels_of(card: int) -> dict[str, str]:
    """The labels that a DCGM exporter prints."""
    return {
        "gpu": str(card % 8),
        "UUID": f"GPU-{card:08x}-6c5f-7c8d-9e0f-a0b1c2d3e4f5",
        "pci_bus_id": f"00000000:{card % 256:02X}:00.0",
        "device": f"nvidia{card % 8}",
        "modelName": "NVIDIA H800",
        "Hostname": f"gpu-node-{card // 8}",
        "DCGM_FI_DRIVER_VERSION": "535.161.08",
    }


def exposition_lines() -> Iterator[str]:
    """Scrapes of all cards, one a minute, with their times."""
    chance, minute = random.Random(1), 0
    texts = [",".join(f'{name}="{text}"' for name, text in labels_of(card).items()) for card in range(CARDS)]
    while True:
        for metric, value in METRICS.items():
            yield f"# TYPE {metric} gauge\n"
            for labels in texts:
                yield f"{metric}{{{labels}}} {value(chance)} {START_MS + 60_000 * minute}\n"
        minute += 1


def export_lines() -> Iterator[str]:
    """Series of an hour of half minutes, a line each."""
    chance, hour = random.Random(1), 0
    while True:
        times = [START_MS + 3_600_000 * hour + 30_000 * number for number in range(120)]
        for metric, value in METRICS.items():
            for card in range(CARDS):
                series = json.dumps({"__name__": metric, **labels_of(card)})
                values = ",".join(value(chance) for _ in times)
                yield f'{{"metric":{series},"values":[{values}],"timestamps":{json.dumps(times)}}}\n'
        hour += 1


FORMATS = {"exposition": (exposition_lines, read_exposition), "jsonl": (export_lines, read_export)}


def write(path: Path, lines: Iterator[str], byte_count: int) -> None:
    """Write lines until the file is as large as asked for."""
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < byte_count:
            file.writelines(islice(lines, 10_000))


def measure(name: str, path: Path) -> None:
    """In a process of its own: print values, CPU seconds of a warmed-up reading, and peak MiB, as JSON."""
    read, warm_up = FORMATS[name][1], path.with_name("warm_up")
    write(warm_up, FORMATS[name][0](), 1 << 20)
    read(warm_up, Declaration("c-1"), "")
    before = cpu_seconds()
    row_count = read(path, Declaration("c-1"), "").rows_in
    seconds = cpu_seconds() - before
    print(json.dumps([row_count, seconds, peak_mib()]))


def client_speed() -> float:
    """Samples per CPU second that `prometheus_client` parses, without doing anything with them."""
    text = "".join(islice(exposition_lines(), CLIENT_LINES))
    before = cpu_seconds()
    count = sum(len(family.samples) for family in text_string_to_metric_families(text))
    return count / (cpu_seconds() - before)


def main() -> None:
    """Write the files, then read each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--measure", choices=list(FORMATS), help=argparse.SUPPRESS)
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    # As the command line does; the children that measure are told by their parent before they import Polars.
    keep_freed_memory()
    if options.measure:
        measure(options.measure, options.path)
        return
    client = client_speed()
    print(f"{'prometheus_client':<20}{client / 1e6:>8.3f} M values per CPU s")
    with tempfile.TemporaryDirectory() as folder:
        for name, (lines, _) in FORMATS.items():
            path = Path(folder) / name
            write(path, lines(), options.megabytes * 1_000_000)
            arguments = [sys.executable, __file__, "--measure", name, "--path", str(path)]
            child = subprocess.run(arguments, capture_output=True, text=True, check=True)
            row_count, seconds, peak = json.loads(child.stdout)
            speed = row_count / seconds
            print(
                f"{name:<20}{speed / 1e6:>8.2f} M values per CPU s, {speed / client:.0f} x prometheus_client, "
                f"{seconds:.2f} CPU s, peak {peak:,.0f} MiB for {options.megabytes:,} MB",
                flush=True,
            )
            path.unlink()


if __name__ == "__main__":
    main()
