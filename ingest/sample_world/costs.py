"""What the centers of the sample world cost by contract: capex, who shares in it, running costs, prices of power."""

from collections.abc import Iterator
from datetime import date

from ingest.sample_world.models import MODELS
from ingest.sample_world.money import capex_parts, delivered_models, months_between, next_month
from ingest.sample_world.parties import party_id
from ingest.sample_world.registers import Row
from ingest.sample_world.spec import CenterSpec
from ingest.sample_world.story import CENTERS, END_DAY

_GOODS_VAT_MILLI, _SERVICE_VAT_MILLI = 130, 60
_INFINIBAND_FROM_SHARE = 0.15
"""A network that costs at least this share of its servers is InfiniBand, a cheaper one is Ethernet."""
_PERIODS = (
    ("valley", 0, 8, 50),
    ("flat", 8, 10, 100),
    ("peak", 10, 14, 150),
    ("flat", 14, 17, 100),
    ("peak", 17, 21, 150),
    ("flat", 21, 24, 100),
)
"""Period, first hour, first hour after it, percent of the flat price; a flat load pays exactly the flat price."""


def capex_lines(center: CenterSpec) -> Iterator[Row]:
    """Servers by model at quantity and price, the network as a share of them, everything else by amount."""
    prices = {model_id: MODELS[model_id].server_price_cny * 100 for model_id in delivered_models(center)}
    common = {"center_id": center.center_id, "committed_on": center.opened_on, "tax_basis": "included"}
    for model_id in sorted(prices):
        yield common | {
            "capex_line_id": f"{center.center_id}-x-{model_id}",
            "capex_category": "servers",
            "quantity": delivered_models(center).count(model_id) * 1000,
            "unit_price_cny": prices[model_id],
            "vat_rate": _GOODS_VAT_MILLI,
            "supplier_party_id": party_id(center.supplier),
        }
    share = center.money.network_share
    yield common | {
        "capex_line_id": f"{center.center_id}-x-network",
        "capex_category": "network_ib" if share >= _INFINIBAND_FROM_SHARE else "network_roce",
        "share": round(share * 1000),
        "share_of": "servers",
        "vat_rate": _GOODS_VAT_MILLI,
        "supplier_party_id": party_id(center.supplier),
    }
    for kind, _, amount_fen in capex_parts(center):
        category = kind.removeprefix("capex_")
        if category in ("servers", "network"):
            continue
        yield common | {
            "capex_line_id": f"{center.center_id}-x-{category}",
            "capex_category": category,
            "amount_cny": amount_fen,
            "vat_rate": _SERVICE_VAT_MILLI if category == "integration" else _GOODS_VAT_MILLI,
            "supplier_party_id": party_id(center.supplier if category != "facility" else "vendor-nanzhu"),
        }


def capital_contributions(center: CenterSpec) -> Iterator[Row]:
    """The vendor's contribution, which is capacity paid for in advance, and the grant for building."""
    total = sum(amount_fen for _, _, amount_fen in capex_parts(center))
    money = center.money
    common = {"center_id": center.center_id, "committed_on": center.opened_on}
    if money.vendor_contribution_share:
        yield common | {
            "contribution_id": f"{center.center_id}-c-vendor",
            "contributor_party_id": party_id(center.supplier),
            "contribution_nature": "prepaid_capacity",
            "amount_cny": round(total * money.vendor_contribution_share),
        }
    if money.build_grant_cny:
        yield common | {
            "contribution_id": f"{center.center_id}-c-grant",
            "contributor_party_id": party_id("gov-shiqiao"),
            "contribution_nature": "grant",
            "amount_cny": money.build_grant_cny * 100,
        }


def opex_lines(center: CenterSpec) -> Iterator[Row]:
    """Staff, rent and maintenance of every month, as contracted; wages carry no value added tax."""
    money = center.money
    parts = (
        ("staff", money.monthly_staff_cny, None, 0),
        ("rent", money.monthly_rent_cny, None, _SERVICE_VAT_MILLI),
        ("maintenance", money.monthly_maintenance_cny, center.supplier, _GOODS_VAT_MILLI),
    )
    for month in months_between(center.opened_on, END_DAY):
        for category, amount_cny, supplier, vat_rate in parts:
            yield {
                "opex_line_id": f"{center.center_id}-o-{category}-{month:%Y%m}",
                "center_id": center.center_id,
                "opex_category": category,
                "service_from": month,
                "service_to": next_month(month),
                "amount_cny": amount_cny * 100,
                "tax_basis": "included",
                "vat_rate": vat_rate,
                "supplier_party_id": party_id(supplier) if supplier else None,
            }


def tariffs() -> Iterator[Row]:
    """Prices of power by province and hour, net of tax, around the flat price of the center that stands there."""
    for center in CENTERS:
        for period, from_hour, to_hour, percent in _PERIODS:
            yield {
                "province_code": center.province_code,
                "valid_from": date(2024, 1, 1),
                "from_hour": from_hour,
                "to_hour": to_hour,
                "tariff_period": period,
                "price_cny_per_kwh": round(center.money.tariff_cny_kwh * 10 * percent),
                "tax_basis": "excluded",
                "vat_rate": _GOODS_VAT_MILLI,
                "document": f"GRID-{center.province_code}",
            }
