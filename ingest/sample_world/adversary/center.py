"""One honest small center of eighteen weeks: registers, money, daily use, and minute telemetry of the last days.

Everything is open to be changed before it is turned into raw rows; what a cheat or a look-alike changes stands in
`cheats` and `look_alikes`. Times are local wall clock of UTC+8.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

MODEL_ID, IDLE_W, FULL_W, DENSE_PFLOPS = "nvidia-h800-sxm5-80g", 75, 700, 0.9895
FIRST_DAY, END_DAY = date(2026, 5, 28), date(2026, 10, 1)
SAMPLES_FROM = date(2026, 9, 21)
SETTLED_ON = date(2026, 7, 30)
"""End of the acceptance window and of the first offtake period, and the day the milestone is due."""

INTERVAL_SECONDS = 300
METERED_FROM = date(2026, 8, 20)
DAY_COUNT, SAMPLED_DAY_COUNT = (END_DAY - FIRST_DAY).days, (END_DAY - SAMPLES_FROM).days
SAMPLES_A_DAY = 86_400 // INTERVAL_SECONDS
JOB_SAMPLES = 24
"""Samples of a job: two hours."""

Row = dict[str, object]


def at(day: date, hour: int = 0) -> datetime:
    """The instant of a local day and hour."""
    return datetime.combine(day, time(hour), UTC) - timedelta(hours=8)


@dataclass
class Card:
    """A card of the center; `sends` is what it says of itself, `leased` the lease it is handed over under."""

    uid: str
    server_id: str
    slot_id: str
    lease_no: int


@dataclass
class Load:
    """What the cards do, as (cards, days) and (cards, samples)."""

    lit_share: np.ndarray
    known_share: np.ndarray
    claimed_energy_factor: float
    busy_pct: np.ndarray
    power_w: np.ndarray
    tensor_pct: np.ndarray
    dram_pct: np.ndarray


@dataclass
class ReceivedFile:
    """A file as it was received, and as it lies in the raw store later on."""

    received: bytes
    kept: bytes


@dataclass
class Center:
    """A center in the making. `rows` holds register rows by kind; `meter_wh` what a server's meter says a day."""

    center_id: str
    rng: np.random.Generator
    cards: list[Card]
    load: Load
    rows: dict[str, list[Row]] = field(default_factory=dict)
    meter_wh: dict[str, float] = field(default_factory=dict)
    is_metered: bool = False
    files: list[ReceivedFile] = field(default_factory=list)

    @property
    def sampled_day_count(self) -> int:
        """Last days that samples are sent of."""
        return self.load.busy_pct.shape[1] // SAMPLES_A_DAY

    def add(self, kind: str, **row: object) -> Row:
        """Add one register row; hands it back, open to be changed."""
        self.rows.setdefault(kind, []).append(row)
        return row

    def of(self, kind: str, **facts: object) -> list[Row]:
        """The rows of a kind that have these facts."""
        return [row for row in self.rows[kind] if all(row.get(name) == fact for name, fact in facts.items())]

    def servers(self) -> list[str]:
        """Its servers in order."""
        return sorted({card.server_id for card in self.cards})

    def on_lease(self, number: int) -> list[int]:
        """Places of the cards of one lease."""
        return [place for place, card in enumerate(self.cards) if card.lease_no == number]


def honest_center(
    center_id: str, seed: int, cards_per_server: int = 2, sampled_days: int = SAMPLED_DAY_COUNT
) -> Center:
    """Two servers, each leased to a tenant of its own, in steady use by their jobs."""
    rng = np.random.default_rng(seed)
    cards = [
        Card(f"{center_id}-c{server}{card}", f"{center_id}-n{server}", f"{center_id}-n{server}/{card}", server)
        for server in (1, 2)
        for card in range(cards_per_server)
    ]
    center = Center(center_id, rng, cards, _honest_load(len(cards), sampled_days, rng))
    _register(center)
    _sell(center)
    _promise(center)
    return center


def _honest_load(card_count: int, sampled_days: int, rng: np.random.Generator) -> Load:
    days = np.arange(DAY_COUNT)
    level = rng.uniform(0.5, 0.75, (card_count, 1))
    weekend = np.where((days + 3) % 7 >= 5, -0.08, 0.0)
    wobble = np.zeros((card_count, DAY_COUNT))
    for day in range(1, DAY_COUNT):
        wobble[:, day] = 0.6 * wobble[:, day - 1] + rng.normal(0, 0.06, card_count)
    lit = np.clip(level + weekend + wobble, 0.05, 0.97)
    known = np.clip(rng.normal(0.99, 0.006, (1, DAY_COUNT)).repeat(card_count, 0), 0.9, 1.0)
    busy, power, tensor, dram = job_samples(lit[:, -sampled_days:], rng)
    return Load(lit, known, 1.0, busy, power, tensor, dram)


