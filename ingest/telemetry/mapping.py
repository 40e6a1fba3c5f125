"""Which vendor metric is which column of a sample; the names themselves stand in `vendor_mapping.yaml`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl
import yaml

METRICS_SCHEMA: dict[str, pl.DataType] = {
    "metric": pl.String(),
    "vendor": pl.String(),
    "column": pl.String(),
    "preference": pl.Int32(),
    "scale": pl.Float64(),
}
"""One row per mapped metric name, in lower case; of two aliases of one column the smaller `preference` wins."""


@dataclass(frozen=True)
class Profile:
    """The label that says how large a slice is, the pattern of its sevenths, and profiles that are no sevenths."""

    label: str
    parts: str
    unknown_size: tuple[str, ...]


@dataclass(frozen=True)
class Vendor:
    """How one exporter names devices and marks slices and missing readings; label names are in lower case.

    `keep` maps a column to the label values its rows may have, `codes` to what its codes mean, `no_reading_of` to its
    own numbers for no reading. `partition_label` is None where cards are never sliced, `profile` where the size of a
    slice is not said, `model` where no label names the card's model. Of a slice's row, `board_columns` are the whole
    board's. UUIDs begin with `identity_prefix`.
    """

    name: str
    identity: tuple[str, ...]
    host: tuple[str, ...]
    index: tuple[str, ...]
    partition_label: str | None
    whole_card_values: tuple[str, ...]
    profile: Profile | None
    board_columns: tuple[str, ...]
    no_reading: tuple[float, ...]
    keep: dict[str, dict[str, tuple[str, ...]]]
    codes: dict[str, dict[float, float]]
    no_reading_of: dict[str, tuple[float, ...]]
    identity_prefix: str
    model: str | None


@dataclass(frozen=True)
class VendorMapping:
    """All vendors, their metrics as a frame of `METRICS_SCHEMA`, and a pattern of all known exporters' metrics."""

    vendors: dict[str, Vendor]
    metrics: pl.DataFrame
    pattern: re.Pattern[str]
    no_reading: tuple[float, ...]
    no_reading_from: float
    empty_identities: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label, in lower case, that identifies a device, a slice of it, or a row to keep."""
        names: set[str] = set()
        for vendor in self.vendors.values():
            names.update(vendor.identity, vendor.host, vendor.index)
            names.update(label for kept in vendor.keep.values() for label in kept)
            if vendor.partition_label:
                names.add(vendor.partition_label)
            if vendor.model:
                names.add(vendor.model)
            if vendor.profile:
                names.add(vendor.profile.label)
        return tuple(sorted(names))


@lru_cache(maxsize=1)
def vendor_mapping() -> VendorMapping:
    """The mapping of the data file beside this module, read once."""
    document = yaml.safe_load(Path(__file__).with_name("vendor_mapping.yaml").read_text(encoding="utf-8"))
    defaults, vendors = document["defaults"], document["vendors"]
    rows = [
        (metric.lower(), vendor, column, preference, float(entry["scale"]))
        for vendor, facts in vendors.items()
        for column, entry in facts["metrics"].items()
        for preference, metric in enumerate(entry["names"])
    ]
    named = "|".join(re.escape(row[0]) + r"(?![A-Za-z0-9_:])" for row in rows)
    patterns = "|".join(facts["pattern"].removeprefix("^") for facts in vendors.values())
    return VendorMapping(
        vendors={name: _vendor(name, facts) for name, facts in vendors.items()},
        metrics=pl.DataFrame(rows, schema=METRICS_SCHEMA, orient="row"),
        pattern=re.compile(f"(?:{patterns}|{named})", re.IGNORECASE),
        no_reading=tuple(map(float, defaults["no_reading"])),
        no_reading_from=float(defaults["no_reading_from"]),
        empty_identities=tuple(defaults["empty_identities"]),
    )


def _vendor(name: str, facts: dict) -> Vendor:
    partition = facts.get("partition", {})
    return Vendor(
        name=name,
        identity=tuple(facts["identity"]),
        host=tuple(facts["host"]),
        index=tuple(facts["index"]),
        partition_label=partition.get("label"),
        whole_card_values=tuple(partition.get("whole_card", ())),
        profile=_profile(partition["profile"]) if "profile" in partition else None,
        board_columns=tuple(partition.get("board", ())),
        no_reading=tuple(map(float, facts.get("no_reading", ()))),
        keep={
            column: {label: tuple(values) for label, values in entry["keep"].items()}
            for column, entry in facts["metrics"].items()
            if "keep" in entry
        },
        codes={
            column: {float(code): float(meaning) for code, meaning in entry["codes"].items()}
            for column, entry in facts["metrics"].items()
            if "codes" in entry
        },
        no_reading_of={
            column: tuple(map(float, entry["no_reading"]))
            for column, entry in facts["metrics"].items()
            if "no_reading" in entry
        },
        identity_prefix=facts.get("identity_prefix", ""),
        model=facts.get("model"),
    )


def _profile(facts: dict) -> Profile:
    return Profile(facts["label"], facts["parts"], tuple(facts["unknown_size"]))
