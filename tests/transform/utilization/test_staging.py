"""What staging keeps of several rows with one key."""

from datetime import UTC, datetime

PARTY = {"party_id": "p1", "party_kind": "vendor"}


def test_the_highest_revision_wins_and_then_the_latest_recorded(build_world, query):
    rows = [
        PARTY | {"party_name_zh": "first", "revision": 1, "recorded_at": datetime(2026, 3, 1, tzinfo=UTC)},
        PARTY | {"party_name_zh": "older copy", "revision": 2, "recorded_at": datetime(2026, 1, 1, tzinfo=UTC)},
        PARTY | {"party_name_zh": "newer copy", "revision": 2, "recorded_at": datetime(2026, 2, 1, tzinfo=UTC)},
    ]
    path = build_world({"parties": rows}, select=["stg_registers__parties"])
    assert [row["party_name_zh"] for row in query(path, "from stg_registers__parties")] == ["newer copy"]


def test_a_row_recorded_after_the_as_of_instant_is_not_known_yet(build_world, query):
    rows = [
        PARTY | {"party_name_zh": "known", "recorded_at": datetime(2026, 1, 1, tzinfo=UTC)},
        PARTY | {"party_name_zh": "later", "recorded_at": datetime(2026, 2, 1, tzinfo=UTC)},
    ]
    path = build_world({"parties": rows}, select=["stg_registers__parties"], as_of=datetime(2026, 1, 15, tzinfo=UTC))
    assert [row["party_name_zh"] for row in query(path, "from stg_registers__parties")] == ["known"]
