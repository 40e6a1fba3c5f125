"""What staging keeps of several rows with one key."""

from datetime import UTC, datetime

PARTY = {"party_id": "p1", "party_kind": "vendor"}


def test_the_highest_revision_wins_and_of_its_copies_the_latest_recorded(build_world, query):
    second = PARTY | {"party_name_zh": "second", "revision": 2}
    rows = [
        PARTY | {"party_name_zh": "first", "revision": 1, "recorded_at": datetime(2026, 3, 1, tzinfo=UTC)},
        second | {"recorded_at": datetime(2026, 1, 1, tzinfo=UTC)},
        second | {"recorded_at": datetime(2026, 2, 1, tzinfo=UTC)},
    ]
    path = build_world({"parties": rows}, select=["stg_registers__parties"])
    (kept,) = query(path, "from stg_registers__parties")
    assert (kept["party_name_zh"], kept["recorded_at"]) == ("second", datetime(2026, 2, 1, tzinfo=UTC))


def test_of_two_rows_with_the_highest_revision_that_disagree_neither_is_believed_nor_what_they_replace(
    build_world, query
):
    rows = [PARTY | {"party_name_zh": "first", "revision": 1}]
    rows += [PARTY | {"party_name_zh": name, "revision": 2} for name in ("this", "that")]
    path = build_world({"parties": rows}, select=["stg_registers__parties"])
    assert query(path, "from stg_registers__parties") == []


def test_a_higher_revision_ends_a_conflict(build_world, query):
    rows = [PARTY | {"party_name_zh": name, "revision": 1} for name in ("this", "that")]
    rows += [PARTY | {"party_name_zh": "settled", "revision": 2}]
    path = build_world({"parties": rows}, select=["stg_registers__parties"])
    assert [row["party_name_zh"] for row in query(path, "from stg_registers__parties")] == ["settled"]


def test_a_row_recorded_after_the_as_of_instant_is_not_known_yet(build_world, query):
    rows = [
        PARTY | {"party_name_zh": "known", "recorded_at": datetime(2026, 1, 1, tzinfo=UTC)},
        PARTY | {"party_name_zh": "later", "recorded_at": datetime(2026, 2, 1, tzinfo=UTC)},
    ]
    path = build_world({"parties": rows}, select=["stg_registers__parties"], as_of=datetime(2026, 1, 15, tzinfo=UTC))
    assert [row["party_name_zh"] for row in query(path, "from stg_registers__parties")] == ["known"]
