"""Time the ways of an atlas into Neo4j on one server: a minimal loader, `kg load`, again, back, and the bulk import.

    python -m benchmarks.neo4j_load ATLAS [FOLDER]

FOLDER (a temporary one by default) gets the servers' homes and the CSV files.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.atlas import Atlas, open_atlas
from kg.canonical import canonical_hash, graph_hash
from kg.model import load_model
from kg.stores.local_neo4j import Server, admin, password_of, start, stop
from kg.stores.neo4j import connect, server_version
from kg.stores.neo4j_load import class_of, load
from kg.stores.neo4j_pull import pull
from kg.writers.neo4j_csv import import_arguments, write_neo4j_csv

_ROWS = 5_000


def minimal_load(driver: Any, atlas: Atlas) -> None:
    """Load as a short hand-written script does: a constraint a label, UNWIND and MERGE, nothing else."""
    model = load_model()
    for label in model.nodes:
        driver.execute_query(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    for label, rows in _groups((n.type, {"id": n.id, "name": n.name, **n.props}) for n in atlas.nodes()):
        driver.execute_query(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row", rows=rows)
    kind = class_of(model)
    edges = (((kind(e.source), model.edges[e.type].neo4j, kind(e.target)),
              {"a": e.source, "b": e.target, "props": {"key": e.key, **e.props}}) for e in atlas.edges())
    for (source, type_, target), rows in _groups(edges):
        driver.execute_query(f"UNWIND $rows AS row MATCH (a:{source} {{id: row.a}}) MATCH (b:{target} {{id: row.b}}) "
                             f"MERGE (a)-[r:{type_} {{key: row.props.key}}]->(b) SET r += row.props", rows=rows)


def _groups(rows: Iterable[tuple[Any, dict[str, Any]]]) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    waiting: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for group, row in rows:
        waiting[group].append(row)
        if len(waiting[group]) == _ROWS:
            yield group, waiting.pop(group)
    yield from waiting.items()


def _fresh(folder: Path) -> Server:
    shutil.rmtree(folder, ignore_errors=True)
    return start(folder, bolt=0, http=0, heap="2g", cache="1g")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _show(what: str, seconds: float, things: int) -> None:
    print(f"| {what} | {seconds:.1f} | {things / seconds:,.0f} | {_peak():.0f} |", flush=True)


def main(path: str, folder: Path) -> None:
    """Run all and print a table."""
    atlas = open_atlas(path)
    nodes, edges = sum(1 for _ in atlas.nodes()), sum(1 for _ in atlas.edges())
    print(f"{nodes:,} nodes, {edges:,} relationships\n\n"
          "| | seconds | things/s | peak memory of this process so far, MiB |\n|---|---:|---:|---:|")
    for what, loader in (("minimal UNWIND loader", minimal_load),
                         ("kg load", lambda driver, a: load(driver, a.nodes(), a.edges()))):
        server = _fresh(folder / "home")
        try:
            with connect(server.uri, user="neo4j", password=password_of(server)) as driver:
                began = time.perf_counter()
                loader(driver, atlas)
                _show(what, time.perf_counter() - began, nodes + edges)
                if what == "kg load":
                    _again_and_back(driver, atlas, nodes + edges)
        finally:
            stop(folder / "home")
    _bulk(atlas, folder, nodes + edges)


def _again_and_back(driver: Any, atlas: Atlas, things: int) -> None:
    began = time.perf_counter()
    changes = load(driver, atlas.nodes(), atlas.edges()).changes
    _show(f"kg load again ({sum(changes.values())} changes)", time.perf_counter() - began, things)
    began = time.perf_counter()
    graph = pull(driver)
    _show("kg pull", time.perf_counter() - began, things)
    same = graph_hash(graph) == canonical_hash(atlas.nodes(), atlas.edges())
    print(f"\nNeo4j {server_version(driver)}; the graph pulled is {'the same' if same else 'ANOTHER'}\n", flush=True)


def _bulk(atlas: Atlas, folder: Path, things: int) -> None:
    home, files = folder / "bulk", folder / "csv"
    for old in (home, files):
        shutil.rmtree(old, ignore_errors=True)
    files.mkdir(parents=True)
    began = time.perf_counter()
    write_neo4j_csv(atlas.nodes(), atlas.edges(), files, base="")
    _show("kg export --format neo4j-csv", time.perf_counter() - began, things)
    names = {file.stem for file in files.glob("*.csv") if not file.stem.endswith("-header")}
    began = time.perf_counter()
    done = admin(home, *import_arguments(names, load_model(), files))
    _show("neo4j-admin database import full" if not done.returncode else f"FAILED: {done.stderr[-300:]}",
          time.perf_counter() - began, things)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary))
