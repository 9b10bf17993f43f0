"""A SPARQL 1.1 Protocol endpoint for one store, for reading only, on the standard library's server."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kg.errors import DataError
from kg.stores.sparql import TIMEOUT, Answer, Asked, Engine, QueryError

__all__ = ["make_server"]

_ROWS = {"application/sparql-results+json": "json", "application/json": "json", "application/sparql-results+xml": "xml",
         "application/xml": "xml", "text/xml": "xml", "text/csv": "csv", "text/tab-separated-values": "tsv"}
_TRIPLES = {"text/turtle": "ttl", "application/x-turtle": "ttl", "application/n-triples": "nt", "text/plain": "nt",
            "application/rdf+xml": "rdf", "application/ld+json": "jsonld", "application/xml": "rdf"}
_TYPES = {"json": "application/sparql-results+json", "xml": "application/sparql-results+xml",
          "csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8",
          "ttl": "text/turtle; charset=utf-8", "nt": "application/n-triples", "rdf": "application/rdf+xml",
          "jsonld": "application/ld+json"}
_STATUS = {"syntax": HTTPStatus.BAD_REQUEST, "refused": HTTPStatus.FORBIDDEN, "timeout": HTTPStatus.SERVICE_UNAVAILABLE,
           "memory": HTTPStatus.SERVICE_UNAVAILABLE, "store": HTTPStatus.INTERNAL_SERVER_ERROR}
_LARGEST = 1 << 20  # bytes of a request's body
_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, POST, HEAD, OPTIONS",
         "Access-Control-Allow-Headers": "Accept, Content-Type"}


class _RefusedError(Exception):
    """A request that gets no answer: the status and what is wrong."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@contextmanager
def make_server(folder: Path, *, host: str = "127.0.0.1", port: int = 7878, workers: int = 2,
                timeout: float = TIMEOUT) -> Iterator[ThreadingHTTPServer]:
    """Give a server for the store in `folder`, not yet running; its engines end with it.

    Raises DataError where the address is taken.
    """
    engines = [Engine(folder, timeout=timeout) for _ in range(workers)]
    try:
        server = _Server((host, port), engines, timeout)
    except OSError as error:
        raise DataError(f"{host}:{port}: cannot be listened on: {error.strerror}; choose another --port") from error
    try:
        yield server
    finally:
        server.server_close()
        for engine in engines:
            engine.close()


class _Server(ThreadingHTTPServer):
    """The server with the engines that are free; a request waits for one as long as a query may run."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], engines: list[Engine], wait: float) -> None:
        super().__init__(address, _Handler)
        self.wait = wait
        self.free: queue.Queue[Engine] = queue.Queue()
        for engine in engines:
            self.free.put(engine)


class _Handler(BaseHTTPRequestHandler):
    """One connection: GET, HEAD, POST and OPTIONS on /sparql."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "paperatlas"
    timeout = 60  # seconds that a silent client is waited for

    def do_GET(self) -> None:
        self._respond(self._query_of_url)

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        self._respond(self._query_of_body)

    def do_OPTIONS(self) -> None:
        self._start(HTTPStatus.NO_CONTENT, {"Content-Length": "0"})

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: who serves in public has a proxy that logs."""

    def _query_of_url(self) -> str:
        return _query(parse_qs(urlsplit(self.path).query, keep_blank_values=True))

    def _query_of_body(self) -> str:
        body = self._body()
        kind = self.headers.get_content_type()
        if kind == "application/sparql-query":
            return body
        if kind == "application/sparql-update":
            raise _RefusedError(HTTPStatus.FORBIDDEN, "refused: this is an update, and the store is read-only")
        if kind == "application/x-www-form-urlencoded":
            return _query(parse_qs(body, keep_blank_values=True))
        raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                       "send application/sparql-query or application/x-www-form-urlencoded")

    def _body(self) -> str:
        size = self.headers.get("Content-Length", "")
        if not size.isdigit():
            self.close_connection = True
            raise _RefusedError(HTTPStatus.LENGTH_REQUIRED, "a POST needs a Content-Length")
        if int(size) > _LARGEST:
            self.close_connection = True
            self.rfile.read(min(int(size), 16 * _LARGEST))  # a client that is still sending would not read the answer
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a query may have {_LARGEST} bytes")
        try:
            return self.rfile.read(int(size)).decode()
        except UnicodeDecodeError as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "the query is not UTF-8") from error

    def _respond(self, query_of: Callable[[], str]) -> None:
        try:
            if urlsplit(self.path).path.rstrip("/") not in ("", "/sparql"):
                raise _RefusedError(HTTPStatus.NOT_FOUND, "the endpoint is /sparql")
            query = query_of()
            accept = self.headers.get("Accept", "")
            asked = Asked(query, rows=_best(accept, _ROWS, "json"), triples=_best(accept, _TRIPLES, "ttl"))
            self._answer(asked)
        except _RefusedError as error:
            self._say(error.status, str(error))
        except QueryError as error:
            self._say(_STATUS[error.kind], str(error))

    def _answer(self, asked: Asked) -> None:
        try:
            engine = self.server.free.get(timeout=self.server.wait)
        except queue.Empty:
            raise _RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "busy: all engines are at work; try again") from None
        try:
            self._send(engine.ask(asked))
        finally:
            self.server.free.put(engine)

    def _send(self, answer: Answer) -> None:
        first = next(answer.parts, b"")  # what fails at once gets its own status
        self._start(HTTPStatus.OK, {"Content-Type": _TYPES[answer.format], "Transfer-Encoding": "chunked"})
        if self.command == "HEAD":
            self.close_connection = True
            getattr(answer.parts, "close", lambda: None)()
            return
        try:
            self._chunk(first)
            for part in answer.parts:
                self._chunk(part)
            self.wfile.write(b"0\r\n\r\n")
        except (QueryError, ConnectionError):  # too late for a status: an unfinished body tells the client
            self.close_connection = True
            getattr(answer.parts, "close", lambda: None)()

    def _chunk(self, data: bytes) -> None:
        if data:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))

    def _say(self, status: HTTPStatus, reason: str) -> None:
        body = f"{reason}\n".encode()
        self._start(status, {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _start(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, **_CORS, "Vary": "Accept"}.items():
            self.send_header(name, value)
        self.end_headers()


def _query(form: Mapping[str, list[str]]) -> str:
    """Find the query among the parameters of a request."""
    if "update" in form:
        raise _RefusedError(HTTPStatus.FORBIDDEN, "refused: this is an update, and the store is read-only")
    if len(form.get("query", ())) != 1:
        raise _RefusedError(HTTPStatus.BAD_REQUEST, "give one query: /sparql?query=…")
    if {"default-graph-uri", "named-graph-uri"} & form.keys():
        raise _RefusedError(HTTPStatus.BAD_REQUEST, "the store has one graph, the default one: name no graph URIs")
    return form["query"][0]


def _best(accept: str, formats: Mapping[str, str], default: str) -> str:
    """Choose the format that an Accept header likes best; the default where it likes none or all."""
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            ranked.append((-float(weight), place, kind))
        except ValueError:
            ranked.append((0.0, place, kind))
    for quality, _, kind in sorted(ranked):
        if quality < 0 and kind in formats:
            return formats[kind]
        if quality < 0 and kind == "*/*":
            break
    return default
