"""Slurm accounting: every real edge case is read to its last line, and each trap of the format is known."""

from datetime import UTC, datetime

import polars as pl
import pytest

from ingest.reading import QUARANTINE_SCHEMA, Declaration, UnreadableFileError
from ingest.records.occupancy import OCCUPANCY_JOBS
from ingest.scheduling import sacct
from ingest.scheduling.gres import card_counts
from ingest.scheduling.sacct import read, recognizes

SHENZHEN = Declaration(center_id="sz-01", time_zone="Asia/Shanghai")
HEADER = "JobIDRaw|State|Start|End|AllocTRES|Partition|Account|Comment\n"
START, END = "2025-09-01T08:00:10", "2025-09-01T12:00:10"
GOOD = f"40112|COMPLETED|{START}|{END}|cpu=64,gres/gpu=8|gpu|a|fine\n"


def jobs_of(reading):
    return reading.records["occupancy_jobs"]


def reasons_of(reading):
    return reading.quarantined.select("source_line", "reason_code").rows()


REAL_SAMPLES = [
    ("fake-line-break", 4, {sacct.STEPS: 2}, {}, 2),
    ("fake-line-break-expected", 4, {sacct.STEPS: 2}, {}, 2),
    ("one-multiline", 4, {sacct.STEPS: 2}, {}, 2),
    ("one-multiline-expected", 4, {sacct.STEPS: 2}, {}, 2),
    ("multiple-multiline", 6, {sacct.STEPS: 2}, {"EXACT_DUPLICATE": 2}, 2),
    ("multiple-multiline-expected", 6, {sacct.STEPS: 2}, {"EXACT_DUPLICATE": 2}, 2),
    ("output-invalid-utf8", 11, {sacct.STEPS: 9, sacct.REPLACED_CELLS: 1}, {}, 2),
    ("output-midnight-edge-case", 1186, {sacct.STEPS: 880}, {"MISSING_COLUMN": 306}, 0),
    ("output-midnight-edge-case-small", 11, {sacct.STEPS: 8}, {"MISSING_COLUMN": 3}, 0),
    ("output-midnight-edge-case-small-expected", 9, {sacct.STEPS: 6}, {"MISSING_COLUMN": 3}, 0),
    ("output-with-invalid-lines", 1, {}, {"WRONG_COLUMN_COUNT": 1}, 0),
    ("output", 68, {sacct.STEPS: 68}, {}, 0),
    ("running-output", 10, {sacct.STEPS: 10}, {}, 0),
    ("running-output-large", 5040, {sacct.STEPS: 5040}, {}, 0),
]


@pytest.mark.parametrize(("name", "rows_in", "notices", "reasons", "job_count"), REAL_SAMPLES)
def test_every_row_of_a_real_output_is_kept_counted_or_set_aside(sample, name, rows_in, notices, reasons, job_count):
    path = sample(f"real/sacct-gcm/sample-sacct-{name}.txt")
    assert recognizes(path.read_bytes()[: 64 * 1024])
    reading = read(path, SHENZHEN, "sha")
    assert reading.rows_in == rows_in == reading.rows_accepted + reading.quarantined.height
    assert reading.notices == notices
    assert dict(reading.quarantined["reason_code"].value_counts().rows()) == reasons
    assert jobs_of(reading).height == job_count


@pytest.mark.parametrize("name", ["fake-line-break", "one-multiline", "multiple-multiline"])
def test_a_row_cut_by_line_breaks_says_the_same_as_the_whole_row(sample, name):
    broken = read(sample(f"real/sacct-gcm/sample-sacct-{name}.txt"), SHENZHEN, "sha")
    whole = read(sample(f"real/sacct-gcm/sample-sacct-{name}-expected.txt"), SHENZHEN, "sha")
    assert jobs_of(broken).drop("source_line").equals(jobs_of(whole).drop("source_line"))


@pytest.mark.parametrize("name", ["qos.txt", "user-info.txt", "user.txt", "qos-expected.json"])
def test_lists_of_users_and_service_classes_are_no_job_lists(sample, name):
    assert not recognizes(sample(f"real/sacct-gcm/sample-sacctmgr-{name}").read_bytes())


