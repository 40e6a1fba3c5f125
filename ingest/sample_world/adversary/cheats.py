"""The ways a center cheats, each from 0 (not at all) to 1 (in full), and the rule that should ask about it."""

from collections.abc import Callable

from ingest.sample_world.adversary import register_cheats, telemetry_cheats
from ingest.sample_world.adversary.center import Center

Cheat = Callable[[Center, float], None]

CHEATS: dict[str, tuple[str, Cheat]] = {
    "phantom_rack": ("F01", telemetry_cheats.phantom_rack),
    "vanished_card": ("F02", telemetry_cheats.vanished_card),
    "moved_serial": ("F03", register_cheats.moved_serial),
    "resold_cards": ("F04", telemetry_cheats.resold_cards),
    "low_power_load": ("F05", telemetry_cheats.low_power_load),
    "burn_load": ("F06", telemetry_cheats.burn_load),
    "paper_lease": ("F07", register_cheats.paper_lease),
    "round_trip": ("F08", register_cheats.round_trip),
    "padding": ("F09", register_cheats.padding),
    "double_lease": ("F10", register_cheats.double_lease),
    "claimed_twice": ("F10", register_cheats.claimed_twice),
    "double_claim": ("F10", register_cheats.double_claim),
    "listed_slices": ("F10", register_cheats.listed_slices),
    "listed_logical_devices": ("F10", register_cheats.listed_logical_devices),
    "convenient_silence": ("F11", telemetry_cheats.convenient_silence),
    "silent_when_idle": ("F11", telemetry_cheats.silent_when_idle),
    "replayed_telemetry": ("F12", telemetry_cheats.replayed_telemetry),
    "cloned_feed": ("F12", telemetry_cheats.cloned_feed),
    "disguised_feed": ("F12", telemetry_cheats.disguised_feed),
    "inflated_energy": ("F13", telemetry_cheats.inflated_energy),
    "inflated_peak": ("F14", register_cheats.inflated_peak),
    "price_outlier": ("F15", register_cheats.price_outlier),
    "price_without_peers": ("F15", register_cheats.price_without_peers),
    "cancel_wave": ("F16", register_cheats.cancel_wave),
    "sprint": ("F17", telemetry_cheats.sprint),
    "back_dating": ("F18", register_cheats.back_dating),
    "monoculture": ("F19", telemetry_cheats.monoculture),
    "edited_file": ("F20", telemetry_cheats.edited_file),
}
"""What is planted, and the rule that should find it."""

MILD = ("listed_logical_devices",)
"""What its rule asks about mildly by design, since an honest look-alike cannot be told apart from it."""

SIZES: dict[str, dict[str, int]] = {
    "resold_cards": {"cards_per_server": 6},
    "cancel_wave": {"cards_per_server": 4},
    "monoculture": {"sampled_days": 30},
}
"""Where more than two cards a server, or samples of more days, are needed."""
