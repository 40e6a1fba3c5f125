"""A buyer's request against free cards: who is ranked first, and why each other one is refused."""

from datetime import date

import pytest

from dashboards.reports.matching import Request, match
from dashboards.reports.offers import answer_text
from dashboards.translations import LANGUAGES, Words

TODAY, START_BY = date(2026, 11, 2), date(2027, 2, 2)
SHANGHAI = {"longitude": 121.47, "latitude": 31.23}


def row(server: str, cards: int, **fields: object) -> dict:
    """Free cards of one server in a center near Shanghai."""
    return {
        "center_id": "near", "center_name_zh": "近", "center_name_en": "Near", "cluster_id": "near-a",
        "server_id": server, "model_id": "h20", "display_name": "H20", "interconnect": "roce", "card_count": cards,
        "weight_gflops": 148_000, "rack_w": 13_000, "asking_price_cny_fen": 690, "dispatch_scope": "nationwide",
        "province_code": 320000, "city_area_code": 321000, "longitude": 119.41, "latitude": 32.39,
        "free_from": TODAY, "free_until": None,
    } | fields  # fmt: skip


def far(server: str, cards: int, **fields: object) -> dict:
    return row(server, cards, center_id="far", center_name_en="Far", cluster_id="far-a", longitude=111.82,
               latitude=40.38, asking_price_cny_fen=500, **fields)  # fmt: skip


OFFERS = [row("n1", 4), row("n2", 6), row("n3", 8, cluster_id="near-b"), far("f1", 8), far("f2", 8)]


def ask(card_count: int = 8, offers: list[dict] | None = None, **fields: object) -> list:
    return match(Request(card_count, START_BY, **fields), OFFERS if offers is None else offers)


def test_training_needs_cards_of_one_cluster_and_other_requests_take_scattered_ones():
    training = {answer.place_id: answer for answer in ask(16, is_training=True)}
    assert training["far-a"].is_offered
    assert training["near-a"].reasons == (("not_enough_in_cluster", "10", "16"),)
    scattered = {answer.place_id: answer for answer in ask(16)}
    assert scattered["near"].is_offered
    assert (scattered["near"].card_count, scattered["near"].largest_block_count) == (18, 8)


def test_the_cheaper_offer_stands_first_and_a_refusal_last():
    answers = ask(10, is_training=True)
    assert [answer.place_id for answer in answers] == ["far-a", "near-a", "near-b"]
    assert [answer.is_offered for answer in answers] == [True, True, False]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"model_ids": ("h800",)}, ("wrong_model", "H20", "h800")),
        ({"least_gflops": 300_000}, ("too_weak_a_card", "148", "300")),
        ({"interconnects": ("infiniband",)}, ("wrong_network", "roce", "infiniband")),
        ({"least_rack_kw": 20.0}, ("rack_too_weak", "13", "20")),
        ({"ceiling_fen": 600}, ("too_dear", "6.90", "6.00")),
        ({**SHANGHAI, "most_km": 100}, ("too_far", "234", "100")),
        ({**SHANGHAI, "most_ms": 2}, ("too_slow", "2.3", "2")),
    ],
)
def test_a_refusal_says_what_is_there_and_what_was_asked(fields, reason):
    (answer,) = ask(4, [row("n1", 8)], **fields)
    assert answer.reasons == (reason,)


def test_cards_that_come_free_too_late_or_are_let_again_do_not_count():
    late = row("n1", 8, free_from=date(2027, 3, 1))
    soon = row("n2", 8, free_from=date(2027, 1, 1))
    let_again = row("n3", 8, free_until=date(2026, 12, 1))
    (answer,) = ask(16, [late, soon, let_again])
    assert answer.reasons == (("too_late", "8", "16"),)
    (answer,) = ask(8, [late, soon, let_again])
    assert (answer.is_offered, answer.starts_on) == (True, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("scope", "area", "reason"),
    [
        ("province", 310000, ("only_province", "320000", "310000")),
        ("city", 320500, ("only_city", "321000", "320500")),
        ("province", 320500, None),
        ("city", 321012, None),
        ("nationwide", 310000, None),
    ],
)
def test_capacity_bound_to_a_place_is_refused_to_buyers_of_elsewhere(scope, area, reason):
    (answer,) = ask(8, [row("n1", 8, dispatch_scope=scope)], area_code=area)
    assert answer.reasons == ((reason,) if reason else ())


def test_what_nobody_stated_refuses_nothing_and_stands_beside_the_offer():
    bare = row("n1", 8, asking_price_cny_fen=None, interconnect=None, rack_w=None, longitude=None)
    (answer,) = ask(8, [bare], ceiling_fen=1, interconnects=("roce",), least_rack_kw=99.0, most_ms=1.0, **SHANGHAI)
    assert answer.is_offered
    assert answer.doubts == ("price_not_stated", "network_not_stated", "rack_power_not_stated", "place_not_stated")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_doubt_has_words_in_both_languages(language):
    say = Words(language)
    for answer in (*ask(99, is_training=True), *ask(8, ceiling_fen=1, interconnects=("infiniband",), most_ms=1.0)):
        text = answer_text(answer, say)
        assert text
        assert "offer_" not in text