def test_the_generated_output_gives_two_ended_jobs(sample):
    reading = read(sample("generated/slurm_sacct_parsable2.psv"), SHENZHEN, "sha")
    assert reading.notices == {sacct.STEPS: 2, sacct.RUNNING: 1, sacct.NOT_STARTED: 1}
    assert (reading.rows_in, reading.rows_accepted, reading.quarantined.height) == (6, 6, 0)
    jobs = jobs_of(reading)
    assert jobs.schema == pl.Schema(OCCUPANCY_JOBS.lake_schema)
    assert reading.quarantined.schema == pl.Schema(QUARANTINE_SCHEMA)
    assert jobs.select("job_id", "queue", "card_count", "source_line").rows() == [
        ("40112@2025-09-01T08:00:10", "gpu/tenant-a", 16, 2),
        ("40120@2025-09-01T08:10:00", "gpu/acceptance-load", 8, 5),
    ]
    assert jobs["started_at"][0] == datetime(2025, 9, 1, 0, 0, 10, tzinfo=UTC)
    assert jobs["ended_at"][0] == datetime(2025, 9, 1, 4, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize("delimiter", ["|", "^", "\t", "\x1f", ";", "|#", "~~", "¦"])
def test_any_delimiter_is_read_from_the_header(landed, delimiter):
    content = (HEADER + GOOD).replace("|", delimiter)
    assert recognizes(content.encode())
    assert jobs_of(read(landed(content), SHENZHEN, "sha"))["card_count"].to_list() == [8]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_delimiter_at_the_end_of_each_line_and_foreign_line_ends_change_nothing(landed, ending):
    content = "".join(f"{line}|{ending}" for line in (HEADER + GOOD).splitlines())
    reading = read(landed("\ufeff" + content), SHENZHEN, "sha")
    assert (jobs_of(reading).height, reading.rows_in) == (1, 1)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\n",
        b"JobID",
        b"job_id|state|end\n1|a|b\n",
        b"JobID           State\n",
        b"JobID|Start|End\n",
        b"\xff\xfeJ\0o\0",
    ],
)
def test_other_first_lines_are_not_claimed(head):
    assert not recognizes(head)


@pytest.mark.parametrize(
    ("tres", "cards", "slices"),
    [
        ("billing=256,cpu=256,gres/gpu=16,gres/gpu:h20=16,mem=2T,node=2", 16, 0),
        ("gres/gpu:h20=8,gres/gpu:l40=4", 12, 0),
        ("cpu=64,gres/npu=8,mem=512G", 8, 0),
        ("gres/npu:ascend910b=8", 8, 0),
        ("gres/gpu=4,gres/npu=8", 12, 0),
        ("gres/gpu=3,gres/gpu:a100=1,gres/gpu:a100_1g.5gb=2", 1, 2),
        ("gres/gpu:1g.10gb=2", 0, 2),
        ("cpu=1,mem=64G,node=1", 0, 0),
        ("gres/shard=4,gres/gpumem=1000,gres/gpuutil=50", 0, 0),
    ],
)
def test_cards_are_counted_once_whatever_the_spelling(tres, cards, slices):
    assert card_counts(pl.Series([tres])).select("cards", "slices").rows() == [(cards, slices)]


@pytest.mark.parametrize(
    ("row", "notice"),
    [
        (f"40112.batch|COMPLETED|{START}|{END}|gres/gpu=8|gpu|a|", sacct.STEPS),
        (f"40112.extern|COMPLETED|{START}|{END}|gres/gpu=8|gpu|a|", sacct.STEPS),
        (f"40112.0|CANCELLED|{START}|{END}|gres/gpu=8|gpu|a|", sacct.STEPS),
        (f"40112|COMPLETED|{START}|{END}|cpu=8,mem=1T|gpu|a|", sacct.NO_CARDS),
        (f"40112|COMPLETED|{START}|{END}||gpu|a|", sacct.NO_CARDS),
        (f"40112|COMPLETED|{START}|{END}|gres/gpu:1g.10gb=1|gpu|a|", sacct.SLICES_ONLY),
        ("40112|PENDING|Unknown|Unknown||gpu|a|", sacct.NOT_STARTED),
        (f"40112|CANCELLED by 1001|None|{END}|gres/gpu=8|gpu|a|", sacct.NOT_STARTED),
        (f"40112|RUNNING|{START}|Unknown|gres/gpu=8|gpu|a|", sacct.RUNNING),
        (f"40112|SUSPENDED|{START}|Unknown|gres/gpu=8|gpu|a|", sacct.RUNNING),
        (f"40112|NODE_FAIL|{START}|{START}|gres/gpu=8|gpu|a|", sacct.NO_LENGTH),
    ],
)
def test_a_row_that_is_no_ended_job_with_cards_is_left_out_and_counted(landed, row, notice):
    reading = read(landed(HEADER + row + "\n"), SHENZHEN, "sha")
    assert reading.notices == {notice: 1}
    assert (reading.rows_in, reading.rows_accepted, jobs_of(reading).height) == (1, 1, 0)


