"""A tiny dbt project with a policy seed, and deliveries in which all that can restate a figure happens at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.reading import Declaration
from ingest.state.register import Entry, Register
from ingest.state.restatements import LoggedPair, RestatementLog
from ingest.state.store import StateStore
from orchestration.build import build_warehouse
from orchestration.publish import publish
from orchestration.restating.log import restate

BINS = "util_0_1_seconds,util_1_5_seconds,util_5_10_seconds,util_10_20_seconds,util_20_50_seconds,util_50_80_seconds"
CENTERS = (
    "center_id,center_name_zh,center_name_en,province_code,time_zone\nyangzhou-01,扬州,Yangzhou,320000,Asia/Shanghai\n"
)

FIGURES = """
with newest_days as (
    select *
    from raw.device_days
    qualify row_number() over (partition by device_uid, local_day order by revision desc) = 1
),

newest_leases as (
    select *
    from raw.leases
    qualify row_number() over (partition by lease_id order by revision desc) = 1
),

of_days as (
    select
        days.local_day,
        days.known_seconds,
        case when leases.purpose = 'external_paid' and leases.cancelled_at is null
            then
                days.util_5_10_seconds * cast(policy.value_number <= 5 as integer)
                + days.util_10_20_seconds + days.util_20_50_seconds + days.util_50_80_seconds
                + days.util_80_100_seconds
            else 0
        end as lit_seconds
    from newest_days as days
    left join newest_leases as leases on days.device_uid = leases.lease_id
    cross join {{ ref('policy') }} as policy
),

sums as (
    select 'month' as period_grain, date '2026-09-01' as period_start, date '2026-10-01' as period_end,
        sum(lit_seconds) as lit, sum(known_seconds) as known from of_days
    union all
    select 'day', local_day, local_day + 1, sum(lit_seconds), sum(known_seconds) from of_days group by local_day
)

select
    'business/ALL/' || period_grain || '/' || period_start as figure_id,
    'business' as metric_id, 'technical' as basis, cast(null as varchar) as center_id, 'ratio' as unit,
    period_grain, period_start, period_end,
    lit / known as lower, lit / known as observed, lit / known as upper, 1.0 as coverage,
    cast(lit as decimal(38, 0)) as numerator_lower, cast(lit as decimal(38, 0)) as numerator_upper,
    cast(known as decimal(38, 0)) as denominator,
    build.as_of_at
from sums cross join raw.build as build
"""


class World:
    """A data folder that receives deliveries and publishes under one lit threshold or another."""

    FIRST_AT = datetime(2026, 9, 5, tzinfo=UTC)
    SECOND_AT = datetime(2026, 9, 9, tzinfo=UTC)
    DAYS = f"center_id,device_uid,local_day,evidence_class,known_seconds,{BINS},util_80_100_seconds,revision\n"
    LEASES = "lease_id,center_id,tenant_party_id,lease_kind,purpose,starts_at,ends_at,revision\n"

    def __init__(self, folder: Path, write_dbt_project: Callable[[Path, str], Path]) -> None:
        self.folder = folder
        self.data_dir = DataDir(folder / "data").create()
        self._write_dbt_project = write_dbt_project

    def receive(self, name: str, text: str, received_at: datetime) -> None:
        """Take in one file."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        (outcome,) = ingest_paths([path], self.data_dir, Declaration(received_at=received_at))
        assert outcome.status == "accepted", outcome.message

    def receive_first(self) -> None:
        """Two cards on 1 September: one leased to a customer, lit for 40 s, 10 of them below 10 %; one internal."""
        self.receive("centers.csv", CENTERS, self.FIRST_AT)
        days = self.device_day("a", "2026-09-01", 0, 0, 10, 30) + self.device_day("b", "2026-09-01", 0, 0, 0, 20)
        self.receive("days.csv", self.DAYS + days, self.FIRST_AT)
        leases = self.lease("a", "external_paid") + self.lease("b", "internal")
        self.receive("leases.csv", self.LEASES + leases, self.FIRST_AT)

    def receive_everything_else(self) -> None:
        """A late day, a corrected one and a row said twice; a lease with another purpose and another beginning."""
        days = (
            self.device_day("a", "2026-09-02", 0, 0, 5, 50)
            + self.device_day("a", "2026-09-01", 0, 0, 10, 40, revision=2)
            + self.device_day("b", "2026-09-01", 0, 0, 0, 20)
        )
        self.receive("later-days.csv", self.DAYS + days, self.SECOND_AT)
        lease = self.lease("b", "external_paid", 2, starts="2026-08-02")
        self.receive("later-leases.csv", self.LEASES + lease, self.SECOND_AT)

    def project(self, threshold: float = 5) -> Path:
        """The tiny project with a given lit threshold in its policy seed."""
        folder = self._write_dbt_project(
            self.folder / "tiny_dbt_project", "select * from {{ ref('int_figures__business') }}"
        )
        (folder / "models" / "int_figures__business.sql").write_text(FIGURES)
        (folder / "seeds").mkdir(exist_ok=True)
        header = "policy_version,name,value_number,value_text"
        (folder / "seeds" / "policy.csv").write_text(f"{header}\n1,lit_threshold_pct,{threshold},\n")
        settings = folder / "dbt_project.yml"
        settings.write_text(settings.read_text() + "seeds:\n  +schema: reference\n")
        return folder

    def publish(self, project: Path, as_of: datetime | None = None) -> Entry:
        """Build, publish, and give the register's entry."""
        publish(self.data_dir, build_warehouse(self.data_dir, as_of, project_dir=project))
        return Register(StateStore(self.data_dir)).head()

    def restate(self, earlier: Entry, later: Entry, project: Path) -> tuple[LoggedPair, dict[str, dict]]:
        """Split a pair; gives it and its restated figures."""
        pair = restate(self.data_dir, earlier, later, project_dir=project)
        return pair, RestatementLog(StateStore(self.data_dir)).figures(pair)

    @staticmethod
    def device_day(device: str, day: str, *bins: int, revision: int = 1) -> str:
        """A daily row of 100 known seconds; bins from the lowest on, what they leave is idle."""
        filled = [*bins, *[0] * (7 - len(bins))]
        filled[0] += 100 - sum(filled)
        return f"yangzhou-01,{device},{day},B,100,{','.join(map(str, filled))},{revision}\n"

    @staticmethod
    def lease(lease_id: str, purpose: str, revision: int = 1, starts: str = "2026-08-01") -> str:
        span = f"{starts}T00:00:00+08:00,2027-08-01T00:00:00+08:00"
        return f"{lease_id},yangzhou-01,tenant,card_hour,{purpose},{span},{revision}\n"


@pytest.fixture(scope="session")
def new_world(tmp_path_factory: pytest.TempPathFactory, write_dbt_project) -> Callable[[], World]:
    """A function that gives a world into which the first delivery was taken."""

    def make() -> World:
        world = World(tmp_path_factory.mktemp("restated"), write_dbt_project)
        world.receive_first()
        return world

    return make
