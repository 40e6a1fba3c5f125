"""Writes `data/README.md` from the schemas, so that the page cannot say what the readers do not do."""

from ingest.ledger.words import Dialect, words
from ingest.reasons import REASONS
from ingest.records import RECORD_KINDS, Field, RecordKind
from ingest.records.usage_intervals import USAGE_INTERVALS
from ingest.telemetry.schema import SAMPLE_SCHEMA

_TYPES = {
    "text": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "date": "date, `2026-03-31`",
    "instant": "time with offset, `2026-03-31T08:00:00+08:00`",
    "money_cny": "yuan, up to two decimals",
    "quantity": "number, up to three decimals",
}

_SAMPLE_COLUMNS = {
    "center_id": ("text", "Center; may be left to `feed.toml` or `--center`."),
    "device_uid": ("text", "Vendor UUID of the card. Required."),
    "sampled_at_ms": ("whole number", "UTC epoch milliseconds; or a column `sampled_at` with a time. One is required."),
    "utilization_pct": ("0 to 100", "Utilization counter. Empty means not observed, never zero."),
    "compute_active_pct": ("0 to 100", "Share of time the compute engine was busy (profiling counter)."),
    "sm_active_pct": ("0 to 100", "Share of cycles with work on the multiprocessors."),
    "tensor_active_pct": ("0 to 100", "Share of cycles with a tensor pipe active."),
    "memory_used_bytes": ("bytes", "Device memory in use."),
    "power_w": ("watts", "Board power; on a row of a slice it is not used."),
    "dram_active_pct": ("0 to 100", "Share of cycles with device memory sending or receiving (profiling counter)."),
    "slice_id": ("text", "Slice of a partitioned card (MIG, `GPU_I_ID`); empty means the row is of the whole card."),
    "slice_parts": ("1 to 7", "Sevenths of the card that the slice holds: 3 for `3g.40gb`. Empty means unknown size."),
}

_INTERVALS = """
Each row becomes a row of `metered_usage` on the last local day it holds, in the declared zone. Its id is made of the
columns of the key, so that an interval sent again is the same row, and another quantity for it a conflict unless its
`revision` is higher. Without a declared zone the file is refused.
"""

_LEDGERS = """
## Inventories

A sheet or a CSV file is an inventory where one of its first lines holds the columns marked •. Titles above them, a
header of two rows (upper/lower), subtotals and hidden rows are understood; case, spaces and the width of brackets do
not matter. A value merged over several rows belongs to each of them, but a serial and a count of cards have to stand in
each row. What does not count its cards, as the table of NetBox or openDCIM as it comes, needs `accelerator_model` and
`accelerator_count` as columns of its own. Names and words are data: `ingest/ledger/words.yaml`.

"""

_HEAD = """# Data: what Racklight takes in and what it makes

Everything below `data/` but this page and `sample/` is produced and ignored by git; `RACKLIGHT_DATA_DIR` moves it.

| folder | holds | may be deleted? |
|---|---|---|
| `landing/` | files waiting to be taken in | yours |
| `sources.toml` | Prometheus and NetBox servers to pull from, see `racklight pull --help` | yours |
| `pulling/` | answers of hours that are not complete yet | yes: asked for again |
| `raw/` | every file as received, named by its sha256 | never |
| `state/` | manifest, quarantine, devices, days rolled up | never |
| `lake/` | typed Parquet | yes: a build makes it again from `raw/`, and what an earlier schema wrote |
| `warehouse/` | one DuckDB file per build | yes |
| `published/` | versioned read-only files for the screens | yes |

## Formats

A file is recognized by its content, never by its name. `racklight ingest PATH...` takes files and folders.

| format | becomes |
|---|---|
| CSV with the headers of one record kind below (UTF-8, extra columns are left out and counted) | that record kind |
| XLSX workbook with a sheet per record kind, as `racklight template` writes it | those record kinds |
| JSON lines with the fields of one record kind below, every object flat | that record kind |
| CSV or Parquet of telemetry samples, headers below | samples |
| Prometheus exposition text or OpenMetrics of a mapped exporter | samples |
| body of Prometheus remote write, version 1 or 2 | samples |
| dump of an exporter's metrics as a JSON list | samples |
| VictoriaMetrics JSONL export | samples |
| answer of the Prometheus API to an instant query or a range selector, one metric a file | samples |
| answers that `racklight pull` kept, all metrics of an hour a file | samples |
| tables of `nvidia-smi --query-gpu=... --format=csv`, also inside a capture | samples |
| Slurm `sacct -P`, any delimiter, with JobID or JobIDRaw, State, Start, End, AllocTRES | `occupancy_jobs` |
| kube-state-metrics exposition | `pod_allocations`; `occupancy_jobs` where `kube_pod_start_time` is told |
| Redfish environment or power distribution metrics, metric reports; server or cabinet declared | `power_readings` |
| ipmi_exporter exposition; a label names the server, or it is declared | `power_readings` |
| exposition of redfish_exporter, of outlet strips by snmp_exporter; also among cards | `power_readings` |
| text of `ipmitool dcmi power reading`, also many answers in one file; the server is declared | `power_readings` |
| power meter log CSV: time, meter (`pdu`, `电表`), power or running energy, units in the header | `power_readings` |
| request log of a language model gateway, JSON lines with `request_id`, `ts`, `usage` | `token_usage` |
| FOCUS billing CSV; rows whose consumed unit is card-hours | `metered_usage` |
| CSV of use over intervals without an id of the meter row, headers under `usage_intervals` below | `metered_usage` |
| asset ledger kept by hand, XLSX or CSV | `device_events`; `servers` and `cabinets` where height and power are stated |
| table that NetBox or openDCIM exports as CSV, with columns that count cards; see Inventories below | the same |
| NetBox REST answers: devices, and the change log beside them | `device_events`, `servers` |
| job log CSV `timestamp,duration,num_gpus,gpu_time,cluster` | `occupancy_jobs` |
| node series CSV `time,active,total` | `node_counts` |
| node lists of the openb and PAI traces | `inventory_nodes` |

What a file does not say itself, the receiver declares: by flags of `racklight ingest`, or by a `feed.toml` in the
file's folder or above it.

```toml
center_id = "yangzhou-01"                     # center of rows that name none
time_zone = "Asia/Shanghai"                   # zone of times without an offset; without it such times are refused
observed_at = "2026-03-10T03:41:00+00:00"     # instant of a snapshot without times
received_at = "2026-11-02T09:00:00+08:00"     # only for history received earlier; the clock says otherwise
server_id = "yangzhou-01-s03"                 # server a controller's answer or a snapshot of cards speaks for
cabinet_id = "yangzhou-01-r02"                # cabinet a power meter feeds
```

A sender who wants to be sure sends a manifest beside each file, `NAME.manifest.json`. The file is then read only when
it is complete and equal to it; anything else is refused whole with `MANIFEST_MISMATCH` until both are sent again. Rows
are counted without header, comments and blank lines; `sequence` is the sender's own number of the delivery, one higher
each time: numbers that were skipped are listed as missing by `racklight status` and on the page of data quality. Where
a center has several senders, each puts its name in `"sender"` and counts for itself.

```json
{"rows": 1, "bytes": 91, "sha256": "9f2c…64 hexadecimal digits", "schema_version": 1, "sequence": 7}
```

Exporters of NVIDIA, Ascend, Cambricon, Hygon, Iluvatar, MetaX, Moore Threads, Kunlunxin, Enflame and AMD cards are
mapped in `ingest/telemetry/vendor_mapping.yaml`. Memory and power that no card of the labeled model has, by the
accelerator catalog, are set aside: most often their unit is wrong.

Every row ends accepted or quarantined; rows in = accepted + quarantined is checked before a file counts. Receiving the
same bytes again changes nothing. A row with the key of an earlier one replaces it if its `revision` is higher; rows of
one revision that disagree are set aside, all of them.

## Telemetry samples

| column | unit | meaning |
|---|---|---|
"""


