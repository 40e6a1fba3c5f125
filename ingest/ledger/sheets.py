"""Sheets of an inventory, in a workbook or as CSV, row by row: judged, dated, and turned into machines and events.

Hidden rows are read like all others and counted in the notices: a machine does not vanish because a row is folded
away. A row's dates give its first states (delivered, installed, powered), each from its local midnight. Its status
word adds the state at hand where the dates do not say it already. That state begins on the one date in the remark
where it takes the machine away (`2025.8.30下架`), else it is known from the day the ledger states as its own, else
from the snapshot's declared time, else from its receipt: later than the truth perhaps, never earlier than known.
"""

from datetime import date
from itertools import combinations
from pathlib import Path

import polars as pl

from ingest.ledger import parse
from ingest.ledger.cells import Line, Sheet
from ingest.ledger.headers import Header, body_rows, find_header
from ingest.ledger.machines import (
    EVENT_SCHEMA,
    LIFE,
    MACHINE_SCHEMA,
    MOST_CARDS,
    Origin,
    as_reading,
    local_midnight,
    origin_of,
    repeats_aside,
)
from ingest.ledger.words import Dialect, words
from ingest.occupancy.verdicts import Rule, judge, quote
from ingest.reading import Declaration, Reading, UnreadableFileError

_FIELDS = (
    "cabinet", "room", "u_position", "u_height", "host_name", "server_serial", "card_model", "card_count",
    "card_serials", "delivered_on", "installed_on", "powered_on", "status", "remark", "nameplate_w", "nameplate_kw",
    "cabinet_u_count", "cabinet_contracted_w", "cabinet_contracted_kw",
)  # fmt: skip
_OF_ONE_MACHINE = ("server_serial", "card_count", "card_serials")
_DATED = {"delivered_on": "delivered", "installed_on": "installed", "powered_on": "powered"}
_NOTHING = ("", "-", "--", "–", "—")
_EARLIEST = date(2015, 1, 1)
_SOURCES = {"asset ledger": "ledger", "NetBox table CSV": "netbox", "openDCIM CSV": "opendcim"}