@pytest.mark.parametrize(
    ("row", "reason_code"),
    [
        (f"40113|COMPLETED|{START}|{END}|gres/gpu=8|gpu", "WRONG_COLUMN_COUNT"),
        (f"40113|COMPLETED|{START}|{END}|gres/gpu=8|gpu|a|one|more", "WRONG_COLUMN_COUNT"),
        (f"|COMPLETED|{START}|{END}|gres/gpu=8|gpu|a|", "MISSING_VALUE"),
        (f"40113||{START}|{END}|gres/gpu=8|gpu|a|", "MISSING_VALUE"),
        (f"40113|COMPLETED||{END}|gres/gpu=8|gpu|a|", "MISSING_VALUE"),
        (f"40113|COMPLETED|{START}||gres/gpu=8|gpu|a|", "MISSING_VALUE"),
        (f"40113|COMPLETED|{START}|Unknown|gres/gpu=8|gpu|a|", "MISSING_VALUE"),
        (f"forty|COMPLETED|{START}|{END}|gres/gpu=8|gpu|a|", "MALFORMED_LINE"),
        (f"40113|COMPLETED|{START}|{END}|gres/gpu=1.5K|gpu|a|", "NOT_AN_INTEGER"),
        (f"40113|COMPLETED|{START}|yesterday|gres/gpu=8|gpu|a|", "NOT_AN_INSTANT"),
        (f"40113|COMPLETED|09/01-08:00|{END}|gres/gpu=8|gpu|a|", "NOT_AN_INSTANT"),
        (f"40113|COMPLETED|{END}|{START}|gres/gpu=8|gpu|a|", "END_NOT_AFTER_START"),
    ],
)
def test_a_row_that_breaks_a_rule_is_set_aside_with_its_text_and_the_reason(landed, row, reason_code):
    reading = read(landed(HEADER + GOOD + row + "\n"), SHENZHEN, "sha")
    assert reading.quarantined.select("source_line", "raw_text", "reason_code").rows() == [(3, row, reason_code)]
    assert reading.quarantined["detail"].null_count() == 0
    assert (reading.rows_in, reading.rows_accepted) == (2, 1)


COMMENT_FIRST = "JobIDRaw|Comment|State|Start|End|AllocTRES\n"
REST = f"COMPLETED|{START}|{END}|gres/gpu=8\n"


def test_a_field_over_several_lines_is_joined_and_the_row_keeps_its_first_line(landed):
    reading = read(landed(COMMENT_FIRST + "1|one\n\ntwo|" + REST + "2||" + REST), SHENZHEN, "sha")
    assert jobs_of(reading).select("source_line", "job_id").rows() == [(2, f"1@{START}"), (5, f"2@{START}")]
    assert (reading.rows_in, reading.quarantined.height) == (2, 0)


def test_lines_that_add_up_to_no_row_are_set_aside_one_by_one(landed):
    reading = read(landed(COMMENT_FIRST + "1|cut\n2|whole|" + REST + "3|cut\n4|cut\n"), SHENZHEN, "sha")
    assert reasons_of(reading) == [(2, "WRONG_COLUMN_COUNT"), (4, "WRONG_COLUMN_COUNT"), (5, "WRONG_COLUMN_COUNT")]
    assert jobs_of(reading)["source_line"].to_list() == [3]


def test_a_cut_line_before_a_row_over_two_lines_does_not_spoil_it(landed):
    reading = read(landed(COMMENT_FIRST + "1|cut|COMPLETED\n2|one\ntwo|" + REST), SHENZHEN, "sha")
    assert reasons_of(reading) == [(2, "WRONG_COLUMN_COUNT")]
    assert jobs_of(reading)["source_line"].to_list() == [3]


