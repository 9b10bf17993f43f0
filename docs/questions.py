"""Make docs/questions.md: the twenty questions answered on pages of your own.

    python docs/questions.py PAGE...

Parameters are the busiest nodes of the graph that have an answer. Sentences are the pages' own words and stay out.
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from kg.ask import ask
from kg.atlas import Atlas
from kg.builder import build_atlas
from kg.pool import cores
from kg.questions import Parameter, Question, questions
from kg.readers import read_papers
from kg.stores.oxigraph import ensure_store
from kg.stores.sparql import Engine
from kg.writers import BASE

HERE = Path(__file__).resolve().parent
ROWS = 5  # of an answer that are shown
FIXED = {"year": "2020", "below": "0.5", "which": "named"}
TRIED = 12  # nodes of each class that may stand as a parameter
HIDDEN = ("sentence", "title", "exact", "result", "claim")  # columns: words of a paper, and ids with a hash
HEAD = """# The twenty questions

What `kg ask --list` lists, each with its query in `kg/questions/` (`.rq` for SPARQL, `.cypher` for Cypher) and its \
answer on {papers} papers of five real pages. `python docs/questions.py PAGE...` makes this page from pages of your \
own; the tests compare each answer in SPARQL, in Cypher on both engines, and in plain NetworkX.
"""


def main(*pages: str) -> None:
    """Build an atlas of the pages, ask everything, write the page."""
    with tempfile.TemporaryDirectory() as folder:
        atlas, summary = build_atlas(read_papers(*pages), Path(folder) / "atlas", formats=(), jobs=cores())
        engine = Engine(ensure_store(atlas))
        busiest = _busiest(atlas)
        parts = [_answered(engine, question, busiest) for question in questions().values()]
        engine.close()
    text = "\n".join([HEAD.format(papers=summary.papers), *parts])
    (HERE / "questions.md").write_text(text, encoding="utf-8")


def _busiest(atlas: Atlas) -> dict[str, list[str]]:
    """Give the names of each class, those that most claims point to first."""
    nodes = {node.id: node for node in atlas.nodes()}
    counts = Counter(edge.target for edge in atlas.edges() if edge.key.startswith("claim/"))
    out: dict[str, list[str]] = {}
    for target, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        out.setdefault(nodes[target].type, []).append(nodes[target].name)
    return out


def _values(parameter: Parameter, busiest: dict[str, list[str]]) -> list[str]:
    if not parameter.is_node:
        return [FIXED[parameter.name]]
    return [name for kind in parameter.kinds for name in busiest.get(kind, ())[:TRIED]]


def _answered(engine: Engine, question: Question, busiest: dict[str, list[str]]) -> str:
    """Write one question with its command and the first rows of its answer."""
    needed = [p for p in question.parameters if not p.optional]
    for chosen in product(*(_values(p, busiest) for p in needed)):
        values = {p.name: value for p, value in zip(needed, chosen, strict=True)}
        if rows := ask(engine, question, values, base=BASE):
            break
    command = shlex.join(["kg", "ask", "atlas/", question.name, *(x for k, v in values.items() for x in (f"--{k}", v))])
    shown = "\n".join(_table(question.columns, rows)) if rows else "No row: these pages say nothing of the kind."
    more = f"\n\n{len(rows):,} rows in all." if len(rows) > ROWS else ""
    return f"## {question.number}. {question.title}\n\n{question.words}\n\n```\n{command}\n```\n\n{shown}{more}\n"


def _table(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    kept = [at for at, name in enumerate(columns) if name not in HIDDEN]
    yield f"| {' | '.join(columns[at] for at in kept)} |"
    yield "|---" * len(kept) + "|"
    for row in rows[:ROWS]:
        yield f"| {' | '.join(_cell(row[at]) for at in kept)} |"


def _cell(value: Any) -> str:
    return "" if value is None else re.sub(r"([|<>*_`])", r"\\\1", str(value))


if __name__ == "__main__":
    main(*sys.argv[1:])
