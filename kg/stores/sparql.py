"""Ask a SPARQL store in a process of its own, which is killed at the limit: no query can run for ever.

The worker (`python -m kg.stores.sparql FOLDER`) reads a request a line and answers in frames: a letter, a length,
bytes. H is the head (JSON), D data, E an error (JSON), Z the end.
"""

from __future__ import annotations

import re
import resource
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import orjson

from kg.errors import DataError

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["TIMEOUT", "Answer", "Asked", "Engine", "QueryError", "broken", "open_store", "refusal"]

TIMEOUT = 30.0  # seconds
MEMORY = 8 << 30  # bytes of address space that a query may take
_FRAME = struct.Struct(">cI")


class QueryError(DataError):
    """A query that cannot be answered; `kind` is syntax, refused, timeout, memory or store."""

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, with the formats to answer in."""

    query: str
    rows: str = "json"  # of SELECT and ASK: json, xml, csv, tsv
    triples: str = "ttl"  # of CONSTRUCT and DESCRIBE: ttl, nt, rdf, jsonld
    prefixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: `kind` is select, ask or graph; `parts` are read once, and may raise QueryError."""

    kind: str
    format: str
    parts: Iterator[bytes]


_NOISE = re.compile(r'''"{3}.*?"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|'''
                    r"""<[^<>"{}|^`\\\s]*>|#[^\n]*""", re.S)  # texts, IRIs, comments
_SERVICE = re.compile(r"(?<![\w:?$@.-])service(?![\w:-])", re.I)
_UPDATE = re.compile(r"(?:\s|base|prefix\s+\S*:)*(insert|delete|load|clear|create|drop|copy|move|add|with)\b", re.I)


def refusal(query: str) -> str | None:
    """Say why a query is refused whatever the store holds: updates and federation; None for all others."""
    plain = _NOISE.sub(" ", query)
    if found := _UPDATE.match(plain):
        return f"refused: {found[1].upper()} is an update, and the store is read-only"
    if _SERVICE.search(plain):
        return "refused: SERVICE asks other servers, and this one asks none; query them yourself and join the answers"
    return None


class Engine:
    """A worker process with an open store; made again when a query had to be stopped."""

    def __init__(self, folder: Path, *, timeout: float = TIMEOUT) -> None:
        self.folder, self.timeout = folder, timeout
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, asked: Asked) -> Answer:
        """Ask; gives the answer when its first part is there. Raises QueryError."""
        if reason := refusal(asked.query):
            raise QueryError(reason, "refused")
        process = self._running()
        request = {"timeout": self.timeout, "query": asked.query, "rows": asked.rows, "triples": asked.triples,
                   "prefixes": dict(asked.prefixes)}
        stdin = process.stdin
        assert stdin is not None
        stdin.write(orjson.dumps(request) + b"\n")
        stdin.flush()
        letter, body = self._frame(process)
        head = orjson.loads(body)
        if letter == b"E":
            raise QueryError(head["message"], head["kind"])
        return Answer(head["kind"], head["format"], self._parts(process))

    def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen([sys.executable, "-m", "kg.stores.sparql", str(self.folder)],
                                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._process

    def _parts(self, process: subprocess.Popen[bytes]) -> Iterator[bytes]:
        done = False
        try:
            while True:
                letter, body = self._frame(process)
                if letter == b"E":
                    done = True
                    raise QueryError(**orjson.loads(body))
                if letter == b"Z":
                    done = True
                    return
                yield body
        finally:
            if not done:  # stopped half-way: nobody will read the rest
                self.close()

    def _frame(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
        assert process.stdout is not None
        head = process.stdout.read(_FRAME.size)
        if len(head) == _FRAME.size:
            letter, size = _FRAME.unpack(head)
            return letter, process.stdout.read(size)
        code = process.wait()
        self.close()
        if code == -signal.SIGALRM:
            raise QueryError(f"stopped: the query took longer than {self.timeout:g} s; narrow it, add a LIMIT, or "
                             "give more time with --timeout", "timeout")
        raise QueryError(f"stopped: the query ended the engine (code {code}), most likely for want of memory; narrow "
                         "it or add a LIMIT", "memory")


def open_store(folder: Path) -> ox.Store:
    """Open a store for reading; any number of processes may. Raises DataError where it is broken."""
    import pyoxigraph as ox

    with broken(folder):
        return ox.Store.read_only(str(folder))


@contextmanager
def broken(folder: Path) -> Iterator[None]:
    """Turn what the store says of damaged files into one line that tells what to do."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        reason = str(error).split("\n")[0]
        raise DataError(f"{folder}: the store is broken ({reason}); make it again with --rebuild") from error


class _Frames:
    """A stream that writes what it gets as data frames."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream

    def write(self, data: bytes) -> int:
        self.send(b"D", data)
        return len(data)

    def send(self, letter: bytes, data: bytes = b"") -> None:
        self.stream.write(_FRAME.pack(letter, len(data)) + data)

    def flush(self) -> None:
        self.stream.flush()


def _serve(folder: Path) -> None:
    """Answer requests from standard input until it ends."""
    from kg.stores.syntax import explain

    with suppress(OSError, ValueError):  # where the system has no such limit, time is the only one
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    frames, store = _Frames(sys.stdout.buffer), None
    for line in sys.stdin.buffer:
        request = orjson.loads(line)
        signal.setitimer(signal.ITIMER_REAL, request["timeout"])  # nobody handles SIGALRM: it ends the process
        try:
            store = store or open_store(folder)
            _answer(store, request, frames)
            frames.send(b"Z")
        except SyntaxError as error:
            _fail(frames, explain(request["query"], str(error), request["prefixes"]), "syntax")
        except DataError as error:
            _fail(frames, str(error), "store")
        except (OSError, RuntimeError, ValueError) as error:
            _fail(frames, f"{folder}: the store could not answer ({error}); if it is broken, --rebuild", "store")
        frames.flush()
        signal.setitimer(signal.ITIMER_REAL, 0)


def _fail(frames: _Frames, message: str, kind: str) -> None:
    frames.send(b"E", orjson.dumps({"message": message, "kind": kind}))


def _answer(store: Any, request: dict[str, Any], frames: _Frames) -> None:
    import pyoxigraph as ox

    result = store.query(request["query"], prefixes=request["prefixes"])
    if isinstance(result, ox.QueryTriples):
        formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML,
                   "jsonld": ox.RdfFormat.JSON_LD}
        _send_head(frames, "graph", request["triples"])
        ox.serialize(result, cast(Any, frames), formats[request["triples"]])
        return
    rows = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "csv": ox.QueryResultsFormat.CSV,
            "tsv": ox.QueryResultsFormat.TSV}
    _send_head(frames, "ask" if isinstance(result, ox.QueryBoolean) else "select", request["rows"])
    result.serialize(cast(Any, frames), rows[request["rows"]])


def _send_head(frames: _Frames, kind: str, format: str) -> None:
    frames.send(b"H", orjson.dumps({"kind": kind, "format": format}))


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
