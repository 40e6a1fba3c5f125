"""What acceptance measured of a model's cards: the peak a center can show, beside the one the catalogue names."""

from ingest.records.schema import Field, RecordKind, revision

ATTESTATIONS = RecordKind(
    "attestations",
    "one row per acceptance measurement of a model's cards in a center",
    ("attestation_id",),
    (
        Field("attestation_id", "text", "Own id of the measurement.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("model_id", "text", "Accelerator model, an id of the catalogue.", required=True),
        Field("attested_on", "date", "Day of the measurement; it holds from then on.", required=True, past_only=True),
        Field(
            "attested_gflops",
            "integer",
            "Dense FP16 GFLOPS per card sustained in the measurement.",
            required=True,
            minimum=1,
        ),
        Field("pass_ratio", "quantity", "Share of nominal the programme asks for, where it sets its own.", minimum=0),
        Field("measured_seconds", "integer", "Length of the steady run in seconds.", minimum=0),
        Field("clock_mhz", "integer", "Clock of the cards during the run.", minimum=0),
        Field("driver", "text", "Version of the driver."),
        Field("document", "text", "Acceptance sheet or certificate."),
        revision(),
    ),
)
