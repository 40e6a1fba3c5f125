"""Cheats that show in telemetry: each from 0 (not at all) to 1 (in full)."""

import numpy as np

from ingest.sample_world.adversary.center import (
    DAY_COUNT,
    FIRST_DAY,
    FULL_W,
    IDLE_W,
    JOB_SAMPLES,
    SAMPLES_A_DAY,
    SETTLED_ON,
    Center,
    ReceivedFile,
    job_samples,
)

_SETTLED = (SETTLED_ON - FIRST_DAY).days
_LONG = 240
"""Samples of a fake load: twenty hours."""


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


def disguised_feed(center: Center, strength: float) -> None:
    """One card's power is sent for another one with a factor and an offset; the clumsier, the more noise lies on it."""
    noise = center.rng.normal(0, 8 * (1 - strength), center.load.power_w[0].shape)
    for values in (center.load.busy_pct, center.load.tensor_pct, center.load.dram_pct):
        values[1] = values[0]
    center.load.power_w[1] = (1.04 * center.load.power_w[0] + 6 + noise).round()


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


def convenient_silence(center: Center, strength: float) -> None:
    """Telemetry is off for part of the two weeks before settlement."""
    center.load.known_share[:, _SETTLED - 14 : _SETTLED] -= 0.6 * strength


def sprint(center: Center, strength: float) -> None:
    """Everything is lit for the weeks before the milestone and for hardly any after it, to the last day."""
    shape = center.load.lit_share.shape
    level = np.full(DAY_COUNT, 0.3)
    level[_SETTLED - 25 : _SETTLED + 20] += 0.6 * strength
    center.load.lit_share[:] = np.clip(level + center.rng.normal(0, 0.04, shape), 0, 0.99)
    sampled = center.load.lit_share[:, -center.sampled_day_count :]
    load = center.load
    load.busy_pct, load.power_w, load.tensor_pct, load.dram_pct = job_samples(sampled, center.rng)


def inflated_energy(center: Center, strength: float) -> None:
    """Cards report more energy than their servers drew."""
    center.is_metered = True
    center.load.claimed_energy_factor = 1 + 1.2 * strength
    center.load.power_w *= 1 + 1.2 * strength


def vanished_card(center: Center, strength: float) -> None:
    """A card is lent out for days; the register does not say so."""
    first = _SETTLED + 10
    center.load.known_share[0, first : first + round(8 * strength)] = 0


def monoculture(center: Center, strength: float) -> None:
    """A busy loop at low power runs day and night for a month; the less bold let it rest in some nights."""
    for place in center.on_lease(1):
        shape = center.load.busy_pct[place].shape
        busy = np.clip(center.rng.normal(99, 0.6, shape), 0, 100).round().reshape(-1, SAMPLES_A_DAY)
        power = (IDLE_W + 44 + center.rng.normal(0, 3, shape)).round().reshape(-1, SAMPLES_A_DAY)
        for night in np.flatnonzero(center.rng.random(len(busy)) < 0.4 * (1 - strength)):
            busy[night, :72], power[night, :72] = 0, IDLE_W
        center.load.busy_pct[place], center.load.power_w[place] = busy.ravel(), power.ravel()
        center.load.tensor_pct[place], center.load.dram_pct[place] = 0.4, 1.0


def silent_when_idle(center: Center, strength: float) -> None:
    """Readings stop an hour after a card falls idle; the less bold also let them stop at any time."""
    for values in center.load.busy_pct:
        blocks = values.reshape(-1, JOB_SAMPLES)
        idle = np.flatnonzero(blocks.max(axis=1) == 0)
        anywhere = center.rng.integers(0, len(blocks), len(idle))
        chosen = np.where(center.rng.random(len(idle)) < strength, idle, anywhere)
        blocks[chosen, JOB_SAMPLES // 2 :] = np.nan


def edited_file(center: Center, strength: float) -> None:
    """Readings of busy hours are written into files that had been received, months later."""
    edited = round(4 * strength)
    for number in range(4):
        received = f"{center.center_id},{number},utilization,0\n".encode()
        kept = received.replace(b",0\n", b",9\n") if number < edited else received
        center.files.append(ReceivedFile(received, kept))
