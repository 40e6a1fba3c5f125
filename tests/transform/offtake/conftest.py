"""The commitment of the worked offtake example as raw rows, and the models it is built through."""

import shutil
from datetime import date, timedelta

import pytest

OFFTAKE_MODELS = [
    "int_parties__relations",
    "int_offtake__*",
    "fct_commitment_period__offtake",
    "fct_commitment_day__offtake_state",
    "dim_commitment",
]
"""Models of this subject; what they read of telemetry and invoices is empty in a world that is metered."""
QUARTERS = [
    (date(2024 + number // 4, number % 4 * 3 + 1, 1), date(2024 + (number + 1) // 4, (number + 1) % 4 * 3 + 1, 1))
    for number in range(8)
]
THOUSAND_CARD_HOURS_MILLI = 1_000 * 1_000
COMMITTED = (100, 150, 200, 250, 250, 250, 250, 250)
UNRELATED = (60, 130, 120, 220, 30, 0, 0, 0)
RELATED = (60, 30, 30, 40, 60, 40, 0, 0)


class ExampleCommitment:
    """Eight quarters from 2024 on, take spread evenly over each; p1 is paid in time and p3 within its cure time."""

    def commitment(self, **changes) -> dict:
        """Terms of the example: related cap 30 %, credit cap 20 %, expiry 2 periods, floor 6.00 yuan, 30 + 60 days."""
        return {
            "commitment_id": "take-1",
            "center_id": "c1",
            "vendor_party_id": "vendor",
            "signed_on": date(2023, 12, 1),
            "unit": "card_hour",
            "measured_on": "billed",
            "floor_price_cny_fen": 600,
            "related_cap_bp": 3_000,
            "credit_cap_bp": 2_000,
            "credit_expiry_periods": 2,
            "availability_floor_bp": 9_900,
            "due_days": 30,
            "cure_days": 60,
            "tail_withheld_cny_fen": 300_000_000,
        } | changes

    def periods(self, committed=COMMITTED, **changes) -> list[dict]:
        """Quarters from 2024 on with their quantities in thousands of card-hours."""
        return [
            {
                "commitment_id": "take-1",
                "period_no": number,
                "period_start_on": start,
                "period_end_on": end,
                "committed_quantity_milli": quantity * THOUSAND_CARD_HOURS_MILLI,
            }
            | changes
            for number, (quantity, (start, end)) in enumerate(zip(committed, QUARTERS, strict=False), start=1)
        ]

    def spread(self, consumer: str, quantity: int, first_day: date, day_after: date) -> list[dict]:
        """Meter rows of one consumer, as even as can be, that add up to `quantity` thousand card-hours."""
        days = (day_after - first_day).days
        total = quantity * THOUSAND_CARD_HOURS_MILLI
        rows = []
        for number in range(days):
            amount = total * (number + 1) // days - total * number // days
            if amount:
                used_on = first_day + timedelta(days=number)
                rows.append(
                    {
                        "usage_id": f"{consumer}-{used_on}",
                        "center_id": "c1",
                        "consumer_party_id": consumer,
                        "used_on": used_on,
                        "quantity_milli": amount,
                        "unit": "card_hour",
                        "commitment_id": "take-1",
                    }
                )
        return rows

    def usage(self, unrelated=UNRELATED, related=RELATED) -> list[dict]:
        """Meter rows of a stranger and of the vendor itself."""
        rows = []
        for outside, own, (start, end) in zip(unrelated, related, QUARTERS, strict=False):
            rows += self.spread("stranger", outside, start, end) + self.spread("vendor", own, start, end)
        return rows

    def settlement(self, period_no: int, paid_on: date, kilo_cny: int) -> dict:
        """A true-up received, in thousands of yuan."""
        return {
            "settlement_id": f"paid-{period_no}-{paid_on}",
            "commitment_id": "take-1",
            "period_no": period_no,
            "paid_on": paid_on,
            "amount_cny_fen": kilo_cny * 100_000,
        }

    def world(self, **tables) -> dict[str, list[dict]]:
        """Raw rows of the example; name a table to replace it."""
        return {
            "centers": [{"center_id": "c1", "time_zone": "Asia/Shanghai", "province_code": 320000}],
            "parties": [
                {"party_id": party, "party_name_zh": party, "party_kind": kind}
                for party, kind in (("vendor", "vendor"), ("stranger", "tenant"), ("friend", "tenant"))
            ],
            "offtake_commitments": [self.commitment()],
            "offtake_periods": self.periods(),
            "metered_usage": self.usage(),
            "offtake_settlements": [
                self.settlement(1, date(2024, 4, 20), 60),
                self.settlement(3, date(2024, 12, 19), 240),
            ],
        } | tables


@pytest.fixture(scope="session")
def example() -> ExampleCommitment:
    """Makes the raw rows of the example and of what is changed about it."""
    return ExampleCommitment()


@pytest.fixture(scope="session")
def without_telemetry(dbt_project, tmp_path_factory):
    """A file in which all that offtake reads was built over empty raw tables."""
    path = tmp_path_factory.mktemp("without_telemetry") / "warehouse.duckdb"
    shutil.copy(dbt_project.template, path)
    dbt_project.invoke(path, "run", "--select", "+dim_commitment", "+fct_vendor__scorecard")
    return path


@pytest.fixture(scope="session")
def build_offtake(build_world, without_telemetry):
    """A function from raw rows and the local day of as-of to a file with the offtake marts.

    With `measured`, all that offtake reads is built as well: telemetry, leases and invoices.
    """

    def build(rows, as_of, extra=(), measured=False):
        if measured:
            select = ["+dim_commitment", "+fct_commitment_period__offtake", "+fct_commitment_day__offtake_state"]
            return build_world(rows, select=[*select, *extra], as_of=as_of)
        return build_world(rows, select=[*OFFTAKE_MODELS, *extra], as_of=as_of, start_from=without_telemetry)

    return build
