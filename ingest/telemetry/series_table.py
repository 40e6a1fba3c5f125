"""The series met in exposition text: each has a number, and what its name and labels mean is worked out once."""

import re

import numpy as np
import polars as pl

from ingest.power.series import power_metrics
from ingest.reading import Declaration
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import LABEL, name_devices

_METRIC_NAME = r"^[a-zA-Z_:][a-zA-Z0-9_:]*$"
_LABEL_PAIR = r'[a-zA-Z_][a-zA-Z0-9_]*\s*=\s*"(?:[^"\\]|\\.)*"'


class SeriesTable:
    """Every series of a file, numbered from zero in the order in which they are met.

    Series that are spelled differently, such as with labels in another order, are different ones here. By number,
    `is_series` says whether name and labels are well formed, `is_mapped` whether the metric tells something of a card,
    `tells_power` whether something of a machine or meter; labels of the latter, and `__name__`, are `power_labels`.
    """

    def __init__(self, declaration: Declaration) -> None:
        self._declaration = declaration
        # An empty series of numbered texts is held, for Polars forgets numbers that no series has.
        self._texts = pl.Series(dtype=pl.Categorical(pl.Categories.random()))
        self._facts: list[pl.DataFrame] = []
        self.is_series, self.is_mapped, self.tells_power = (np.zeros(0, dtype=bool) for _ in range(3))
        self.power_labels: dict[int, dict[str, str]] = {}

    def number(self, texts: pl.Series) -> np.ndarray:
        """The numbers of series given as name and labels, braces included; new ones are understood and remembered."""
        texts = texts.cast(self._texts.dtype)
        numbers = texts.to_physical().to_numpy()
        is_new = numbers >= len(self.is_series)
        if is_new.any():
            new = pl.DataFrame({"series": numbers[is_new], "series_text": texts.filter(is_new)}).unique("series")
            self._remember(new.with_columns(pl.col("series_text").cast(pl.String)).sort("series"))
        return numbers

    def _remember(self, new: pl.DataFrame) -> None:
        facts = _facts(new, self._declaration)
        self._facts.append(facts)
        is_mapped = facts["vendor"].is_not_null()
        tells_power = facts["metric"].is_in(list(power_metrics())) & ~is_mapped
        self.is_series = np.append(self.is_series, facts["is_series"])
        self.is_mapped = np.append(self.is_mapped, is_mapped)
        self.tells_power = np.append(self.tells_power, tells_power)
        for number, text in new.filter(tells_power).iter_rows():
            pairs = (pair.partition("=") for pair in re.findall(_LABEL_PAIR, text))
            labels = {label.strip(): _plain(quoted.strip()[1:-1]) for label, _, quoted in pairs}
            self.power_labels[number] = labels | {"__name__": text.partition("{")[0].strip()}

    def series(self) -> pl.DataFrame:
        """What is known of each series, in the order of their numbers."""
        none = pl.DataFrame(schema={"series": pl.UInt32, "series_text": pl.String})
        facts = self._facts or [_facts(none, self._declaration)]
        return pl.concat(facts, how="vertical_relaxed").drop("series", "is_series")


def _facts(series: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """What names and labels say: whether they are well formed, the mapping's facts, the device and its labels."""
    parts = pl.col("series_text").str.splitn("{", 2).struct
    split = series.select(
        "series",
        parts.field("field_0").str.strip_chars().alias("name"),
        parts.field("field_1").alias("label_text"),
    ).with_columns(
        pl.col("name").str.to_lowercase().alias("metric"),
        pl.col("name").str.contains(_METRIC_NAME).alias("is_name"),
        pl.col("label_text")
        .str.replace_all(_LABEL_PAIR, "")
        .str.contains(r"^[\s,]*\}$")
        .fill_null(False)
        .alias("is_label_text"),
    )
    split = split.join(vendor_mapping().metrics, on="metric", how="left")
    is_series = (pl.col("is_name") & pl.col("is_label_text")).fill_null(False)
    named = split.with_columns(is_series.alias("is_series")).drop("name", "is_name", "is_label_text")
    return _with_devices(named, declaration).drop("label_text").sort("series")


def _with_devices(mapped: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Add device and label columns, worked out once per distinct label text."""
    texts = mapped.filter(pl.col("vendor").is_not_null()).select("vendor", "label_text").unique()
    pairs = (
        texts.select(pl.col("label_text").unique())
        .with_columns(pl.col("label_text").str.extract_all(_LABEL_PAIR).alias("pair"))
        .explode("pair", empty_as_null=True)
        .with_columns(pl.col("pair").str.splitn("=", 2).struct.unnest())
        .select(
            "label_text",
            pl.col("field_0").str.strip_chars().str.to_lowercase().alias("label"),
            _unescaped(pl.col("field_1")).alias("text"),
        )
    )
    labels = pairs.group_by("label_text").agg(
        pl.col("text").filter(pl.col("label") == name).first().alias(LABEL + name) for name in vendor_mapping().labels
    )
    devices = name_devices(texts.join(labels, on="label_text"), declaration)
    return mapped.join(devices, on=["vendor", "label_text"], how="left", maintain_order="left")


def _plain(escaped: str) -> str:
    """The text of a label without its escapes."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], escaped)


def _unescaped(quoted: pl.Expr) -> pl.Expr:
    text = quoted.str.strip_chars().str.strip_prefix('"').str.strip_suffix('"')
    unescaped = (
        text.str.replace_all(r"\\", "\x00", literal=True)
        .str.replace_all(r"\"", '"', literal=True)
        .str.replace_all(r"\n", "\n", literal=True)
        .str.replace_all("\x00", "\\", literal=True)
    )
    return pl.when(text.str.contains("\\", literal=True)).then(unescaped).otherwise(text)