def document() -> str:
    """The whole page as Markdown."""
    samples = "".join(
        f"| `{name}` | {unit} | {meaning} |\n"
        for name, (unit, meaning) in _SAMPLE_COLUMNS.items()
        if name in SAMPLE_SCHEMA
    )
    kinds = "\n".join(_kind(kind) for kind in RECORD_KINDS.values())
    kinds += f"\n{_kind(USAGE_INTERVALS)}{_INTERVALS}"
    inventories = "\n".join(_inventory(dialect) for dialect in words().dialects.values())
    reasons = "".join(f"| `{reason.code}` | {reason.en} | {reason.zh} |\n" for reason in REASONS.values())
    records = f"## Records\n\nRequired fields are marked •. The key says which row is meant.\n\n{kinds}"
    return (
        f"{_HEAD}{samples}{_LEDGERS}{inventories}\n{records}\n"
        f"## Reasons\n\n| code | what is wrong | 说明 |\n|---|---|---|\n{reasons}"
    )


def _inventory(dialect: Dialect) -> str:
    """What the columns and the states of one kind of inventory may be called."""
    columns, states = _names(dialect.fields), _names(dialect.states)
    rows = "".join(
        f"| `{field}`{' •' if field in dialect.recognized_by else ''} | {names} |\n" for field, names in columns.items()
    )
    rows += "\n| state | status words |\n|---|---|\n"
    rows += "".join(f"| `{state}` | {names} |\n" for state, names in states.items())
    return f"### {dialect.name[0].upper()}{dialect.name[1:]}\n\n| column | may be called |\n|---|---|\n{rows}"


def _names(meanings: dict[str, str]) -> dict[str, str]:
    """Meaning -> all words for it, in the order of the data file."""
    found: dict[str, list[str]] = {}
    for word, meaning in meanings.items():
        found.setdefault(meaning, []).append(word)
    return {meaning: "、".join(names) for meaning, names in found.items()}


def _kind(kind: RecordKind) -> str:
    rows = "".join(_field(field) for field in kind.fields)
    key = ", ".join(f"`{name}`" for name in kind.key)
    title = f"### {kind.name}\n\n{kind.grain.capitalize()}. Key: {key}."
    return f"{title}\n\n| column | type | meaning |\n|---|---|---|\n{rows}"


def _field(field: Field) -> str:
    meaning = field.description
    if field.choices:
        meaning += " One of " + ", ".join(f"`{choice}`" for choice in field.choices) + "."
    if field.default is not None and field.name != "revision":
        meaning += f" Empty means {field.default}."
    return f"| `{field.name}`{' •' if field.required else ''} | {_TYPES[field.type]} | {meaning} |\n"


if __name__ == "__main__":
    print(document(), end="")
