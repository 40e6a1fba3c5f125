"""What dashboards, reports and the command line read."""

from collections.abc import Iterable

import dagster as dg

from orchestration.access.restatements import publish_scope_logs
from orchestration.access.scopes import publish_scopes
from orchestration.build import latest_build
from orchestration.errors import PublishError
from orchestration.publish import publish_marts
from orchestration.resources import Data


def build_published_marts(mart_keys: Iterable[dg.AssetKey]) -> dg.AssetsDefinition:
    """The asset that stands below all marts."""

    @dg.asset(group_name="published_marts", kinds={"duckdb"}, deps=sorted(mart_keys), pool="duckdb_writer")
    def published_marts(data: Data) -> dg.MaterializeResult:
        """The marts of the newest build as an immutable file, and the symlink that names it."""
        warehouse_path = latest_build(data.data_dir)
        if warehouse_path is None:
            raise PublishError("There is no build to publish. Materialize the marts first.")
        publication = publish_marts(data.data_dir, warehouse_path)
        scopes = publish_scopes(data.data_dir)
        publish_scope_logs(data.data_dir)
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(publication.path),
                "version": publication.version,
                "as_of_at": publication.as_of_at.isoformat(),
                "is_new": publication.is_new,
                "scopes": dg.MetadataValue.json({item.scope.name: item.row_count for item in scopes}),
            }
        )

    return published_marts
