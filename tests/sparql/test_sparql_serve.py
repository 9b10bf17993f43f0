"""The SPARQL 1.1 Protocol, tried with a client library and by hand."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import SPARQLWrapper as Wrapper

from kg.errors import DataError
from kg.serve import make_server

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GLUE = "https://w3id.org/paperatlas/benchmark/glue"
SELECT = "SELECT ?s { ?s a <https://w3id.org/paperatlas/ns#Benchmark> }"
CONSTRUCT = "CONSTRUCT { ?s a <x:B> } WHERE { ?s a <https://w3id.org/paperatlas/ns#Benchmark> }"


@pytest.fixture(scope="module")
def port(store: Path) -> Iterator[int]:
    """Serve the store on a free port."""
    with make_server(store, port=0, timeout=2) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def _ask(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("method", [Wrapper.GET, Wrapper.POST])
@pytest.mark.parametrize("how", [Wrapper.URLENCODED, Wrapper.POSTDIRECTLY])
def test_the_client_library_gets_rows(method: str, how: str, port: int) -> None:
    client = Wrapper.SPARQLWrapper(f"http://127.0.0.1:{port}/sparql", returnFormat=Wrapper.JSON)
    client.setMethod(Wrapper.POST if how == Wrapper.POSTDIRECTLY else method)
    client.setRequestMethod(how)
    client.setQuery(SELECT)
    found: Any = client.queryAndConvert()
    assert found["results"]["bindings"] == [{"s": {"type": "uri", "value": GLUE}}]


def test_the_client_library_gets_triples(port: int) -> None:
    client = Wrapper.SPARQLWrapper(f"http://127.0.0.1:{port}/sparql", returnFormat=Wrapper.TURTLE)
    client.setQuery(CONSTRUCT)
    assert client.queryAndConvert() == f"<{GLUE}> a <x:B> .\n".encode()


@pytest.mark.parametrize(("query", "accept", "kind", "start"), [
    (SELECT, "application/sparql-results+json", "application/sparql-results+json", b'{"head"'),
    (SELECT, "application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
    (SELECT, "text/csv", "text/csv; charset=utf-8", b"s\r\n"),
    (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?s\n"),
    (SELECT, "text/html, text/csv;q=0.5, */*;q=0.1", "text/csv; charset=utf-8", b"s\r\n"),
    (SELECT, "text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", b"<?xml"),
    (SELECT, "*/*", "application/sparql-results+json", b'{"head"'),
    (SELECT, "text/csv;q=many", "application/sparql-results+json", b'{"head"'),
    (CONSTRUCT, "text/turtle", "text/turtle; charset=utf-8", b"<https"),
    (CONSTRUCT, "application/n-triples", "application/n-triples", b"<https"),
    (CONSTRUCT, "application/rdf+xml", "application/rdf+xml", b"<?xml"),
    (CONSTRUCT, "application/ld+json", "application/ld+json", b"[{"),
])
def test_the_format_is_negotiated(query: str, accept: str, kind: str, start: bytes, port: int) -> None:
    status, headers, body = _ask(port, "GET", f"/sparql?query={quote(query)}", Accept=accept)
    assert (status, headers["Content-Type"], headers["Access-Control-Allow-Origin"]) == (200, kind, "*")
    assert body.startswith(start)


@pytest.mark.parametrize(("method", "path", "body", "kind", "status", "says"), [
    ("GET", f"/sparql?query={quote('SELECT * {')}", None, "", 400, b"query: line 1, column 11: "),
    ("GET", f"/sparql?query={quote(ENDLESS)}", None, "", 503, b"stopped: the query took longer than 2 s"),
    ("GET", f"/sparql?query={quote('CLEAR ALL')}", None, "", 403, b"refused: CLEAR is an update"),
    ("GET", f"/sparql?query={quote('SELECT * { SERVICE <x:y> {} }')}", None, "", 403, b"refused: SERVICE asks"),
    ("GET", "/sparql", None, "", 400, b"give one query"),
    ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=x:y", None, "", 400, b"the store has one graph"),
    ("GET", "/elsewhere", None, "", 404, b"the endpoint is /sparql"),
    ("POST", "/sparql", b"DELETE WHERE { ?s ?p ?o }", "application/sparql-update", 403, b"refused: this is an update"),
    ("POST", "/sparql", b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 403, b"refused: this is an update"),
    ("POST", "/sparql", b"ASK {}", "text/plain", 415, b"send application/sparql-query"),
    ("POST", "/sparql", b"ASK { ?s ?p '\xff' }", "application/sparql-query", 400, b"the query is not UTF-8"),
    ("POST", "/sparql", b"#" * (1 << 20) + b"\nASK {}", "application/sparql-query", 413, b"a query may have 1048576"),
])
def test_what_is_refused(method: str, path: str, body: bytes | None, kind: str, status: int, says: bytes,
                         port: int) -> None:
    got, headers, text = _ask(port, method, path, body, **({"Content_Type": kind} if kind else {}))
    assert (got, headers["Content-Type"], headers["Access-Control-Allow-Origin"]) == (
        status, "text/plain; charset=utf-8", "*")
    assert text.startswith(says)


def test_head_and_options_have_no_body(port: int) -> None:
    head = _ask(port, "HEAD", f"/sparql?query={quote(SELECT)}")
    assert (head[0], head[1]["Content-Type"], head[2]) == (200, "application/sparql-results+json", b"")
    options = _ask(port, "OPTIONS", "/sparql")
    assert (options[0], options[1]["Access-Control-Allow-Headers"], options[2]) == (204, "Accept, Content-Type", b"")


def test_an_answer_cut_at_the_limit_is_seen_as_cut(port: int) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(http.client.IncompleteRead):
        _ask(port, "GET", f"/sparql?query={quote(endless)}", Accept="text/csv")
    assert _ask(port, "GET", f"/sparql?query={quote('ASK {}')}")[2] == b'{"head":{},"boolean":true}'


def test_many_at_a_time(port: int) -> None:
    answers: list[bytes] = []
    threads = [threading.Thread(target=lambda: answers.append(_ask(port, "GET", f"/sparql?query={quote(SELECT)}",
                                                                   Accept="text/csv")[2])) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [f"s\r\n{GLUE}\r\n".encode()] * 12


def test_a_taken_port_is_said_to_be_so(port: int, store: Path) -> None:
    with pytest.raises(DataError, match=f"127.0.0.1:{port}: cannot be listened on: .*; choose another --port"), \
            make_server(store, port=port):
        pass
