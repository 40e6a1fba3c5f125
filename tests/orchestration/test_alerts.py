"""Alerts: opened once, resolved when over, told once and again to others, never in quiet hours; forms of the chats."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from ingest.paths import DataDir
from ingest.state.alerts import KINDS, AlertBook, Signal
from ingest.state.findings_log import FindingsLog
from ingest.state.register import NewPublication, Register
from ingest.state.restatements import RestatementLog
from ingest.state.store import StateStore
from orchestration.alerts.run import is_quiet, run_alerts
from orchestration.delivery.chats import dingtalk, feishu
from orchestration.publish import published_version

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)


@pytest.fixture
def robot():
    """A chat's robot on loopback: keeps what it was sent, answers what it is told to."""
    got: list[tuple[str, dict]] = []
    answers: list[dict] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            body = json.dumps(answers.pop(0) if answers else {"errcode": 0, "errmsg": "ok"}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", got, answers
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def publish(tmp_path):
    """A data folder with a published file of what the alerts look at; called with the lit rate and the days to go."""
    data_dir = DataDir(tmp_path)
    data_dir.create()
    folder = data_dir.published / "all"
    folder.mkdir()
    count = iter(range(100))

    def write(lit: float = 0.5, remaining_days: int = 100, silent_days: int = 0, state: str = "on_track") -> DataDir:
        path = folder / f"marts-20261102T010000Z-{next(count):012d}.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute(
                f"""
                create table dim_center as
                    select 'a-01' as center_id, '甲中心' as center_name_zh, 'Center A' as center_name_en;
                create table fct_scope_week__ladder as select 'a-01' as scope_id, date '2026-10-26' as week_start_on,
                    true as is_over, {lit} as lit_rate_of_racked_lower, 0.9 as coverage_of_racked;
                create table fct_lease__backlog as select 'a-01' as center_id, 'l1' as lease_id,
                    {remaining_days} as remaining_days, date '2026-12-01' as ends_on;
                create table dim_commitment as select 'a-01' as center_id, 'c1' as commitment_id,
                    5 as outstanding_cny_fen, '{state}' as state;
                create table fct_center_day__data_quality as select 'a-01' as center_id, 1 as expected_card_seconds,
                    date '2026-10-20' + cast(day as integer) as local_day,
                    case when day < 10 - {silent_days} then 1 else 0 end as known_card_seconds
                    from range(10) as days(day);
                create table fct_figure as select 'a-01' as center_id, 'payback' as metric_id, 'as_of' as period_grain,
                    cast(null as double) as lower, cast(null as double) as upper, 'no_capex' as withheld_reason;
                """
            )
        link = folder / "marts.duckdb"
        link.unlink(missing_ok=True)
        link.symlink_to(path.name)
        return data_dir

    return write


def _settings(data_dir: DataDir, address: str, way: str = "dingtalk", extra: str = "") -> None:
    text = f'[alerts]\nlanguage = "en"\nescalate_after_hours = 24\nto = ["{way}:http://{address}/duty"]\n'
    text += f'escalate_to = ["{way}:http://{address}/head"]\n{extra}'
    data_dir.delivery_file.write_text(text, encoding="utf-8")


def _book(data_dir: DataDir) -> AlertBook:
    return AlertBook(StateStore(data_dir))


def test_an_alert_opens_once_stays_and_is_resolved_when_it_is_over(publish):
    data_dir = publish(lit=0.2)
    book = _book(data_dir)
    book.set_rule("lit_below", 0.3, None, "me")
    assert (run_alerts(data_dir, NOON).opened, run_alerts(data_dir, NOON).opened) == (1, 0)
    (alert,) = book.alerts(only_open=True)
    assert (alert.center_id, alert.observed, alert.threshold) == ("a-01", 0.2, 0.3)
    publish(lit=0.3)
    assert run_alerts(data_dir, NOON + timedelta(hours=1)).resolved == 1
    assert book.alerts(only_open=True) == []
    publish(lit=0.1)
    assert run_alerts(data_dir, NOON + timedelta(hours=2)).opened == 1
    assert len(book.alerts()) == 2


