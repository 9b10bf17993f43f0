"""Rates of RDF and SPARQL on an atlas: `python benchmarks/rdf.py ATLAS [--questions FILE]`.

N-Triples from our writer against pyoxigraph's own dump of the same triples; each question on the store, the median of
five, with the nodes that most claims point to as parameters.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from kg.atlas import Atlas, open_atlas
from kg.questions import fill, questions, table
from kg.stores.oxigraph import ensure_store
from kg.stores.sparql import open_store
from kg.writers import BASE, WRITERS, write_graph

_OBJECT = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#object>"
_FIXED = {"year": 2020, "below": 0.5, "which": "named"}


class _Counter(io.RawIOBase):
    """A stream that keeps nothing but the number of bytes."""

    def __init__(self) -> None:
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


def _timed(work: Callable[[], object], times: int = 3) -> float:
    """Give the shortest of some runs, in seconds."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return min(spent)


def rates(atlas: Atlas, store: ox.Store) -> None:
    """Print how fast each RDF format is written, beside pyoxigraph's dump of the store in memory."""
    nodes, edges, base = list(atlas.nodes()), list(atlas.edges()), atlas.manifest.get("base", BASE)
    memory = ox.Store()
    memory.extend(store)
    triples = len(memory)
    print(f"{len(nodes):,} nodes, {len(edges):,} edges, {triples:,} triples")
    dump = _timed(lambda: memory.dump(cast(BinaryIO, _Counter()), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()))
    print(f"| pyoxigraph's dump, N-Triples | {triples / dump / 1000:,.0f} k/s | 1 |")
    for name in ("ntriples", "nquads", "turtle", "jsonld", "rdfxml"):
        spent = _timed(lambda name=name: write_graph(  # type: ignore[misc]
            name, nodes, edges, cast(BinaryIO, _Counter()), base=base), 3 if name.startswith("n") else 1)
        print(f"| {WRITERS[name].file} | {triples / spent / 1000:,.0f} k/s | {dump / spent:.2f} |")


def _busiest(store: ox.Store, kinds: tuple[str, ...], base: str) -> str:
    types = " ".join(f"<https://w3id.org/paperatlas/ns#{kind}>" for kind in kinds)
    query = f"SELECT ?n (COUNT(?c) AS ?k) {{ VALUES ?t {{ {types} }} ?n a ?t . ?c {_OBJECT} ?n }} " \
            "GROUP BY ?n ORDER BY DESC(?k) ?n LIMIT 1"
    return str(table(cast(Any, store.query(query)), ["n"], base=base)[0][0])


def ask_all(store: ox.Store, base: str) -> None:
    """Print the median of five for each question, in seconds."""
    busiest: dict[tuple[str, ...], str] = {}
    for name, question in questions().items():
        values: dict[str, Any] = {}
        for parameter in question.parameters:
            if parameter.is_node:
                kinds = tuple(k for k in parameter.kinds if k != "Paper" or parameter.kinds == ("Paper",))
                values[parameter.name] = busiest.setdefault(kinds, busiest.get(kinds) or _busiest(store, kinds, base))
            else:
                values[parameter.name] = _FIXED[parameter.name]
        required = {p.name: values[p.name] for p in question.parameters if not p.optional}
        spent, rows = [], 0
        for _ in range(5):
            began = time.perf_counter()
            rows = len(table(cast(Any, store.query(fill(question, required, base=base))), question.columns, base=base))
            spent.append(time.perf_counter() - began)
        print(f"| {name} | {statistics.median(spent):.3f} | {rows} |")


def main(path: str) -> None:
    """Run both on an atlas."""
    atlas = open_atlas(path)
    base = atlas.manifest.get("base", BASE)
    began = time.perf_counter()
    folder = ensure_store(atlas, rebuild=True)
    size = sum(p.stat().st_size for p in Path(folder).iterdir())
    print(f"store made in {time.perf_counter() - began:.1f} s, {size / 1e6:.0f} MB, {os.cpu_count()} cores")
    store = open_store(folder)
    ask_all(store, base)
    rates(atlas, store)


if __name__ == "__main__":
    main(sys.argv[1])
