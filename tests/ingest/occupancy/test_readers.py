"""Recognition by content: each real file is claimed by one reader, and a near miss by none."""

import pytest

from ingest.occupancy.readers import OCCUPANCY_READERS
from ingest.records import RECORD_KINDS

HEAD_BYTES = 64 * 1024


def names_of_readers_that_recognize(head: bytes) -> list[str]:
    return [reader.format_name for reader in OCCUPANCY_READERS if reader.recognizes(head)]


@pytest.mark.parametrize(
    ("name", "format_names"),
    [
        ("philly/philly_jobs.csv", ["job log CSV"]),
        ("philly/philly_node_sequence.csv", ["node series CSV"]),
        ("alibaba_openb/openb_node_list_all_node.csv", ["openb node list CSV"]),
        ("alibaba_pai2020/pai_machine_spec.csv", ["PAI machine list CSV"]),
        ("philly/philly_vc.csv", []),
        ("alibaba_openb/openb_pod_list_default.csv", []),
        ("alibaba_lingjun2023/topo.csv", []),
        ("azure_llm_2023/AzureLLMInferenceTrace_code.csv", []),
        ("nvidia_dcgm/dcgm_h100_scrape_2026-03-10.prom", []),
        ("acme_seren/seren_cdf.csv", []),
    ],
)
def test_a_real_file_is_recognized_by_its_own_reader_only(trace, name, format_names):
    assert names_of_readers_that_recognize(trace(name).read_bytes()[:HEAD_BYTES]) == format_names


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\n\n",
        b"\xff\xfe\x00",
        b"time,active,total,extra\n",
        b"GPU-0001, NVIDIA H100 80GB HBM3, 35, 120, 1024\n",
        b"node-17,V100M32,96,384,8\n",
        b"a12e33726524543425a94398,V100M32,96,384,8\n" + b"something else\n" * 3,
    ],
)
def test_other_content_is_recognized_by_none(head):
    assert names_of_readers_that_recognize(head) == []


def test_a_headerless_list_is_recognized_despite_a_damaged_line_and_a_cut_last_one():
    machine = b"a12e33726524543425a94398,V100M32,96,384,8\n"
    assert names_of_readers_that_recognize(machine * 20 + b"damaged\n" + b"a12e3372") == ["PAI machine list CSV"]


def test_no_canonical_record_header_is_mistaken_for_a_log():
    for kind in RECORD_KINDS.values():
        assert names_of_readers_that_recognize((",".join(kind.headers) + "\n").encode()) == []
