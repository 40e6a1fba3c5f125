"""All canonical record kinds by name."""

from ingest.records.attestations import ATTESTATIONS
from ingest.records.centers import CABINETS, CAPACITY_PLANS, CENTERS, SERVERS, SLOTS
from ingest.records.claims import PARTY_SIZES, SUBSIDY_ASSESSMENTS, SUBSIDY_CLAIM_ITEMS, SUBSIDY_CLAIMS
from ingest.records.costs import CAPEX_LINES, CAPITAL_CONTRIBUTIONS, OPEX_LINES
from ingest.records.devices import DEVICE_ALIASES, DEVICE_DAYS, DEVICE_EVENTS, POWER_REPORTS
from ingest.records.energy import POWER_READINGS, UTILITY_BILLS
from ingest.records.invoices import CREDIT_NOTES, INVOICE_LINES, RECEIPT_ALLOCATIONS
from ingest.records.lease_terms import LEASE_TERMS
from ingest.records.leases import LEASE_DEVICES, LEASES, METERED_USAGE
from ingest.records.market import MARKET_PRICES
from ingest.records.money import CASH_MOVEMENTS, CONTRACTS
from ingest.records.occupancy import INVENTORY_NODES, NODE_COUNTS, OCCUPANCY_JOBS, POD_ALLOCATIONS
from ingest.records.offers import CENTER_SITES, SALE_TERMS, SERVER_LINKS
from ingest.records.offtake import OFFTAKE_AMENDMENTS, OFFTAKE_COMMITMENTS, OFFTAKE_PERIODS, OFFTAKE_SETTLEMENTS
from ingest.records.parties import PARTIES, PARTY_LINKS, PARTY_PAYMENTS
from ingest.records.power_terms import POWER_TERMS
from ingest.records.schema import Field, RecordKind
from ingest.records.subsidies import SUBSIDY_MILESTONES, SUBSIDY_PAYMENTS, SUBSIDY_PROGRAMMES
from ingest.records.tariffs import TARIFFS
from ingest.records.tokens import TOKEN_USAGE

RECORD_KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        PARTIES,
        PARTY_LINKS,
        PARTY_PAYMENTS,
        CENTERS,
        CAPACITY_PLANS,
        ATTESTATIONS,
        CABINETS,
        SERVERS,
        SLOTS,
        DEVICE_EVENTS,
        DEVICE_ALIASES,
        POWER_REPORTS,
        DEVICE_DAYS,
        POWER_READINGS,
        UTILITY_BILLS,
        LEASES,
        LEASE_DEVICES,
        LEASE_TERMS,
        METERED_USAGE,
        CONTRACTS,
        CASH_MOVEMENTS,
        INVOICE_LINES,
        RECEIPT_ALLOCATIONS,
        CREDIT_NOTES,
        CAPEX_LINES,
        CAPITAL_CONTRIBUTIONS,
        OPEX_LINES,
        TARIFFS,
        POWER_TERMS,
        MARKET_PRICES,
        OFFTAKE_COMMITMENTS,
        OFFTAKE_PERIODS,
        OFFTAKE_AMENDMENTS,
        OFFTAKE_SETTLEMENTS,
        SUBSIDY_PROGRAMMES,
        SUBSIDY_MILESTONES,
        SUBSIDY_PAYMENTS,
        SUBSIDY_CLAIMS,
        SUBSIDY_CLAIM_ITEMS,
        SUBSIDY_ASSESSMENTS,
        PARTY_SIZES,
        SERVER_LINKS,
        SALE_TERMS,
        CENTER_SITES,
        OCCUPANCY_JOBS,
        POD_ALLOCATIONS,
        TOKEN_USAGE,
        NODE_COUNTS,
        INVENTORY_NODES,
    )
}

__all__ = ["RECORD_KINDS", "Field", "RecordKind"]
