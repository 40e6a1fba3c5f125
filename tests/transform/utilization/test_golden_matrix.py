"""A generated world whose truth is worked out card by card in plain Python, against every figure SQL makes of it.

The script of the world is the only thing both sides know: which card is able, sold to whom and lit for how long on
which local day. Each figure of `fct_scope_period__rate` is then compared by its integer parts, for every metric below,
scope (center, vendor, model, province, tenant, all) and period (day, week, month); none may be missing, none left over.
What it takes, the build of the world with it, is printed and may be three minutes.
"""

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

DAY = 86_400
FIRST, AFTER = date(2026, 8, 24), date(2026, 10, 1)
DAYS = [FIRST + timedelta(days=number) for number in range((AFTER - FIRST).days)]
MODELS = {
    "nvidia-h800-sxm5-80g": ("NVIDIA", 989_500),
    "nvidia-h20-96g": ("NVIDIA", 148_000),
    "huawei-ascend-910b3": ("Huawei", 313_000),
}
CENTERS = {"gm-a": (320000, "UTC"), "gm-b": (320000, "Asia/Shanghai"), "gm-c": (150000, "Asia/Shanghai")}
PURPOSES = ("external_paid", "external_voucher", "own_business", "internal", "vendor_self_use")
EXTERNAL = {"external_paid", "external_voucher"}
BUSINESS = EXTERNAL | {"own_business"}
RATES = {
    "racked_device_avg": ("proven", "able", "planned"),
    "racked_device_point": ("proven_end", "able_end", "planned_end"),
    "racked_pflops_avg": ("proven", "able", "planned"),
    "racked_pflops_point": ("proven_end", "able_end", "planned_end"),
    "racked_device_due_avg": ("proven", "able", "planned_due"),
    "racked_pflops_due_avg": ("proven", "able", "planned_due"),
    "lit_of_racked": ("lit", "lit_upper", "able"),
    "lit_of_racked_pflops": ("lit", "lit_upper", "able"),
    "lit_on_plan": ("lit", "lit_upper", "planned"),
    "lit_on_plan_pflops": ("lit", "lit_upper", "planned"),
    "lit_of_commissioned_gross": ("lit", "lit_upper", "able"),
    "lit_of_commissioned_gross_pflops": ("lit", "lit_upper", "able"),
    "lit_of_sold": ("lit_sold", "lit_sold_upper", "sold"),
    "lit_of_sold_pflops": ("lit_sold", "lit_sold_upper", "sold"),
    "coverage_of_racked": ("known", "known", "able"),
    "sold_of_racked": ("sold", "sold", "able"),
    "sold_on_plan": ("sold", "sold", "planned"),
    "allocated_of_racked": ("sold", "sold", "able"),
    "allocated_on_plan": ("sold", "sold", "planned"),
    "installed_on_plan": ("able", "able", "planned"),
    "racked_device_due_point": ("proven_end", "able_end", "planned_due_end"),
    "racked_pflops_due_point": ("proven_end", "able_end", "planned_due_end"),
    **{
        f"racked_{weight}_{plan}_{kind}": (f"{lower}{end}", f"{upper}{end}", f"{planned}{end}")
        for weight in ("device", "pflops")
        for plan, lower, upper, planned in (
            ("amended", "proven", "able", "planned_amended"),
            ("capped", "capped_lower", "capped_upper", "planned"),
        )
        for kind, end in (("avg", ""), ("point", "_end"))
    },
    **{
        f"lit_{business}_{denominator}{weight}": (business, f"{business}_upper", part)
        for business in ("business", "external", "own")
        for denominator, part in (
            ("of_racked", "able"),
            ("on_plan", "planned"),
            ("of_commissioned_gross", "able"),
            ("of_available", "able"),
            ("of_sold", "sold"),
        )
        for weight in ("", "_pflops")
    },
    # Daily rows of class B say nothing of productive time: none is proven, all of it may be.
    **{
        f"lit_productive_{denominator}{weight}": ("nothing", upper, part)
        for denominator, upper, part in (
            ("of_racked", "able", "able"),
            ("on_plan", "able", "planned"),
            ("of_commissioned_gross", "able", "able"),
            ("of_available", "able", "able"),
            ("of_sold", "sold", "sold"),
        )
        for weight in ("", "_pflops")
    },
    "lit_of_available": ("lit", "lit_upper", "able"),
    "lit_of_available_pflops": ("lit", "lit_upper", "able"),
    "lit_of_net_maintenance": ("lit", "lit_upper", "able"),
    "lit_of_racked_at_1_pct": ("lit", "lit_upper", "able"),
    "lit_of_racked_at_5_pct": ("lit", "lit_upper", "able"),
    "lit_of_racked_at_10_pct": ("lit", "lit_upper", "able"),
    "lit_of_racked_at_20_pct": ("lit", "lit_upper", "able"),
}
"""Metric -> what the truth calls its numerator's lower and upper bound, and its denominator."""
BY_DAY_AND_TENANT = {"lit_of_sold", "lit_of_sold_pflops", "lit_business_of_sold", "lit_external_of_sold"}
MOST_SECONDS = 180


