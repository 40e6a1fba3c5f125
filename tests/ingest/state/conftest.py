"""A real PostgreSQL on loopback: a throwaway cluster, run by a user without rights, gone after the tests."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.state.store import engine_url

INSTALLED = Path("/usr/lib/postgresql")
SECONDS_TO_START = 60


def binary(name: str) -> str:
    places = [os.environ["PATH"], *(str(path) for path in sorted(INSTALLED.glob("*/bin"), reverse=True))]
    found = shutil.which(name, path=":".join(places))
    if found is None:
        pytest.skip(f"{name} is not here (Debian package postgresql); .ci/system_packages installs it")
    return found


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The URL of a new cluster, without a database's name."""
    initdb, postgres = binary("initdb"), binary("postgres")
    # PostgreSQL refuses to be run by root.
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="racklight-postgresql-"))
    if user:
        shutil.chown(folder, user)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid} if user else {}
    given = {"env": environment, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **as_user}
    create = [initdb, "-D", folder / "data", "-U", "racklight", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(create, check=True, **given)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen([postgres, "-D", folder / "data", *options], **given)
    try:
        yield _answering(f"postgresql://racklight@127.0.0.1:{port}", server)
    finally:
        # It would wait for clients to leave if it were asked politely.
        server.send_signal(signal.SIGINT)
        server.wait(SECONDS_TO_START)
        shutil.rmtree(folder)


def _answering(url: str, server: subprocess.Popen) -> str:
    engine = sa.create_engine(engine_url(f"{url}/postgres"))
    give_up_at = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            engine.connect().close()
        except sa.exc.OperationalError:
            if server.poll() is not None or time.monotonic() > give_up_at:
                raise
            time.sleep(0.1)
        else:
            engine.dispose()
            return url


@pytest.fixture(scope="session")
def new_database(cluster):
    """Makes one more empty database and gives its URL."""
    numbers = count(1)
    engine = sa.create_engine(engine_url(f"{cluster}/postgres"), isolation_level="AUTOCOMMIT")

    def create() -> str:
        name = f"state_{next(numbers)}"
        with engine.connect() as connection:
            connection.execute(sa.text(f"create database {name}"))
        return f"{cluster}/{name}"

    yield create
    engine.dispose()


@pytest.fixture
def on_postgresql(new_database, monkeypatch) -> str:
    """Every state store of the test is in a PostgreSQL database of its own."""
    url = new_database()
    monkeypatch.setenv("RACKLIGHT_STATE_URL", url)
    return url
