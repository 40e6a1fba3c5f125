"""Names that stand in many rows, such as those of devices, by number."""

import numpy as np
import polars as pl


def numbered(column: pl.Series) -> tuple[np.ndarray, dict[int, str]]:
    """A number for each row, and the name that each number stands for; text or categorical, never null.

    Categorical names have their numbers already, which is quickest by far.
    """
    column = column.cast(pl.Categorical)
    number = column.to_physical().to_numpy()
    if not len(number):
        return number, {}
    if (number == number[0]).all():
        return number, {int(number[0]): str(column[0])}
    seen = pl.Series(np.flatnonzero(np.bincount(number)), dtype=pl.UInt32)
    return number, dict(zip(seen.to_list(), seen.cat.to(column.dtype).cast(pl.String).to_list(), strict=True))
