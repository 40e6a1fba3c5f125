"""Which model of the catalogue a ledger means by the name it gives a card."""

from functools import lru_cache
from pathlib import Path

import polars as pl
import yaml

_VENDOR_WORDS = r"^(NVIDIA|英伟达|华为|HUAWEI|昇腾|AMD|寒武纪|CAMBRICON|海光|HYGON|TESLA|GEFORCE|ATLAS|ASCEND)"
_FILLERS = r"[\s\-_()（）]"


@lru_cache(maxsize=1)
def _model_of_name() -> dict[str, str]:
    document = yaml.safe_load(Path(__file__).with_name("model_names.yaml").read_text(encoding="utf-8"))
    rows = [(model_id, str(name)) for model_id, names in document.items() for name in names]
    frame = pl.DataFrame(rows, schema=["model_id", "name"], orient="row").select("model_id", _normal("name"))
    return dict(frame.select("name", "model_id").iter_rows())


def model_id_of(column: str) -> pl.Expr:
    """Catalogue id for the text in `column`; a name that fits no single model becomes `unknown:<text>`.

    An unknown model is unweighted and so widens what is not known; it is never weighed as zero. `910B` is one: four
    models of different strength are called so.
    """
    known = _normal(column).replace_strict(_model_of_name(), default=None, return_dtype=pl.String)
    return pl.coalesce(known, pl.format("unknown:{}", pl.col(column)))


def _normal(column: str) -> pl.Expr:
    """Upper case, without fillers and without vendors' words in front."""
    text = pl.col(column).str.to_uppercase().str.replace_all(_FILLERS, "")
    for _ in range(2):
        text = text.str.replace(_VENDOR_WORDS, "")
    return text
