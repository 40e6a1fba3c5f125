"""Everything that runs the other folders: warehouse builds, publishing, Dagster, and the command line.

The tools below would report their use to their makers. Each reads its switch when it is first imported, so the
switches are set here, before any module of this package can import one.
"""

import os

from ingest.memory import keep_freed_memory

for _switch, _value in {
    "DAGSTER_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
}.items():
    os.environ[_switch] = _value

keep_freed_memory()