@dataclass(frozen=True)
class CardDay:
    """What is true of one card on one local day."""

    center: str
    model: str
    day: date
    lit: int
    idle: int
    tenant: str | None
    purpose: str | None


@dataclass(frozen=True)
class World:
    """The rows a center would send, and the truth they were written from."""

    rows: dict[str, list[dict]]
    card_days: list[CardDay]
    plans: list[tuple[str, str, str, int, date]]


def midnight(center: str, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(CENTERS[center][1])).astimezone(UTC)


def script(make, seed: int = 20260901) -> World:
    """Eighteen cards of three models in three centers: some come late, some leave, some are silent for days."""
    chance = random.Random(seed)
    rows: dict[str, list[dict]] = defaultdict(list)
    card_days: list[CardDay] = []
    plans = []
    for center, (province, zone) in CENTERS.items():
        rows["centers"].append(make.center(center, zone) | {"province_code": province})
        for model in MODELS:
            due = FIRST + timedelta(days=chance.randrange(12))
            approved = chance.choice((1, 4))
            for basis, card_count in (("approved_total", approved), ("due_to_date", 3), ("amended", 2)):
                line = make.plan(card_count, model, due if basis == "due_to_date" else FIRST, center)
                rows["capacity_plans"].append(line | {"plan_line_id": f"{center}-{model}-{basis}", "plan_basis": basis})
                plans.append((center, model, basis, card_count, line["due_on"]))
            for number in range(2):
                card_days += _card(make, chance, rows, center, model, f"{center}-{model}-{number}")
    return World(dict(rows), card_days, plans)


