"""Cash books of one center, built through the real models."""

from datetime import UTC, date, datetime

import pytest

PAYBACK_MODELS = ["+fct_center__payback", "+fct_center_month__projected_cash", "+fct_center_month__cash"]
FEN_PER_MILLION_YUAN = 100_000_000


def movement(month: int, kind: str, million_yuan: float, day: int = 15) -> dict:
    """A payment in the given month after January 2024, the month of the spend."""
    return {
        "movement_id": f"{month}-{kind}-{day}",
        "center_id": "c1",
        "booked_on": date(2024 + month // 12, month % 12 + 1, day),
        "movement_kind": kind,
        "amount_cny_fen": round(million_yuan * FEN_PER_MILLION_YUAN),
    }


@pytest.fixture(scope="session")
def cash_book():
    """A function from capex and monthly net cash (months 1, 2, ...) in million yuan to rows of the cash book."""

    def book(capex: float, monthly: list[float], *others: tuple[int, str, float]) -> list[dict]:
        rows = [movement(0, "capex_servers", capex)]
        rows += [movement(number, "receipt", net) for number, net in enumerate(monthly, start=1) if net]
        return rows + [movement(*other) for other in others]

    return book


@pytest.fixture(scope="session")
def build_payback(build_world):
    """A function from rows of the cash book to a file with the payback marts, as of the 10th of the month after."""

    def build(movements: list[dict], months: int, extra=()):
        after = months + 1
        as_of = datetime(2024 + after // 12, after % 12 + 1, 10, tzinfo=UTC)
        center = {
            "center_id": "c1",
            "center_name_zh": "c1",
            "center_name_en": "c1",
            "province_code": 320000,
            "time_zone": "Asia/Shanghai",
            "opened_on": date(2024, 2, 1),
        }
        rows = {"centers": [center], "cash_movements": movements}
        return build_world(rows, select=[*PAYBACK_MODELS, *extra], as_of=as_of)

    return build


@pytest.fixture(scope="session")
def payback_row(query):
    """A function from a built file to one variant of `fct_center__payback`."""

    def row(path, flow_basis: str, subsidy: str = "without", view: str = "project") -> dict:
        (found,) = query(
            path,
            f"select * from fct_center__payback where view = '{view}' and subsidy = '{subsidy}' "
            f"and flow_basis = '{flow_basis}'",
        )
        return found

    return row