def test_two_cut_lines_that_only_seem_to_add_up_are_not_joined(landed):
    reading = read(landed(COMMENT_FIRST + f"1|cut|COMPLETED|{START}\n2|cut|{END}\n"), SHENZHEN, "sha")
    assert reasons_of(reading) == [(2, "WRONG_COLUMN_COUNT"), (3, "WRONG_COLUMN_COUNT")]


def test_bytes_that_are_no_utf8_cost_only_their_own_cell(landed):
    content = (HEADER + GOOD).encode().replace(b"fine", b"sch\xf6n")
    reading = read(landed(content), SHENZHEN, "sha")
    assert jobs_of(reading).height == 1
    assert reading.notices == {sacct.REPLACED_CELLS: 1}


def test_bytes_that_are_no_utf8_in_a_needed_cell_set_the_row_aside(landed):
    content = (HEADER + GOOD + GOOD.replace("|a|", "|sch*n|")).encode().replace(b"sch*n", b"sch\xf6n")
    reading = read(landed(content), SHENZHEN, "sha")
    assert reasons_of(reading) == [(3, "NOT_UTF8")]
    assert reading.notices == {sacct.REPLACED_CELLS: 1}


def test_each_run_of_a_requeued_job_is_a_job_of_its_own(landed):
    second = f"40112|COMPLETED|{END}|2025-09-01T13:00:00|gres/gpu=8|gpu|a|\n"
    reading = read(landed(HEADER + GOOD.replace("COMPLETED", "REQUEUED") + second), SHENZHEN, "sha")
    assert jobs_of(reading)["job_id"].to_list() == [f"40112@{START}", f"40112@{END}"]


def test_a_job_that_ran_at_the_first_output_comes_in_with_a_later_one(landed):
    running = GOOD.replace(END, "Unknown").replace("COMPLETED", "RUNNING")
    assert jobs_of(read(landed(HEADER + running), SHENZHEN, "sha")).is_empty()
    assert jobs_of(read(landed(HEADER + GOOD), SHENZHEN, "sha"))["job_id"].to_list() == [f"40112@{START}"]


def test_the_same_run_twice_is_kept_once_and_one_that_differs_waits_for_a_person(landed):
    other = GOOD.replace("gres/gpu=8", "gres/gpu=4")
    reading = read(landed(HEADER + GOOD + GOOD + other), SHENZHEN, "sha")
    assert reasons_of(reading) == [(3, "EXACT_DUPLICATE"), (4, "CONFLICTING_KEY")]


def test_outputs_one_after_the_other_repeat_the_header_only(landed):
    reading = read(landed(HEADER + GOOD + HEADER + GOOD.replace("40112", "40113")), SHENZHEN, "sha")
    assert jobs_of(reading)["source_line"].to_list() == [2, 4]
    assert reading.rows_in == 2


def test_local_times_without_a_declared_zone_are_set_aside(landed):
    reading = read(landed(HEADER + GOOD), Declaration(center_id="sz-01"), "sha")
    assert reasons_of(reading) == [(2, "TIME_WITHOUT_ZONE")]


def test_a_job_cannot_end_after_its_file_was_received(landed):
    received = Declaration("sz-01", "Asia/Shanghai", received_at=datetime(2025, 9, 1, 3, tzinfo=UTC))
    assert reasons_of(read(landed(HEADER + GOOD), received, "sha")) == [(2, "TIME_IN_FUTURE")]


def test_without_a_center_the_file_is_refused(landed):
    with pytest.raises(UnreadableFileError) as error:
        read(landed(HEADER + GOOD), Declaration(time_zone="Asia/Shanghai"), "sha")
    assert error.value.code == "NO_CENTER"


def test_a_header_without_rows_is_an_empty_reading(landed):
    reading = read(landed(HEADER), SHENZHEN, "sha")
    assert (reading.rows_in, reading.rows_accepted, jobs_of(reading).height) == (0, 0, 0)


def test_gres_that_is_no_card_is_named(landed):
    row = f"40112|COMPLETED|{START}|{END}|gres/shard=4,gres/gpu=1|gpu|a|\n"
    reading = read(landed(HEADER + row), SHENZHEN, "sha")
    assert reading.notices == {"jobs with gres that is no card: shard": 1}
    assert jobs_of(reading)["card_count"].to_list() == [1]
