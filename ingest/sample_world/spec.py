"""The shapes a made-up center is described with: tranches of servers, leases, promises, money habits. No data here."""

from dataclasses import dataclass, field
from datetime import date

CARDS_PER_SERVER = 8


@dataclass(frozen=True)
class ModelSpec:
    """What the generator needs to know of an accelerator model.

    Args:
        uid_prefix: start of the device ids of this model; NVIDIA cards get a UUID of the vendor's own form.
        dense_tflops: dense FP16 peak, used for what a plan declares.
        marketed_tflops: the number a plan may declare instead.
        idle_w, full_w: card power at rest and under full load, in watts.
        server_w: nameplate power of an 8-card server, in watts.
        server_price_cny: price of an 8-card server in yuan, tax included.
        evidence_class: what its exporter proves use with.
    """

    model_id: str
    vendor: str
    uid_prefix: str
    dense_tflops: float
    marketed_tflops: float
    idle_w: int
    full_w: int
    memory_gb: int
    server_w: int
    server_u: int
    server_price_cny: int
    evidence_class: str


@dataclass(frozen=True)
class Tranche:
    """A number of equal servers that arrive together.

    `stage` is how far they came: `in_service`, `staged` (installed, never powered) or `planned` (never delivered).
    """

    model_id: str
    server_count: int
    stage: str
    delivered_on: date | None = None
    in_service_on: date | None = None


@dataclass(frozen=True)
class LeaseSpec:
    """One lease on whole servers or on some of their cards, and how busy its tenant keeps them.

    Args:
        servers: server numbers within the center, from 1.
        cards: board positions leased in each of them.
        lit_share: share of time the cards compute on a working day.
        paid_share: share of what is due that is really collected.
        unit_price_cny: per server and month, per card-hour, or per million tokens.
    """

    lease_id: str
    tenant: str
    lease_kind: str
    purpose: str
    servers: tuple[int, ...]
    starts_on: date
    ends_on: date
    lit_share: float
    unit_price_cny: float
    cards: tuple[int, ...] = tuple(range(CARDS_PER_SERVER))
    cancelled_on: date | None = None
    firmness: str = "firm"
    commitment_id: str | None = None
    paid_share: float = 1.0


@dataclass(frozen=True)
class CommitmentSpec:
    """A vendor's promise in card-hours or percent of capacity, quarter by quarter from `first_day_on`.

    `paid` says which period's true-up was received on which day; a period not named was never paid.
    `amended` says from which day on which terms hold instead of the signed ones, as columns of the register.
    """

    commitment_id: str
    vendor: str
    signed_on: date
    first_day_on: date
    quantities: tuple[int, ...]
    measured_on: str
    floor_price_cny: int
    related_cap_bp: int | None
    credit_cap_bp: int
    credit_expiry_periods: int
    due_days: int
    cure_days: int
    tail_withheld_cny: int = 0
    self_use: str | None = None
    sub_lease: str | None = None
    price_escalator_bp: int | None = None
    price_vat_bp: int | None = None
    late_interest_bp: int | None = None
    amended: tuple[tuple[date, dict[str, int]], ...] = ()
    unit: str = "card_hour"
    shortfall_mode: str | None = None
    carry_back: str | None = None
    words: dict[str, str] = field(default_factory=dict)
    availability_floor_bp: int | None = None
    availability_bp: dict[int, int] = field(default_factory=dict)
    paid: dict[int, date] = field(default_factory=dict)


@dataclass(frozen=True)
class MoneySpec:
    """What a center pays and gets besides its leases, in yuan; monthly where the name says so."""

    monthly_staff_cny: int
    monthly_rent_cny: int
    monthly_maintenance_cny: int
    tariff_cny_kwh: float
    pue: float
    network_share: float = 0.12
    build_grant_cny: int = 0
    monthly_subsidy_cny: int = 0
    vendor_contribution_share: float = 0.0
    monthly_debt_service_cny: int = 0


@dataclass(frozen=True)
class CoverageSpec:
    """How well a center's daily reports cover the day.

    Args:
        typical: mean share of a day with readings.
        lost_day_share: share of device-days for which nothing arrives.
        silent_proven: cards (server, position) that send nothing but are listed by the board controller.
        silent_unproven: cards that send nothing and are listed by nobody, from `silent_from` on.
        bare_metal_servers: servers whose tenant owns the system: only their power is read, from `bare_metal_from` on.
        declared_servers: servers the operator only declares to be in use, from `bare_metal_from` on.
    """

    typical: float = 0.992
    lost_day_share: float = 0.002
    silent_proven: tuple[tuple[int, int], ...] = ()
    silent_unproven: tuple[tuple[int, int], ...] = ()
    silent_from: date | None = None
    bare_metal_servers: tuple[int, ...] = ()
    declared_servers: tuple[int, ...] = ()
    bare_metal_from: date | None = None


@dataclass(frozen=True)
class CenterSpec:
    """One center: who and where, what arrives when, who uses it, who promised what."""

    center_id: str
    name_zh: str
    name_en: str
    province_code: int
    city_zh: str
    city_en: str
    level: str
    operator: str
    supplier: str
    opened_on: date
    acceptance_end_on: date
    second_due_on: date
    tranches: tuple[Tranche, ...]
    leases: tuple[LeaseSpec, ...]
    money: MoneySpec
    commitment: CommitmentSpec | None = None
    coverage: CoverageSpec = CoverageSpec()
    telemetry_interval_seconds: int = 60
    declares_marketed_pflops: bool = False
    ramp_days: int = 60
