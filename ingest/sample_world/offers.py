"""What a buyer may know of the sample world's free cards: networks, terms of sale, and where each center stands."""

from collections.abc import Iterator
from datetime import date

from ingest.sample_world.fleet import server_id, servers_of
from ingest.sample_world.registers import Row
from ingest.sample_world.spec import CenterSpec

_NETWORKS = {
    "nvidia-h800-sxm5-80g": ("infiniband", 400),
    "nvidia-h20-96g": ("roce", 200),
    "nvidia-rtx-4090-24g": ("ethernet", 25),
    "huawei-ascend-910b3": ("roce", 200),
    "huawei-ascend-910b4": ("roce", 200),
    "cambricon-mlu590": ("roce", 200),
    "hygon-dcu-k100-ai": ("infiniband", 200),
    "metax-c500-oam": ("roce", 200),
}
_ASKED_FEN = {
    "nvidia-h800-sxm5-80g": 1_180,
    "nvidia-h20-96g": 690,
    "nvidia-rtx-4090-24g": 190,
    "huawei-ascend-910b3": 840,
    "huawei-ascend-910b4": 640,
    "cambricon-mlu590": 520,
    "hygon-dcu-k100-ai": 320,
    "metax-c500-oam": 480,
}
_WITHOUT_PRICE = ("shiqiao-01",)
"""Centers that name no price."""
_SITES = {
    "yangzhou-01": (119.41, 32.39, 321000, "city"),
    "shiqiao-01": (113.85, 33.01, 411700, "nationwide"),
    "jiangwan-01": (112.24, 30.33, 421000, "nationwide"),
    "horinger-01": (111.82, 40.38, 150100, "nationwide"),
    "dongpu-01": (113.75, 23.05, 441900, "nationwide"),
    "xuanling-01": (106.63, 26.65, 520100, "province"),
    "yunting-01": (120.75, 30.75, 330400, "nationwide"),
}
"""Longitude, latitude, code of the city, and from where the center's capacity may be used."""


def server_links(center: CenterSpec) -> Iterator[Row]:
    """Servers of one model share a network; one that was never delivered is wired to nothing."""
    for number, tranche in servers_of(center):
        if tranche.stage == "planned":
            continue
        interconnect, link_gbps = _NETWORKS[tranche.model_id]
        yield {
            "server_id": server_id(center.center_id, number),
            "center_id": center.center_id,
            "cluster_id": f"{center.center_id}-{tranche.model_id}",
            "interconnect": interconnect,
            "link_gbps": link_gbps,
        }


def sale_terms(center: CenterSpec) -> Iterator[Row]:
    """One price list a center, from the first day of 2026."""
    for model_id in sorted({tranche.model_id for tranche in center.tranches}):
        yield {
            "center_id": center.center_id,
            "model_id": model_id,
            "valid_from": date(2026, 1, 1),
            "asking_price_cny": None if center.center_id in _WITHOUT_PRICE else _ASKED_FEN[model_id],
            "dispatch_scope": _SITES[center.center_id][3],
            "document": f"PRICES-{center.center_id}-2026",
        }


def center_site(center: CenterSpec) -> Row:
    """Where one center stands."""
    longitude, latitude, city_area_code, _ = _SITES[center.center_id]
    return {
        "center_id": center.center_id,
        "longitude": longitude,
        "latitude": latitude,
        "city_area_code": city_area_code,
    }
