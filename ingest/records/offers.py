"""What a buyer must know of free capacity: how servers are linked, on which terms they are sold, where they stand."""

from ingest.domain import DISPATCH_SCOPES, INTERCONNECTS
from ingest.records.schema import Field, RecordKind, revision

SERVER_LINKS = RecordKind(
    "server_links",
    "one row per server: the cluster it is wired into",
    ("server_id",),
    (
        Field("server_id", "text", "The server.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("cluster_id", "text", "Servers with one cluster share a network for training.", required=True),
        Field("interconnect", "text", "Network between the servers.", required=True, choices=INTERCONNECTS),
        Field("link_gbps", "integer", "Bandwidth of a card to that network in Gbit/s.", minimum=1),
        revision(),
    ),
)

SALE_TERMS = RecordKind(
    "sale_terms",
    "one row per center, model and first day of the terms it is sold on",
    ("center_id", "model_id", "valid_from"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("model_id", "text", "Accelerator model, an id of the catalogue.", required=True),
        Field("valid_from", "date", "First day the terms hold.", required=True),
        Field("valid_to", "date", "First day they no longer hold; empty while they do."),
        Field("asking_price_cny", "money_cny", "Asked per card-hour, tax included, in yuan.", minimum=0),
        Field("dispatch_scope", "text", "From where it may be used.", required=True, choices=DISPATCH_SCOPES),
        Field("document", "text", "Price list or decision."),
        revision(),
    ),
    spans=(("valid_from", "valid_to"),),
)

CENTER_SITES = RecordKind(
    "center_sites",
    "one row per center: where it stands",
    ("center_id",),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("longitude", "number", "Degrees east.", required=True, minimum=-180, maximum=180),
        Field("latitude", "number", "Degrees north.", required=True, minimum=-90, maximum=90),
        Field("city_area_code", "integer", "GB/T 2260 code of its city, e.g. 321000.", minimum=110_000),
        revision(),
    ),
)
