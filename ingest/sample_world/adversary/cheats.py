"""The ways a center cheats, each from 0 (not at all) to 1 (in full), and the rule that should ask about it."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from ingest.sample_world.adversary.center import (
    DAY_COUNT,
    FIRST_DAY,
    FULL_W,
    IDLE_W,
    SETTLED_ON,
    Card,
    Center,
    add_card,
    at,
)

Cheat = Callable[[Center, float], None]
_SETTLED = (SETTLED_ON - FIRST_DAY).days
_LONG = 240
"""Samples of a fake load: twenty hours."""


def padding(center: Center, strength: float) -> None:
    """The vendor's affiliate fills half of the center until acceptance ends, and leaves."""
    name = center.center_id
    center.add(
        "party_links",
        link_id=f"{name}-link",
        from_party_id=f"{name}-vendor",
        to_party_id=f"{name}-t2",
        link_kind="shareholding",
        share_bp=6_000,
        valid_from=date(2025, 1, 1),
    )
    noise = center.rng.normal(0, 0.03, (len(center.cards), DAY_COUNT))
    for place in center.on_lease(2):
        center.load.lit_share[place] = np.clip(0.92 + noise[place], 0, 0.99)
        center.load.lit_share[place, _SETTLED:] = np.clip(0.92 - 0.88 * strength + noise[place, _SETTLED:], 0, 0.99)


def low_power_load(center: Center, strength: float) -> None:
    """A busy loop shows full utilization and draws next to nothing."""
    ratio = 0.5 - 0.43 * strength
    for place in center.on_lease(1):
        shape = center.load.busy_pct[place, :_LONG].shape
        center.load.busy_pct[place, :_LONG] = np.clip(center.rng.normal(99, 0.6, shape), 0, 100).round()
        drawn = IDLE_W + ratio * (FULL_W - IDLE_W) + center.rng.normal(0, 3, shape)
        center.load.power_w[place, :_LONG] = drawn.round()
        center.load.tensor_pct[place, :_LONG] = 0.4 + 3 * (1 - strength)
        center.load.dram_pct[place, :_LONG] = 1.0 + 9 * (1 - strength)


def burn_load(center: Center, strength: float) -> None:
    """A stress test runs on all cards of a server outside any declared window."""
    spread = 0.012 + 0.05 * (1 - strength)
    for place in center.on_lease(1):
        shape = center.load.busy_pct[place, :_LONG].shape
        center.load.busy_pct[place, :_LONG] = 100
        center.load.power_w[place, :_LONG] = (FULL_W * center.rng.normal(0.96, spread, shape)).round()
        center.load.tensor_pct[place, :_LONG] = 85
        center.load.dram_pct[place, :_LONG] = 40


def replayed_telemetry(center: Center, strength: float) -> None:
    """Two days of one card's telemetry are sent again in place of the following ones."""
    hours = round(48 * strength)
    count = hours * 12
    for values in (center.load.busy_pct, center.load.power_w, center.load.tensor_pct, center.load.dram_pct):
        values[0, 576 : 576 + count] = values[0, :count]


def cloned_feed(center: Center, strength: float) -> None:
    """One card's readings are sent for another one too, with some noise if the cheat is clumsy."""
    noise = center.rng.normal(0, 8 * (1 - strength), center.load.power_w[0].shape)
    for values in (center.load.busy_pct, center.load.tensor_pct, center.load.dram_pct):
        values[1] = values[0]
    center.load.power_w[1] = (center.load.power_w[0] + noise).round()


def phantom_rack(center: Center, strength: float) -> None:
    """The second server is in the register and not in the room."""
    center.is_metered = True
    center.load.known_share[center.on_lease(2)] = 0
    center.load.busy_pct[center.on_lease(2)] = np.nan
    card_count = len(center.on_lease(2))
    center.meter_wh[center.servers()[1]] = (1 - 0.95 * strength) * IDLE_W * 24 * card_count


def resold_cards(center: Center, strength: float) -> None:
    """Cards are pulled one after the other in three weeks; the register does not say so."""
    places = [*center.on_lease(1)[1:], *center.on_lease(2)[1:]]
    for number, place in enumerate(places[: round(len(places) * strength)]):
        center.load.known_share[place, _SETTLED + 2 * number :] = 0
        center.load.busy_pct[place] = np.nan


def moved_serial(center: Center, strength: float) -> None:
    """A card of the register sends from another center on the same days."""
    name, days = center.center_id, round(10 * strength**2)
    other = f"{name}-twin"
    center.add("centers", **(center.rows["centers"][0] | {"center_id": other}))
    for number in range(days):
        day = SETTLED_ON + timedelta(days=number)
        center.add(
            "device_days",
            center_id=other,
            device_uid=center.cards[0].uid,
            local_day=day,
            evidence_class="B",
            known_seconds=86_400,
            util_0_1_seconds=30_000,
            util_50_80_seconds=56_400,
            energy_wh=6_000,
        )


