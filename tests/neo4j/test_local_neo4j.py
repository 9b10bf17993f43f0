"""A server of our own: one a home, with a password that nobody else reads; what stands in the way is one line."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from click.testing import CliRunner

from kg.cli.neo4j import neo4j_group
from kg.errors import DataError
from kg.stores import local_neo4j
from kg.stores.local_neo4j import Server, cache_folder, default_home, fetch, find_server, start, stop

if TYPE_CHECKING:
    from tests.neo4j.running import Running


@pytest.fixture
def own(server: Running) -> Server:
    """Give the server that the tests started."""
    if server.own is None:
        pytest.skip("NEO4J_URI is set: no server of our own")
    return server.own


def test_a_second_start_gives_the_server_that_runs(own: Server) -> None:
    assert start(own.home) == own
    said = CliRunner().invoke(neo4j_group, ["up", "--home", str(own.home)]).output
    assert said.startswith(f"Neo4j runs already (process {own.pid})\nBrowser   http://localhost:{own.http}/browser/\n")


def test_status_says_where_the_server_is(own: Server) -> None:
    said = CliRunner().invoke(neo4j_group, ["status", "--home", str(own.home)]).output.splitlines()
    assert said[2:] == [f"login     neo4j, password in {own.home}/password",
                        f"load      kg load ATLAS bolt://localhost:{own.bolt}"]


def test_the_password_is_for_the_user_alone(own: Server) -> None:
    assert stat.S_IMODE(own.password_file.stat().st_mode) == 0o600
    assert len(own.password_file.read_text().strip()) >= 20


def test_it_listens_on_this_machine_alone(own: Server) -> None:
    settings = (own.home / "conf" / "neo4j.conf").read_text().splitlines()
    assert [s for s in settings if "listen_address" in s] == [
        "server.default_listen_address=127.0.0.1", f"server.bolt.listen_address=127.0.0.1:{own.bolt}",
        f"server.http.listen_address=127.0.0.1:{own.http}"]


def test_the_browser_is_served(own: Server) -> None:
    from urllib.request import urlopen

    with urlopen(own.browser) as answer:
        assert answer.status == 200 and b"Neo4j Browser" in answer.read()


def test_a_busy_port(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(DataError, match=f"port {port} cannot be used .*--bolt-port 0 takes any free one"):
            start(tmp_path / "home", bolt=port, http=0)


def test_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jgo = pytest.importorskip("jgo")

    def fail(*_: Any, **__: Any) -> None:
        raise ConnectionError("Name or service not known\n(host)")

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(jgo, "build", fail)
    with pytest.raises(DataError, match=r"cannot be fetched from Maven Central \(Name or service not known \(host\)\)"):
        fetch()


def test_a_server_that_was_killed_is_not_running(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    (tmp_path / "server.json").write_bytes(orjson.dumps({"pid": int(ended.stdout), "bolt": 7687, "http": 7474}))
    assert find_server(tmp_path) is None
    assert not stop(tmp_path)


def test_a_process_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "server.json").write_bytes(orjson.dumps({"pid": os.getpid(), "bolt": 7687, "http": 7474}))
    assert find_server(tmp_path) is None


@pytest.mark.parametrize("arguments", [["status"], ["down"]])
def test_no_server_is_said(tmp_path: Path, arguments: list[str]) -> None:
    done = CliRunner().invoke(neo4j_group, [*arguments, "--home", str(tmp_path)])
    told = {"status": "the server is not running; start it with: kg neo4j up", "down": "not running\n"}
    assert (str(done.exception) if done.exception else done.output) == told[arguments[0]]


@pytest.mark.usefixtures("own")
def test_a_server_that_ends_at_once_says_why(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"the server ended at once \(code 1\): .*nonsense"):
        start(tmp_path / "home", bolt=0, http=0, settings=["server.nonsense=1"])


def test_the_cache_is_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_home() == tmp_path / "paperatlas" / "neo4j"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/ada")
    assert cache_folder() == Path("/home/ada/.cache/paperatlas")
    assert local_neo4j.SERVER == "org.neo4j:neo4j:5.26.12"
