"""What authorities granted in the sample world, on which conditions, and what they paid: kept as one workbook."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from ingest.sample_world.parties import PARTIES, party_id
from ingest.sample_world.registers import Row
from ingest.sample_world.spec import CenterSpec
from ingest.workbook.template import write_template

_COVERED_MONTHS = 36
_ADVANCE_SHARE = 0.8
_SHARED_TERMS = {
    "full_credit_from_bp": 9_500,
    "no_credit_below_bp": 6_000,
    "clawback_interest_bp": 300,
    "is_related_use_excluded": True,
    "is_double_funding_excluded": True,
}
_OPERATION_SCHEMES = {"shiqiao-01": "qingyang-operations-reward"}
_TAKEN_BACK_ON = date(2026, 9, 18)
_TAKEN_BACK_FEN = 20_000_000
MISTYPED_ROW_COUNT = 1
"""Rows that the clerk got wrong, so that there is a marked copy to look at."""


def write_subsidies(folder: Path, centers: tuple[CenterSpec, ...], cash: dict[str, list[Row]]) -> Path:
    """Write programmes, milestones and payments as a filled-in template below `folder`; returns the path.

    `cash` has the cash movements of each center; every subsidy in them is a payment here.
    """
    granted = [center for center in centers if any(_grants(center))]
    payments = [row for center in granted for row in _payments(center, cash[center.center_id])]
    path = folder / "subsidies.xlsx"
    write_template(
        path,
        {
            "subsidy_programmes": [*(row for center in granted for row in _programmes(center)), *_other_programmes()],
            "subsidy_milestones": [*(row for center in granted for row in _milestones(center)), *_other_milestones()],
            "subsidy_payments": [*payments, *_other_payments(), _mistyped(payments[-1])],
        },
    )
    return path


def _grants(center: CenterSpec) -> tuple[int, int]:
    return center.money.build_grant_cny, center.money.monthly_subsidy_cny


def _authority(center: CenterSpec) -> str:
    return party_id("gov-shiqiao" if center.level == "county" else "gov-yangzhou")


def _programmes(center: CenterSpec) -> Iterator[Row]:
    build_cny, monthly_cny = _grants(center)
    shared = {
        "center_id": center.center_id,
        "authority_party_id": _authority(center),
        "grantee_party_id": party_id(center.operator),
        "signed_on": center.opened_on - timedelta(days=120),
        "local_area_code": int(PARTIES[center.operator].party_id[2:8]),
        **_SHARED_TERMS,
    }
    if build_cny:
        yield shared | {
            "programme_id": f"{center.center_id}-s-build",
            "subsidy_kind": "build_grant",
            "scheme_id": "milestone-build-grant",
            "valid_from": center.opened_on - timedelta(days=120),
            "granted_cny": round(build_cny / _ADVANCE_SHARE) * 100,
            "number_format": "fp16_dense",
            "document": f"GRANT-LETTER-{center.center_id}",
        }
    if monthly_cny:
        yield shared | {
            "programme_id": f"{center.center_id}-s-operation",
            "subsidy_kind": "operations_reward",
            "scheme_id": _OPERATION_SCHEMES.get(center.center_id, "county-operations-reward"),
            "valid_from": center.opened_on,
            "valid_to": _months_later(center.opened_on, _COVERED_MONTHS),
            "granted_cny": monthly_cny * _COVERED_MONTHS * 100,
            "document": f"TARGET-LETTER-{center.center_id}",
        }


def _months_later(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


def _milestones(center: CenterSpec) -> Iterator[Row]:
    build_cny, monthly_cny = _grants(center)
    year_end = _months_later(center.opened_on, 12)
    if build_cny:
        shared = {"programme_id": f"{center.center_id}-s-build", "threshold_unit": "share"}
        yield shared | {
            "milestone_id": f"{center.center_id}-s-build-1",
            "metric": "racked_of_plan",
            "threshold": 800,
            "measure_window": "point_in_time",
            "due_on": _months_later(center.opened_on, 6),
            "weight_bp": 4_000,
            "declared_state": "met",
        }
        yield shared | {
            "milestone_id": f"{center.center_id}-s-build-2",
            "metric": "lit_of_racked",
            "threshold": 500,
            "measure_window": "sustained",
            "measured_from": _months_later(center.opened_on, 6),
            "measured_to": year_end,
            "sustained_months": 4,
            "due_on": year_end,
            "weight_bp": 4_000,
            "declared_state": "not_met",
        }
        yield shared | {
            "milestone_id": f"{center.center_id}-s-build-3",
            "metric": "local_share",
            "threshold": 600,
            "measure_window": "sustained",
            "measured_from": center.opened_on,
            "measured_to": year_end,
            "due_on": year_end,
            "weight_bp": 1_000,
        }
        yield {
            "programme_id": f"{center.center_id}-s-build",
            "milestone_id": f"{center.center_id}-s-build-4",
            "metric": "power_usage_effectiveness",
            "comparison": "at_most",
            "threshold": 1_300,
            "threshold_unit": "ratio",
            "measure_window": "point_in_time",
            "due_on": year_end,
            "weight_bp": 1_000,
        }
    if monthly_cny:
        for year in range(_COVERED_MONTHS // 12):
            yield {
                "milestone_id": f"{center.center_id}-s-operation-{year + 1}",
                "programme_id": f"{center.center_id}-s-operation",
                "metric": "lit_on_plan",
                "threshold": 300 + 100 * year,
                "threshold_unit": "share",
                "measure_window": "sustained",
                "measured_from": _months_later(center.opened_on, 12 * year),
                "measured_to": _months_later(center.opened_on, 12 * year + 12),
                "sustained_months": 9,
                "due_on": _months_later(center.opened_on, 12 * year + 12),
                "weight_bp": (3_334, 3_333, 3_333)[year],
                "declared_state": "scheduled",
            }


def _payments(center: CenterSpec, cash: list[Row]) -> Iterator[Row]:
    received = [row for row in cash if row["movement_kind"] == "subsidy"]
    for number, row in enumerate(received, start=1):
        is_build = row["document"].startswith("GRANT")
        yield {
            "payment_id": f"{center.center_id}-s-{number:03d}",
            "programme_id": f"{center.center_id}-s-{'build' if is_build else 'operation'}",
            "payment_kind": "paid",
            "booked_on": row["booked_on"],
            "amount_cny": row["amount_cny"],
            "movement_id": row["movement_id"],
            "document": row["document"],
        }
    if center.money.build_grant_cny:
        yield {
            "payment_id": f"{center.center_id}-s-back",
            "programme_id": f"{center.center_id}-s-build",
            "milestone_id": f"{center.center_id}-s-build-2",
            "payment_kind": "clawed_back",
            "booked_on": _TAKEN_BACK_ON,
            "amount_cny": _TAKEN_BACK_FEN,
            "document": f"RECOVERY-{center.center_id}",
        }


def _other_programmes() -> Iterator[Row]:
    """Vouchers of the first center, a second fund for the same use, and a reward of the center its vendor filled."""
    vouchers = {
        "center_id": "yangzhou-01",
        "authority_party_id": party_id("gov-yangzhou"),
        "grantee_party_id": party_id("op-canal"),
        "subsidy_kind": "compute_voucher",
        "scheme_id": "yangzhou-compute-voucher",
        "signed_on": date(2025, 5, 20),
        "valid_from": date(2025, 6, 1),
        "valid_to": date(2027, 6, 1),
        # Invented like the rest of this world: no published text read for it names a share.
        "claim_share_bp": 3_000,
        "local_area_code": 321000,
        **_SHARED_TERMS,
    }
    yield vouchers | {
        "programme_id": "yangzhou-01-s-voucher",
        "granted_cny": 300_000_000,
        "claim_cap_cny": 50_000_000,
        "document": "VOUCHER-yangzhou-01",
    }
    yield vouchers | {
        "programme_id": "yangzhou-01-s-industry",
        "granted_cny": 100_000_000,
        "document": "INDUSTRY-FUND-yangzhou-01",
    }
    yield {
        "programme_id": "jiangwan-01-s-operation",
        "center_id": "jiangwan-01",
        "authority_party_id": party_id("gov-jiangwan"),
        "grantee_party_id": party_id("op-jiangwan"),
        "subsidy_kind": "operations_reward",
        "scheme_id": "county-operations-reward",
        "earning_variant": "tranche",
        "signed_on": date(2025, 9, 1),
        "valid_from": date(2025, 10, 1),
        "valid_to": date(2027, 10, 1),
        "granted_cny": 240_000_000,
        "promised_pflops": 30_000,
        "local_area_code": 420000,
        "document": "TARGET-LETTER-jiangwan-01",
        **_SHARED_TERMS,
    }


def _other_milestones() -> Iterator[Row]:
    """Half the center lit for six months, which is as long as its vendor stayed, and local use in the first year."""
    shared = {"programme_id": "jiangwan-01-s-operation", "threshold_unit": "share", "measure_window": "sustained"}
    yield shared | {
        "milestone_id": "jiangwan-01-s-operation-1",
        "metric": "lit_on_plan",
        "threshold": 200,
        "measured_from": date(2025, 10, 1),
        "measured_to": date(2026, 10, 1),
        "sustained_months": 9,
        "due_on": date(2026, 10, 1),
        "weight_bp": 6_000,
        "declared_state": "met",
    }
    yield shared | {
        "milestone_id": "jiangwan-01-s-operation-2",
        "metric": "local_share",
        "threshold": 600,
        "measured_from": date(2025, 10, 1),
        "measured_to": date(2026, 10, 1),
        "due_on": date(2026, 10, 1),
        "weight_bp": 4_000,
        "declared_state": "met",
    }


def _other_payments() -> Iterator[Row]:
    """Money that is in no center's cash book: vouchers go to users, and one reward was paid to another account."""
    for number, (programme, milestone, booked_on, amount_fen) in enumerate(
        (
            ("jiangwan-01-s-operation", "jiangwan-01-s-operation-1", date(2026, 4, 20), 120_000_000),
            ("jiangwan-01-s-operation", "jiangwan-01-s-operation-2", date(2026, 4, 20), 80_000_000),
            ("yangzhou-01-s-voucher", None, date(2026, 10, 26), 20_000_000),
        ),
        start=1,
    ):
        yield {
            "payment_id": f"other-s-{number:03d}",
            "programme_id": programme,
            "milestone_id": milestone,
            "payment_kind": "paid",
            "booked_on": booked_on,
            "amount_cny": amount_fen,
            "document": f"TRANSFER-{number:03d}",
        }


def _mistyped(payment: Row) -> Row:
    """A row in which a choice was written out instead of picked."""
    return payment | {"payment_id": f"{payment['payment_id']}-x", "payment_kind": "已拨付"}
