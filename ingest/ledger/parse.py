"""Cells of inventories as values: dates as people write them, counts with a measure word, rack units, serials."""

from datetime import date

import polars as pl

_DATE = r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})"
_FIRST_DAY_NUMBER, _LAST_DAY_NUMBER = 36_526, 73_050
"""Excel's day numbers of 2000-01-01 and 2099-12-31: any other number is no date."""


def day(column: str, serial_zero: date) -> pl.Expr:
    """A date written as 2025-03-18, 2025.3.18, 2025/3/18, 2025年3月18日, 20250318, or as Excel's day number."""
    text = pl.col(column)
    number = pl.when(text.str.contains(r"^\d{5}(\.\d+)?$")).then(text.cast(pl.Float64, strict=False).floor())
    days = pl.when(number.is_between(_FIRST_DAY_NUMBER, _LAST_DAY_NUMBER)).then(number).cast(pl.Int64)
    compact = pl.when(text.str.contains(r"^\d{8}$")).then(text.str.to_date("%Y%m%d", strict=False))
    whole = pl.when(text.str.contains(rf"^{_DATE}日?([ T].*)?$")).then(day_in_text(column))
    return pl.coalesce(whole, compact, pl.lit(serial_zero) + pl.duration(days=days))


def day_in_text(column: str) -> pl.Expr:
    """The only date in a text; null where there is none or several."""
    text = pl.col(column)
    parts = text.str.extract_groups(_DATE)
    year, month, day_of_month = (parts.struct.field(str(number)).str.zfill(2) for number in (1, 2, 3))
    iso = pl.concat_str([year, month, day_of_month], separator="-")
    return pl.when(text.str.count_matches(_DATE) == 1).then(iso.str.to_date("%Y-%m-%d", strict=False))


def count(column: str) -> pl.Expr:
    """A whole number, with or without a measure word: `8`, `8.0`, `8张`."""
    digits = pl.col(column).str.extract(r"^(\d{1,9})(?:\.0+)?\s*(?:张|卡|块|片|个|颗)?$", 1)
    return digits.cast(pl.Int64, strict=False)


def units_taken(column: str) -> pl.Expr:
    """Rack units between the first and the last, both taken: `20~27U` is 8; `12U` alone is 1."""
    text = pl.col(column).str.to_uppercase().str.replace_all(r"[\s第]", "")
    parts = text.str.extract_groups(r"^(\d{1,2})U?(?:[-~～–—至到](\d{1,2})U?)?$")
    first = parts.struct.field("1").cast(pl.Int64, strict=False)
    last = pl.coalesce(parts.struct.field("2").cast(pl.Int64, strict=False), first)
    return (last - first).abs() + 1


def watts(column_w: str, column_kw: str) -> pl.Expr:
    """Power in whole watts from the column in watts or the one in kilowatts; null where neither holds a number."""
    in_w = pl.col(column_w).cast(pl.Float64, strict=False)
    in_kw = pl.col(column_kw).cast(pl.Float64, strict=False) * 1000
    power = pl.coalesce(in_w, in_kw)
    return pl.when(power.is_between(0, 1_000_000)).then(power.round()).cast(pl.Int64)


def is_damaged_serial(column: str) -> pl.Expr:
    """Whether a serial went through a spreadsheet's numbers, which hold 15 digits.

    It then stands in scientific notation, or as more than 15 digits that end in zeros or are exactly a binary
    floating-point number. One intact numeric serial of 19 digits in 250 looks so too, and waits for a person.
    """
    text = pl.col(column)
    is_long = text.str.contains(r"^\d{16,30}$")
    ends_in_zeros = text.str.contains(r"^\d{15}0+$")
    as_number = text.cast(pl.Float64, strict=False)
    is_binary = as_number.cast(pl.Int128, strict=False).cast(pl.String) == text
    is_scientific = text.str.contains(r"^\d(?:\.\d+)?[eE]\+?\d+$")
    return is_scientific | (is_long & (ends_in_zeros | (is_binary & (as_number > 2.0**53))))


def serial_list(column: str) -> pl.Expr:
    """Serials of single cards in one cell, apart by comma, semicolon, slash, space or line break."""
    text = pl.col(column).str.replace_all(r"[\s,;、，；/|]+", ",").str.strip_chars(",")
    return text.str.split(",")
