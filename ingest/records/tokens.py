"""Requests that language models answered, and the tokens they took: use of a center that no card-hour measures."""

from ingest.records.schema import Field, RecordKind, revision

TOKEN_USAGE = RecordKind(
    "token_usage",
    "one row per request that was answered",
    ("center_id", "request_id"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("request_id", "text", "The gateway's id of the request; a retry has the same.", required=True),
        Field("requested_at", "instant", "When it was asked.", required=True, past_only=True),
        Field("tenant_name", "text", "Who asked, as the gateway knows them."),
        Field("model_name", "text", "Language model that answered."),
        Field("server_id", "text", "Server that answered, as the gateway knows it."),
        Field("http_status", "integer", "Status of the answer.", minimum=100, maximum=599),
        Field("prompt_token_count", "integer", "Tokens of the prompt, cached ones included.", required=True, minimum=0),
        Field("cached_token_count", "integer", "Of them read from a cache; empty where it is not told.", minimum=0),
        Field("completion_token_count", "integer", "Tokens of the answer.", required=True, minimum=0),
        revision(),
    ),
    incidental=("requested_at", "server_id", "http_status"),
)
