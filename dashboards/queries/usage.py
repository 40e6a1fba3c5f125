"""Rows of energy, tokens, allocation and charges."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def charges(path: Path, center_id: str, first_month_on: date, end_on: date) -> pl.DataFrame:
    """One row per invoice line, credit note and charge category, of service that began from the first month on."""
    return read_rows(
        path,
        """select invoice_line_id, credit_note_id, charge_category, invoice_id, center_id, province_code,
            payer_party_id, payer_name, operator_party_id, operator_name, lease_id, lease_kind, commitment_id,
            service_from_epoch_seconds, service_to_epoch_seconds, billing_from_epoch_seconds,
            billing_to_epoch_seconds, consumed_unit, consumed_quantity_milli, billed_fen
        from fct_charge__billed_usage
        where center_id = $1 and service_from >= $2 and service_from < $3
        order by service_from, invoice_line_id, credit_note_id = 'none' desc, credit_note_id, charge_category desc""",
        center_id,
        first_month_on,
        end_on,
    )


def energy_days(path: Path, center_id: str, first_on: date, end_on: date) -> pl.DataFrame:
    """One row per day and way of measuring: energy of the known time, and how much of the time is known."""
    return read_rows(
        path,
        """select local_day, meter_scope, energy_wh, known_seconds, expected_seconds, known_rate_of_expected
        from fct_center_day__energy
        where center_id = $1 and local_day >= $2 and local_day < $3
        order by local_day, meter_scope""",
        center_id,
        first_on,
        end_on,
    )


def energy_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month with any energy: of cards, machines and the whole center, and PUE where known."""
    return read_rows(
        path,
        """select month_start_on, device_energy_wh, device_known_seconds, device_expected_seconds,
            machine_meter_scope, machine_energy_wh, machine_known_rate_of_expected, facility_meter_scope,
            facility_energy_wh, facility_known_rate_of_expected, bill_with_tax_fen, bill_without_tax_fen,
            bill_sharp_wh, bill_peak_wh, bill_flat_wh, bill_valley_wh, bill_deep_valley_wh,
            bill_cny_per_lit_card_hour_lower, bill_cny_per_lit_card_hour_upper,
            pue, pue_upper, pue_withheld_reason, is_facility_below_machines
        from fct_center_month__energy
        where center_id = $1 and coalesce(device_energy_wh, machine_energy_wh, facility_energy_wh) is not null
        order by month_start_on""",
        center_id,
    )


def token_days(path: Path, center_id: str, first_on: date, end_on: date) -> pl.DataFrame:
    """One row per day and tenant with requests: tokens between the least and the most that is said of them."""
    return read_rows(
        path,
        """select local_day, tenant_name, request_count, conflicting_request_count, repeated_line_count,
            token_count_lower, token_count_upper
        from fct_center_day__tokens
        where center_id = $1 and local_day >= $2 and local_day < $3
        order by local_day, tenant_name""",
        center_id,
        first_on,
        end_on,
    )


def allocation_days(path: Path, center_id: str, first_on: date, end_on: date) -> pl.DataFrame:
    """One row per day on which the cluster was seen: card-seconds that pods held, and that leases handed over."""
    return read_rows(
        path,
        """select local_day, day_seconds, seen_seconds, seen_rate_of_day, pod_count, pod_allocated_card_seconds,
            lease_allocated_card_seconds, racked_card_seconds_upper
        from fct_center_day__allocation
        where center_id = $1 and local_day >= $2 and local_day < $3
        order by local_day""",
        center_id,
        first_on,
        end_on,
    )
