"""What a gateway and a cluster write down: requests with their tokens, and which pods hold which cards."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from ingest.sample_world.fleet import server_id
from ingest.sample_world.seeds import generator
from ingest.sample_world.spec import CARDS_PER_SERVER, CenterSpec
from ingest.sample_world.story import CENTERS, END_DAY
from ingest.sample_world.telemetry_files import write_feed

GATEWAY_CENTER, GATEWAY_FIRST_DAY = "yangzhou-01", date(2026, 10, 18)
"""The center whose gateway log is at hand, and from when; a file holds a week."""
CLUSTER_CENTER, CLUSTER_FIRST_DAY = "horinger-01", date(2026, 10, 30)
"""The center whose cluster is looked at every ten minutes, and from when."""

REQUESTS_PER_DAY = 120
REPEATED_REQUESTS, CONFLICTING_REQUESTS = 12, 2
"""Requests of the first week that the second week's file tells again: alike, and with other tokens."""

_HALF_SERVER, _IDLE_SERVER = 9, 6
_CHINA = timedelta(hours=8)
_MODELS = ("qwen3-32b", "deepseek-v3")
_TENANTS = ("jinhe-search", "jinhe-office", "jinhe-voice")


def write_logs(folder: Path, seed: int) -> list[Path]:
    """Write the gateway's files and the cluster's snapshots below `folder`/<center>, with a `feed.toml` each."""
    return [*_write_gateway(folder / GATEWAY_CENTER, seed), *_write_cluster(folder / CLUSTER_CENTER)]


def _write_gateway(folder: Path, seed: int) -> list[Path]:
    rng = generator(seed, "gateway")
    weeks: list[list[dict]] = []
    for number in range((END_DAY - GATEWAY_FIRST_DAY).days):
        day = GATEWAY_FIRST_DAY + timedelta(days=number)
        if number % 7 == 0:
            weeks.append([])
        for second in sorted(rng.integers(0, 86_400, REQUESTS_PER_DAY).tolist()):
            request_id = f"req-{day:%m%d}-{len(weeks[-1]):05d}"
            asked_at = datetime.combine(day, time()) + timedelta(seconds=second) - _CHINA
            weeks[-1].append(_request(request_id, asked_at, rng))
    told = [request for request in weeks[0] if request["usage"] is not None]
    again = [dict(request) for request in told[: REPEATED_REQUESTS + CONFLICTING_REQUESTS]]
    for request in again[REPEATED_REQUESTS:]:
        more = request["usage"] | {"completion_tokens": request["usage"]["completion_tokens"] + 500}
        request["usage"] = more | {"total_tokens": more["prompt_tokens"] + more["completion_tokens"]}
    weeks[1] += again
    folder.mkdir(parents=True, exist_ok=True)
    write_feed(folder, GATEWAY_CENTER)
    paths = [folder / "feed.toml"]
    for number, requests in enumerate(weeks):
        paths.append(folder / f"gateway-{GATEWAY_FIRST_DAY + timedelta(days=7 * number)}.jsonl")
        paths[-1].write_text("".join(json.dumps(request) + "\n" for request in requests), encoding="utf-8")
    return paths


def _request(request_id: str, asked_at: datetime, rng) -> dict:
    prompt, completion = int(rng.gamma(2.0, 1500)) + 20, int(rng.gamma(1.5, 400)) + 1
    cached = int(prompt * rng.random() * 0.6)
    usage = {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
    is_aborted = rng.random() < 0.02
    return {
        "request_id": request_id,
        "ts": f"{asked_at:%Y-%m-%dT%H:%M:%S}Z",
        "tenant_id": _TENANTS[int(rng.integers(len(_TENANTS)))],
        "model": _MODELS[int(rng.random() < 0.35)],
        "served_by": server_id(GATEWAY_CENTER, int(rng.integers(9, 11))),
        "status": 499 if is_aborted else 200,
        "usage": None if is_aborted else usage,
    }


def _write_cluster(folder: Path) -> list[Path]:
    """Exposition text with times, a file a day: a pod per leased server, which ends and starts anew at noon.

    One server runs half its cards only, and another none after the first noon.
    """
    center = next(center for center in CENTERS if center.center_id == CLUSTER_CENTER)
    folder.mkdir(parents=True, exist_ok=True)
    write_feed(folder, CLUSTER_CENTER)
    paths = [folder / "feed.toml"]
    for number in range((END_DAY - CLUSTER_FIRST_DAY).days):
        day = CLUSTER_FIRST_DAY + timedelta(days=number)
        paths.append(folder / f"kube-{day}.prom")
        paths[-1].write_text("\n".join(_snapshots(center, day)) + "\n", encoding="utf-8")
    return paths


def _snapshots(center: CenterSpec, day: date) -> list[str]:
    lines = ["# TYPE kube_pod_container_resource_requests gauge", "# TYPE kube_pod_status_phase gauge"]
    midnight = datetime.combine(day, time(), UTC) - _CHINA
    for step in range(144):
        moment = midnight + timedelta(minutes=10 * step)
        # The cluster's monitor is down for two hours of the first evening: what pods held then is not known.
        if day == CLUSTER_FIRST_DAY and 114 <= step < 126:
            continue
        for lease in center.leases:
            for server in lease.servers:
                if server == _IDLE_SERVER and (day, step) >= (CLUSTER_FIRST_DAY, 72):
                    continue
                lines += _pod(lease.lease_id, server_id(center.center_id, server), day, step, int(moment.timestamp()))
    return lines


def _pod(lease_id: str, node: str, day: date, step: int, epoch_seconds: int) -> list[str]:
    half = "am" if step < 72 else "pm"
    labels = f'namespace="{lease_id}",pod="train-{node[-3:]}-{half}",uid="{node}-{day:%m%d}-{half}"'
    at = epoch_seconds * 1000
    cards = CARDS_PER_SERVER // 2 if node.endswith(f"{_HALF_SERVER:02d}") else CARDS_PER_SERVER
    request = f'{labels},container="main",node="{node}",resource="nvidia_com_gpu",unit="integer"'
    return [
        f"kube_pod_container_resource_requests{{{request}}} {cards} {at}",
        f'kube_pod_status_phase{{{labels},phase="Running"}} 1 {at}',
    ]