@pytest.mark.parametrize(
    ("kind", "threshold", "beyond", "within"),
    [
        ("coverage_below", 0.95, {}, None),
        ("lease_cliff", 56, {"remaining_days": 56}, {"remaining_days": 57}),
        ("feed_silent", 2, {"silent_days": 2}, {"silent_days": 1}),
        ("feed_silent", 2, {"silent_days": 10}, {"silent_days": 0}),
        ("commitment_at_risk", None, {"state": "lapsed"}, {"state": "cured"}),
        ("cannot_compute", None, {}, None),
    ],
)
def test_each_kind_is_found_beyond_its_threshold_and_not_within(publish, kind, threshold, beyond, within):
    data_dir = publish(**beyond)
    _book(data_dir).set_rule(kind, threshold, None, "me")
    assert run_alerts(data_dir, NOON).opened == 1
    if within is not None:
        publish(**within)
        assert run_alerts(data_dir, NOON).resolved == 1


def test_what_nothing_published_can_say_is_said_and_neither_opens_nor_resolves(publish):
    data_dir = publish()
    book = _book(data_dir)
    book.set_rule("finding_opened", None, None, "me")
    book.observe([Signal("finding_opened/ALL", "finding_opened", "a-01", "f1", None, None, "")], "v", NOON)
    found = run_alerts(data_dir, NOON)
    assert "finding_opened/ALL" in found.unanswered
    assert (found.opened, found.resolved, len(book.alerts(only_open=True))) == (0, 0, 1)


def _add_finding(data_dir: DataDir, verdict: str) -> dict[str, str]:
    """Put one finding into the file that is published; hands back what it says."""
    path = (data_dir.published / "all" / "marts.duckdb").resolve()
    finding = {"finding_id": f"F02/a-01/{verdict}", "center_id": "a-01", "rule_id": "F02", "severity": "serious"}
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table if not exists fct_finding (finding_id varchar, center_id varchar, "
            "rule_id varchar, severity varchar, verdict varchar)"
        )
        connection.execute("insert into fct_finding values (?, ?, ?, ?, ?)", [*finding.values(), verdict])
    return finding


def test_a_finding_is_alerted_while_it_holds_and_nobody_has_closed_it(publish):
    data_dir = publish()
    book, log = _book(data_dir), FindingsLog(StateStore(data_dir))
    book.set_rule("finding_opened", None, None, "me")
    _add_finding(data_dir, "undetermined")
    finding = _add_finding(data_dir, "holds")
    assert run_alerts(data_dir, NOON).opened == 1
    (alert,) = book.alerts(only_open=True)
    assert (alert.subject_id, alert.detail) == ("F02/a-01/holds", "F02 serious")
    log.record(finding, "reply", "operator", "a-01", "The card was swapped.")
    assert run_alerts(data_dir, NOON).resolved == 0, "a reply is no decision"
    log.record(finding, "close", "auditor", "explained", "Seen on the photo.")
    assert run_alerts(data_dir, NOON).resolved == 1
    log.record(finding, "reopen", "auditor")
    assert run_alerts(data_dir, NOON + timedelta(hours=1)).opened == 1


def test_a_restated_figure_is_alerted_by_center_and_over_with_the_next_publication(publish):
    """The register and the log of restatements are the real ones; only the figures are two written by hand."""
    data_dir = publish()
    store = StateStore(data_dir)
    book, register = _book(data_dir), Register(store)
    book.set_rule("figure_restated", None, "a-01", "me")
    figures = {f"lit/{center}/2026-10": {"center_id": center, "lower": 0.3} for center in ("a-01", "b-01")}
    entries = []
    for number, inputs in enumerate(({"f1": 1}, {"f1": 1, "f2": 1}, {"f1": 1, "f2": 1})):
        if number:
            publish()
        version = published_version(data_dir).version
        entries.append(
            register.record(NewPublication("all", version, NOON + timedelta(days=number), "code", {}, inputs, figures))
        )
        if number == 1:
            assert run_alerts(data_dir, NOON).unanswered == ("figure_restated/a-01",), "nobody split the two yet"
        if number:
            said = {name: {"center_id": row["center_id"], "was_open": False} for name, row in figures.items()}
            said["lit/a-01/2026-11"] = {"center_id": "a-01", "was_open": True}
            RestatementLog(store).record(
                entries[-2].publication_no, entries[-1].publication_no, {}, said if number == 1 else {}
            )
        done = run_alerts(data_dir, NOON + timedelta(hours=number))
        assert (done.opened, done.resolved) == ((0, 0), (1, 0), (0, 1))[number]
    (alert,) = book.alerts()
    assert (alert.center_id, alert.subject_id) == ("a-01", "lit/a-01/2026-10")


