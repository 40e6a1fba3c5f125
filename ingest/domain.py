"""The words all sources share: enumerations of the trade. No reading, no computing."""

import itertools

PARTY_KINDS = ("operator", "vendor", "tenant", "government", "lender", "other")
LINK_KINDS = (
    "shareholding",
    "control",
    "common_controller",
    "common_representative",
    "common_director",
    "family",
    "shared_address",
    "shared_phone",
    "shared_bank_account",
    "shared_email_domain",
)
PAYMENT_NATURES = ("goods", "rebate", "marketing_fund", "voucher", "other")
PAYMENT_VISIBILITIES = ("bank_statement", "contract", "declared")
CENTER_LEVELS = ("national_hub", "provincial", "municipal", "county")
PLAN_BASES = ("approved_total", "due_to_date", "amended")
DEVICE_STATES = (
    "ordered",
    "delivered",
    "installed",
    "powered",
    "commissioned",
    "in_service",
    "planned_maintenance",
    "fault",
    "rma_out",
    "decommissioned",
    "sold",
    "transferred",
)
ALIAS_KINDS = ("uuid", "serial", "vdie_id", "host_index", "pci_bus_id", "bmc_id")
EVIDENCE_CLASSES = ("A", "B", "C", "D")
POWER_SOURCES = ("bmc", "pdu")
METER_SCOPES = ("component", "server", "pdu", "cabinet", "site")
POWER_METHODS = ("redfish", "ipmi", "pdu", "exporter", "manual")
LEASE_KINDS = ("whole_machine", "card_hour", "token")
LEASE_PURPOSES = (
    "external_paid",
    "external_voucher",
    "own_business",
    "vendor_self_use",
    "acceptance_test",
    "internal",
    "unknown",
)
WORKLOAD_CLASSES = ("production", "burn_in", "acceptance_test", "benchmark", "synthetic")
PRICE_UNITS = ("machine_month", "card_hour", "million_tokens")
FIRMNESS = ("firm_prepaid", "firm", "cancellable_penalty", "cancellable", "framework")
CONTRACT_KINDS = ("capex", "opex", "offtake", "lease", "other")
TAX_BASES = ("included", "excluded")
MARKET_PRICE_KINDS = ("lease", "new_card", "used_card")
CAPEX_KINDS = (
    "capex_servers",
    "capex_network",
    "capex_storage",
    "capex_facility",
    "capex_integration",
    "capex_interest",
)
OPEX_KINDS = ("opex_energy", "opex_staff", "opex_maintenance", "opex_rent", "opex_other")
OTHER_CASH_KINDS = ("tax", "receipt", "subsidy", "vendor_contribution", "true_up", "debt_service")
CASH_KINDS = CAPEX_KINDS + OPEX_KINDS + OTHER_CASH_KINDS
CAPEX_CATEGORIES = (
    "servers",
    "network_ib",
    "network_roce",
    "storage",
    "facility",
    "integration",
    "software",
    "contingency",
    "capitalised_interest",
)
CAPEX_SHARE_BASES = ("servers", "servers_and_network")
CONTRIBUTION_NATURES = ("equity", "prepaid_capacity", "rebate", "loan", "grant")
OPEX_CATEGORIES = ("staff", "maintenance", "rent", "bandwidth", "insurance", "software", "other")
TARIFF_PERIODS = ("sharp", "peak", "flat", "valley", "deep_valley")
BILLING_MODES = ("whole_machine", "card_hour", "token", "reserved")
RECOGNITIONS = ("own_capacity", "sublease_gross", "sublease_net")
CREDIT_KINDS = ("sla", "correction", "goodwill")
OFFTAKE_UNITS = ("card_hour", "pflops_hour", "cny")
COMMITMENT_UNITS = (*OFFTAKE_UNITS, "pct_of_capacity")
TOKEN_UNITS = ("input_token_million", "cached_input_token_million", "output_token_million")
OFFTAKE_MEASURES = ("billed", "lit_business", "collected")
OFFTAKE_ELIGIBILITIES = ("allowed", "capped", "not_allowed")
OFFTAKE_SUB_LEASES = ("allowed", "not_allowed")
SHORTFALL_MODES = ("pay_difference", "make_up", "extend_term", "buy_back")
COMMITMENT_ENDS = ("terminated", "completed")
SUBSIDY_KINDS = ("build_grant", "operations_reward", "compute_voucher", "electricity")
SUBSIDY_PAYMENT_KINDS = ("paid", "clawed_back")
NUMBER_FORMATS = ("fp64", "fp32", "fp16_dense", "fp16_sparse", "fp8_dense", "int8_dense")
MILESTONE_METRICS = (
    "racked_of_plan",
    "lit_of_racked",
    "lit_on_plan",
    "delivered_pflops",
    "lit_pflops_hours",
    "local_share",
    "external_share",
    "investment",
    "power_usage_effectiveness",
)
MILESTONE_COMPARISONS = ("at_least", "at_most")
MILESTONE_UNITS = ("share", "pflops", "pflops_hour", "million_cny", "ratio")
MILESTONE_WINDOWS = ("point_in_time", "sustained")
MILESTONE_STATES = ("scheduled", "met", "partially_met", "not_met")

EARNING_VARIANTS = ("weighted", "cliff", "tranche", "rolling")
LOCAL_USE_BASES = ("pflops_hours", "card_hours", "spend", "firms")
CLAIM_ITEM_KINDS = (
    "contract",
    "invoice",
    "serial",
    "platform_order",
    "target_letter",
    "electricity_statement",
    "assessment_report",
    "acceptance_sheet",
    "payment_voucher",
)
INTERCONNECTS = ("infiniband", "roce", "vendor_fabric", "ethernet")
DISPATCH_SCOPES = ("nationwide", "province", "city")

UTILIZATION_BIN_EDGES_PCT = (0, 1, 5, 10, 20, 50, 80, 100)
"""Edges of the utilization histogram; a bin holds its lower edge, and the last one also holds 100."""

UTILIZATION_BIN_COLUMNS = tuple(
    f"util_{low}_{high}_seconds" for low, high in itertools.pairwise(UTILIZATION_BIN_EDGES_PCT)
)
