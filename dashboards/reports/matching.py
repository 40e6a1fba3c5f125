"""A buyer's request against the free cards that are published: who can serve it, and why each other one cannot.

One function for the command line and the page, over rows of `queries.offers.offers`; it knows no screen and no file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
FIBER_KM_PER_MS = 200.0
"""Light in fiber: no connection between two places is faster, whatever its route."""
WATTS_PER_KW = 1000


@dataclass(frozen=True)
class Request:
    """What a buyer asks for; what is None or empty is not asked for.

    `is_training` asks for cards of one cluster; others may be filled from all free cards of a model and center.
    `longitude`, `latitude` and `area_code` say where the buyer is. Prices are fen per card-hour, tax included.
    """

    card_count: int
    start_by: date
    is_training: bool = False
    model_ids: tuple[str, ...] = ()
    least_gflops: int | None = None
    interconnects: tuple[str, ...] = ()
    least_rack_kw: float | None = None
    ceiling_fen: int | None = None
    longitude: float | None = None
    latitude: float | None = None
    area_code: int | None = None
    most_km: float | None = None
    most_ms: float | None = None


@dataclass(frozen=True)
class Answer:
    """One cluster, or one model of a center, and what it answers: `reasons` is empty where it is offered.

    A reason is a code of `offer_reason.*` with what is there and what was asked. `doubts` are what nobody stated: they
    refuse nothing, and stand beside the offer.
    """

    center_id: str
    center_name_zh: str
    center_name_en: str
    place_id: str
    model_id: str
    display_name: str
    interconnect: str | None
    card_count: int
    largest_block_count: int
    starts_on: date | None
    price_fen: int | None
    distance_km: float | None
    least_latency_ms: float | None
    reasons: tuple[tuple[str, str, str], ...] = field(default=())
    doubts: tuple[str, ...] = field(default=())

    @property
    def is_offered(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


def match(request: Request, offers: Iterable[dict]) -> list[Answer]:
    """All answers: offers first, by price, start, distance and size; then refusals, those with fewest reasons first."""
    groups: dict[tuple[str, str, str], list[dict]] = {}
    for row in offers:
        place = row["cluster_id"] if request.is_training else row["center_id"]
        groups.setdefault((row["center_id"], place, row["model_id"]), []).append(row)
    answers = [_answer(request, place, rows) for (_, place, _), rows in sorted(groups.items())]
    return sorted(answers, key=_rank)


def _rank(answer: Answer) -> tuple:
    price = answer.price_fen if answer.price_fen is not None else float("inf")
    distance = answer.distance_km if answer.distance_km is not None else float("inf")
    start = answer.starts_on or date.max
    return (len(answer.reasons), price, start, distance, -answer.card_count, answer.center_id, answer.place_id)


def _answer(request: Request, place: str, rows: list[dict]) -> Answer:
    first = rows[0]
    in_time = [row for row in rows if row["free_from"] <= request.start_by and _stays_free(row, request.start_by)]
    strong = [row for row in in_time if _is_strong_enough(request, row)]
    card_count = sum(row["card_count"] for row in strong)
    distance = _distance_km(request, first)
    latency = None if distance is None else 2 * distance / FIBER_KM_PER_MS
    reasons = [
        *_model_reasons(request, first),
        *_card_reasons(request, rows, in_time, card_count),
        *_place_reasons(request, first, distance, latency),
        *_price_reasons(request, first),
    ]
    return Answer(
        center_id=first["center_id"],
        center_name_zh=first["center_name_zh"],
        center_name_en=first["center_name_en"],
        place_id=place,
        model_id=first["model_id"],
        display_name=first["display_name"],
        interconnect=first["interconnect"],
        card_count=card_count,
        largest_block_count=_largest_block(strong),
        starts_on=_first_start(request, strong),
        price_fen=first["asking_price_cny_fen"],
        distance_km=distance,
        least_latency_ms=latency,
        reasons=tuple(reasons),
        doubts=tuple(_doubts(request, rows, distance)),
    )


def _stays_free(row: dict, day: date) -> bool:
    return row["free_until"] is None or row["free_until"] > day


def _is_strong_enough(request: Request, row: dict) -> bool:
    kw = request.least_rack_kw
    return kw is None or row["rack_w"] is None or row["rack_w"] >= kw * WATTS_PER_KW


def _largest_block(rows: list[dict]) -> int:
    """Most cards of one server."""
    by_server: dict[str, int] = {}
    for row in rows:
        by_server[row["server_id"]] = by_server.get(row["server_id"], 0) + row["card_count"]
    return max(by_server.values(), default=0)


def _first_start(request: Request, rows: list[dict]) -> date | None:
    """Day on which enough cards are free."""
    cards = 0
    for row in sorted(rows, key=lambda row: row["free_from"]):
        cards += row["card_count"]
        if cards >= request.card_count:
            return row["free_from"]
    return None


def _model_reasons(request: Request, row: dict) -> Iterable[tuple[str, str, str]]:
    if request.model_ids and row["model_id"] not in request.model_ids:
        yield "wrong_model", row["display_name"], ", ".join(request.model_ids)
    if request.least_gflops is not None and (row["weight_gflops"] or 0) < request.least_gflops:
        yield "too_weak_a_card", f"{(row['weight_gflops'] or 0) / 1000:g}", f"{request.least_gflops / 1000:g}"
    if request.interconnects and row["interconnect"] is not None and row["interconnect"] not in request.interconnects:
        yield "wrong_network", row["interconnect"], ", ".join(request.interconnects)


def _card_reasons(
    request: Request, rows: list[dict], in_time: list[dict], card_count: int
) -> Iterable[tuple[str, str, str]]:
    if card_count >= request.card_count:
        return
    at_any_time = sum(row["card_count"] for row in rows)
    free_in_time = sum(row["card_count"] for row in in_time)
    if free_in_time >= request.card_count:
        strongest = max((row["rack_w"] or 0) for row in in_time) / WATTS_PER_KW
        yield "rack_too_weak", f"{strongest:g}", f"{request.least_rack_kw:g}"
    elif at_any_time >= request.card_count:
        yield "too_late", str(free_in_time), str(request.card_count)
    else:
        code = "not_enough_in_cluster" if request.is_training else "not_enough_cards"
        yield code, str(free_in_time), str(request.card_count)


def _place_reasons(
    request: Request, row: dict, distance: float | None, latency: float | None
) -> Iterable[tuple[str, str, str]]:
    if request.most_km is not None and distance is not None and distance > request.most_km:
        yield "too_far", f"{distance:,.0f}", f"{request.most_km:,.0f}"
    if request.most_ms is not None and latency is not None and latency > request.most_ms:
        yield "too_slow", f"{latency:.1f}", f"{request.most_ms:g}"
    if request.area_code is not None and row["dispatch_scope"] in ("province", "city"):
        digits = 10_000 if row["dispatch_scope"] == "province" else 100
        home = row["province_code"] if row["dispatch_scope"] == "province" else row["city_area_code"]
        if home is not None and home // digits != request.area_code // digits:
            yield f"only_{row['dispatch_scope']}", str(home), str(request.area_code)


def _price_reasons(request: Request, row: dict) -> Iterable[tuple[str, str, str]]:
    price = row["asking_price_cny_fen"]
    if request.ceiling_fen is not None and price is not None and price > request.ceiling_fen:
        yield "too_dear", f"{price / 100:.2f}", f"{request.ceiling_fen / 100:.2f}"


def _doubts(request: Request, rows: list[dict], distance: float | None) -> Iterable[str]:
    first = rows[0]
    if first["asking_price_cny_fen"] is None:
        yield "price_not_stated"
    if request.interconnects and first["interconnect"] is None:
        yield "network_not_stated"
    if request.least_rack_kw is not None and any(row["rack_w"] is None for row in rows):
        yield "rack_power_not_stated"
    if request.area_code is not None and first["dispatch_scope"] is None:
        yield "dispatch_not_stated"
    if (request.most_km is not None or request.most_ms is not None) and distance is None:
        yield "place_not_stated"
    elif request.most_ms is not None:
        yield "latency_not_measured"


def _distance_km(request: Request, row: dict) -> float | None:
    """Great circle between buyer and center."""
    places = (request.latitude, request.longitude, row["latitude"], row["longitude"])
    if any(place is None for place in places):
        return None
    here_lat, here_lon, there_lat, there_lon = map(radians, places)
    half = sin((there_lat - here_lat) / 2) ** 2
    half += cos(here_lat) * cos(there_lat) * sin((there_lon - here_lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
