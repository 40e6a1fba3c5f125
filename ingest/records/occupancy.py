"""What job logs and inventories of other systems say: occupancy and capacity without device identity."""

from ingest.records.schema import Field, RecordKind, revision

OCCUPANCY_JOBS = RecordKind(
    "occupancy_jobs",
    "one row per job: a number of cards held for a span",
    ("center_id", "job_id"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("job_id", "text", "Id of the job; made from its content where the log has none.", required=True),
        Field("queue", "text", "Queue or virtual cluster."),
        Field("started_at", "instant", "When the cards were taken.", required=True),
        Field("ended_at", "instant", "When they were given back.", required=True),
        Field("card_count", "integer", "Cards held.", required=True, minimum=1),
        Field("is_start_ambiguous", "boolean", "Local start time stands for two instants; the first was taken."),
        revision(),
    ),
    spans=(("started_at", "ended_at"),),
)

POD_ALLOCATIONS = RecordKind(
    "pod_allocations",
    "one row per snapshot of a cluster and running pod that holds whole cards, and one for the snapshot itself",
    ("center_id", "pod_id", "seen_at"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("pod_id", "text", "The pod's uid; `*` stands for the snapshot, whatever it listed.", required=True),
        Field("seen_at", "instant", "When the snapshot was taken.", required=True, past_only=True),
        Field("started_at", "instant", "When the pod started, where that is told."),
        Field("namespace", "text", "Namespace: the tenant, as the cluster knows it."),
        Field("pod_name", "text", "Name of the pod."),
        Field("node_name", "text", "Node it runs on."),
        Field("card_count", "integer", "Whole cards it holds; 0 for the snapshot itself.", required=True, minimum=0),
        revision(),
    ),
)

NODE_COUNTS = RecordKind(
    "node_counts",
    "one row per center and instant: nodes busy and nodes there",
    ("center_id", "counted_at"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("counted_at", "instant", "When it was counted.", required=True),
        Field("active_node_count", "integer", "Nodes in use.", required=True, minimum=0),
        Field("total_node_count", "integer", "Nodes there.", required=True, minimum=0),
        revision(),
    ),
)

INVENTORY_NODES = RecordKind(
    "inventory_nodes",
    "one row per center and node of an inventory that knows no single cards",
    ("center_id", "node_id"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("node_id", "text", "Id of the node.", required=True),
        Field("model_text", "text", "Accelerator model as the inventory writes it."),
        Field("card_count", "integer", "Cards in the node.", required=True, minimum=0),
        revision(),
    ),
)
