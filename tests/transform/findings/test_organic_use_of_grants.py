"""Organic hours of a grant are those of the center, also where a center cheats: load that nobody needs, kin, money."""

import pytest

USE = """
with users as (
    select programme_id, sum(card_seconds_lower) as external, sum(organic_card_seconds_lower) as organic,
        sum(organic_card_seconds_upper) as organic_upper, sum(card_seconds_upper) as external_upper,
        sum(suspect_card_seconds) as suspect, sum(funded_card_seconds) as funded
    from fct_programme_user__use group by programme_id
),
classes as (
    select center_id, sum(card_seconds) filter (use_class = 'external_unrelated') as unrelated,
        sum(card_seconds) filter (use_class = 'related') as related,
        sum(card_seconds) filter (use_class = 'vendor_funded') as vendor_funded,
        sum(card_seconds) filter (use_class = 'suspect_synthetic') as synthetic
    from fct_center_month_class__organic_use group by center_id
)
select * from users inner join classes on users.programme_id = classes.center_id || '-grant'
where users.programme_id like '{scenario}-1-%'
"""


@pytest.fixture(scope="module")
def use_of(planted, query):
    def ask(scenario: str) -> dict:
        (row,) = query(planted, USE.format(scenario=scenario))
        return row

    return ask


@pytest.mark.parametrize("scenario", ["low_power_load", "burn_load", "round_trip", "padding"])
def test_organic_use_of_a_grant_is_that_of_its_center(use_of, scenario):
    row = use_of(scenario)
    assert row["organic"] == row["unrelated"] > 0
    assert row["organic"] <= row["organic_upper"] <= row["external_upper"]


@pytest.mark.parametrize("scenario", ["low_power_load", "burn_load"])
def test_load_that_may_be_synthetic_is_proven_use_of_nobody(use_of, scenario):
    row = use_of(scenario)
    assert row["suspect"] == row["synthetic"] > 0
    assert row["organic"] == row["external"]
    assert row["organic_upper"] >= row["organic"] + row["suspect"]


def test_use_that_a_vendor_paid_for_counts_in_the_upper_bound_alone(use_of):
    row = use_of("round_trip")
    assert row["funded"] == row["vendor_funded"] > 0
    assert row["organic"] == row["external"] - row["funded"]
    assert row["organic_upper"] >= row["organic"] + row["funded"]


def test_use_by_an_affiliate_of_the_vendor_is_organic_at_neither_bound(use_of):
    row = use_of("padding")
    assert row["organic"] == row["external"] - row["related"]
    assert row["organic_upper"] <= row["external_upper"] - row["related"]


def test_hours_of_a_grant_are_the_sum_of_its_users(planted, query):
    hours = query(
        planted,
        """select hours.programme_id from int_subsidy__programme_hours as hours
        inner join (
            select programme_id, sum(organic_gflops_seconds_lower) as low, sum(organic_gflops_seconds_upper) as high
            from fct_programme_user__use group by programme_id
        ) as users using (programme_id)
        where hours.hours_kind = 'organic' and (gflops_seconds_lower <> low or gflops_seconds_upper <> high)""",
    )
    assert hours == []
