"""Bad files and rows, each with the one thing that becomes of it. From the left: name, content, outcome.

An outcome is `refused CODE`, or the reasons of the rows set aside, or a notice; `ok` means that all rows are accepted.
What only another file proves bad is judged at the build: these cases stand in `JUDGED`, each a center of one world that
is built once, and their outcome is a reason and what becomes of the rows.
"""

import hashlib
import io
import json
import os
import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

from ingest import recognize
from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.reading import Declaration, UnreadableFileError
from ingest.rollups import roll_up_dirty_days
from ingest.state.store import StateStore
from ingest.workbook.archive import COMPOUND_MAGIC
from orchestration.warehouse import load_raw

RECEIVED = datetime(2026, 3, 1, tzinfo=UTC)
CASH = "movement_id,center_id,booked_on,movement_kind,amount_cny"
LEASE = "lease_id,center_id,tenant_party_id,lease_kind,purpose,starts_at,ends_at"
WIDE = "center_id,device_uid,sampled_at,utilization_pct,power_w"
JOBS = "timestamp,duration,num_gpus,gpu_time,cluster"
GOOD_CASH = "m1,c1,2026-01-02,receipt,12.50"
GOOD_WIDE = "c1,GPU-1,2026-02-01T01:00:00Z,50,300"
GOOD_JOB = "2026-01-02T03:04:05Z,60,2,120,a"


def cash(**cells: str) -> str:
    """One cash movement with some cells changed."""
    good = dict(zip(CASH.split(","), GOOD_CASH.split(","), strict=True)) | cells
    return f"{CASH}\n{','.join(good.values())}\n"


def lease(starts_at: str, ends_at: str, rent: str = "") -> str:
    return f"{LEASE},unit_price_cny\nl1,c1,p1,whole_machine,external_paid,{starts_at},{ends_at},{rent}\n"


def wide(**cells: str) -> str:
    """One telemetry sample with some cells changed."""
    good = dict(zip(WIDE.split(","), GOOD_WIDE.split(","), strict=True)) | cells
    return f"{WIDE}\n{','.join(good.values())}\n"


def job(**cells: str) -> str:
    """One job with some cells changed."""
    good = dict(zip(JOBS.split(","), GOOD_JOB.split(","), strict=True)) | cells
    return f"{JOBS}\n{','.join(good.values())}\n"


def scrape(value: str, labels: str = 'UUID="GPU-1",gpu="0",Hostname="h"', time: str = " 1769907600000") -> str:
    return f"DCGM_FI_DEV_GPU_UTIL{{{labels}}} {value}{time}\n"


def series(values: list, times: list, **labels: object) -> str:
    metric = {"__name__": "DCGM_FI_DEV_GPU_UTIL", "UUID": "GPU-1"} | labels
    return json.dumps({"metric": metric, "values": values, "timestamps": times}) + "\n"


def parquet(**columns: list) -> bytes:
    file = io.BytesIO()
    good = {"center_id": ["c1"], "device_uid": ["GPU-1"], "sampled_at_ms": [1_769_907_600_000], "power_w": [300.0]}
    pl.DataFrame({name: cells for name, cells in (good | columns).items() if cells}).write_parquet(file)
    return file.getvalue()


def parquet_bomb() -> bytes:
    file = io.BytesIO()
    frame = pl.select(pl.repeat("GPU-1", 40_000).alias("device_uid")).lazy()
    columns = [pl.lit(0, pl.Int8).alias(f"c{number}") for number in range(10_100)]
    frame.head(40_000).with_columns(columns).collect().write_parquet(file, compression="zstd")
    return file.getvalue()


