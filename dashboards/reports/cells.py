"""Texts as cells of tables that leave the house: none of them runs as a formula in a spreadsheet."""

import polars as pl

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text itself, or with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def harmless_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every text harmless; numbers and times stay as they are."""
    texts = pl.col(pl.String)
    begins_one = texts.str.slice(0, 1).is_in(list(FORMULA_SIGNS))
    return frame.with_columns(pl.when(begins_one).then(texts.str.replace("^", "'")).otherwise(texts).name.keep())