def _card(make, chance, rows, center: str, model: str, card: str) -> Iterator[CardDay]:
    start = chance.randrange(10)
    end = len(DAYS) if chance.random() < 0.6 else chance.randrange(start + 5, len(DAYS))
    changes = [("in_service", start)] + ([("decommissioned", end)] if end < len(DAYS) else [])
    for state, index in changes:
        moment = midnight(center, FIRST + timedelta(days=index))
        rows["device_events"].append(make.event(card, state, moment, center) | {"model_id": model})
    tenancy = {}
    lease_start = start + chance.randrange(6)
    while lease_start < end:
        lease_end = min(lease_start + chance.randrange(3, 12), end)
        tenant, purpose = chance.choice(("t1", "t2", "t3")), chance.choice(PURPOSES)
        lease = f"{card}-l{lease_start}"
        span = (
            midnight(center, FIRST + timedelta(days=lease_start)),
            midnight(center, FIRST + timedelta(days=lease_end)),
        )
        rows["leases"].append(make.lease(lease, *span, center) | {"tenant_party_id": tenant, "purpose": purpose})
        rows["lease_devices"].append(make.lease_device(lease, card, *span, center))
        tenancy |= dict.fromkeys(range(lease_start, lease_end), (tenant, purpose))
        lease_start = lease_end + chance.randrange(4)
    for index in range(start, end):
        lit = idle = 0
        if chance.random() > 0.15:
            known = chance.choice((DAY, DAY, DAY - chance.randrange(DAY // 2)))
            lit = chance.randrange(known + 1)
            idle = known - lit
            rows["device_days"].append(make.day(card, DAYS[index], lit=lit, idle=idle, center_id=center))
        yield CardDay(center, model, DAYS[index], lit, idle, *tenancy.get(index, (None, None)))


def periods(day: date) -> Iterator[tuple[str, date]]:
    yield "day", day
    yield "week", day - timedelta(days=day.weekday())
    yield "month", day.replace(day=1)


def is_last(grain: str, day: date) -> bool:
    following = day + timedelta(days=1)
    return following == AFTER or dict(periods(day))[grain] != dict(periods(following))[grain]


def scopes(center: str, model: str) -> list[tuple[str, str]]:
    return [
        ("all", "ALL"),
        ("center", center),
        ("vendor", MODELS[model][0]),
        ("model", model),
        ("province", str(CENTERS[center][0])),
    ]


def parts_of(card: CardDay) -> dict[str, int]:
    """What one card adds to each part on one day, in card-seconds; all boundaries of the script are midnights."""
    known, lit_upper = card.lit + card.idle, DAY - card.idle
    parts = {"able": DAY, "proven": DAY if known else 0, "known": known, "lit": card.lit, "lit_upper": lit_upper}
    if card.tenant is not None:
        parts |= {"sold": DAY, "lit_sold": card.lit, "lit_sold_upper": lit_upper}
    for name, purposes in (("business", BUSINESS), ("external", EXTERNAL), ("own", {"own_business"})):
        if card.purpose in purposes:
            parts |= {name: card.lit, f"{name}_upper": lit_upper}
    return parts


class Sums(defaultdict):
    """Parts by weight, scope and period: cards count one, PFLOPS their dense FP16 GFLOPS."""

    def add(self, model: str, day: date, where: list[tuple[str, str]], parts: dict[str, int], ends: dict) -> None:
        for scope in where:
            for grain, period_start in periods(day):
                for name, value in (parts | (ends if is_last(grain, day) else {})).items():
                    self["card", *scope, grain, period_start][name] += value
                    self["pflops", *scope, grain, period_start][name] += value * MODELS[model][1]


def truth(world: World) -> dict[tuple, dict[str, int]]:
    """What every part of every figure must be, from the script alone."""
    sums = Sums(lambda: defaultdict(int))
    for card in world.card_days:
        where = scopes(card.center, card.model) + ([("tenant", card.tenant)] if card.tenant else [])
        ends = {"able_end": 1, "proven_end": 1 if card.lit + card.idle else 0}
        sums.add(card.model, card.day, where, parts_of(card), ends)
    for (center, model, day), (able, proven) in _cards_able(world).items():
        planned = sum(line[3] for line in world.plans if line[:3] == (center, model, "approved_total"))
        lower, upper = min(proven, planned), min(able, planned)
        parts = {"capped_lower": lower * DAY, "capped_upper": upper * DAY}
        sums.add(model, day, scopes(center, model), parts, {"capped_lower_end": lower, "capped_upper_end": upper})
    for center, model, basis, card_count, due_on in world.plans:
        name = {"approved_total": "planned", "due_to_date": "planned_due", "amended": "planned_amended"}[basis]
        for day in filter(lambda day: day >= due_on, DAYS):
            sums.add(model, day, scopes(center, model), {name: card_count * DAY}, {f"{name}_end": card_count})
    return sums


def _cards_able(world: World) -> dict[tuple, tuple[int, int]]:
    """Center, model and day -> cards able, and cards proven able."""
    found: dict[tuple, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for card in world.card_days:
        able, proven = found[card.center, card.model, card.day]
        found[card.center, card.model, card.day] = (able + 1, proven + (card.lit + card.idle > 0))
    return found


@pytest.fixture(scope="module")
def started() -> float:
    """When the matrix began: its world is written, built, and then compared."""
    return time.perf_counter()


@pytest.fixture(scope="module")
def world(started, make) -> World:
    return script(make)


@pytest.fixture(scope="module")
def expected(world) -> dict[tuple, dict[str, int]]:
    return truth(world)


@pytest.fixture(scope="module")
def rates(world, build_world, query) -> list[dict]:
    warehouse = build_world(
        world.rows, select=["+fct_scope_period__rate"], as_of=datetime(2026, 10, 1, tzinfo=UTC) + timedelta(hours=1)
    )
    return query(warehouse, "from fct_scope_period__rate")


def test_every_part_of_every_figure_is_the_truth_within_three_minutes(rates, expected, started):
    compared, wrong = 0, []
    for row in rates:
        if row["metric_id"] not in RATES:
            continue
        weight = "pflops" if "pflops" in row["metric_id"] else "card"
        place = (weight, row["scope_kind"], row["scope_id"], row["period_grain"], row["period_start_on"])
        parts = expected.get(place, {})
        told = (row["numerator_lower"], row["numerator_upper"], row["denominator"])
        true = tuple(parts.get(name, 0) for name in RATES[row["metric_id"]])
        compared += 3
        if tuple(int(part) for part in told) != true:
            wrong.append((row["metric_id"], *place, told, true))
        rate = true[0] / true[2] if true[2] else None
        compared += 1
        if row["lower"] is not None and row["lower"] != rate:
            wrong.append((row["metric_id"], *place, row["lower"], rate))
    seconds = time.perf_counter() - started
    print(f"{len(RATES)} metrics, {compared:,} comparisons, {seconds:.1f} s with the build of the world")
    assert wrong[:5] == []
    assert compared > 50_000
    assert seconds < MOST_SECONDS


def test_every_metric_scope_and_period_of_the_truth_has_its_figure(rates, expected):
    told = {(row["scope_kind"], row["scope_id"], row["period_grain"], row["period_start_on"]) for row in rates}
    with_plan_or_card = {place[1:] for place, parts in expected.items() if place[0] == "card" and parts}
    assert with_plan_or_card - told == set()
    assert {row["metric_id"] for row in rates} >= set(RATES)
    of_tenants_by_day = {
        row["metric_id"] for row in rates if (row["scope_kind"], row["period_grain"]) == ("tenant", "day")
    }
    assert of_tenants_by_day == BY_DAY_AND_TENANT
