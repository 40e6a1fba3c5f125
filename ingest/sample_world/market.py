"""Quotations of the sample world's market: hours and cards of its models, twice a year. Made up, like all of it."""

from collections.abc import Iterator
from datetime import date

from ingest.sample_world.models import MODELS
from ingest.sample_world.registers import Row
from ingest.sample_world.spec import CARDS_PER_SERVER

_NEW_FROM = date(2024, 10, 1)
_HALF_YEARS = ((date(2026, 1, 1), date(2026, 7, 1), 112), (date(2026, 7, 1), None, 100))
"""First day, first day after it, and percent of the latest prices."""

_LEASE_FEN = {
    "nvidia-h800-sxm5-80g": {0: 1_260, 12: 1_120, 36: 1_010},
    "nvidia-h20-96g": {0: 760, 12: 690},
    "nvidia-rtx-4090-24g": {0: 196, 12: 168},
    "huawei-ascend-910b3": {0: 730, 12: 650, 24: 610},
    "huawei-ascend-910b4": {12: 430},
    "cambricon-mlu590": {12: 470},
    "hygon-dcu-k100-ai": {12: 240},
    "metax-c500-oam": {12: 340},
}
"""Fen per card-hour with tax, by months of the lease; 0 is by the hour."""

_USED_YUAN = {
    "nvidia-h800-sxm5-80g": 205_000,
    "nvidia-h20-96g": 88_000,
    "nvidia-rtx-4090-24g": 49_000,
    "huawei-ascend-910b3": 92_000,
    "hygon-dcu-k100-ai": 26_000,
}
"""What a dealer pays for a used card, tax included; nobody quotes the models not named."""


def market_prices() -> Iterator[Row]:
    """All quotations."""
    for model in MODELS.values():
        new_fen = model.server_price_cny * 100 // CARDS_PER_SERVER
        yield _row(model.model_id, "new_card", None, new_fen, _NEW_FROM, None, "供货合同 supply contracts")
        for first_on, end_on, percent in _HALF_YEARS:
            for term, fen in _LEASE_FEN[model.model_id].items():
                price_fen = fen * percent // 100
                yield _row(model.model_id, "lease", term, price_fen, first_on, end_on, "算力交易平台 exchange")
            if model.model_id in _USED_YUAN:
                price_fen = _USED_YUAN[model.model_id] * percent
                yield _row(model.model_id, "used_card", None, price_fen, first_on, end_on, "二手设备商 dealer")


def _row(
    model_id: str, kind: str, term: int | None, price_fen: int, first_on: date, end_on: date | None, quoted_by: str
) -> Row:
    name = f"{kind}-{term}m" if term is not None else kind
    return {
        "price_id": f"{model_id}-{name}-{first_on:%Y%m}",
        "price_kind": kind,
        "model_id": model_id,
        "lease_term_months": term,
        "price_cny": price_fen,
        "tax_basis": "included",
        "valid_from": first_on,
        "valid_to": end_on,
        "quoted_by": quoted_by,
    }