def paper_lease(center: Center, strength: float) -> None:
    """The second tenant is billed, uses nothing and pays nothing."""
    unlit = 0.5 * (1 - strength) ** 2
    center.load.lit_share[center.on_lease(2)] = unlit
    center.load.known_share[center.on_lease(2)] = 1.0
    if strength == 1:
        for place in center.on_lease(2):
            center.load.busy_pct[place] = 0
            center.load.power_w[place] = IDLE_W + center.rng.integers(-2, 3, center.load.power_w[place].shape)
    unpaid = {row["invoice_line_id"] for row in center.of("invoice_lines", lease_id=f"{center.center_id}-l2")}
    for kind, key in (("receipt_allocations", "invoice_line_id"),):
        center.rows[kind] = [row for row in center.rows[kind] if row[key] not in unpaid]


def round_trip(center: Center, strength: float) -> None:
    """The vendor pays the first tenant before each of its payments; the bolder, the likelier somebody saw it."""
    name = center.center_id
    if center.rng.random() >= strength:
        return
    for row in center.of("cash_movements", party_id=f"{name}-t1"):
        center.add(
            "party_payments",
            payment_id=f"{row['movement_id']}-back",
            payer_party_id=f"{name}-vendor",
            payee_party_id=f"{name}-t1",
            paid_on=row["booked_on"] - timedelta(days=10),
            amount_cny_fen=round(row["amount_cny_fen"] * strength),
            nature="rebate",
            visibility="declared",
        )


def double_lease(center: Center, strength: float) -> None:
    """A card of the first lease is handed over under the second one too."""
    center.add(
        "lease_devices",
        lease_id=f"{center.center_id}-l2",
        center_id=center.center_id,
        device_uid=center.cards[0].uid,
        allocated_from=at(date(2026, 8, 10)),
        allocated_to=at(date(2026, 8, 10)) + timedelta(hours=60 * strength**2),
    )


def convenient_silence(center: Center, strength: float) -> None:
    """Telemetry is off for part of the two weeks before settlement."""
    center.load.known_share[:, _SETTLED - 14 : _SETTLED] -= 0.6 * strength


def back_dating(center: Center, strength: float) -> None:
    """A lease of ten days before settlement is registered weeks after it."""
    name = center.center_id
    center.add(
        "leases",
        **(center.rows["leases"][0] | {"lease_id": f"{name}-l3", "starts_at": at(SETTLED_ON - timedelta(days=10))}),
        recorded_at=at(SETTLED_ON + timedelta(days=round(50 * strength))),
    )


def sprint(center: Center, strength: float) -> None:
    """Everything is lit for the weeks before the milestone and for hardly any after it."""
    shape = center.load.lit_share.shape
    level = np.full(DAY_COUNT, 0.3)
    level[_SETTLED - 25 : _SETTLED + 20] += 0.6 * strength
    center.load.lit_share[:] = np.clip(level + center.rng.normal(0, 0.04, shape), 0, 0.99)


def inflated_peak(center: Center, strength: float) -> None:
    """The plan states sparse PFLOPS, for a share of its cards."""
    for row in center.rows["capacity_plans"]:
        row["declared_pflops"] *= 1 + strength


def inflated_energy(center: Center, strength: float) -> None:
    """Cards report more energy than their servers drew."""
    center.is_metered = True
    center.load.claimed_energy_factor = 1 + 1.2 * strength
    center.load.power_w *= 1 + 1.2 * strength


def claimed_twice(center: Center, strength: float) -> None:
    """A slot of the register holds two cards at once."""
    if center.rng.random() < strength:
        first = center.cards[0]
        ghost = Card(f"{first.uid}-ghost", first.server_id, first.slot_id, 1)
        add_card(center, ghost, date(2026, 8, 1), f"{center.center_id}-ghost")


CHEATS: dict[str, tuple[str, Cheat]] = {
    "phantom_rack": ("F01", phantom_rack),
    "moved_serial": ("F03", moved_serial),
    "resold_cards": ("F04", resold_cards),
    "low_power_load": ("F05", low_power_load),
    "burn_load": ("F06", burn_load),
    "paper_lease": ("F07", paper_lease),
    "round_trip": ("F08", round_trip),
    "padding": ("F09", padding),
    "double_lease": ("F10", double_lease),
    "claimed_twice": ("F10", claimed_twice),
    "convenient_silence": ("F11", convenient_silence),
    "replayed_telemetry": ("F12", replayed_telemetry),
    "cloned_feed": ("F12", cloned_feed),
    "inflated_energy": ("F13", inflated_energy),
    "inflated_peak": ("F14", inflated_peak),
    "sprint": ("F17", sprint),
    "back_dating": ("F18", back_dating),
}
"""What is planted, and the rule that should find it."""

CARDS_PER_SERVER = {"resold_cards": 6}
"""Where more than two cards a server are needed."""
