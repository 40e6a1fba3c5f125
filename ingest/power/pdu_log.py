"""Logs that power meters and outlet strips export as CSV: one row per meter and time, units in the header.

No two makers name the columns alike, so they are found by their words, in Chinese or English; a power or energy
column whose header states no unit is not used, since kilowatts taken for watts would be believed.
"""

import re
import unicodedata
from pathlib import Path

import polars as pl

from ingest.occupancy.lines import first_cells, read_lines, split_cells
from ingest.occupancy.verdicts import judge, shape_rules
from ingest.power.readings import TOLD_SCHEMA, power_reading
from ingest.reading import Declaration, Reader, Reading, refuse_repeated_columns

FORMAT_NAME = "power meter log"

_NAMES = {
    "read_at": ("time", "timestamp", "date time", "datetime", "date/time", "read at", "时间", "采集时间", "记录时间"),
    "meter": ("pdu", "pdu name", "pdu id", "meter", "meter id", "meter name", "pdu名称", "电表", "电表编号", "表号"),
    "outlet": ("outlet", "outlet id", "outlet name", "branch", "插座", "支路", "分路"),
    "server": ("server", "server id", "host", "hostname", "服务器", "主机"),
    "cabinet": ("cabinet", "cabinet id", "rack", "rack name", "机柜", "机柜编号"),
}
_POWER = re.compile(r"^(?:total )?(?:active )?(?:power|load)|^总?(?:有功)?功率")
_ENERGY = re.compile(r"^(?:total )?(?:active )?energy|^总?(?:有功)?(?:电能|电度)|^累计(?:电量|电能|用电量)")
_UNIT = re.compile(r"(?:^|[ (\[/])(mw|kw|w|mwh|kwh|wh)[)\]]?$")
_KILO = {"w": 0.001, "kw": 1.0, "wh": 0.001, "kwh": 1.0, "mwh": 1000.0}


def _plain(header: str) -> str:
    """A header without case, width and separators: `Active_Power（kW）` is `active power(kw)`."""
    narrow = unicodedata.normalize("NFKC", header).strip().lower()
    return re.sub(r"[_\s]+", " ", narrow)


def _columns(headers: tuple[str, ...]) -> dict[str, tuple[str, float]]:
    """Role -> the column that has it and what turns its values into kilo units; a role told twice goes to the first."""
    found: dict[str, tuple[str, float]] = {}
    for header in headers:
        plain = _plain(header)
        unit = _UNIT.search(plain)
        scale = _KILO.get(unit.group(1)) if unit else None
        role = next((role for role, names in _NAMES.items() if plain in names), None)
        if role is None and scale is not None and unit is not None:
            is_energy = unit.group(1).endswith("h")
            if (_ENERGY if is_energy else _POWER).search(plain):
                role = "energy" if is_energy else "power"
        if role is not None:
            found.setdefault(role, (header, scale or 1.0))
    return found


def recognizes(head: bytes) -> bool:
    """Whether the first line names a time, a meter, and a power or an energy with its unit."""
    found = _columns(first_cells(head))
    return {"read_at", "meter"} <= set(found) and bool({"power", "energy"} & set(found))


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a log; times without an offset are in the declared zone.

    A row of an outlet speaks for the server it names, and is else a part of its strip; a row without an outlet speaks
    for the strip. Energy is the meter's running total.

    Raises:
        UnreadableFileError: no center or an unknown zone is declared, a column stands twice, or the file is not UTF-8.
    """
    lines = read_lines(path)
    headers = first_cells(lines["raw_text"][0].encode())
    refuse_repeated_columns(headers, path.name)
    found = _columns(headers)
    needed = (found["read_at"][0], found["meter"][0])
    rows = judge(split_cells(lines.slice(1), headers), shape_rules(headers, required=needed))

    def told(role: str) -> pl.Expr:
        return pl.col(found[role][0]) if role in found else pl.lit(None, pl.String)

    outlet, server = told("outlet"), told("server")
    cabinet = pl.coalesce(told("cabinet"), pl.lit(declaration.cabinet_id, pl.String))
    meter = pl.concat_str(told("meter"), pl.concat_str(pl.lit("/"), outlet).fill_null(""))
    scope = pl.when(server.is_not_null()).then(pl.lit("server")).when(outlet.is_not_null()).then(pl.lit("component"))
    rows = rows.with_columns(
        meter.alias("meter_id"),
        scope.otherwise(pl.lit("pdu")).alias("meter_scope"),
        server.alias("server_id"),
        cabinet.alias("cabinet_id"),
        pl.lit("pdu").alias("source_method"),
        _with_dashes(told("read_at")).alias("read_at_text"),
        pl.lit(None, pl.String).alias("is_powered_text"),
        _scaled(told("power"), found.get("power", ("", 1.0))[1] * 1000).alias("power_w_text"),
        _scaled(told("energy"), found.get("energy", ("", 1.0))[1]).alias("total_kwh_text"),
    )
    kept = rows.select(*(pl.col(name).cast(kind) for name, kind in TOLD_SCHEMA.items()), "reason_code", "detail")
    unused = [name for name in headers if name not in {column for column, _ in found.values()}]
    reading = power_reading(FORMAT_NAME, kept, declaration, source_sha256, path)
    return Reading(
        format_name=reading.format_name,
        rows_in=reading.rows_in,
        rows_accepted=reading.rows_accepted,
        records=reading.records,
        quarantined=reading.quarantined,
        notices=reading.notices | {f"column not used: {name}": rows.height for name in unused},
    )


def _with_dashes(text: pl.Expr) -> pl.Expr:
    """`2026/9/1 8:05`, as spreadsheets write times, in the form of a standard time; any other text as it stands."""
    dashed = text.str.replace(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})[ T]+(\d{1,2}:)", "${1}-${2}-${3}T${4}")
    for _ in range(2):  # neighboring numbers share the mark between them, so that one pass leaves every other one
        dashed = dashed.str.replace_all(r"([-T])(\d)([-T:])", "${1}0${2}${3}")
    return dashed


def _scaled(text: pl.Expr, factor: float) -> pl.Expr:
    """The number in other units as text again; what is no number stays as it stands, to be set aside for it."""
    number = text.cast(pl.Float64, strict=False)
    is_plain = text.str.contains(r"^[+-]?\d{1,12}(\.\d*)?$")
    return pl.when(is_plain & (factor != 1)).then((number * factor).round(6).cast(pl.String)).otherwise(text)


PDU_LOG_READER = Reader(FORMAT_NAME, recognizes, read)
