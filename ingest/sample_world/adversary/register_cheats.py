"""Cheats on paper, in registers, claims and payments, some of which show in use: each from 0 to 1."""

from datetime import date, timedelta

import numpy as np

from ingest.sample_world.adversary.center import (
    DAY_COUNT,
    FIRST_DAY,
    IDLE_W,
    SETTLED_ON,
    Card,
    Center,
    Row,
    a_day_of_use,
    add_card,
    at,
)

_SETTLED = (SETTLED_ON - FIRST_DAY).days
LONE_MODEL_ID, QUOTED_FEN = "nvidia-h100-sxm5-80g", 1_100
TWIN_MODEL_ID, TWIN_PFLOPS = "huawei-ascend-910c", 0.752


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


def moved_serial(center: Center, strength: float) -> None:
    """A card of the register sends from another center on the same days."""
    name, days = center.center_id, round(10 * strength**2)
    other = f"{name}-twin"
    center.add("centers", **(center.rows["centers"][0] | {"center_id": other}))
    for number in range(days):
        center.add("device_days", **a_day_of_use(other, center.cards[0].uid, SETTLED_ON + timedelta(days=number)))


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


def back_dating(center: Center, strength: float) -> None:
    """A lease of ten days before settlement is registered weeks after it."""
    name = center.center_id
    center.add(
        "leases",
        **(center.rows["leases"][0] | {"lease_id": f"{name}-l3", "starts_at": at(SETTLED_ON - timedelta(days=10))}),
        recorded_at=at(SETTLED_ON + timedelta(days=round(50 * strength))),
    )


def inflated_peak(center: Center, strength: float) -> None:
    """The plan states sparse PFLOPS, for a share of its cards."""
    for row in center.rows["capacity_plans"]:
        row["declared_pflops"] *= 1 + strength


def claimed_twice(center: Center, strength: float) -> None:
    """A slot of the register holds two cards at once."""
    if center.rng.random() < strength:
        first = center.cards[0]
        ghost = Card(f"{first.uid}-ghost", first.server_id, first.slot_id, 1)
        add_card(center, ghost, date(2026, 8, 1), f"{center.center_id}-ghost")


def price_outlier(center: Center, strength: float) -> None:
    """The first tenant pays far more than others pay for the like, with money that comes from elsewhere."""
    for row in center.of("leases", lease_id=f"{center.center_id}-l1"):
        row["unit_price_cny_fen"] = round(row["unit_price_cny_fen"] * (1 + 1.4 * strength))


def let_alone(center: Center, card_hour_fen: int) -> None:
    """The first lease is of a model that hardly anybody else let that month, by the card; the market quoted it."""
    name, signed_on = center.center_id, date(2023, 2, 1) + timedelta(days=int(center.rng.integers(0, 1_050)))
    for place in center.on_lease(1):
        for row in center.of("device_events", device_uid=center.cards[place].uid):
            row["model_id"] = LONE_MODEL_ID
    for row in center.of("leases", lease_id=f"{name}-l1"):
        row |= {"unit_price_cny_fen": card_hour_fen, "price_unit": "card_hour", "signed_on": signed_on}
    center.add(
        "market_prices",
        price_id=f"{name}-quote",
        price_kind="lease",
        model_id=LONE_MODEL_ID,
        lease_term_months=12,
        price_cny_fen=QUOTED_FEN,
        tax_basis="included",
        valid_from=date(2023, 1, 1),
        quoted_by="exchange",
    )


def price_without_peers(center: Center, strength: float) -> None:
    """A lease that has no peers is paid far above what the market asks."""
    let_alone(center, round(QUOTED_FEN * (1 + 1.4 * strength)))


def let_by_the_card(center: Center) -> list[Row]:
    """Six cards are let to six tenants more, each by the card; hands back their leases."""
    name, leases = center.center_id, []
    for place in [*center.on_lease(1)[1:4], *center.on_lease(2)[1:4]]:
        lease_id, uid = f"{name}-s{place}", center.cards[place].uid
        facts = center.rows["leases"][0] | {"lease_id": lease_id, "tenant_party_id": f"{name}-small{place}"}
        leases.append(center.add("leases", **facts))
        (handover,) = center.of("lease_devices", device_uid=uid)
        handover["lease_id"] = lease_id
    return leases


def cancel_wave(center: Center, strength: float) -> None:
    """Tenants that were there for the settlement cancel within two weeks after it."""
    leases = let_by_the_card(center)
    for number, lease in enumerate(leases[: round(4 * strength)]):
        lease["cancelled_at"] = at(SETTLED_ON + timedelta(days=5 + 3 * number))


def claim(center: Center, claim_id: str, programme_id: str, first: date, **papers: str) -> None:
    """A claim of the operator for three months, with papers by kind."""
    name = center.center_id
    center.add(
        "subsidy_claims",
        claim_id=claim_id,
        programme_id=programme_id,
        center_id=name,
        claimant_party_id=f"{name}-op",
        claimed_on=date(2026, 9, 20),
        period_from=first,
        period_to=first + timedelta(days=92),
        claimed_cny_fen=1_000_000,
    )
    for kind, reference in papers.items():
        center.add("subsidy_claim_items", claim_id=claim_id, item_kind=kind, item_ref=reference)


def double_claim(center: Center, strength: float) -> None:
    """One invoice is claimed under two programmes; the bolder, the likelier both claims are on our desk."""
    name, invoice = center.center_id, f"{center.center_id}-i17"
    claim(center, f"{name}-claim1", f"{name}-grant", date(2026, 6, 1), invoice=invoice)
    if center.rng.random() < strength:
        claim(center, f"{name}-claim2", f"{name}-voucher", date(2026, 6, 1), invoice=invoice)


def listed_slices(center: Center, strength: float) -> None:
    """Slices of a card are put into the register as cards of their own."""
    for number in range(round(4 * strength)):
        first = center.cards[0]
        part = Card(f"MIG-{first.uid}-{number}", first.server_id, f"{first.server_id}/s{number}", 0)
        add_card(center, part, date(2026, 8, 1), f"{center.center_id}-mig{number}")


def made_of_twin_boards(center: Center, board_count: int) -> None:
    """The center is of a model whose board shows as two logical devices; its plan counts that many boards."""
    for row in center.rows["device_events"]:
        row["model_id"] = TWIN_MODEL_ID
    for row in center.rows["capacity_plans"]:
        row |= {
            "model_id": TWIN_MODEL_ID,
            "planned_card_count": board_count,
            "declared_pflops": board_count * TWIN_PFLOPS,
        }


def listed_logical_devices(center: Center, strength: float) -> None:
    """Both logical devices of a board are put into the register as cards, for a share of the boards."""
    made_of_twin_boards(center, len(center.cards) - round(len(center.cards) / 2 * strength))
