"""Honest centers in which something looks like a cheat: none of them may be accused."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from ingest.sample_world.adversary.center import (
    DAY_COUNT,
    FIRST_DAY,
    FULL_W,
    IDLE_W,
    JOB_SAMPLES,
    SAMPLES_FROM,
    SETTLED_ON,
    Card,
    Center,
    ReceivedFile,
    a_day_of_use,
    add_card,
    at,
)
from ingest.sample_world.adversary.register_cheats import (
    QUOTED_FEN,
    claim,
    let_alone,
    let_by_the_card,
    made_of_twin_boards,
)

_SETTLED = (SETTLED_ON - FIRST_DAY).days
_LONG = 240


def plain(center: Center) -> None:
    """Nothing out of the ordinary, and metered."""
    center.is_metered = True


def memory_bound_inference(center: Center) -> None:
    """Decoding by a language model: hardly any tensor activity, memory busy, power clear."""
    for place in center.on_lease(1):
        shape = center.load.busy_pct[place].shape
        center.load.busy_pct[place] = np.clip(center.rng.normal(98, 1.2, shape), 0, 100).round()
        center.load.power_w[place] = (IDLE_W + center.rng.normal(0.42, 0.02, shape) * (FULL_W - IDLE_W)).round()
        center.load.tensor_pct[place], center.load.dram_pct[place] = 1.5, 78


def busy_waiting_server(center: Center) -> None:
    """A server waits for requests in a loop, answers few, and answers some every hour."""
    for place in center.on_lease(1):
        shape = center.load.busy_pct[place, :_LONG].shape
        center.load.busy_pct[place, :_LONG] = 99
        center.load.power_w[place, :_LONG] = (IDLE_W + 60 + center.rng.normal(0, 3, shape)).round()
        center.load.tensor_pct[place, :_LONG], center.load.dram_pct[place, :_LONG] = 0.5, 2
    for hour in range(24):
        center.add(
            "token_usage",
            center_id=center.center_id,
            request_id=f"{center.center_id}-r{hour}",
            requested_at=at(SAMPLES_FROM) + timedelta(hours=hour, minutes=7),
            server_id=center.servers()[0],
            http_status=200,
            prompt_token_count=900,
            completion_token_count=400,
        )


def lock_step_training(center: Center) -> None:
    """All cards run one job: the same load at the same time, and power that differs."""
    for values in (center.load.busy_pct, center.load.tensor_pct, center.load.dram_pct):
        values[:] = values[0]
    center.load.power_w[:] = center.load.power_w[0] + center.rng.normal(0, 9, center.load.power_w.shape).round()


def declared_test(center: Center) -> None:
    """A burn-in runs on cards that are handed over for tests."""
    (lease,) = center.of("leases", lease_id=f"{center.center_id}-l2")
    lease["purpose"], lease["workload_class"] = "acceptance_test", "burn_in"
    for place in center.on_lease(2):
        shape = center.load.busy_pct[place, :_LONG].shape
        center.load.busy_pct[place, :_LONG] = 100
        center.load.power_w[place, :_LONG] = (FULL_W * center.rng.normal(0.96, 0.01, shape)).round()
        center.load.tensor_pct[place, :_LONG] = 85


def seasonal_tenant(center: Center) -> None:
    """A tenant comes and goes with its season, and its lease ends as signed."""
    days = np.arange(DAY_COUNT)
    wave = 0.5 + 0.3 * np.sin(2 * np.pi * (days + center.rng.integers(0, 60)) / 60)
    for place in center.on_lease(2):
        center.load.lit_share[place] = np.clip(wave + center.rng.normal(0, 0.04, DAY_COUNT), 0.02, 0.98)
    (lease,) = center.of("leases", lease_id=f"{center.center_id}-l2")
    lease["ends_at"] = at(date(2026, 9, 1))


def go_live(center: Center) -> None:
    """A real go-live shortly before the milestone; use stays."""
    level = np.full(DAY_COUNT, 0.2)
    level[_SETTLED - 25 :] = 0.65
    center.load.lit_share[:] = np.clip(level + center.rng.normal(0, 0.05, center.load.lit_share.shape), 0.01, 0.98)


def registered_rma(center: Center) -> None:
    """A card fails, goes back and is replaced, all of it registered."""
    card = center.cards[0]
    facts = {key: center.rows["device_events"][0][key] for key in ("model_id", "server_id", "slot_id", "serial")}
    facts |= {"center_id": center.center_id, "device_uid": card.uid}
    gone = date(2026, 8, 10)
    event = f"{center.center_id}-rma"
    center.add("device_events", event_id=event, occurred_at=at(gone), state="rma_out", document="RMA-1", **facts)
    swap = Card(f"{card.uid}-swap", card.server_id, card.slot_id, 0)
    add_card(center, swap, date(2026, 8, 21), f"{center.center_id}-swap")
    center.load.known_share[0, (gone - FIRST_DAY).days :] = 0
    center.load.busy_pct[0] = np.nan


def driver_fault(center: Center) -> None:
    """A card stops sending while its board controller still lists it as powered."""
    first = date(2026, 8, 12)
    center.load.known_share[0, (first - FIRST_DAY).days : (first - FIRST_DAY).days + 6] = 0
    for number in range(-1, 8):
        center.add(
            "power_reports",
            center_id=center.center_id,
            server_id=center.cards[0].server_id,
            device_uid=center.cards[0].uid,
            reported_at=at(first + timedelta(days=number)),
            is_powered=True,
            power_source="bmc",
        )


def reserved_capacity(center: Center) -> None:
    """A tenant keeps its cards in reserve, and pays for them."""
    places = center.on_lease(2)
    center.load.lit_share[places] = 0.0
    center.load.known_share[places] = 1.0
    center.load.busy_pct[places], center.load.tensor_pct[places], center.load.dram_pct[places] = 0, 0, 0
    center.load.power_w[places] = IDLE_W + center.rng.integers(-3, 4, center.load.power_w[places].shape)


def network_work(center: Center) -> None:
    """Declared maintenance takes the cards out for a week before settlement."""
    first = SETTLED_ON - timedelta(days=10)
    for place, card in enumerate(center.cards):
        facts = {"center_id": center.center_id, "device_uid": card.uid, "model_id": "nvidia-h800-sxm5-80g"}
        facts |= {"server_id": card.server_id, "slot_id": card.slot_id, "document": "NET-7"}
        event = f"{center.center_id}-net{place}"
        center.add("device_events", event_id=f"{event}a", occurred_at=at(first), state="planned_maintenance", **facts)
        ends_at = at(first + timedelta(days=7))
        center.add("device_events", event_id=f"{event}b", occurred_at=ends_at, state="in_service", **facts)
    start = (first - FIRST_DAY).days
    center.load.known_share[:, start : start + 7] = 0


def late_paperwork(center: Center) -> None:
    """A lease of after the settlement day arrives two months late."""
    name = center.center_id
    lease = center.rows["leases"][0] | {"lease_id": f"{name}-l3", "starts_at": at(SETTLED_ON + timedelta(days=2))}
    center.add("leases", **lease, recorded_at=at(date(2026, 9, 29)))


def goods_from_the_vendor(center: Center) -> None:
    """The vendor buys goods from a tenant and has the receipts for them."""
    name = center.center_id
    center.add(
        "party_payments",
        payment_id=f"{name}-goods",
        payer_party_id=f"{name}-vendor",
        payee_party_id=f"{name}-t1",
        paid_on=date(2026, 6, 10),
        amount_cny_fen=5_000_000,
        nature="goods",
        goods_receipt="GRN-1",
        visibility="contract",
    )


def steady_training(center: Center) -> None:
    """Training runs day and night for a month: as flat as a fake load, at real power."""
    for place in center.on_lease(1):
        shape = center.load.busy_pct[place].shape
        center.load.busy_pct[place] = np.clip(center.rng.normal(97, 1.5, shape), 0, 100).round()
        center.load.power_w[place] = (FULL_W * center.rng.normal(0.82, 0.05, shape)).round()
        center.load.tensor_pct[place], center.load.dram_pct[place] = 38, 45


def patchy_network(center: Center) -> None:
    """Readings are lost at any time of day, whatever the cards do."""
    for values in center.load.busy_pct:
        blocks = values.reshape(-1, JOB_SAMPLES)
        blocks[center.rng.random(len(blocks)) < 0.3, JOB_SAMPLES // 2 :] = np.nan


def restored_backup(center: Center) -> None:
    """A received file was restored from a backup: another time, the same bytes."""
    content = f"{center.center_id},utilization,0\n".encode()
    center.files.append(ReceivedFile(content, content))


def short_lease(center: Center) -> None:
    """The second tenant takes its cards for a month, at twice the price of a long lease."""
    (lease,) = center.of("leases", lease_id=f"{center.center_id}-l2")
    lease["ends_at"] = at(date(2026, 3, 1))
    lease["unit_price_cny_fen"] *= 2


def dear_month(center: Center) -> None:
    """The second tenant signed its long lease in a month in which cards were scarce, at twice the later price."""
    (lease,) = center.of("leases", lease_id=f"{center.center_id}-l2")
    lease["signed_on"] = date(2025, 3, 10)
    lease["unit_price_cny_fen"] *= 2


def leases_end_as_signed(center: Center) -> None:
    """Tenants by the card leave together, on the day their leases end."""
    for lease in let_by_the_card(center):
        lease["ends_at"] = at(SETTLED_ON + timedelta(days=5))


def claim_of_next_quarter(center: Center) -> None:
    """One contract is claimed for one quarter and again for the next, under one programme."""
    name = center.center_id
    claim(center, f"{name}-claim1", f"{name}-grant", date(2026, 3, 1), contract=f"{name}-l1")
    claim(center, f"{name}-claim2", f"{name}-grant", date(2026, 6, 1), contract=f"{name}-l1")


def registered_move(center: Center) -> None:
    """A card is handed over to another center, which registers and uses it from then on."""
    name, card, day = center.center_id, center.cards[0], date(2026, 8, 10)
    facts = {key: center.rows["device_events"][0][key] for key in ("model_id", "server_id", "slot_id", "serial")}
    facts |= {"center_id": name, "device_uid": card.uid}
    center.add("device_events", event_id=f"{name}-out", occurred_at=at(day), state="transferred", **facts)
    center.load.known_share[0, (day - FIRST_DAY).days :] = 0
    center.load.busy_pct[0] = np.nan
    other = f"{name}-twin"
    center.add("centers", **(center.rows["centers"][0] | {"center_id": other}))
    facts |= {"center_id": other, "server_id": f"{other}-n1", "slot_id": f"{other}-n1/1"}
    for number, state in enumerate(("commissioned", "in_service")):
        event_id, instant = f"{other}-in{number}", at(day + timedelta(days=3), 8 + number)
        center.add("device_events", event_id=event_id, occurred_at=instant, state=state, **facts)
    for number in range(4, 20):
        center.add("device_days", **a_day_of_use(other, card.uid, day + timedelta(days=number)))


def racked_before_its_plan(center: Center) -> None:
    """A server stands before its plan line is registered; its boards show as two devices each."""
    made_of_twin_boards(center, len(center.cards) // 2)


def like_the_market(center: Center) -> None:
    """The only lease of a rare model in its month, let by the card for what the market asks."""
    let_alone(center, QUOTED_FEN)


LOOK_ALIKES: dict[str, Callable[[Center], None]] = {
    "plain": plain,
    "memory_bound_inference": memory_bound_inference,
    "busy_waiting_server": busy_waiting_server,
    "lock_step_training": lock_step_training,
    "declared_test": declared_test,
    "seasonal_tenant": seasonal_tenant,
    "go_live": go_live,
    "registered_rma": registered_rma,
    "driver_fault": driver_fault,
    "reserved_capacity": reserved_capacity,
    "network_work": network_work,
    "late_paperwork": late_paperwork,
    "goods_from_the_vendor": goods_from_the_vendor,
    "steady_training": steady_training,
    "patchy_network": patchy_network,
    "restored_backup": restored_backup,
    "short_lease": short_lease,
    "dear_month": dear_month,
    "leases_end_as_signed": leases_end_as_signed,
    "claim_of_next_quarter": claim_of_next_quarter,
    "registered_move": registered_move,
    "racked_before_its_plan": racked_before_its_plan,
    "like_the_market": like_the_market,
}
"""Honest centers by what looks odd in them."""

SIZES: dict[str, dict[str, int]] = {
    "leases_end_as_signed": {"cards_per_server": 4},
    "steady_training": {"sampled_days": 30},
}
"""Where more than two cards a server, or samples of more days, are needed."""
