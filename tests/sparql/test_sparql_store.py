"""The store on disk: made once, opened at once, said to be broken when it is; queries that go wrong."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.atlas import Atlas, open_atlas
from kg.errors import DataError
from kg.stores.oxigraph import build_store, ensure_store, load_memory, store_folder
from kg.stores.sparql import Asked, Engine, QueryError, open_store, refusal
from kg.stores.syntax import explain
from tests.graphs import every_edge, every_node

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def _copy(atlas: Atlas, tmp_path: Path) -> Atlas:
    shutil.copytree(atlas.path, tmp_path / "copy")
    return open_atlas(tmp_path / "copy")


def test_the_store_holds_what_ntriples_hold(store: Path) -> None:
    wanted = load_memory(every_node(), every_edge())
    assert open_store(store).dump(format=RdfFormat.N_QUADS) is not None
    assert set(open_store(store)) == set(wanted)


def test_the_store_is_made_once(atlas: Atlas, store: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in store.glob("*.sst")}
    assert ensure_store(atlas) == store == store_folder(atlas)
    assert {path: path.stat().st_mtime_ns for path in store.glob("*.sst")} == before != {}


def test_two_processes_read_one_store(store: Path) -> None:
    one, two = Engine(store), Engine(store)
    try:
        assert [b"".join(e.ask(Asked("ASK { ?s ?p ?o }")).parts) for e in (one, two)] == [
            b'{"head":{},"boolean":true}'] * 2
    finally:
        one.close()
        two.close()


@pytest.mark.parametrize("damage", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_a_broken_store_is_said_to_be_so_and_made_again(damage: str, atlas: Atlas, store: Path, tmp_path: Path) -> None:
    copy = _copy(atlas, tmp_path)
    folder = store_folder(copy)
    for path in folder.glob(damage):
        path.write_bytes(b"damaged")
    with pytest.raises(DataError, match=r"the store is broken .*; make it again with --rebuild"):
        list(open_store(folder))
    engine = Engine(folder)
    with pytest.raises(QueryError, match="the store is broken"):
        engine.ask(Asked("ASK {}"))
    engine.close()
    assert set(open_store(ensure_store(copy, rebuild=True))) == set(open_store(store))


def test_an_unfinished_store_is_made_again(atlas: Atlas, store: Path, tmp_path: Path) -> None:
    copy = _copy(atlas, tmp_path)
    (copy.path / "store" / "sparql.json").unlink()
    shutil.rmtree(store_folder(copy))
    assert set(open_store(ensure_store(copy))) == set(open_store(store))
    assert [p.name for p in (copy.path / "store").iterdir() if p.name.startswith(".")] == []


def test_a_store_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataError, match="the store cannot be written"):
        build_store([], [], tmp_path / "file" / "store")


@pytest.mark.parametrize(("query", "kind", "says"), [
    ("SELECT * WHERE {\n  ?s ?p ?o\n  FILTER(\n}", "syntax", "query: line 4, column 1: unexpected '}'"),
    ("SELECT * { ?s ?p 'éé' . ?x é }", "syntax", "query: line 1, column 28: unexpected 'é'"),
    ("SELECT * { ?s nowhere:p ?o }", "syntax", "query: line 1, column 15: unknown prefix in 'nowhere:p'"),
    ("", "syntax", "query: line 1, column 1: it ends too early"),
    ("INSERT DATA { <a:b> <a:c> 1 }", "refused", "refused: INSERT is an update, and the store is read-only"),
    ("PREFIX a: <a:>\n# SELECT\ndelete where { ?s ?p ?o }", "refused", "refused: DELETE is an update"),
    ("SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }", "refused", "refused: SERVICE asks other servers"),
])
def test_queries_that_cannot_be_answered(query: str, kind: str, says: str, engine: Engine) -> None:
    with pytest.raises(QueryError) as error:
        engine.ask(Asked(query))
    assert error.value.kind == kind
    assert str(error.value).startswith(says)


@pytest.mark.parametrize(("query", "place"), [
    ("SELECT * WHERE { ?s ?p }", "line 1, column 24: unexpected '}'"),
    ("SELECT * {", "line 1, column 11: it ends too early"),
    ("SELEC * { ?s ?p ?o }", "line 1, column 1: unexpected 'SELEC'"),
    ("SELECT ?x\n# a 'comment\n{ ?x a ?y } ORDER ?x", "line 3, column 19: unexpected '?x'"),
    ("SELECT (COUNT(?x) AS n) { ?x ?y ?z }", "line 1, column 22: unexpected 'n'"),
    ("ASK { ?a ?b ?c . FILTR(?a) }", "line 1, column 18: unexpected 'FILTR'"),
    ("ASK { ?a ?b 'open }", "line 1, column 20: it ends too early"),
])
def test_the_place_of_a_mistake(query: str, place: str) -> None:
    assert explain(query, "") == f"query: {place}"


@pytest.mark.parametrize("query", [
    "ASK { ?service a <x:SERVICE> }", "ASK { ?s ?p 'SERVICE' } # SERVICE",
    "PREFIX service: <x:> ASK { ?s service:b ?o }",
    'ASK { ?s ?p """INSERT "DATA" """ }', "# INSERT\nASK {}", "PREFIX insert: <x:> ASK {}",
])
def test_harmless_queries_are_not_refused(query: str) -> None:
    assert refusal(query) is None


@pytest.mark.parametrize("query", [ENDLESS, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i"])
def test_an_endless_query_is_stopped_at_the_limit(query: str, engine: Engine) -> None:
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"stopped: the query took longer than 2 s; narrow it, add a LIMIT") as error:
        b"".join(engine.ask(Asked(query)).parts)
    assert error.value.kind == "timeout"
    assert 1.5 < time.monotonic() - began < 6
    assert b"".join(engine.ask(Asked("ASK {}")).parts) == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize(("asked", "data"), [
    (Asked("SELECT ?s { ?s a <https://w3id.org/paperatlas/ns#Benchmark> }", rows="csv"),
     b"s\r\nhttps://w3id.org/paperatlas/benchmark/glue\r\n"),
    (Asked("SELECT ?s { ?s a pa:Benchmark }", rows="tsv", prefixes={"pa": "https://w3id.org/paperatlas/ns#"}),
     b"?s\n<https://w3id.org/paperatlas/benchmark/glue>\n"),
    (Asked("CONSTRUCT { ?s a ?t } { ?s a ?t FILTER(?t = <https://w3id.org/paperatlas/ns#Benchmark>) }", triples="nt"),
     b"<https://w3id.org/paperatlas/benchmark/glue> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
     b"<https://w3id.org/paperatlas/ns#Benchmark> .\n"),
])
def test_answers_come_in_the_format_asked_for(asked: Asked, data: bytes, engine: Engine) -> None:
    assert b"".join(engine.ask(asked).parts) == data


def test_an_answer_that_nobody_reads_to_the_end_ends_the_worker(engine: Engine) -> None:
    parts = engine.ask(Asked("SELECT * { ?a ?b ?c . ?d ?e ?f }")).parts
    assert next(parts)
    parts.close()  # type: ignore[attr-defined]
    assert b"".join(engine.ask(Asked("ASK {}")).parts) == b'{"head":{},"boolean":true}'


def test_memory_and_disk_count_alike(store: Path) -> None:
    assert isinstance(open_store(store), Store)
    assert len(open_store(store)) == len(load_memory(every_node(), every_edge()))
