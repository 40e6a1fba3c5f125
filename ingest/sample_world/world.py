"""Puts the sample world together and writes it as a landing folder."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.sample_world import registers
from ingest.sample_world.bare_metal import bare_metal_readings
from ingest.sample_world.claims import party_sizes, subsidy_assessments, subsidy_claim_items, subsidy_claims
from ingest.sample_world.contradictions import device_aliases, write_contradicting_registers
from ingest.sample_world.costs import capex_lines, capital_contributions, opex_lines, tariffs
from ingest.sample_world.energy import power_readings, utility_bills, write_meter_files
from ingest.sample_world.flaws import FlawCounts
from ingest.sample_world.fleet import build_fleet
from ingest.sample_world.invoices import invoice_lines, receipt_allocations
from ingest.sample_world.lease_terms import credit_notes, lease_terms, token_meters
from ingest.sample_world.logs import write_logs
from ingest.sample_world.market import market_prices
from ingest.sample_world.models import MODELS
from ingest.sample_world.money import cash_movements, contracts, power_terms
from ingest.sample_world.offers import center_site, sale_terms, server_links
from ingest.sample_world.offtake import amendment_rows, commitment_row, metered_usage, period_rows, settlement_rows
from ingest.sample_world.party_payments import party_payments
from ingest.sample_world.power import power_reports
from ingest.sample_world.record_files import write_records
from ingest.sample_world.story import CENTERS, END_DAY, FIRST_DAY
from ingest.sample_world.subsidies import write_subsidies
from ingest.sample_world.telemetry_files import write_feed, write_telemetry
from ingest.sample_world.usage import Usage, device_days, use_cards

DEFAULT_SEED = 20260101


@dataclass(frozen=True)
class SampleWorldSummary:
    """What was written. `first_day` and `end_day` (exclusive) are local days of use."""

    folder: Path
    seed: int
    center_count: int
    planned_card_count: int
    card_count: int
    model_count: int
    vendor_count: int
    first_day: date
    end_day: date
    device_day_count: int
    sample_count: int
    flaws: FlawCounts
    file_count: int
    byte_count: int


def write_sample_world(
    folder: Path, seed: int = DEFAULT_SEED, on_progress: Callable[[str], None] = lambda step: None
) -> SampleWorldSummary:
    """Write the sample world below `folder`; the same seed gives the same bytes.

    Files of an earlier run with the same names are replaced, others are left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_feed(folder)
    on_progress("cards and their use")
    fleet = build_fleet(CENTERS, seed)
    usage = use_cards(CENTERS, fleet, seed)
    on_progress("registers")
    paths = [folder / "feed.toml", *_write_registers(folder / "registers", usage, seed)]
    on_progress("daily use")
    device_day_count = 0
    for center in CENTERS:
        days = device_days(center, usage, seed)
        device_day_count += days.height
        paths.append(write_records(folder / "registers", "device_days", days, f"device_days-{center.center_id}"))
    on_progress("minute telemetry")
    telemetry, flaws = write_telemetry(folder / "telemetry", CENTERS, usage, seed)
    paths += [file.path for file in telemetry]
    paths += sorted({file.path.with_name("feed.toml") for file in telemetry})
    on_progress("meters and logs")
    paths += write_meter_files(folder / "meters", usage, seed)
    paths += write_logs(folder / "logs", seed)
    models = {device.model_id for device in fleet}
    return SampleWorldSummary(
        folder=folder,
        seed=seed,
        center_count=len(CENTERS),
        planned_card_count=sum(1 for center in CENTERS for _ in registers.slots(center)),
        card_count=len(fleet),
        model_count=len(models),
        vendor_count=len({MODELS[model_id].vendor for model_id in models}),
        first_day=FIRST_DAY,
        end_day=END_DAY,
        device_day_count=device_day_count,
        sample_count=sum(file.sample_count for file in telemetry),
        flaws=flaws,
        file_count=len(paths),
        byte_count=sum(path.stat().st_size for path in paths),
    )