def test_an_alert_is_told_once_and_to_others_when_nobody_sees_to_it(publish, robot):
    address, got, _ = robot
    data_dir = publish(lit=0.2)
    _settings(data_dir, address)
    book = _book(data_dir)
    book.set_rule("lit_below", 0.3, None, "me")
    for hours in (0, 1, 23):
        run_alerts(data_dir, NOON + timedelta(hours=hours))
    assert [path for path, _ in got] == ["/duty"]
    assert "Lit rate low · Center A · 20.0 % (threshold 30.0 %)" in got[0][1]["text"]["content"]
    for hours in (25, 26):
        run_alerts(data_dir, NOON + timedelta(hours=hours))
    assert [path for path, _ in got] == ["/duty", "/head"]


def test_what_somebody_sees_to_is_not_told_to_others(publish, robot):
    address, got, _ = robot
    data_dir = publish(lit=0.2)
    _settings(data_dir, address)
    book = _book(data_dir)
    book.set_rule("lit_below", 0.3, None, "me")
    run_alerts(data_dir, NOON)
    assert book.acknowledge(book.alerts()[0].alert_id, "duty")
    run_alerts(data_dir, NOON + timedelta(hours=30))
    assert [path for path, _ in got] == ["/duty"]


def test_in_quiet_hours_nobody_is_told_until_they_end(publish, robot):
    address, got, _ = robot
    data_dir = publish(lit=0.2)
    _settings(data_dir, address, extra='quiet_hours = "22:00-07:30"\n')
    _book(data_dir).set_rule("lit_below", 0.3, None, "me")
    at_23 = datetime(2026, 11, 2, 15, tzinfo=UTC)
    run_alerts(data_dir, at_23)
    assert got == []
    run_alerts(data_dir, at_23 + timedelta(hours=9))
    assert len(got) == 1
    assert [is_quiet(at_23 + timedelta(hours=hours), ("22:00", "07:30")) for hours in (-2, 0, 8, 9)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_robot_that_says_no_in_its_answer_has_not_been_told(publish, robot):
    address, got, answers = robot
    data_dir = publish(lit=0.2)
    _settings(data_dir, address)
    _book(data_dir).set_rule("lit_below", 0.3, None, "me")
    answers.append({"errcode": 310000, "errmsg": "sign not match"})
    (outcome,) = run_alerts(data_dir, NOON).outcomes
    assert outcome.result == "failed"
    assert "310000" in outcome.detail
    assert run_alerts(data_dir, NOON).outcomes[0].result == "sent"
    assert len(got) == 2


@pytest.mark.parametrize("way", ["feishu", "wecom", "webhook"])
def test_the_other_forms_arrive_too(publish, robot, way):
    address, got, _ = robot
    data_dir = publish(lit=0.2)
    _settings(data_dir, address, way)
    _book(data_dir).set_rule("lit_below", 0.3, None, "me")
    assert run_alerts(data_dir, NOON).outcomes[0].result == "sent"
    content = got[0][1]
    text = {"feishu": lambda: content["content"]["text"], "wecom": lambda: content["text"]["content"]}.get(
        way, lambda: content["text"]
    )()
    assert "Center A" in text


def test_signatures_are_those_that_the_chats_compute():
    address, _ = dingtalk("https://x.example/send?access_token=t", "hello", "SECret", 1_700_000_000.5)
    digest = hmac.new(b"SECret", b"1700000000500\nSECret", hashlib.sha256).digest()
    assert "timestamp=1700000000500" in address
    assert base64.b64encode(digest).decode().replace("+", "%2B").replace("/", "%2F").replace("=", "%3D") in address
    content = feishu("hello", "SECret", 1_700_000_000.5)
    digest = hmac.new(b"1700000000\nSECret", b"", hashlib.sha256).digest()
    assert (content["timestamp"], content["sign"]) == ("1700000000", base64.b64encode(digest).decode())
    assert "sign" not in feishu("hello", None, 0)


def test_thresholds_that_have_no_meaning_are_refused(tmp_path):
    book = _book(DataDir(tmp_path))
    for kind, threshold in (("lit", 1.0), ("lit_below", None), ("cannot_compute", 1.0), ("lit_below", float("nan"))):
        with pytest.raises(ValueError, match=r"alert lit;|needs a threshold|takes no threshold|from 0 on"):
            book.set_rule(kind, threshold, None, "me")
    assert set(KINDS) >= {"figure_restated", "finding_opened"}