def read_sheets(sheets: list[Sheet], medium: str, path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read every sheet that has an inventory's header; the dates of the first one say which dialect the file is in.

    Raises:
        UnreadableFileError: no sheet has a header, cards are not counted, or center or time zone are not declared.
    """
    headed = [(sheet, header) for sheet in sheets if (header := find_header(sheet.lines, path.name))]
    if not headed:
        raise UnreadableFileError(
            "MISSING_COLUMN", f"{path.name}: no sheet has a header with serial, card model, card count and status."
        )
    dialect = headed[0][1].dialect
    if not {"card_model", "card_count"} <= headed[0][1].positions.keys():
        raise UnreadableFileError(
            "MISSING_COLUMN",
            f"{path.name}: the {dialect.name} does not say how many accelerators a machine holds. Add columns"
            " accelerator_model and accelerator_count (custom fields), or send the REST answers.",
        )
    origin = origin_of(_SOURCES[dialect.name], path, declaration, source_sha256)
    frames, notices = [], {"sheet without an inventory": len(sheets) - len(headed)}
    for sheet, header in headed:
        rows, left_out = _frame(sheet, header)
        notices |= {name: notices.get(name, 0) + count for name, count in left_out.items()}
        frames.append(_values(rows, sheet, header, declaration))
    judged = _verdicts(pl.concat(frames), declaration)
    good = judged.filter(pl.col("reason_code").is_null())
    notices["row without accelerators: no event"] = good.filter(pl.col("cards").fill_null(0) == 0).height
    machines = good.select(pl.col(name).cast(type_) for name, type_ in MACHINE_SCHEMA.items())
    return as_reading(
        origin,
        f"{dialect.name} {medium}".replace("CSV CSV", "CSV"),
        judged,
        machines,
        _events(good, origin),
        {name: count for name, count in notices.items() if count},
    )


def _frame(sheet: Sheet, header: Header) -> tuple[pl.DataFrame, dict[str, int]]:
    """Rows below the header as text columns of all fields, and the counts of lines that are no rows."""
    lines, left_out = body_rows(sheet, header)
    if hidden := sum(line.is_hidden for line in lines):
        left_out = left_out | {"hidden row read": hidden}
    columns: dict[str, list] = {
        field: [_at(line.cells, header.positions.get(field)) for line in lines] for field in _FIELDS
    }
    frame = pl.DataFrame(columns, schema=dict.fromkeys(_FIELDS, pl.String))
    one_of = {field: header.positions[field] for field in _OF_ONE_MACHINE if field in header.positions}
    return frame.with_columns(
        pl.Series("merged_fields", [_named(line, one_of, line.shared) for line in lines], dtype=pl.String),
        pl.Series("failed_fields", [_named(line, header.positions, line.failed) for line in lines], dtype=pl.String),
        pl.Series("source_line", [line.number for line in lines], dtype=pl.Int64),
        pl.Series("raw_text", [line.raw_text for line in lines], dtype=pl.String),
    ), left_out


def _named(line: Line, positions: dict[str, int], places: frozenset[int]) -> str | None:
    """Fields of a row at some places with their cells, `card_count==4+4`; null if there is none."""
    found = [f"{field}={line.cells[place]}" for field, place in positions.items() if place in places]
    return ", ".join(found) or None


def _at(cells: tuple[str | None, ...], place: int | None) -> str | None:
    return cells[place] if place is not None and place < len(cells) else None


def _values(rows: pl.DataFrame, sheet: Sheet, header: Header, declaration: Declaration) -> pl.DataFrame:
    """Add typed values beside the text cells; what cannot be read is null."""
    dialect, zone = header.dialect, declaration.time_zone
    known = pl.col(_FIELDS)
    empty = [*words().not_yet, *dialect.no_date]
    texts = rows.with_columns(known.str.strip_chars().replace(list(_NOTHING), None)).with_columns(
        pl.col("powered_on").is_in(words().not_yet_powered).fill_null(False).alias("says_not_powered"),
        *(pl.when(~pl.col(name).is_in(empty)).then(name).alias(name) for name in _DATED),
    )
    state = pl.col("status").str.replace_all(r"\s", "").str.to_uppercase()
    stated_on = pl.lit(header.stated_on, pl.String()).alias("stated_on")
    values = texts.with_columns(
        stated_on,
        pl.col("server_serial").alias("server_id"),
        parse.count("card_count").alias("cards"),
        *(parse.day(name, sheet.serial_zero).alias(f"{name}:day") for name in _DATED),
        state.replace_strict(dialect.states, default=None, return_dtype=pl.String).alias("state"),
        state.str.starts_with("待").fill_null(False).alias("is_waiting"),
        pl.coalesce(parse.count("u_height"), parse.units_taken("u_position")).alias("u_taken"),
        parse.watts("nameplate_w", "nameplate_kw").alias("nameplate_w"),
        parse.count("cabinet_u_count").alias("cabinet_u_count"),
        parse.watts("cabinet_contracted_w", "cabinet_contracted_kw").alias("cabinet_contracted_w"),
        parse.serial_list("card_serials").alias("serials"),
    )
    is_away = ~pl.col("state").is_in(LIFE)
    snapshot = declaration.observed_at or declaration.received_at
    status_at = [
        pl.when(is_away).then(local_midnight(parse.day_in_text("remark"), zone)),
        local_midnight(parse.day_in_text("stated_on"), zone),
        pl.lit(snapshot, pl.Datetime("us", "UTC")),
    ]
    dated = [pl.when(pl.col(f"{name}:day").is_not_null()).then(LIFE.index(to)) for name, to in _DATED.items()]
    starts = {name: local_midnight(pl.col(f"{name}:day"), zone) for name in _DATED}
    return values.with_columns(
        pl.coalesce(status_at).alias("status_at"),
        *(start.alias(f"{name}:at") for name, start in starts.items()),
        pl.max_horizontal(starts.values()).alias("last_dated_at"),
        pl.max_horizontal(dated).alias("dated_rank"),
        pl.col("state").replace_strict({name: n for n, name in enumerate(LIFE)}, default=None).alias("rank"),
    ).with_columns(
        pl.col("status_at").dt.convert_time_zone(zone).dt.strftime("%Y-%m-%d").alias("status_day"),
        _status_adds(dialect).alias("status_adds"),
        pl.col("u_taken").alias("u_height"),
        pl.when(pl.col("u_position").is_not_null() & pl.col("u_taken").is_null()).then("u_position").alias("bad_u"),
    )


def _status_adds(dialect: Dialect) -> pl.Expr:
    """Whether the status tells more than the dates: a further state, one off the usual way, or one fallen back to."""
    is_further = pl.col("rank") > pl.col("dated_rank")
    fell_back = (pl.col("rank") < pl.col("dated_rank")) & ~pl.col("status").is_in(dialect.true_later_too)
    return pl.col("rank").is_null() | pl.col("dated_rank").is_null() | is_further | fell_back


def _verdicts(rows: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    received_at = pl.lit(declaration.received_at, pl.Datetime("us", "UTC"))
    damaged_card = pl.col("serials").list.eval(parse.is_damaged_serial("")).list.any()
    mentions_cards = pl.col("card_model").is_not_null() | pl.col("card_count").is_not_null()
    is_on = pl.col("state").is_in(("powered", "commissioned", "in_service"))
    waits_in_vain = pl.col("is_waiting") & (pl.col("dated_rank") > pl.col("rank"))
    in_order = [(f"{start}:day", f"{end}:day") for start, end in combinations(_DATED, 2)]
    rules = [
        Rule("CELL_WITHOUT_VALUE", pl.col("failed_fields").is_not_null(), pl.col("failed_fields")),
        # A number merged over two machines may be of each or of both together; nobody but its author knows.
        Rule("MERGED_CELLS", pl.col("merged_fields").is_not_null(), pl.col("merged_fields")),
        Rule("MISSING_VALUE", pl.col("server_serial").is_null(), pl.lit("server_serial")),
        Rule("SERIAL_DAMAGED", parse.is_damaged_serial("server_serial"), quote("server_serial")),
        Rule("SERIAL_DAMAGED", damaged_card, quote("card_serials")),
        Rule("MISSING_VALUE", pl.col("status").is_null(), pl.lit("status")),
        Rule("NOT_A_CHOICE", pl.col("state").is_null(), quote("status")),
        Rule("MISSING_VALUE", mentions_cards & pl.col("card_model").is_null(), pl.lit("card_model")),
        Rule("MISSING_VALUE", mentions_cards & pl.col("card_count").is_null(), pl.lit("card_count")),
        Rule("NOT_AN_INTEGER", pl.col("card_count").is_not_null() & pl.col("cards").is_null(), quote("card_count")),
        Rule("OUT_OF_RANGE", pl.col("cards") > MOST_CARDS, quote("card_count")),
        Rule("OUT_OF_RANGE", pl.col("bad_u").is_not_null(), quote("u_position")),
        *(
            Rule("NOT_A_DATE", pl.col(name).is_not_null() & pl.col(f"{name}:day").is_null(), quote(name))
            for name in _DATED
        ),
        *(Rule("TIME_TOO_EARLY", pl.col(f"{name}:day") < _EARLIEST, quote(name)) for name in _DATED),
        *(Rule("TIME_IN_FUTURE", pl.col(f"{name}:at") > received_at, quote(name)) for name in _DATED),
        *(
            Rule("END_NOT_AFTER_START", pl.col(b) < pl.col(a), pl.format("{} before {}", pl.col(b), pl.col(a)))
            for a, b in in_order
        ),
        Rule("STATUS_CONTRADICTED", is_on & pl.col("says_not_powered"), quote("status")),
        Rule("STATUS_CONTRADICTED", waits_in_vain, quote("status")),
        Rule("NO_TIMESTAMP", pl.col("status_adds") & pl.col("status_at").is_null(), quote("status")),
        Rule("TIME_IN_FUTURE", pl.col("status_adds") & (pl.col("status_at") > received_at), quote("status")),
        Rule(
            "END_NOT_AFTER_START",
            pl.col("status_adds") & (pl.col("status_at") < pl.col("last_dated_at")),
            pl.format("status={} begins before the last date of the row", pl.col("status")),
        ),
    ]
    return repeats_aside(judge(rows, rules), key="server_serial", content=list(_FIELDS[:14]))


def _events(good: pl.DataFrame, origin: Origin) -> pl.DataFrame:
    """Events of machines that hold cards; a date corrected in a later ledger replaces the earlier one."""
    zone_free = good.filter(pl.col("cards") > 0).with_columns(
        pl.col("cards").alias("card_count"), pl.col("serials").alias("card_serials"), pl.col("remark").alias("document")
    )
    parts = [
        zone_free.filter(pl.col(f"{name}:day").is_not_null()).with_columns(
            pl.col(f"{name}:at").alias("occurred_at"),
            pl.lit(state).alias("state"),
            pl.lit(f"{LIFE.index(state)}-{state}").alias("event_name"),
        )
        for name, state in _DATED.items()
    ]
    status = zone_free.filter("status_adds").with_columns(
        pl.col("status_at").alias("occurred_at"),
        pl.format("{}-{}@{}", pl.lit(len(LIFE)), pl.col("state"), pl.col("status_day")).alias("event_name"),
    )
    chosen = [
        part.select(pl.col(name).cast(type_) for name, type_ in EVENT_SCHEMA.items()) for part in [*parts, status]
    ]
    return pl.concat(chosen)
