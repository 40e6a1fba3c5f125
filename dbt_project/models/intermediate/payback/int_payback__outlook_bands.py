# Grain: one row per center, view, subsidy and month from the last complete one to the horizon.
"""Bands of cumulative net cash from random futures: tenants leave, many of them together, and the market price moves.

The same seed gives the same rows to the last digit. All draws of a month are one array operation; only months follow
one another, for a tenant that leaves is missed until another one comes. Everything else about payback is SQL.
"""

import zlib

import numpy as np
import pyarrow as pa

QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


def draw_common(policy, month_count):
    """What all centers live through in each draw, as (draws, months): months of a shock, and the market price (1)."""
    rng = np.random.default_rng([int(policy["outlook_seed"])])
    shape = (int(policy["outlook_draw_count"]), month_count)
    shocks = rng.random(shape) < policy["outlook_shock_hazard"]
    steps = policy["outlook_price_drift"] / 12 + policy["outlook_price_volatility"] / 12**0.5 * rng.standard_normal(
        shape
    )
    return shocks, np.exp(np.cumsum(steps, axis=1))


def draw_income(leases, policy, shocks, prices, center_id):
    """Income of one center in fen, as (draws, months).

    `leases` holds arrays of one length: `monthly_fen`, `ends_after` (months in which the lease is still in force) and
    `is_bound` (it cannot be left before its end). A tenant that gives notice pays for the notice; then its cards stand
    empty, and are let again at the market price. A lease at its end goes on at the market price, year by year.
    """
    draw_count, month_count = shocks.shape
    rng = np.random.default_rng([int(policy["outlook_seed"]), zlib.crc32(center_id.encode())])
    monthly, ends_after, is_bound = (np.asarray(leases[name]) for name in ("monthly_fen", "ends_after", "is_bound"))
    notice, vacant = int(policy["stress_notice_months"]), int(policy["stress_vacant_months"])
    factor = np.ones((draw_count, monthly.size))
    wait = np.zeros((draw_count, monthly.size), dtype=np.int64)
    bound = np.broadcast_to(is_bound, wait.shape).copy()
    income = np.zeros((draw_count, month_count))
    for month in range(month_count):
        price = prices[:, [month]]
        since_end = month - ends_after
        bound &= since_end < 0
        renews = (wait == 0) & (since_end >= 0) & (since_end % 12 == 0)
        factor = np.where(renews, price, factor)
        hazard = np.where(shocks[:, [month]], policy["outlook_shock_exit_ratio"], policy["outlook_exit_hazard"])
        leaves = (wait == 0) & ~bound & (rng.random(wait.shape) < hazard)
        wait = np.where(leaves, notice + vacant, wait)
        pays = (wait == 0) | (wait > vacant)
        income[:, month] = (monthly * factor * pays).sum(axis=1)
        comes_back = wait == 1
        factor = np.where(comes_back, price, factor)
        bound &= ~comes_back
        wait = np.maximum(wait - 1, 0)
    return income


def bands(income, start):
    """Quantiles of cumulative cash by month (month 0 is the last complete one), and the share of draws paid back.

    `start` holds `opening_balance_cny_fen`, `monthly_cost_cny_fen` and `collected_share`. A draw is paid back in the
    first month from which its cumulative cash is never again below zero.
    """
    flows = income * start["collected_share"] - start["monthly_cost_cny_fen"]
    opening = np.full((income.shape[0], 1), float(start["opening_balance_cny_fen"]))
    cumulative = np.concatenate([opening, opening + np.cumsum(flows, axis=1)], axis=1)
    is_below_later = np.logical_or.accumulate((cumulative < 0)[:, ::-1], axis=1)[:, ::-1]
    result = {
        name: np.rint(np.quantile(cumulative, quantile, axis=0, method="inverted_cdf")).astype(np.int64)
        for name, quantile in QUANTILES.items()
    }
    return result | {"paid_back_draw_count": (~is_below_later).sum(axis=0)}


def _rows(relation):
    return relation.to_arrow_table().to_pylist()


def model(dbt, session):
    """The dbt model: reads where outlooks start and today's leases, and draws each center once for all its variants."""
    dbt.config(materialized="table")
    policy = {row["name"]: row["value_number"] for row in _rows(dbt.ref("policy"))}
    starts = sorted(
        _rows(dbt.ref("int_payback__outlook_starts")), key=lambda row: (row["center_id"], row["view"], row["subsidy"])
    )
    leases = sorted(_rows(dbt.ref("int_payback__outlook_leases")), key=lambda row: (row["center_id"], row["lease_id"]))
    horizon = int(policy["payback_horizon_months"])
    shocks, prices = draw_common(policy, horizon)
    columns = {name: [] for name in SCHEMA.names}
    incomes = {}
    for start in starts:
        center_id, last_on = start["center_id"], start["last_month_on"]
        month_count = max(horizon - start["elapsed_months"], 0)
        if center_id not in incomes:
            own = [row for row in leases if row["center_id"] == center_id]
            arrays = {
                "monthly_fen": [row["monthly_gross_cny_fen"] for row in own],
                "ends_after": [
                    (row["ends_on"].year - last_on.year) * 12
                    + row["ends_on"].month
                    - last_on.month
                    - (1 if row["ends_on"].day == 1 else 0)
                    for row in own
                ],
                "is_bound": np.array([row["is_bound"] for row in own], dtype=bool),
            }
            incomes[center_id] = draw_income(
                arrays, policy, shocks[:, :month_count], prices[:, :month_count], center_id
            )
        found = bands(incomes[center_id], start | {"collected_share": min(start["collected_share"] or 0.0, 1.0)})
        count = month_count + 1
        for name in ("center_id", "view", "subsidy"):
            columns[name] += [start[name]] * count
        columns["month_index"] += [start["elapsed_months"] + ahead for ahead in range(count)]
        columns["month_ahead"] += list(range(count))
        for name in QUANTILES:
            columns[f"cumulative_net_cash_{name}_cny_fen"] += found[name].tolist()
        columns["paid_back_draw_count"] += found["paid_back_draw_count"].tolist()
        columns["draw_count"] += [int(policy["outlook_draw_count"])] * count
        columns["seed"] += [int(policy["outlook_seed"])] * count
    return pa.table(columns, schema=SCHEMA)


SCHEMA = pa.schema(
    [
        ("center_id", pa.string()),
        ("view", pa.string()),
        ("subsidy", pa.string()),
        ("month_index", pa.int64()),
        ("month_ahead", pa.int64()),
        ("cumulative_net_cash_p10_cny_fen", pa.int64()),
        ("cumulative_net_cash_p50_cny_fen", pa.int64()),
        ("cumulative_net_cash_p90_cny_fen", pa.int64()),
        ("paid_back_draw_count", pa.int64()),
        ("draw_count", pa.int64()),
        ("seed", pa.int64()),
    ]
)
