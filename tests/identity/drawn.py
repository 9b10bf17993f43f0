"""Draw small records, and what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st

from extractors.records import Entity, EntityType, Mention, Paper, Record, Relation, Repo, Result

__all__ = ["DECISIONS", "OPERATIONS", "small_records"]

NAMES: tuple[tuple[EntityType, tuple[str, ...]], ...] = (
    ("Method", ("SAM", "Segment Anything Model")), ("Method", ("SAM", "Sharpness-Aware Minimization")),
    ("Method", ("SAM",)), ("Method", ("Segment Anything",)), ("Method", ("STAR",)), ("Method", ("star",)),
    ("Method", ("GPT-4",)), ("Method", ("GPT-3.5",)), ("Dataset", ("ARC",)), ("Benchmark", ("ARC",)),
    ("Dataset", ("CIFAR-10",)), ("Dataset", ("CIFAR-100",)), ("Metric", ("MAE",)), ("Task", ("NER",)),
    ("Task", ("nested NER",)),
)
SUBJECTS = ("Speech and dialect translation.", "Masks of organs in tomography.", "Flat minima and sharpness.")


@st.composite
def small_records(draw: st.DrawFn) -> Record:
    """Draw a record of one of six papers, with up to three entities and a relation."""
    number = draw(st.integers(0, 5))
    title, abstract = f"Title {number}", draw(st.sampled_from(SUBJECTS))
    picked = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique_by=lambda n: n[1][0].lower()))
    roles = {"Method": ("proposed", "used"), "Dataset": ("introduced", "evaluated"),
             "Benchmark": ("introduced", "evaluated"), "Metric": ("reported",), "Task": ("addressed",)}
    entities = tuple(Entity(t, names[0], names, draw(st.sampled_from(roles[t])), "named" if t == "Method" else None,
                            (Mention(0, 5, "Title", "r"),), 0.9, ("r",)) for t, names in picked)
    kind = draw(st.sampled_from(("based_on", "outperforms")))
    relations = tuple(Relation(a.name, kind, b.name, 0, 5, "r", hedged=draw(st.booleans()))
                      for a, b in pairwise(entities) if a.type == b.type == "Method")
    url = draw(st.sampled_from((None, "github.com/a/b", "https://github.com/A/B")))
    paper = Paper(f"p{number}", title, abstract, year=draw(st.sampled_from((None, 2020, 2024))),
                  arxiv=draw(st.sampled_from((None, "2401.00001"))))
    return Record(paper, entities, (Repo(url, "code", 0, 5, "r"),) if url else (), _results(entities), relations)


def _results(entities: Sequence[Entity]) -> tuple[Result, ...]:
    """Give a result that names the first entity of each type."""
    named = {e.type: e.name for e in reversed(entities)}
    return (Result("7", "absolute", 0, 5, "r", named.get("Method"), named.get("Dataset") or named.get("Benchmark"),
                   named.get("Task"), named.get("Metric"), number="7"),) if entities else ()


OPERATIONS = st.lists(st.one_of(small_records(), st.integers(0, 5)), min_size=1, max_size=8)
LINES = ("merge method/sam method/star", "merge method/star method/sam~2", "merge method/sam method/sam~2",
         "merge method/gpt-4 method/sam~3", "merge method/sam~2 method/segment-anything", "split method/sam p1 p2",
         "split method/sam~2 p3", "split method/sam p3 p4 p5", "split method/star p0 p1", "rename method/sam X",
         "rename method/sam~2 STAR", "merge method/gpt method/gpt-4", "merge benchmark/arc dataset/arc")
DECISIONS = st.lists(st.sampled_from(LINES), max_size=5, unique=True)
