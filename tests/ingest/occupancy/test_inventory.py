"""Node inventories: cards per node, with a header line and without one."""

import polars as pl
import pytest

from ingest.occupancy.inventory import OPENB_READER, PAI_READER
from ingest.reading import Declaration, UnreadableFileError
from ingest.records.occupancy import INVENTORY_NODES

HERE = Declaration(center_id="lab")
OPENB_HEADER = "sn,cpu_milli,memory_mib,gpu,model\n"
OPENB_NODE = "node-1,96000,786432,8,G2\n"
PAI_MACHINE = "a12e33726524543425a94398,V100M32,96,384,8\n"


def nodes_of(reading):
    return reading.records["inventory_nodes"]


def test_a_node_without_cards_is_kept_with_none_and_no_model(landed):
    openb = OPENB_READER.read(landed(OPENB_HEADER + OPENB_NODE + "node-2,32000,262144,0,\n"), HERE, "sha")
    assert nodes_of(openb).schema == pl.Schema(INVENTORY_NODES.lake_schema)
    assert nodes_of(openb).select("node_id", "model_text", "card_count", "source_line").rows() == [
        ("node-1", "G2", 8, 2),
        ("node-2", None, 0, 3),
    ]
    pai = PAI_READER.read(landed(PAI_MACHINE + "7399a758eb02bae1a3621236,CPU,96,512,0\n"), HERE, "sha")
    assert nodes_of(pai).select("node_id", "model_text", "card_count", "source_line").rows() == [
        ("a12e33726524543425a94398", "V100M32", 8, 1),
        ("7399a758eb02bae1a3621236", None, 0, 2),
    ]


@pytest.mark.parametrize(
    ("line", "reason_code"),
    [
        ("node-2,96000,786432,8", "WRONG_COLUMN_COUNT"),
        (",96000,786432,8,G2", "MISSING_VALUE"),
        ("node-2,96000,786432,,G2", "MISSING_VALUE"),
        ("node-2,96000,786432,eight,G2", "NOT_AN_INTEGER"),
        ("node-2,96000,786432,-8,G2", "OUT_OF_RANGE"),
        ("node-1,96000,786432,8,G2", "EXACT_DUPLICATE"),
        ("node-1,96000,786432,4,G2", "CONFLICTING_KEY"),
    ],
)
def test_a_node_that_breaks_a_rule_is_set_aside(landed, line, reason_code):
    reading = OPENB_READER.read(landed(OPENB_HEADER + OPENB_NODE + line + "\n"), HERE, "sha")
    assert reading.quarantined.select("source_line", "raw_text", "reason_code").rows() == [(3, line, reason_code)]
    assert (reading.rows_in, reading.rows_accepted) == (2, 1)


def test_a_machine_list_may_come_with_its_header_line(landed):
    reading = PAI_READER.read(landed("machine,gpu_type,cap_cpu,cap_mem,cap_gpu\n" + PAI_MACHINE), HERE, "sha")
    assert nodes_of(reading)["source_line"].to_list() == [2]
    assert reading.rows_in == 1


@pytest.mark.parametrize("reader", [OPENB_READER, PAI_READER])
def test_an_inventory_of_no_declared_center_is_refused(landed, reader):
    with pytest.raises(UnreadableFileError, match="declare center_id") as refusal:
        reader.read(landed(OPENB_HEADER), Declaration(), "sha")
    assert refusal.value.code == "NO_CENTER"


@pytest.mark.parametrize(
    ("reader", "name", "row_count", "gpu_node_count", "card_count"),
    [
        (OPENB_READER, "alibaba_openb/openb_node_list_all_node.csv", 1_523, 1_213, 6_212),
        (PAI_READER, "alibaba_pai2020/pai_machine_spec.csv", 1_897, 1_814, 6_742),
    ],
)
def test_the_real_inventories_have_their_published_cards(trace, reader, name, row_count, gpu_node_count, card_count):
    reading = reader.read(trace(name), HERE, "sha")
    nodes = nodes_of(reading)
    assert (reading.rows_in, reading.rows_accepted, reading.quarantined.height) == (row_count, row_count, 0)
    assert nodes.filter(pl.col("card_count") > 0).height == gpu_node_count
    assert nodes["card_count"].sum() == card_count
    assert nodes.filter(pl.col("card_count") > 0)["model_text"].null_count() == 0
