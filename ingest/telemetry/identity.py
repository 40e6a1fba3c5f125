"""One spelling per card: what exporters write for an identity, masked or in another case, and what cannot be one."""

import polars as pl

UNPRINTABLE = (
    r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\x{AD}\x{61C}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2069}\x{FEFF}]"
)
"""Control, zero-width and bidirectional characters: two ids that look the same would be two."""

_UUID = r"(?i)^(?:[a-z]{3}-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
_MASKED = r"(?i)^(?:[a-z]{3}-)?[0-]+$"


def spelled(text: pl.Expr, prefix: str = "") -> pl.Expr:
    """The identity in the vendor's own spelling: a UUID in small letters behind its prefix, any other text as it is."""
    digits = text.str.extract(_UUID, 1).str.to_lowercase()
    return pl.when(digits.is_not_null()).then(pl.lit(prefix) + digits).otherwise(text)


def is_masked(text: pl.Expr) -> pl.Expr:
    """Whether a publisher put zeros in place of the identity; eight of them or more, since `0` may be an index."""
    return text.str.contains(_MASKED) & (text.str.len_chars() >= 8)
