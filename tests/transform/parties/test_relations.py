"""Who is related to whom, when, and over which links."""

from datetime import UTC, date, datetime

import pytest

START = date(2024, 1, 1)


def link(link_id: str, one: str, other: str, kind: str, **changes) -> dict:
    return {"link_id": link_id, "from_party_id": one, "to_party_id": other, "link_kind": kind,
            "valid_from": START} | changes  # fmt: skip


LINKS = [
    link("l1", "holding", "vendor", "shareholding", share_bp=2000, valid_to=date(2024, 2, 2)),
    link("l2", "vendor", "small", "shareholding", share_bp=1999),
    link("l3", "vendor", "neighbor", "shared_address"),
    link("l4", "holding", "sister", "control"),
    link("l5", "sister", "far_cousin", "control"),
    link("l6", "vendor", "namesake", "shared_email_domain", confirmed_on=date(2024, 12, 31)),
    link("l7", "vendor", "not_yet", "shared_email_domain", confirmed_on=date(2025, 1, 1)),
    link("l8", "a person", "vendor", "common_director"),
    link("l9", "a person", "led", "common_representative"),
    link("l10", "neighbor", "behind", "control"),
]


@pytest.fixture(scope="module")
def relations(build_world, query):
    path = build_world(
        {"party_links": LINKS}, select=["+int_parties__relations"], as_of=datetime(2024, 12, 31, tzinfo=UTC)
    )
    rows = query(path, "select * from int_parties__relations where party_id = 'vendor'")
    return {row["other_party_id"]: row for row in rows}


def test_links_of_control_holdings_and_persons_relate_over_at_most_two_steps(relations):
    firm = {party for party, row in relations.items() if not row["is_soft"]}
    assert firm == {"holding", "sister", "namesake", "a person", "led"}


def test_a_holding_below_a_fifth_and_a_third_step_relate_nobody(relations):
    assert not {"small", "far_cousin"} & relations.keys()


def test_a_shared_detail_is_soft_until_the_day_it_was_confirmed_and_so_is_what_lies_behind_it(relations):
    soft = {party for party, row in relations.items() if row["is_soft"]}
    assert soft == {"neighbor", "not_yet", "behind"}


def test_a_way_of_two_links_holds_while_both_do(relations):
    sister = relations["sister"]
    assert (sister["first_link_id"], sister["second_link_id"], sister["distance"]) == ("l1", "l4", 2)
    assert (sister["valid_from"], sister["valid_to"]) == (START, date(2024, 2, 2))