def _write_registers(folder: Path, usage: Usage, seed: int) -> list[Path]:
    """Write one CSV file per kind of record, subsidies as a workbook, and the cancellations of leases."""
    fleet = usage.fleet
    usage_rows = metered_usage(CENTERS, usage)
    settlements = {
        center.center_id: list(settlement_rows(center, usage_rows))
        for center in CENTERS
        if center.commitment is not None
    }
    promises = [center for center in CENTERS if center.commitment is not None]
    cash = {
        center.center_id: cash_movements(center, usage, settlements.get(center.center_id, [])) for center in CENTERS
    }
    billed = {center.center_id: invoice_lines(center, usage) for center in CENTERS}
    rows = {
        "parties": registers.parties(),
        "party_links": registers.party_links(),
        "party_payments": party_payments(),
        "centers": map(registers.center_row, CENTERS),
        "capacity_plans": _of_all(registers.capacity_plans),
        "attestations": _of_all(registers.attestations),
        "cabinets": _of_all(registers.cabinets),
        "servers": _of_all(registers.servers),
        "slots": _of_all(registers.slots),
        "device_events": registers.device_events(fleet),
        "device_aliases": device_aliases(fleet),
        "power_reports": _of_all(lambda center: power_reports(center, fleet, FIRST_DAY, END_DAY)),
        "leases": _of_all(registers.leases),
        "lease_devices": _of_all(lambda center: registers.lease_devices(center, fleet, END_DAY)),
        "metered_usage": usage_rows,
        "contracts": _of_all(contracts),
        "cash_movements": _of_all(lambda center: cash[center.center_id]),
        "invoice_lines": _of_all(lambda center: billed[center.center_id]),
        "receipt_allocations": _of_all(
            lambda center: receipt_allocations(center, billed[center.center_id], cash[center.center_id])
        ),
        "credit_notes": _of_all(lambda center: credit_notes(center, billed[center.center_id])),
        "lease_terms": _of_all(lease_terms),
        "capex_lines": _of_all(capex_lines),
        "capital_contributions": _of_all(capital_contributions),
        "opex_lines": _of_all(opex_lines),
        "tariffs": tariffs(),
        "power_terms": _of_all(power_terms),
        "market_prices": market_prices(),
        "power_readings": _of_all(
            lambda center: [*power_readings(center, usage, seed), *bare_metal_readings(center, usage, seed)]
        ),
        "utility_bills": _of_all(lambda center: utility_bills(center, usage)),
        "offtake_commitments": map(commitment_row, promises),
        "offtake_periods": [row for center in promises for row in period_rows(center.commitment)],
        "offtake_amendments": [row for center in promises for row in amendment_rows(center.commitment)],
        "offtake_settlements": [row for center in promises for row in settlements[center.center_id]],
        "subsidy_claims": subsidy_claims(billed),
        "subsidy_claim_items": subsidy_claim_items(fleet),
        "subsidy_assessments": subsidy_assessments(),
        "party_sizes": party_sizes(),
        "server_links": _of_all(server_links),
        "sale_terms": _of_all(sale_terms),
        "center_sites": map(center_site, CENTERS),
    }
    paths = [write_records(folder, kind_name, kind_rows) for kind_name, kind_rows in rows.items()]
    paths.append(write_subsidies(folder, CENTERS, cash))
    paths.append(write_records(folder, "metered_usage", token_meters(CENTERS, usage), "metered_usage-tokens"))
    cancelled = _of_all(registers.lease_cancellations)
    paths.append(write_records(folder, "leases", cancelled, "leases-cancelled"))
    return paths + write_contradicting_registers(folder, fleet, CENTERS)


def _of_all(rows_of: Callable) -> list[registers.Row]:
    return [row for center in CENTERS for row in rows_of(center)]
