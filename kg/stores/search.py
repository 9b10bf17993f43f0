"""Full-text search over names, aliases and titles, the same in the embedded store and in Neo4j.

The engine gives the nodes in which every word of the query stands (the start of a word is enough); one function ranks
them, so both give the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.stores.neo4j import ATLAS

if TYPE_CHECKING:
    from neo4j import Driver

    from kg.stores.ladybug import Store

__all__ = ["SEARCHED", "Hit", "rank", "search_neo4j", "search_store", "words_of"]

SEARCHED = ("Method", "Dataset", "Benchmark", "Metric", "Task", "Paper")  # of equal hits, the first come first
_WORD = re.compile(r"\w+(?:['’.]\w+)*")
_FULLTEXT = """CALL db.index.fulltext.queryNodes($index, $query) YIELD node
WHERE node.atlas = $atlas
OPTIONAL MATCH (paper:Paper)-->(node)
RETURN node.id AS id, labels(node)[0] AS type, node.name AS name, coalesce(node.aliases, []) AS aliases,
       count(DISTINCT paper) AS papers"""
_EMBEDDED = """MATCH (n:`{label}`) WHERE {test}
OPTIONAL MATCH (paper:Paper)-[]->(n)
RETURN n.id AS id, '{label}' AS type, n.name AS name, {aliases} AS aliases, count(DISTINCT paper.id) AS papers"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that a search found; `matched` is the name or alias that holds the words."""

    id: str
    type: str
    name: str
    matched: str
    papers: int  # how many papers point to it


def words_of(text: str) -> list[str]:
    """Cut a text into words, in lower case."""
    return _WORD.findall(text.lower())


def search_store(store: Store, text: str, *, limit: int = 20) -> list[Hit]:
    """Search the embedded store."""
    words = _query_words(text)
    values = {f"w{at}": word for at, word in enumerate(words)}
    found: list[Sequence[Any]] = []
    for label in SEARCHED:
        has = label != "Paper"
        whole = "concat(n.name, ' ', coalesce(list_to_string(' ', n.aliases), ''))" if has else "n.name"
        test = " AND ".join(f"lower({whole}) CONTAINS $w{at}" for at in range(len(words)))
        query = _EMBEDDED.format(label=label, test=test, aliases="n.aliases" if has else "[]")
        found += store.query(query, values).rows
    return rank(words, found, limit=limit)


def search_neo4j(driver: Driver, text: str, *, atlas: str = ATLAS, database: str | None = None,
                 limit: int = 20) -> list[Hit]:
    """Search a Neo4j database by its full-text indexes."""
    words = _query_words(text)
    found: list[Sequence[Any]] = []
    for index, field in (("names", ""), ("papers", "name:")):
        query = " AND ".join(f"{field}{_lucene(word)}*" for word in words)
        records = driver.execute_query(_FULLTEXT, index=index, query=query, atlas=atlas, database_=database).records
        found += [tuple(record) for record in records]
    return rank(words, found, limit=limit)


def _query_words(text: str) -> list[str]:
    if not (words := words_of(text)):
        raise DataError(f"{text!r}: no word to search for; give one such as: masked image")
    return words


def _lucene(word: str) -> str:
    return re.sub(r"([^\w])", r"\\\1", word)


def rank(words: Sequence[str], rows: Iterable[Sequence[Any]], *, limit: int) -> list[Hit]:
    """Order what was found: names that are the query, names that begin so, whole words; then by papers and name."""
    scored = []
    for node, kind, name, aliases, papers in rows:
        places = [(_place(words, words_of(text)), at, text) for at, text in enumerate([name, *(aliases or ())])]
        place, _, matched = min(places, key=lambda p: p[:2])
        if place < _SCATTERED or _all_in(words, words_of(" ".join([name, *(aliases or ())]))):
            scored.append(((place, -papers, SEARCHED.index(kind), name, node), Hit(node, kind, name, matched, papers)))
    return [hit for _, hit in sorted(scored, key=lambda s: s[0])[:limit]]


_SCATTERED = 5  # the words stand in several names of the node


def _place(words: Sequence[str], text: Sequence[str]) -> int:
    """Say how well a text answers, from 0 (is the query) to 5 (does not hold it)."""
    size = len(words)
    runs = [list(text[at:at + size]) for at in range(max(0, len(text) - size) + 1)]
    tests: list[Callable[[], bool]] = [
        lambda: list(text) == list(words),
        lambda: runs[0] == list(words),
        lambda: list(words) in runs,
        lambda: set(words) <= set(text),
        lambda: _all_in(words, text),
    ]
    return next((at for at, test in enumerate(tests) if test()), _SCATTERED)


def _all_in(words: Sequence[str], text: Sequence[str]) -> bool:
    return all(any(token.startswith(word) for token in text) for word in words)
