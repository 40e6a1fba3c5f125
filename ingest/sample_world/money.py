"""Contracts and cash of the sample world: what each center cost, what it earns and what it costs to run. In fen."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from ingest.sample_world.fleet import servers_of
from ingest.sample_world.models import MODELS
from ingest.sample_world.parties import party_id
from ingest.sample_world.registers import Row
from ingest.sample_world.spec import CARDS_PER_SERVER, CenterSpec, LeaseSpec
from ingest.sample_world.story import END_DAY
from ingest.sample_world.usage import Usage, day_index

_TERMS = ((-75, 0.30), (-20, 0.50), (45, 0.15), (360, 0.05))
"""Days from opening, and share of a supply contract paid then: advance, arrival, acceptance, retention."""

CARDS_SHARE_OF_SERVER_ENERGY = 0.75
"""Share of what a server draws that its cards draw; processors, fans and losses draw the rest."""

RECEIPT_PREFIX = "IN"
"""Start of the bank reference of what a tenant pays for a month."""
MILLION_TOKENS_PER_CARD_HOUR = 4.2
_TAX_SHARE_OF_RECEIPTS = 0.045
_DEMAND_CHARGE_CNY = 36
_CAPEX_SHARES = (
    ("capex_storage", 0.05, "存储系统采购"),
    ("capex_facility", 0.08, "机房与配电改造"),
    ("capex_integration", 0.03, "系统集成"),
)


def contracts(center: CenterSpec) -> Iterator[Row]:
    """Supply contracts of the center, one per part of the capex, and its offtake agreement."""
    for number, (kind, title, amount_fen) in enumerate(capex_parts(center), start=1):
        yield {
            "contract_id": _contract_id(center, number),
            "center_id": center.center_id,
            "contract_kind": "capex",
            "title": title,
            "supplier_party_id": party_id(center.supplier if kind != "capex_facility" else "vendor-nanzhu"),
            "buyer_party_id": party_id(center.operator),
            "signed_on": center.opened_on - timedelta(days=90),
            "amount_cny": amount_fen,
            "tax_basis": "included",
        }
    if center.commitment is not None:
        promise = center.commitment
        yield {
            "contract_id": f"{center.center_id}-k-offtake",
            "center_id": center.center_id,
            "contract_kind": "offtake",
            "title": "算力包销协议",
            "supplier_party_id": party_id(center.operator),
            "buyer_party_id": party_id(promise.vendor),
            "signed_on": promise.signed_on,
            "amount_cny": sum(promise.quantities) * promise.floor_price_cny * 100,
            "tax_basis": "included",
        }


def power_terms(center: CenterSpec) -> Iterator[Row]:
    """What the center pays for energy since it opened, and what its delivered servers draw."""
    delivered = [MODELS[tranche.model_id] for _, tranche in servers_of(center) if tranche.stage != "planned"]
    full_w = sum(model.server_w for model in delivered)
    idle_w = sum(model.idle_w * CARDS_PER_SERVER for model in delivered)
    yield {
        "center_id": center.center_id,
        "valid_from": center.opened_on,
        "tariff_cny_per_kwh": round(center.money.tariff_cny_kwh * 1000),
        "pue": round(center.money.pue * 1000),
        "demand_charge_cny_per_kw_month": _DEMAND_CHARGE_CNY * 100,
        "contracted_demand_w": round(full_w * center.money.pue),
        "it_idle_w": round(idle_w / CARDS_SHARE_OF_SERVER_ENERGY),
        "it_full_w": full_w,
        "it_card_count": CARDS_PER_SERVER * len(delivered),
        "document": f"GRID-{center.center_id}",
    }


def cash_movements(center: CenterSpec, usage: Usage, settlements: list[Row]) -> list[Row]:
    """All payments of one center, by date."""
    rows = [*_capex(center), *_monthly(center, usage), *_true_ups(center, settlements)]
    for lease_center, lease in usage.leases:
        if lease_center is center and lease.paid_share > 0:
            rows += _lease_receipts(lease, usage)
    rows += _taxes(center, rows)
    rows = sorted(
        (row for row in rows if row["booked_on"] < END_DAY), key=lambda row: (row["booked_on"], row["document"])
    )
    return [
        {"movement_id": f"{center.center_id}-m-{number:05d}", "center_id": center.center_id, **row}
        for number, row in enumerate(rows, start=1)
    ]


def _contract_id(center: CenterSpec, number: int) -> str:
    return f"{center.center_id}-k-{number:02d}"


def delivered_models(center: CenterSpec) -> list[str]:
    """Model of each server that was delivered."""
    return [tranche.model_id for _, tranche in servers_of(center) if tranche.stage != "planned"]


def capex_parts(center: CenterSpec) -> list[tuple[str, str, int]]:
    """Kind, title and amount of each part, for the servers that were delivered."""
    server_fen = sum(MODELS[model_id].server_price_cny for model_id in delivered_models(center)) * 100
    parts = [("capex_servers", "智算服务器采购", server_fen)]
    parts.append(("capex_network", "参数面网络采购", round(server_fen * center.money.network_share)))
    parts += [(kind, title, round(server_fen * share)) for kind, share, title in _CAPEX_SHARES]
    return parts


def _capex(center: CenterSpec) -> Iterator[Row]:
    total = 0
    for number, (kind, _, amount_fen) in enumerate(capex_parts(center), start=1):
        total += amount_fen
        supplier = center.supplier if kind != "capex_facility" else "vendor-nanzhu"
        for step, (offset, share) in enumerate(_TERMS, start=1):
            yield _row(
                center.opened_on + timedelta(days=offset),
                kind,
                round(amount_fen * share),
                supplier,
                f"PAY-{number:02d}-{step}",
                contract_id=_contract_id(center, number),
            )
    money = center.money
    if money.vendor_contribution_share:
        amount = round(total * money.vendor_contribution_share)
        yield _row(center.opened_on - timedelta(days=18), "vendor_contribution", amount, center.supplier, "VC-1")
    if money.build_grant_cny:
        yield _row(
            center.opened_on + timedelta(days=100), "subsidy", money.build_grant_cny * 100, "gov-shiqiao", "GRANT-1"
        )


def _monthly(center: CenterSpec, usage: Usage) -> Iterator[Row]:
    """Running costs and standing subsidies, booked on the 25th of each month from opening on."""
    money = center.money
    fixed = (
        ("opex_staff", money.monthly_staff_cny, None),
        ("opex_rent", money.monthly_rent_cny, None),
        ("opex_maintenance", money.monthly_maintenance_cny, center.supplier),
        ("subsidy", money.monthly_subsidy_cny, "gov-shiqiao" if center.level == "county" else "gov-yangzhou"),
        ("debt_service", money.monthly_debt_service_cny, "bank-changhe"),
    )
    rows = [row for row, device in enumerate(usage.fleet) if device.center_id == center.center_id]
    for month in months_between(center.opened_on, END_DAY):
        stamp = month.strftime("%Y%m")
        booked_on = month.replace(day=25)
        first, end = day_index(month), day_index(next_month(month))
        card_kwh = usage.energy_wh[rows, first:end].sum() / 1000
        energy_cny = card_kwh / CARDS_SHARE_OF_SERVER_ENERGY * money.pue * money.tariff_cny_kwh
        yield _row(booked_on, "opex_energy", round(energy_cny * 100), "grid", f"EL-{stamp}")
        for kind, amount_cny, party in fixed:
            if amount_cny:
                yield _row(booked_on, kind, amount_cny * 100, party, f"{kind.upper()}-{stamp}")


def lease_lit_hours(lease: LeaseSpec, usage: Usage) -> Iterator[tuple[date, date, date, float]]:
    """Use under a lease, month by month: the month, first day of use, first day after it, card-hours lit."""
    index = next(number for number, (_, known) in enumerate(usage.leases) if known is lease)
    lit_hours = np.where(usage.lease_index == index, usage.lit_hours, 0.0).sum(axis=0)
    end_on = min(lease.ends_on, lease.cancelled_on or lease.ends_on, END_DAY)
    for month in months_between(lease.starts_on, end_on):
        first, end = max(month, lease.starts_on), min(next_month(month), end_on)
        yield month, first, end, float(lit_hours[day_index(first) : day_index(end)].sum())


def lease_months(lease: LeaseSpec, usage: Usage) -> Iterator[tuple[date, date, date, float]]:
    """What falls due under a lease, month by month: the month, first day of use, first day after it, yuan with tax."""
    for month, first, end, hours in lease_lit_hours(lease, usage):
        if lease.lease_kind == "whole_machine":
            days = monthrange(month.year, month.month)[1]
            amount_cny = lease.unit_price_cny * len(lease.servers) * (end - first).days / days
        elif lease.lease_kind == "card_hour":
            amount_cny = lease.unit_price_cny * hours
        else:
            amount_cny = lease.unit_price_cny * hours * MILLION_TOKENS_PER_CARD_HOUR
        yield month, first, end, amount_cny


def _lease_receipts(lease: LeaseSpec, usage: Usage) -> Iterator[Row]:
    """What a tenant pays for a month, received on the 20th of the next."""
    for month, _, _, amount_cny in lease_months(lease, usage):
        amount_fen = round(amount_cny * lease.paid_share * 100)
        if amount_fen > 0:
            booked_on = next_month(month).replace(day=20)
            document = f"{RECEIPT_PREFIX}-{lease.lease_id}-{month:%Y%m}"
            yield _row(booked_on, "receipt", amount_fen, lease.tenant, document, lease_id=lease.lease_id)


def _true_ups(center: CenterSpec, settlements: list[Row]) -> Iterator[Row]:
    for settlement in settlements:
        yield _row(
            settlement["paid_on"],
            "true_up",
            settlement["amount_cny"],
            center.commitment.vendor,
            f"TU-{settlement['settlement_id']}",
        )


def _taxes(center: CenterSpec, rows: list[Row]) -> Iterator[Row]:
    """Tax on the month's receipts, booked on the 28th."""
    by_month: dict[date, int] = {}
    for row in rows:
        if row["movement_kind"] == "receipt":
            month = row["booked_on"].replace(day=1)
            by_month[month] = by_month.get(month, 0) + row["amount_cny"]
    for month, receipts in sorted(by_month.items()):
        amount = round(receipts * _TAX_SHARE_OF_RECEIPTS)
        yield _row(month.replace(day=28), "tax", amount, None, f"TAX-{center.center_id}-{month:%Y%m}")


def _row(booked_on: date, kind: str, amount_fen: int, party: str | None, document: str, **links: str) -> Row:
    return {
        "booked_on": booked_on,
        "movement_kind": kind,
        "amount_cny": amount_fen,
        "party_id": party_id(party) if party else None,
        "document": document,
        "contract_id": links.get("contract_id"),
        "lease_id": links.get("lease_id"),
    }


def months_between(first_day: date, end_day: date) -> Iterator[date]:
    """First days of the months that touch [first_day, end_day)."""
    month = first_day.replace(day=1)
    while month < end_day:
        yield month
        month = next_month(month)


def next_month(month: date) -> date:
    """First day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