def zipped(content: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/passwd", content)
    return file.getvalue()


def workbook_with_a_macro() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="cash_movements"/></sheets></workbook>')
        archive.writestr("xl/vbaProject.bin", b"x")
    return file.getvalue()


def workbook_of(*header: str) -> bytes:
    file = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(header)
    workbook.save(file)
    return file.getvalue()


LOCKED = "EncryptedPackage".encode("utf-16-le")
NOW_MS = 1_769_907_600_000
HOSTILE = {
    "script tag": "<script>alert(1)</script>",
    "image handler": "<img src=x onerror=alert(1)>",
    "plotly link": "<a href='javascript:x'>a</a>",
    "sql": "'; drop table files; --",
    "formula": "=HYPERLINK(1)",
    "full-width formula": "＝1＋1",
    "path": "../../etc/passwd",
    "absolute path": "/etc/passwd",
    "format string": "{0.__class__} %s %n",
    "emoji": "机房🔥",
    "very long": "x" * 100_000,
}
UNSEEN = {
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "right-to-left override": "\u202e",
    "bidi isolate": "\u2066",
    "byte order mark": "\ufeff",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
    "NUL": "\x00",
    "ANSI escape": "\x1b[31m",
    "bell": "\x07",
}
DIGITS = {"full-width": "１２", "Arabic": "١٢", "NaN": "NaN", "infinite": "inf", "text": "twelve", "hex": "0x10"}
TIMES = {
    "in words": ("yesterday", "NOT_AN_INSTANT"),
    "month 13": ("2026-13-01T00:00:00Z", "NOT_AN_INSTANT"),
    "February 30": ("2026-02-30T00:00:00Z", "NOT_AN_INSTANT"),
    "hour 25": ("2026-02-01T25:00:00Z", "NOT_AN_INSTANT"),
    "full-width": ("２０２６-02-01T01:00:00Z", "NOT_AN_INSTANT"),
    "without a zone": ("2026-02-01T01:00:00", "TIME_WITHOUT_ZONE"),
    "in the future": ("2027-02-01T01:00:00Z", "TIME_IN_FUTURE"),
}


def with_manifest(content: str, **changes: object) -> tuple[str, str]:
    """A file, and a sender's manifest that says something else of it."""
    sent = content.encode()
    said = {"rows": content.count("\n") - 1, "bytes": len(sent), "sha256": hashlib.sha256(sent).hexdigest()}
    return content, json.dumps(said | {"schema_version": 1, "sequence": 1} | changes)


FILES = {
    "equal to its manifest": (with_manifest(cash()), "ok"),
    "fewer bytes than its manifest": (with_manifest(cash(), bytes=10_000), "refused MANIFEST_MISMATCH"),
    "other content than its manifest": (with_manifest(cash(), sha256="0" * 64), "refused MANIFEST_MISMATCH"),
    "fewer rows than its manifest": (with_manifest(cash(), rows=2), "refused MANIFEST_MISMATCH"),
    "0 bytes where its manifest has some": (("", with_manifest(cash())[1]), "refused MANIFEST_MISMATCH"),
    "manifest in words": ((cash(), "one row"), "refused BAD_MANIFEST"),
    "manifest of an unknown schema": (with_manifest(cash(), schema_version=9), "refused BAD_MANIFEST"),
    "empty": (b"", "refused EMPTY_FILE"),
    "white space": (b" \n\n", "refused EMPTY_FILE"),
    "prose": ("what is this\n", "refused UNKNOWN_FORMAT"),
    "random bytes": (bytes(range(128, 256)) * 4, "refused UNKNOWN_FORMAT"),
    "NUL bytes": (b"\x00" * 1000, "refused UNKNOWN_FORMAT"),
    "UTF-16": (cash().encode("utf-16"), "refused NOT_UTF8"),
    "UTF-16 big end first": (b"\xfe\xff" + cash().encode("utf-16-be"), "refused NOT_UTF8"),
    "UTF-16 without a mark": (cash().encode("utf-16-le"), "refused UNKNOWN_FORMAT"),
    "NUL bytes within a header": (cash().replace("movement_id", "movement\0id").encode(), "refused UNKNOWN_FORMAT"),
    "GBK in a cell": (cash(movement_id="扬州").encode("gbk"), "refused NOT_UTF8"),
    "GBK in a telemetry cell": (wide(device_uid="扬州").encode("gbk"), "refused NOT_UTF8"),
    "GBK in a job": (job(cluster="扬州").encode("gbk"), "refused NOT_UTF8"),
    "GBK in a header": (f"机房,{CASH}\n".encode("gbk"), "refused NOT_UTF8"),
    "GBK in a scrape": (scrape("50", 'UUID="扬州"').encode("gbk"), "refused NOT_UTF8"),
    "GBK in a series": (b'{"metric":{"__name__":"\xd1\xef"},"values":[],"timestamps":[]}\n', "refused NOT_UTF8"),
    "byte order mark before a header": (b"\xef\xbb\xbf" + cash().encode(), "ok"),
    "byte order mark before telemetry": (b"\xef\xbb\xbf" + wide().encode(), "ok"),
    "line ends of Windows": (cash().replace("\n", "\r\n").encode(), "ok"),
    "missing column": (cash().replace(",amount_cny", ""), "refused UNKNOWN_FORMAT"),
    "renamed column": (cash().replace("amount_cny", "amount"), "refused UNKNOWN_FORMAT"),
    "missing column of telemetry": (wide().replace("device_uid", "card"), "refused UNKNOWN_FORMAT"),
    "missing column of jobs": (job().replace("gpu_time", "time"), "refused UNKNOWN_FORMAT"),
    "duplicate column": (f"{CASH},amount_cny\n{GOOD_CASH},1\n", "refused DUPLICATE_COLUMN"),
    "duplicate column of telemetry": (f"{WIDE},power_w\n{GOOD_WIDE},1\n", "refused DUPLICATE_COLUMN"),
    "extra column": (f"{CASH},mood\n{GOOD_CASH},fine\n", "notice column not used: mood"),
    "empty columns to the right of a header": (
        f"{CASH},,\n{GOOD_CASH},,\n",
        "notice column not used: (no name, column 6)",
    ),
    "lines that end with a carriage return alone": (f"{CASH}\r{GOOD_CASH}\r", "refused LINE_TOO_LONG"),
    "header alone": (f"{CASH}\n", "ok"),
    "telemetry header alone": (f"{WIDE}\n", "ok"),
    "100,000 columns": (",".join(f"c{n}" for n in range(100_000)) + "\n", "refused UNKNOWN_FORMAT"),
    "one line of 5 MB": ("x" * 5_000_000, "refused UNKNOWN_FORMAT"),
    "a cell of 5 MB": (f"{CASH}\n{'x' * 5_000_000},c1,2026-01-02,receipt,1\n", "refused DAMAGED_FILE"),
    "zip with a hostile path": (zipped("x"), "refused UNKNOWN_FORMAT"),
    "zip bomb": (zipped("0" * 20_000_000), "refused EXPANDS_TOO_FAR"),
    "zip within a zip": (zipped(zipped("x").decode("latin-1")), "refused UNKNOWN_FORMAT"),
    "truncated zip": (zipped("x" * 1000)[:-30], "refused DAMAGED_FILE"),
    "workbook with a macro": (workbook_with_a_macro, "refused MACROS_IN_WORKBOOK"),
    "workbook with a password": (COMPOUND_MAGIC + b"\0" * 504 + LOCKED, "refused ENCRYPTED_FILE"),
    "workbook of something else": (workbook_of("人员", "工资"), "refused UNKNOWN_FORMAT"),
    "exporter that tells nothing of cards": ('vllm:num_requests_running{engine="0"} 13\n', "refused UNKNOWN_FORMAT"),
    "old XLS workbook": (COMPOUND_MAGIC + b"\0" * 1000, "refused UNKNOWN_FORMAT"),
    "truncated gzip": (b"\x1f\x8b\x08\x00\x00", "refused UNKNOWN_FORMAT"),
    "XML with an entity": (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "refused FORBIDDEN_XML",
    ),
    "Parquet magic alone": (b"PAR1", "refused DAMAGED_FILE"),
    "Parquet magic before text": (b"PAR1 not parquet", "refused DAMAGED_FILE"),
    "truncated Parquet": (parquet()[:-40], "refused DAMAGED_FILE"),
    "Parquet without a device": (parquet(device_uid=[]), "refused MISSING_COLUMN"),
    "Parquet without a time": (parquet(sampled_at_ms=[]), "refused MISSING_COLUMN"),
    "Parquet of good samples": (parquet(), "ok"),
    "Parquet with an extra column": (parquet(mood=["fine"]), "ok"),
    "Parquet bomb": (parquet_bomb, "refused EXPANDS_TOO_FAR"),
    "Parquet time as text in words": (parquet(sampled_at_ms=["soon"]), "NOT_AN_INSTANT"),
    "Parquet power as text": (parquet(power_w=["much"]), "NOT_A_NUMBER"),
    "Parquet power below zero": (parquet(power_w=[-1.0]), "POWER_OUT_OF_RANGE"),
    "Parquet power not a number": (parquet(power_w=[float("nan")]), "ok"),
    "Parquet without a device's name": (parquet(device_uid=[""]), "NO_DEVICE_IDENTITY"),
    "Parquet times in seconds": (parquet(sampled_at_ms=[1_769_907_600]), "TIME_TOO_EARLY"),
}
ROWS = {
    "too few cells": (f"{CASH}\nm1,c1\n", "WRONG_COLUMN_COUNT"),
    "too many cells": (f"{CASH}\n{GOOD_CASH},1\n", "WRONG_COLUMN_COUNT"),
    "empty id": (cash(movement_id=""), "MISSING_VALUE"),
    "empty amount": (cash(amount_cny=""), "MISSING_VALUE"),
    "unknown kind": (cash(movement_kind="rain"), "NOT_A_CHOICE"),
    "negative amount": (cash(amount_cny="-1"), "OUT_OF_RANGE"),
    "three decimals of yuan": (cash(amount_cny="1.005"), "NOT_A_NUMBER"),
    "amount beyond 15 digits": (cash(amount_cny="9" * 30), "NOT_A_NUMBER"),
    "date in the future": (cash(booked_on="2027-01-02"), "TIME_IN_FUTURE"),
    "date in words": (cash(booked_on="today"), "NOT_A_DATE"),
    "February 30 as a date": (cash(booked_on="2026-02-30"), "NOT_A_DATE"),
    "text where money was": (f"{CASH}\n{GOOD_CASH}\nm2,c1,2026-01-02,receipt,paid\n", "NOT_A_NUMBER"),
    "date with slashes": (cash(booked_on="2026/01/02"), "NOT_A_DATE"),
    "same row twice": (f"{CASH}\n{GOOD_CASH}\n{GOOD_CASH}\n", "EXACT_DUPLICATE"),
    "same key with another amount": (f"{CASH}\n{GOOD_CASH}\nm1,c1,2026-01-02,receipt,9\n", "CONFLICTING_KEY"),
    "lease that ends before it starts": (lease("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z"), "END_NOT_AFTER_START"),
    "lease of no length": (lease("2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"), "END_NOT_AFTER_START"),
    "lease time without a zone": (lease("2026-02-01T00:00:00", "2026-03-01T00:00:00Z"), "TIME_WITHOUT_ZONE"),
    "lease of negative rent": (lease("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "-4.50"), "OUT_OF_RANGE"),
    "lease of no rent": (lease("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "0"), "ok"),
    "telemetry too few cells": (f"{WIDE}\nc1,GPU-1\n", "WRONG_COLUMN_COUNT"),
    "telemetry with an open quote": (wide(device_uid='"GPU-1'), "MALFORMED_LINE"),
    "telemetry with a quote within a cell": (wide(device_uid='""GPU-1'), "MALFORMED_LINE"),
    "telemetry without a device": (wide(device_uid=""), "NO_DEVICE_IDENTITY"),
    "utilization above 100": (wide(utilization_pct="100.5"), "UTILIZATION_OUT_OF_RANGE"),
    "utilization below zero": (wide(utilization_pct="-1"), "UTILIZATION_OUT_OF_RANGE"),
    "utilization in words": (wide(utilization_pct="busy"), "NOT_A_NUMBER"),
    "utilization in full-width digits": (wide(utilization_pct="５０"), "NOT_A_NUMBER"),
    "utilization not a number is no reading": (wide(utilization_pct="NaN"), "ok"),
    "infinite utilization is no reading": (wide(utilization_pct="inf"), "ok"),
    "negative power": (wide(power_w="-5"), "POWER_OUT_OF_RANGE"),
    "power of a power station": (wide(power_w="50000"), "POWER_OUT_OF_RANGE"),
    "job of no cards": (job(num_gpus="0", gpu_time="0"), "OUT_OF_RANGE"),
    "job of half a card": (job(num_gpus="0.5", gpu_time="30"), "NOT_AN_INTEGER"),
    "job of negative length": (job(duration="-60", gpu_time="-120"), "END_NOT_AFTER_START"),
    "job of no length": (job(duration="0", gpu_time="0"), "END_NOT_AFTER_START"),
    "job of a century": (job(duration="3200000000", gpu_time="6400000000"), "OUT_OF_RANGE"),
    "job whose parts do not multiply": (job(gpu_time="121"), "PARTS_DO_NOT_SUM"),
    "job length not a number": (job(duration="NaN"), "NOT_A_NUMBER"),
    "job length in full-width digits": (job(duration="６０"), "NOT_A_NUMBER"),
    "job with an open quote": (job(cluster='"a'), "MALFORMED_LINE"),
    "job with too few cells": (f"{JOBS}\n2026-01-02T03:04:05Z,60\n", "WRONG_COLUMN_COUNT"),
    "job twice": (f"{JOBS}\n{GOOD_JOB}\n{GOOD_JOB}\n", "EXACT_DUPLICATE"),
    "scrape of good text": (scrape("50"), "ok"),
    "scrape above 100": (scrape("101"), "UTILIZATION_OUT_OF_RANGE"),
    "scrape below zero": (scrape("-3"), "UTILIZATION_OUT_OF_RANGE"),
    "scrape without a time": (scrape("50", time=""), "NO_TIMESTAMP"),
    "scrape in the future": (scrape("50", time=" 1869907600000"), "TIME_IN_FUTURE"),
    "scrape in seconds": (scrape("50", time=" 1769907600"), "TIME_TOO_EARLY"),
    "scrape without a device": (scrape("50", 'x="y"'), "NO_DEVICE_IDENTITY"),
    "scrape with an open label": (scrape("50") + 'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-2} 50 1\n', "MALFORMED_LINE"),
    "scrape with a value in words": (scrape("50") + scrape("busy"), "MALFORMED_LINE"),
    "scrape not a number is no reading": (scrape("NaN"), "ok"),
    "series of good values": (series([50], [NOW_MS]), "ok"),
    "series above 100": (series([101], [NOW_MS]), "UTILIZATION_OUT_OF_RANGE"),
    "series of uneven lists": (series([50, 60], [NOW_MS]), "MALFORMED_LINE"),
    "series in the future": (series([50], [NOW_MS + 10**11]), "TIME_IN_FUTURE"),
    "series in seconds": (series([50], [NOW_MS // 1000]), "TIME_TOO_EARLY"),
    "series with text as a value": (series(["busy"], [NOW_MS]), "MALFORMED_LINE"),
    "series with a number as a label": (series([50], [NOW_MS], gpu=0), "ok"),
    "series cut off": (series([50], [NOW_MS]) + '{"metric":{"__name__":"DCGM', "MALFORMED_LINE"),
    "series without a value is no reading": (series([None], [NOW_MS]), "ok"),
    "series of an energy counter that began again": (
        series([9e6, 1e3], [NOW_MS, NOW_MS + 60_000], __name__="DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"),
        "notice energy counters that began again",
    ),
}
ROWS |= {f"amount {name}": (cash(amount_cny=text), "NOT_A_NUMBER") for name, text in DIGITS.items()}
ROWS |= {f"sample {name}": (wide(sampled_at=text), code) for name, (text, code) in TIMES.items()}
ROWS |= {f"job {name}": (job(timestamp=text), code) for name, (text, code) in TIMES.items()}
ROWS |= {f"{name} as text of a record": (cash(movement_id=f'"{text}"'), "ok") for name, text in HOSTILE.items()}
ROWS |= {f"{name} as a device": (wide(device_uid=text), "ok") for name, text in HOSTILE.items()}
ROWS |= {f"{name} as a center": (wide(center_id=text), "ok") for name, text in HOSTILE.items()}
ROWS |= {f"{name} as a queue": (job(cluster=text), "ok") for name, text in HOSTILE.items()}
ROWS |= {f"{name} in an id": (cash(movement_id=f"m{text}1"), "UNPRINTABLE_CHARACTER") for name, text in UNSEEN.items()}
ROWS |= {
    f"{name} in a device": (wide(device_uid=f"G{text}1"), "UNPRINTABLE_CHARACTER") for name, text in UNSEEN.items()
}
ROWS |= {f"{name} in a queue": (job(cluster=f"q{text}1"), "UNPRINTABLE_CHARACTER") for name, text in UNSEEN.items()}
ROWS |= {
    f"{name} in a label": (scrape("50", f'UUID="G{text}1"'), "UNPRINTABLE_CHARACTER") for name, text in UNSEEN.items()
}
CASES = FILES | ROWS

CARDS = "event_id,center_id,device_uid,model_id,occurred_at,state"
ALIASES = "alias_id,center_id,device_uid,alias_kind,alias_value,valid_from,valid_to"
HAND_OVERS = "lease_id,center_id,device_uid,allocated_from,allocated_to"
PLANS = "plan_line_id,center_id,plan_basis,model_id,planned_card_count,due_on"
METER = "center_id,meter_id,meter_scope,read_at,total_wh,source_method"
REPORTS = "center_id,server_id,device_uid,reported_at,is_powered,power_source"
DAYS = (
    "center_id,device_uid,local_day,evidence_class,known_seconds,util_0_1_seconds,util_1_5_seconds,util_5_10_seconds,"
    "util_10_20_seconds,util_20_50_seconds,util_50_80_seconds,util_80_100_seconds"
)
KINDS = (CARDS, ALIASES, LEASE, HAND_OVERS, PLANS, CASH, METER, REPORTS, DAYS, WIDE)


def feb(day: int, hour: int = 0) -> str:
    return f"2026-02-{day:02d}T{hour:02d}:00:00Z"


def card(uid: str, state: str = "in_service", day: int = 1, center: str = "C") -> tuple[str, str]:
    """A card of 700 W: its file's header and row; `C` is the center of the case."""
    return CARDS, f"{center}-{uid}-{state}-{day},{center},{uid},nvidia-h800-sxm5-80g,{feb(day)},{state}"


def named(uid: str, value: str, start: str, end: str = "") -> tuple[str, str]:
    return ALIASES, f"C-{uid}-{value}-{start},C,{uid},host_index,{value},{start},{end}"


def sold(lease_id: str, start: int, end: int, *uids: str) -> list[tuple[str, str]]:
    """A lease and its hand-overs."""
    own = f"C-{lease_id}"
    rows = [(LEASE, f"{own},C,p1,whole_machine,external_paid,{feb(start)},{feb(end)}")]
    return rows + [(HAND_OVERS, f"{own},C,{uid},{feb(start)},{feb(end)}") for uid in uids]


def sampled(uid: str, day: int = 2, watts: int = 300, center: str = "C") -> tuple[str, str]:
    return WIDE, f"{center},{uid},{feb(day, 1)},50,{watts}"


def total(day: int, watt_hours: int) -> tuple[str, str]:
    return METER, f"C,m1,server,{feb(day)},{watt_hours},ipmi"


def planned(count: int) -> tuple[str, str]:
    return PLANS, f"C-plan,C,approved_total,nvidia-h800-sxm5-80g,{count},2026-02-01"


def daily(uid: str, day: int) -> tuple[str, str]:
    return DAYS, f"C,{uid},2026-02-{day:02d},B,3600,0,0,0,0,0,3600,0"


JUDGED = {
    "power above 1.5 times the design power": ([card("a"), sampled("a", watts=1_051)], "POWER_ABOVE_TDP partly_used"),
    "power of 1.5 times the design power": ([card("a"), sampled("a", watts=1_050)], "ok"),
    "counter of energy that was reset": ([total(1, 5_000), total(2, 40), total(3, 90)], "COUNTER_RESET partly_used"),
    "leases that overlap": (
        [card("a"), card("b"), *sold("l1", 2, 9, "a"), *sold("l2", 8, 20, "a")],
        "LEASES_OVERLAP contested",
    ),
    "leases that follow each other": ([card("a"), *sold("l1", 2, 9, "a"), *sold("l2", 9, 20, "a")], "ok"),
    "lease of more cards than there are": (
        [card("a"), card("b", center="C-too"), *sold("l1", 2, 9, "a", "b")],
        "LEASE_ABOVE_CAPACITY set_aside, UNKNOWN_CARD set_aside",
    ),
    "card in two centers": ([card("a"), card("a", center="C-too")], "CARD_IN_TWO_CENTERS contested"),
    "card that moved to another center": ([card("a"), card("a", "sold", 5), card("a", day=6, center="C-too")], "ok"),
    "card in two states": ([card("a"), card("a", "sold", 5), card("a", "fault", 5)], "STATES_OVERLAP set_aside"),
    "money of an unknown center": ([(CASH, "C-m,nobody-C,2026-01-02,receipt,1")], "UNKNOWN_CENTER set_aside"),
    "samples of an unknown card": ([card("a"), sampled("b")], "UNKNOWN_CARD set_aside"),
    "hand-over of an unknown card": ([card("a"), *sold("l1", 2, 9, "b")], "UNKNOWN_CARD set_aside"),
    "daily row of an unknown card": ([card("a"), daily("b", 2)], "UNKNOWN_CARD set_aside"),
    "samples of a card that was sold": (
        [card("a"), card("a", "sold", 2), sampled("a", 3)],
        "SERIAL_AFTER_RMA set_aside",
    ),
    "one key, two contents": ([planned(1)], "CONFLICTING_KEY set_aside", [planned(2)]),
    "one key, one content": ([planned(1)], "ok", [planned(1)]),
    "name of two cards": (
        [card("a"), card("b"), named("a", "n/0", feb(1)), named("b", "n/0", feb(9))],
        "ALIAS_ON_TWO_DEVICES set_aside",
    ),
    "name that went to another card and back": (
        [
            *(card("a"), card("b"), sampled("n/0", 2), sampled("n/0", 4), sampled("n/0", 6)),
            *(named("a", "n/0", feb(1), feb(3)), named("b", "n/0", feb(3), feb(5)), named("a", "n/0", feb(5))),
        ],
        "ok",
    ),
    "name that changed cards within an hour": (
        [
            *(card("a"), card("b"), sampled("n/0")),
            *(named("a", "n/0", feb(1), "2026-02-02T01:30:00Z"), named("b", "n/0", "2026-02-02T01:30:00Z")),
        ],
        "ALIAS_CHANGED_IN_HOUR set_aside",
    ),
    "name that changed cards within a day": (
        [card("a"), card("b"), named("a", "n/0", feb(1), feb(2, 12)), named("b", "n/0", feb(2, 12)), daily("n/0", 2)],
        "ALIAS_CHANGED_IN_DAY set_aside",
    ),
    "daily rows of one card under two names": (
        [card("a"), named("a", "n/0", feb(1)), daily("n/0", 2), daily("a", 2)],
        "SAME_CARD_OTHER_NAME set_aside",
    ),
    "samples of one card under two names": (
        [card("a"), named("a", "n/0", feb(1)), sampled("n/0"), sampled("a")],
        "SAME_CARD_OTHER_NAME set_aside",
    ),
}
"""Per case: rows with the headers of their files, the outcome, and rows of a second delivery."""


def test_a_line_longer_than_any_record_is_refused_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recognize, "LARGEST_LINE_BYTES", 10_000)
    monkeypatch.setattr(recognize, "_PIECE_BYTES", 700)
    path = tmp_path / "thing.csv"
    for content, status in ((cash() + "x" * 10_001, "refused"), (cash() + "\n" * 20_000, "accepted")):
        path.write_text(content)
        data_dir = DataDir(tmp_path / status)
        (outcome,) = ingest_paths([path], data_dir, Declaration(received_at=RECEIVED))
        code = StateStore(data_dir).files()["refusal_code"].to_list()
        assert (outcome.status, code) == (status, ["LINE_TOO_LONG" if status == "refused" else None])


def test_a_line_of_1_gb_is_refused_before_the_greater_part_of_it_is_read(tmp_path: Path):
    path = tmp_path / "line.csv"
    path.write_text(f"{CASH},")
    os.truncate(path, 1_000_000_000)  # sparse: it takes no room

    def bytes_read() -> int:
        return int(Path("/proc/self/io").read_text().split("rchar:")[1].split()[0])

    before = bytes_read()
    with pytest.raises(UnreadableFileError) as refusal:
        recognize.reader_of(path, path.name)
    assert refusal.value.code == "LINE_TOO_LONG"
    assert bytes_read() - before < recognize.LARGEST_LINE_BYTES + 4_000_000


def test_the_tables_hold_at_least_120_bad_inputs():
    assert len(CASES) + len(JUDGED) >= 120


@pytest.mark.parametrize("name", CASES)
def test_a_bad_input_has_one_outcome_and_every_row_is_accounted_for(name: str, tmp_path: Path):
    content, expected = CASES[name]
    path = tmp_path / "thing.csv"
    content = content() if callable(content) else content
    if isinstance(content, tuple):
        content, manifest = content
        path.with_name("thing.csv.manifest.json").write_text(manifest)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    declaration = Declaration(center_id="c1", received_at=RECEIVED)
    data_dir = DataDir(tmp_path / "data")
    (outcome,) = ingest_paths([path], data_dir, declaration)
    store = StateStore(data_dir)
    file = store.files().row(0, named=True)
    reasons = sorted(set(store.quarantine()["reason_code"]))
    assert outcome.rows_in == outcome.rows_accepted + outcome.rows_quarantined == file["rows_in"]
    assert store.quarantine().height == outcome.rows_quarantined
    if expected.startswith("refused "):
        assert (outcome.status, file["refusal_code"]) == ("refused", expected.removeprefix("refused "))
    elif expected.startswith("notice "):
        assert (reasons, outcome.message.split(": 1")[0]) == ([], expected.removeprefix("notice "))
    else:
        assert (file["refusal_code"], reasons) == (None, [] if expected == "ok" else expected.split())
    lake = list(tmp_path.rglob("*.parquet"))
    assert all(kept.is_relative_to(data_dir.lake) for kept in lake), "a name became a path"


@pytest.fixture(scope="module")
def set_aside(dbt_project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Of each center, the reasons and standings of the rows set aside at the build of all cases together."""
    root = tmp_path_factory.mktemp("judged")
    for number, (first, _, *second) in enumerate(JUDGED.values()):
        for delivery, rows in enumerate([first, *second]):
            _deliver(root / f"landing/{delivery}", f"c{number}", rows)
    names = [f"c{number}{more}" for number in range(len(JUDGED)) for more in ("", "-too")]
    centers = "center_id,center_name_zh,center_name_en,province_code,time_zone"
    lines = [centers, *(f"{name},{name},{name},320000,UTC" for name in names)]
    (root / "landing/0/centers.csv").write_text("\n".join(lines) + "\n")
    data_dir = DataDir(root / "data")
    outcomes = ingest_paths([root / "landing"], data_dir, Declaration(received_at=RECEIVED))
    assert {outcome.status for outcome in outcomes} == {"accepted"}
    assert sum(outcome.rows_quarantined for outcome in outcomes) == 0, "each row is good by itself"
    roll_up_dirty_days(data_dir)
    warehouse = root / "warehouse.duckdb"
    shutil.copy(dbt_project.template, warehouse)
    with duckdb.connect(warehouse) as connection:
        connection.execute("set TimeZone = 'UTC'")
        load_raw(connection, data_dir)
    dbt_project.invoke(warehouse, "run", "--select", "+fct_row__set_aside")
    found: dict[str, set[str]] = {name: set() for name in names}
    with duckdb.connect(warehouse, read_only=True) as connection:
        told = "select center_id, reason_code || ' ' || standing from marts.fct_row__set_aside"
        for center_id, outcome in connection.execute(told).fetchall():
            found.setdefault(center_id, set()).add(outcome)
    return found


def _deliver(folder: Path, center_id: str, rows: list[tuple[str, str]]) -> None:
    """Append rows to the files of their kinds, under the name of the case's center and with cards of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for header, row in rows:
        path = folder / f"{KINDS.index(header)}.csv"
        if not path.exists():
            path.write_text(f"{header}\n")
        cells = [re.sub(r"^(nobody-)?C\b", rf"\g<1>{center_id}", cell) for cell in row.split(",")]
        cells = [f"{center_id}-{cell}" if cell in ("a", "b") else cell for cell in cells]
        with path.open("a") as file:
            file.write(",".join(cells) + "\n")


@pytest.mark.parametrize("name", JUDGED)
def test_what_only_another_file_proves_bad_has_one_outcome_at_the_build(name: str, set_aside: dict[str, set[str]]):
    expected = JUDGED[name][1]
    center_id = f"c{list(JUDGED).index(name)}"
    center_id = f"nobody-{center_id}" if name == "money of an unknown center" else center_id
    assert (", ".join(sorted(set_aside[center_id])) or "ok") == expected
