"""Vendors' promises in the sample world, what was really taken under them, and which true-ups were paid."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl

from ingest.sample_world.parties import LINKS, party_id
from ingest.sample_world.registers import Row
from ingest.sample_world.spec import CenterSpec, CommitmentSpec
from ingest.sample_world.usage import WORLD_FIRST_DAY, Usage

WORDS = ("acceptance_terms", "termination_terms", "exclusivity_terms", "evidence_terms")
_RELATED_FROM_BP = 2000


def quarters(first_day_on: date, count: int) -> list[tuple[date, date]]:
    """First day and first day after of `count` quarters in a row."""
    months = [first_day_on.year * 12 + first_day_on.month - 1 + 3 * step for step in range(count + 1)]
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    return list(pairwise(days))


def commitment_row(center: CenterSpec) -> Row:
    """The register's row of a center's commitment."""
    promise = center.commitment
    return {
        "commitment_id": promise.commitment_id,
        "center_id": center.center_id,
        "vendor_party_id": party_id(promise.vendor),
        "signed_on": promise.signed_on,
        "unit": promise.unit,
        "measured_on": promise.measured_on,
        "floor_price_cny": promise.floor_price_cny * 100,
        "shortfall_mode": promise.shortfall_mode,
        "carry_back": promise.carry_back,
        "self_use": promise.self_use,
        "sub_lease": promise.sub_lease,
        "related_cap_bp": promise.related_cap_bp,
        "credit_cap_bp": promise.credit_cap_bp,
        "credit_expiry_periods": promise.credit_expiry_periods,
        "availability_floor_bp": promise.availability_floor_bp,
        "due_days": promise.due_days,
        "cure_days": promise.cure_days,
        "tail_withheld_cny": promise.tail_withheld_cny * 100,
        "price_escalator_bp": promise.price_escalator_bp,
        "price_escalates_from_on": promise.first_day_on if promise.price_escalator_bp else None,
        "price_tax_basis": None if promise.price_vat_bp is None else "included",
        "price_vat_bp": promise.price_vat_bp,
        "late_interest_bp": promise.late_interest_bp,
        "tail_release_event": "Second quarter in a row filled without credit" if promise.tail_withheld_cny else None,
        **{name: promise.words.get(name) for name in WORDS},
    }


def period_rows(promise: CommitmentSpec) -> Iterator[Row]:
    """The commitment's quarters, those to come included."""
    spans = quarters(promise.first_day_on, len(promise.quantities))
    for number, ((start, end), quantity) in enumerate(zip(spans, promise.quantities, strict=True), start=1):
        yield {
            "commitment_id": promise.commitment_id,
            "period_no": number,
            "period_start_on": start,
            "period_end_on": end,
            "committed_quantity": quantity * 1000,
            "availability_bp": promise.availability_bp.get(number),
        }


def amendment_rows(promise: CommitmentSpec) -> Iterator[Row]:
    """Amendments of its terms, each in force until further notice."""
    for number, (valid_from, terms) in enumerate(promise.amended, start=1):
        yield {
            "commitment_id": promise.commitment_id,
            "version_no": number,
            "valid_from": valid_from,
            **{name: terms.get(name) for name in ("committed_quantity", "related_cap_bp", "due_days")},
            "document": f"{promise.commitment_id}-amendment-{number}",
        }


def metered_usage(centers: tuple[CenterSpec, ...], usage: Usage) -> pl.DataFrame:
    """Card-hours computed per lease and local day, in thousandths, of metered leases and of those under a promise."""
    frames = []
    for index, (center, lease) in enumerate(usage.leases):
        if lease.commitment_id is None and lease.lease_kind == "whole_machine":
            continue
        per_day = np.where(usage.lease_index == index, usage.lit_hours, 0.0).sum(axis=0)
        tenths = np.rint(per_day * 10).astype(np.int64)
        offsets = np.nonzero(tenths)[0]
        frames.append(
            pl.DataFrame(
                {
                    "used_on": np.array(WORLD_FIRST_DAY, dtype="datetime64[D]") + offsets,
                    "quantity": tenths[offsets] * 100,
                }
            ).select(
                pl.format("{}-{}", pl.lit(lease.lease_id), pl.col("used_on").dt.strftime("%Y%m%d")).alias("usage_id"),
                pl.lit(center.center_id).alias("center_id"),
                pl.lit(party_id(lease.tenant)).alias("consumer_party_id"),
                "used_on",
                "quantity",
                pl.lit("card_hour").alias("unit"),
                pl.lit(lease.lease_id).alias("lease_id"),
                pl.lit(lease.commitment_id, dtype=pl.String).alias("commitment_id"),
            )
        )
    return pl.concat(frames)


def settlement_rows(center: CenterSpec, usage_rows: pl.DataFrame) -> Iterator[Row]:
    """Payments of true-ups, each of exactly what was due for its period."""
    promise = center.commitment
    spans = quarters(promise.first_day_on, len(promise.quantities))
    for period_no, paid_on in promise.paid.items():
        yield {
            "settlement_id": f"{promise.commitment_id}-paid-{period_no}",
            "commitment_id": promise.commitment_id,
            "period_no": period_no,
            "paid_on": paid_on,
            "amount_cny": _true_up_fen(promise, spans[period_no - 1], promise.quantities[period_no - 1], usage_rows),
        }


def _true_up_fen(promise: CommitmentSpec, span: tuple[date, date], committed: int, usage_rows: pl.DataFrame) -> int:
    """What a first period owes: no credit exists yet, and none of the paid periods has an availability relief."""
    taken = usage_rows.filter(
        (pl.col("commitment_id") == promise.commitment_id)
        & (pl.col("used_on") >= span[0])
        & (pl.col("used_on") < span[1])
    )
    is_related = pl.col("consumer_party_id").is_in([*related_party_ids(promise.vendor)])
    related = taken.filter(is_related)["quantity"].sum()
    unrelated = taken.filter(~is_related)["quantity"].sum()
    cap = committed * 1000 if promise.related_cap_bp is None else committed * promise.related_cap_bp // 10
    shortfall = max(0, committed * 1000 - unrelated - min(related, cap))
    return shortfall * promise.floor_price_cny // 10


def related_party_ids(vendor: str) -> set[str]:
    """The vendor and whom it holds at 20 % or more, directly or through one other party."""
    related = {vendor}
    for _ in range(2):
        related |= {
            held
            for holder, held, _, share_bp, _, valid_to, *_ in LINKS
            if holder in related and (share_bp or 0) >= _RELATED_FROM_BP and valid_to is None
        }
    return {party_id(key) for key in related}
