"""What a canonical record is: typed fields, a key, and the Parquet columns they become.

The kinds themselves live beside this file, one module per subject; reading files into them lives in `ingest.tabular`.
"""

from dataclasses import dataclass

import polars as pl

LAKE_TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "instant": pl.Datetime("us", "UTC"),
    "money_cny": pl.Int64(),
    "quantity": pl.Int64(),
}
"""Field type -> Parquet type. Money is written in yuan and kept in fen; a quantity is kept in thousandths."""

SOURCE_COLUMNS: dict[str, pl.DataType] = {"source_sha256": pl.String(), "source_line": pl.Int64()}
"""The way back: which file a row came from, and on which of its lines (1 is the first line of the file)."""


@dataclass(frozen=True)
class Field:
    """One column of a canonical record, as a person writes it and as the lake keeps it.

    `past_only` marks what cannot have happened after the file that tells it was received.
    """

    name: str
    type: str
    description: str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    minimum: float | None = None
    maximum: float | None = None
    past_only: bool = False

    @property
    def lake_name(self) -> str:
        """Column name in the lake: the unit that is really stored is in it."""
        if self.type == "money_cny":
            return f"{self.name}_fen"
        if self.type == "quantity":
            return f"{self.name}_milli"
        return self.name


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: what a row stands for, which fields make it the same row, and its fields.

    `spans` are pairs of fields of which the second must come after the first; `totals` maps a field to the parts
    that must add up to it if any of them is told. Of the fields in `one_of` at least one must be told; `needs` are
    pairs of fields of which the first says nothing without the second; two rows of one key that differ in `incidental`
    fields alone say the same. `classifying` fields say under which head a fact counts and not what happened: where a
    later row changes them alone, what it says was reclassified and not corrected.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    spans: tuple[tuple[str, str], ...] = ()
    totals: tuple[tuple[str, tuple[str, ...]], ...] = ()
    one_of: tuple[str, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    incidental: tuple[str, ...] = ()
    classifying: tuple[str, ...] = ()

    @property
    def required_headers(self) -> frozenset[str]:
        """Headers a file must have to be recognized as this kind."""
        return frozenset(field.name for field in self.fields if field.required)

    @property
    def headers(self) -> tuple[str, ...]:
        """All documented headers, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def lake_schema(self) -> dict[str, pl.DataType]:
        """Columns and types of the Parquet files of this kind."""
        own = {field.lake_name: LAKE_TYPES[field.type] for field in self.fields}
        return own | SOURCE_COLUMNS


def revision() -> Field:
    """The field by which a sender says that a row replaces an earlier one with the same key."""
    return Field(
        "revision",
        "integer",
        "Higher replaces lower for the same key; leave empty for 1.",
        default=1,
        minimum=1,
    )