def job_samples(lit_share: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Utilization, power, tensor and memory activity of jobs in blocks of two hours, as (cards, samples)."""
    card_count, day_count = lit_share.shape
    blocks = SAMPLES_A_DAY // JOB_SAMPLES * day_count
    runs = rng.random((card_count, blocks)) < np.repeat(lit_share, SAMPLES_A_DAY // JOB_SAMPLES, axis=1)
    level = rng.uniform(45, 96, (card_count, blocks))
    is_busy, level = (np.repeat(values, JOB_SAMPLES, axis=1) for values in (runs, level))
    shape = is_busy.shape
    busy = np.where(is_busy, np.clip(level + rng.normal(0, 5, shape), 6, 100), 0.0).round()
    load = np.where(is_busy, 0.2 + 0.75 * busy / 100, 0.0)
    power = (IDLE_W + (FULL_W - IDLE_W) * load + rng.normal(0, 9, shape)).round()
    return busy, power, (busy * 0.35).round(1), (busy * 0.4).round(1)


def _register(center: Center) -> None:
    name = center.center_id
    center.add(
        "centers",
        center_id=name,
        center_name_zh=name,
        center_name_en=name,
        province_code=320000,
        time_zone="Asia/Shanghai",
        operator_party_id=f"{name}-op",
        telemetry_interval_seconds=INTERVAL_SECONDS,
        opened_on=date(2026, 1, 30),
        acceptance_start_on=date(2026, 1, 30),
        acceptance_end_on=SETTLED_ON,
    )
    kinds = {"op": "operator", "vendor": "vendor", "t1": "tenant", "t2": "tenant", "gov": "government"}
    for key, kind in kinds.items():
        center.add("parties", party_id=f"{name}-{key}", party_name_zh=f"{name}-{key}", party_kind=kind)
    center.add(
        "capacity_plans",
        plan_line_id=f"{name}-plan",
        center_id=name,
        plan_basis="approved_total",
        model_id=MODEL_ID,
        planned_card_count=len(center.cards),
        due_on=date(2026, 1, 1),
        declared_pflops=len(center.cards) * DENSE_PFLOPS,
    )
    for server in center.servers():
        center.add("servers", server_id=server, center_id=name, u_height=8, nameplate_w=10_200, idle_w=2_900)
    for place, card in enumerate(center.cards):
        add_card(center, card, date(2026, 1, 20), f"{name}-e{place}")


def add_card(center: Center, card: Card, day: date, event_id: str) -> None:
    """Register a card that is accepted and in service from a day on."""
    facts = {
        "center_id": center.center_id,
        "device_uid": card.uid,
        "model_id": MODEL_ID,
        "server_id": card.server_id,
        "slot_id": card.slot_id,
        "serial": f"SN-{card.uid}",
    }
    center.add("device_events", event_id=f"{event_id}a", occurred_at=at(day, 8), state="commissioned", **facts)
    center.add("device_events", event_id=f"{event_id}b", occurred_at=at(day, 10), state="in_service", **facts)


def a_day_of_use(center_id: str, device_uid: str, day: date) -> Row:
    """A daily row of a card that was lit for two thirds of the day."""
    return {
        "center_id": center_id,
        "device_uid": device_uid,
        "local_day": day,
        "evidence_class": "B",
        "known_seconds": 86_400,
        "util_0_1_seconds": 30_000,
        "util_50_80_seconds": 56_400,
        "energy_wh": 6_000,
    }


def _sell(center: Center) -> None:
    name = center.center_id
    price = int(center.rng.integers(5_800, 7_200)) * 1_000
    for number in (1, 2):
        tenant = f"{name}-t{number}"
        center.add(
            "leases",
            lease_id=f"{name}-l{number}",
            center_id=name,
            tenant_party_id=tenant,
            lease_kind="whole_machine",
            purpose="external_paid",
            starts_at=at(date(2026, 2, 1)),
            ends_at=at(date(2028, 2, 1)),
            unit_price_cny_fen=price,
            price_unit="machine_month",
            firmness="firm",
            commitment_id=f"{name}-take",
        )
        for place in center.on_lease(number):
            center.add(
                "lease_devices",
                lease_id=f"{name}-l{number}",
                center_id=name,
                device_uid=center.cards[place].uid,
                allocated_from=at(date(2026, 2, 1)),
            )
        for month in (6, 7, 8, 9):
            line, movement = f"{name}-i{number}{month}", f"{name}-m{number}{month}"
            first, end = date(2026, month, 1), date(2026, month + 1, 1)
            center.add(
                "invoice_lines",
                invoice_line_id=line,
                invoice_id=line,
                center_id=name,
                payer_party_id=tenant,
                lease_id=f"{name}-l{number}",
                issued_on=first,
                service_from=first,
                service_to=end,
                net_cny_fen=price,
                tax_cny_fen=0,
            )
            center.add(
                "cash_movements",
                movement_id=movement,
                center_id=name,
                booked_on=end - timedelta(days=3),
                movement_kind="receipt",
                amount_cny_fen=price,
                party_id=tenant,
                lease_id=f"{name}-l{number}",
            )
            center.add(
                "receipt_allocations",
                movement_id=movement,
                invoice_line_id=line,
                center_id=name,
                allocated_cny_fen=price,
            )


def _promise(center: Center) -> None:
    name = center.center_id
    center.add(
        "offtake_commitments",
        commitment_id=f"{name}-take",
        center_id=name,
        vendor_party_id=f"{name}-vendor",
        signed_on=date(2026, 1, 20),
        unit="card_hour",
        measured_on="lit_business",
        floor_price_cny_fen=600,
    )
    for number, first, end in ((1, date(2026, 4, 30), SETTLED_ON), (2, SETTLED_ON, date(2026, 10, 30))):
        center.add(
            "offtake_periods",
            commitment_id=f"{name}-take",
            period_no=number,
            period_start_on=first,
            period_end_on=end,
            committed_quantity_milli=1_000_000,
        )
    center.add(
        "subsidy_programmes",
        programme_id=f"{name}-grant",
        center_id=name,
        authority_party_id=f"{name}-gov",
        grantee_party_id=f"{name}-op",
        subsidy_kind="operations_reward",
        signed_on=date(2026, 1, 10),
        valid_from=date(2026, 1, 10),
        granted_cny_fen=100_000_000,
    )
    center.add(
        "subsidy_milestones",
        milestone_id=f"{name}-m",
        programme_id=f"{name}-grant",
        metric="lit_on_plan",
        comparison="at_least",
        threshold_milli=500,
        threshold_unit="share",
        measure_window="point_in_time",
        due_on=SETTLED_ON,
    )
