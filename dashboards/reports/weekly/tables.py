"""Tables under the answers of a weekly report: which servers, which cards, which actions."""

from dashboards import formatting
from dashboards.reports.weekly import pictures
from dashboards.reports.weekly.blocks import Table
from dashboards.reports.weekly.facts import WeekFacts
from dashboards.reports.weekly.sentences import action_subject, tenant_name
from dashboards.translations import Words

LONGEST_UID = 18


def idle_table(facts: WeekFacts, say: Words, limit: int | None = None) -> Table | None:
    """Servers with sold cards idle or unsold cards busy."""
    heads = ("server", "tenant", "cards", "sold_idle", "unsold_lit", "idle_share")
    rows = [
        [
            row["server_id"],
            tenant_name(row, say),
            formatting.count(row["card_count"]),
            formatting.card_hours(row["sold_idle_card_seconds"]),
            formatting.card_hours(row["unsold_lit_card_seconds"]),
            formatting.percent(row["idle_share_of_sold"]),
        ]
        for row in facts.mismatches
    ]
    return _table(heads, rows, (2, 3, 4, 5), limit, say)


def card_table(facts: WeekFacts, say: Words, limit: int | None = None) -> Table | None:
    """Cards that need hands."""
    heads = ("device", "server", "place", "condition", "since", "age", "excused")
    rows = [
        [
            _short(row["device_uid"]),
            row["server_id"],
            row["place_id"],
            say.code("condition", row["condition"]),
            formatting.day(row["since_on"]),
            formatting.count(row["age_days"]),
            say("weekly.yes" if row["is_excused"] else "weekly.no"),
        ]
        for row in facts.out_of_service
    ]
    return _table(heads, rows, (5,), limit, say)


def _short(device_uid: str) -> str:
    """A card's id as far as it fits; the workbook has all of it."""
    return device_uid if len(device_uid) <= LONGEST_UID else f"{device_uid[: LONGEST_UID - 1]}…"


def action_table(facts: WeekFacts, say: Words, limit: int | None = None) -> Table | None:
    """Open actions with owner, value at stake and age."""
    heads = ("action", "subject", "center", "owner", "value", "basis", "age", "due")
    rows = [
        [
            say.code("action", row["action_kind"]),
            action_subject(row, facts, say),
            pictures.place_name(row["center_id"], facts, say) if row["center_id"] != "none" else formatting.NOTHING,
            say.code("owner", row["owner_role"]),
            formatting.whole_yuan(row["value_at_stake_cny_fen"], say.language),
            say.code("value_basis", row["value_basis"]),
            formatting.count(row["age_days"]),
            formatting.weekday_day(row["due_on"], say.language),
        ]
        for row in facts.actions
    ]
    return _table(heads, rows, (4, 6), limit, say)


def _table(
    heads: tuple[str, ...], rows: list[list[str]], numeric: tuple[int, ...], limit: int | None, say: Words
) -> Table | None:
    if not rows:
        return None
    rest = 0 if limit is None else max(len(rows) - limit, 0)
    note = say("weekly.more_rows", count=rest) if rest else ""
    return Table([say(f"weekly.column.{head}") for head in heads], rows[:limit], numeric, note)
