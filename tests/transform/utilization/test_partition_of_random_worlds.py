"""Random worlds: whatever a register and its readings say, every planned card-second is in exactly one class.

All instants are quarter-hours, so that a scan of quarter-hours in plain Python is an exact second opinion.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ingest.domain import DEVICE_STATES

QUARTER = 900
DAYS = [date(2026, 9, 1) + timedelta(days=number) for number in range(4)]
AS_OF = datetime(2026, 9, 5, 12, tzinfo=UTC)
ZONES = ("Asia/Shanghai", "UTC", "Asia/Kolkata", "America/St_Johns")
ABLE = ("powered", "commissioned", "in_service")
LIVELY = ("in_service", "in_service", "powered", *DEVICE_STATES)
CENTER_COUNT = 120
PROVINCES = (320000, 150000, 520000, None)
KINDS = {
    False: {"cabinet", "cluster", "tenant", "model", "vendor"},
    True: {"all", "province", "center", "tenant", "model", "vendor"},
}
"""Kinds of filter of one center, and of all centers together."""


class Center:
    """One random center: `held` is the size of each cell (day, sold, allocated), `truth` how much of it was lit."""

    def __init__(self, make, random: Random, center_id: str) -> None:
        self.make, self.random, self.id = make, random, center_id
        self.zone = random.choice(ZONES)
        self.province = random.choice(PROVINCES)
        center = make.center(center_id, self.zone) | {"province_code": self.province}
        self.rows: dict[str, list[dict]] = {"centers": [center]}
        self.cabinets = {f"{center_id}-s{n}": name for n, name in enumerate(("east", "west", None))} | {None: None}
        self.rows["servers"] = [
            {"server_id": server, "center_id": center_id, "cabinet_id": name}
            for server, name in self.cabinets.items()
            if server
        ]
        zone = ZoneInfo(self.zone)
        self.midnights = [datetime(2026, 9, number, tzinfo=zone) for number in range(1, len(DAYS) + 2)]
        self.held: dict[tuple, int] = defaultdict(int)
        self.truth: dict[tuple, int] = defaultdict(int)
        self.planned: dict[tuple, int] = defaultdict(int)
        self.by_filter: dict[tuple, int] = defaultdict(int)
        self._plan()
        leases = self._leases()
        for number in range(random.randint(1, 5)):
            self._card(f"{center_id}-{number}", leases)

    def _instant(self) -> datetime:
        span = int((self.midnights[-1] - self.midnights[0]).total_seconds()) // QUARTER
        return (self.midnights[0] + timedelta(seconds=QUARTER * self.random.randint(0, span))).astimezone(UTC)

    def _plan(self) -> None:
        for number in range(self.random.randint(1, 3)):
            model = self.random.choice((self.make.H800, self.make.H20))
            cards, due = self.random.randint(0, 3), self.random.choice(DAYS)
            gone = self.random.choice((None, None, due + timedelta(days=2)))
            line = self.make.plan(cards, model, due, self.id, withdrawn_on=gone, plan_line_id=f"{self.id}-{number}")
            self.rows.setdefault("capacity_plans", []).append(line)
            for place, day in enumerate(DAYS):
                if cards and due <= day and (gone is None or day < gone):
                    length = (self.midnights[place + 1].astimezone(UTC) - self.midnights[place].astimezone(UTC)).seconds
                    self.planned[model, day] += cards * (length or 86_400)

    def _leases(self) -> dict[str, tuple[datetime, datetime]]:
        spans = {}
        for number in range(self.random.randint(0, 3)):
            start, end = sorted((self._instant(), self._instant()))
            if start < end:
                spans[f"{self.id}-l{number}"] = (start, end)
        self.rows["leases"] = [
            self.make.lease(lease_id, *span, self.id, tenant_party_id=self.random.choice("xyz"))
            for lease_id, span in spans.items()
        ]
        return spans

    def _card(self, uid: str, leases: dict[str, tuple[datetime, datetime]]) -> None:
        random, model = self.random, self.random.choice((self.make.H800, self.make.H20))
        moments = sorted({self._instant() for _ in range(random.randint(1, 4))})
        states = [(moment, random.choice(LIVELY)) for moment in moments]
        slot = random.choice((None, f"{self.id}-slot"))
        servers = {moment: random.choice(list(self.cabinets)) for moment in moments}
        self.rows.setdefault("device_events", []).extend(
            self.make.event(uid, state, moment, self.id, model_id=model, slot_id=slot, server_id=servers[moment])
            for moment, state in states
        )
        self._places[uid] = servers
        hands = []
        for lease_id, span in leases.items():
            start, end = sorted((self._instant(), self._instant()))
            if random.random() < 0.7 and start < end:
                self.rows.setdefault("lease_devices", []).append(
                    self.make.lease_device(lease_id, uid, start, end, self.id)
                )
                hands.append((lease_id, start, end, span))
        self._readings(uid, states, hands)

    def _sold(self, hands: list[tuple], moment: datetime) -> list[str]:
        """The leases that sell the card at this moment."""
        found = []
        for lease_id, start, end, (begins, ends) in hands:
            first = min(r["allocated_from"] for r in self.rows["lease_devices"] if r["lease_id"] == lease_id)
            since = begins if start == first else max(begins, start)
            if since <= moment < min(ends, end):
                found.append(lease_id)
        return found

    def _cabinet(self, uid: str, day: date) -> str:
        """Where the card stood last that day; an event without a server leaves it where it was."""
        midnight = self.midnights[DAYS.index(day) + 1]
        told = [server for moment, server in self._places[uid].items() if server and moment < midnight]
        return (self.cabinets[told[-1]] or "unknown") if told else "not_placed"

    def _tenant(self, sold: list[str], allocated: list[str]) -> str:
        if len(sold) > 1 or len(allocated) > 1:
            return "several"
        tenants = {lease["lease_id"]: lease["tenant_party_id"] for lease in self.rows["leases"]}
        return tenants[(sold or allocated)[0]] if sold or allocated else "none"

    def _readings(self, uid: str, states: list[tuple], hands: list[tuple]) -> None:
        hours: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
        # A card that also reports while the register has it down reports without a gap: a gap there could hide
        # that readings lie outside able time, which the models do not claim to see.
        habit = self.random.choice(("silent", "gapless", "only_able", "only_able"))
        for place, day in enumerate(DAYS):
            moment = self.midnights[place].astimezone(UTC)
            while moment < self.midnights[place + 1]:
                lit = self.random.random() < 0.5
                state = [name for begun, name in states if begun <= moment][-1:]
                is_able = bool(state) and state[0] in ABLE
                if is_able:
                    self._pending.append((uid, day, moment, hands, lit))
                if habit == "gapless" or (habit == "only_able" and is_able and self.random.random() < 0.9):
                    hour = hours[day, moment.replace(minute=0)]
                    hour[lit] += QUARTER
                moment += timedelta(seconds=QUARTER)
        if self.random.random() < 0.3:
            for day in DAYS:
                idle, lit = (sum(value[n] for key, value in hours.items() if key[0] == day) for n in (0, 1))
                row = self.make.day(uid, day, lit=lit, idle=idle, center_id=self.id)
                self.rows.setdefault("device_days", []).append(row)
            return
        for (day, start), (idle, lit) in hours.items():
            seconds = self.make.bins(b0_1=idle, b20_50=lit)
            hour = self.make.hour(uid, start, self.id, local_day=day) | seconds
            self.rows.setdefault("device_hours", []).append(hour)

    def settle(self) -> "Center":
        """Count the truth once all hand-overs are known: who was first decides what a lease sells."""
        for uid, day, moment, hands, lit in self._pending:
            allocated = [lease_id for lease_id, start, end, _ in hands if start <= moment < end]
            sold = self._sold(hands, moment)
            cell = (self.id, day, bool(sold), bool(allocated))
            self.by_filter[self.id, day, "cabinet", self._cabinet(uid, day)] += QUARTER
            self.by_filter[self.id, day, "tenant", self._tenant(sold, allocated)] += QUARTER
            self.held[cell] += QUARTER
            self.truth[cell] += QUARTER * lit
        return self

    @property
    def _places(self) -> dict[str, dict[datetime, str | None]]:
        return self.__dict__.setdefault("places_of_cards", {})

    @property
    def _pending(self) -> list[tuple]:
        return self.__dict__.setdefault("pending_quarters", [])


@pytest.fixture(scope="module")
def partition_of(build_world, make, merge, query):
    """A function from a random source to the centers drawn from it and the classes found, whole and by filter."""

    def build(random: Random):
        centers = [Center(make, random, f"w{number:03}").settle() for number in range(CENTER_COUNT)]
        path = build_world(
            merge(*(center.rows for center in centers)),
            select=["+fct_center_day__partition", "+fct_filter_period__partition"],
            as_of=AS_OF,
        )
        return (
            centers,
            query(path, "from fct_center_day__partition"),
            query(path, "from fct_filter_period__partition where period_grain = 'day'"),
        )

    return build


@settings(max_examples=1, deadline=None, derandomize=True, phases=[Phase.generate])
@given(seed=st.integers(min_value=1, max_value=10**9))
def test_every_planned_second_is_in_exactly_one_class_and_the_bounds_hold_the_truth(partition_of, seed):
    centers, rows, filtered = partition_of(Random(seed))
    _hold_under_every_filter(centers, rows, filtered)
    planned: dict[tuple, int] = defaultdict(int)
    cells: dict[tuple, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        assert row["planned_card_seconds"] >= 0
        assert row["beyond_plan_card_seconds"] >= 0
        planned[row["center_id"], row["model_id"], row["local_day"]] += row["planned_card_seconds"]
        if row["class_group"] == "able":
            cell = cells[row["center_id"], row["local_day"], row["is_sold"], row["is_allocated"]]
            cell[row["lit_status"]] += row["planned_card_seconds"] + row["beyond_plan_card_seconds"]
    expected = {(c.id, model, day): seconds for c in centers for (model, day), seconds in c.planned.items()}
    assert {key: seconds for key, seconds in planned.items() if seconds} == expected
    held = {cell: seconds for center in centers for cell, seconds in center.held.items()}
    truth = {cell: seconds for center in centers for cell, seconds in center.truth.items()}
    assert len(held) > 3 * CENTER_COUNT
    assert {key: sum(cell.values()) for key, cell in cells.items()} == held
    outside = {
        key: (cell["lit"], truth[key], cell["lit"] + cell["unknown"])
        for key, cell in cells.items()
        if not cell["lit"] <= truth[key] <= cell["lit"] + cell["unknown"]
    }
    assert outside == {}
    assert sum(cell["lit"] + cell["idle"] for cell in cells.values()) > sum(held.values()) // 2


def _hold_under_every_filter(centers: list[Center], rows: list[dict], filtered: list[dict]) -> None:
    """Of each kind the filters add up to the whole class by class, and each holds the able time that is its own."""
    whole: dict[tuple, int] = defaultdict(int)
    by_province: dict[tuple, int] = defaultdict(int)
    provinces = {center.id: str(center.province or "unknown") for center in centers}
    for row in rows:
        for scope in (row["center_id"], "ALL"):
            whole[scope, row["local_day"], row["class_id"]] += row["planned_card_seconds"]
        by_province[provinces[row["center_id"]], row["local_day"], row["class_id"]] += row["planned_card_seconds"]
    sums: dict[tuple, dict[tuple, int]] = defaultdict(lambda: defaultdict(int))
    plans: dict[tuple, int] = defaultdict(int)
    able: dict[tuple, int] = defaultdict(int)
    for row in filtered:
        key = (row["center_id"], row["period_start_on"], row["filter_kind"], row["filter_id"])
        kind = (row["center_id"] == "ALL", row["filter_kind"])
        sums[kind][row["center_id"], row["period_start_on"], row["class_id"]] += row["planned_card_seconds"]
        plans[key] += row["planned_card_seconds"]
        if row["class_group"] == "able":
            able[key] += row["planned_card_seconds"] + row["beyond_plan_card_seconds"]
    assert set(sums) == {(of_all, kind) for of_all, kinds in KINDS.items() for kind in kinds}
    for (of_all, kind), found in sums.items():
        assert found == {key: value for key, value in whole.items() if (key[0] == "ALL") == of_all}, kind
    of_provinces = {
        (row["filter_id"], row["period_start_on"], row["class_id"]): row["planned_card_seconds"]
        for row in filtered
        if row["filter_kind"] == "province"
    }
    assert of_provinces == by_province
    assert all(
        row["plan_card_seconds"]
        == plans[row["center_id"], row["period_start_on"], row["filter_kind"], row["filter_id"]]
        for row in filtered
    )
    truth = {key: seconds for center in centers for key, seconds in center.by_filter.items()}
    assert {key[3] for key in truth} >= {"east", "west", "unknown", "not_placed", "none", "several", "x", "y", "z"}
    of_centers = {key: seconds for key, seconds in able.items() if key[0] != "ALL"}
    assert {key: seconds for key, seconds in of_centers.items() if key[2] in ("cabinet", "tenant")} == truth
