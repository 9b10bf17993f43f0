from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from extractors.records import Record
from kg.atlas import EDGES, NODES, RECORDS, open_atlas
from kg.canonical import graph_hash
from kg.cli import cli
from kg.errors import DataError
from kg.identity.files import DECISIONS, LEDGER, REGISTRY, State, read_state
from kg.rdf_graph import read_rdf
from kg.update import Change, update_atlas
from kg.writers import BASE, WRITERS
from tests.identity.makers import entity, lines, record, write_atlas

OLD = [record("a", entity("Method", "Alpha", role="proposed"), abstract="Speech and dialects."),
       record("b", entity("Method", "GPT-4"), entity("Dataset", "COPA"))]
NEW = [record("c", entity("Method", "Alpha", role="proposed"), abstract="Proteins and enzymes."),
       record("a", entity("Method", "Alpha", role="proposed"), entity("Task", "NER"), abstract="Speech and dialects.")]
FILES = (RECORDS, NODES, EDGES, REGISTRY, LEDGER, DECISIONS)


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that writes an atlas of records."""
    def make(name: str, records: list[Record], state: State | None = None) -> Path:
        return write_atlas(tmp_path / name, records, state)
    return make


def content(atlas: Path) -> dict[str, bytes]:
    """Read the files that an update must get right."""
    return {name: (atlas / name).read_bytes() for name in FILES}


def test_an_update_is_byte_identical_to_a_build(make: Callable[..., Path]) -> None:
    atlas = make("one", OLD)
    _, change = update_atlas(atlas, add=lines(NEW), remove=["b"])
    assert change == Change(["c"], ["a"], ["b"], [])
    assert content(make("two", NEW, read_state(atlas))) == content(atlas)


def versioned(paper: str, arxiv: str, *names: str, venue: str | None = None) -> Record:
    """Give a record of a paper at arXiv."""
    made = record(paper, *(entity("Method", name) for name in names))
    return replace(made, paper=replace(made.paper, arxiv=arxiv, venue=venue))


def test_a_newer_version_under_another_id_takes_the_place_of_the_older(make: Callable[..., Path]) -> None:
    new = versioned("a0", "2401.01234v2", "Alpha", "Beta")
    atlas = make("one", [versioned("x1", "2401.01234", "Alpha"), *OLD])
    _, change = update_atlas(atlas, add=lines([new]))
    assert change == Change([], ["a0"], [], [])
    assert [n.id for n in open_atlas(atlas).nodes() if n.id.startswith("paper/arxiv")] == ["paper/arxiv-2401.01234"]
    assert content(make("two", [new, *OLD], read_state(atlas))) == content(atlas)


def test_an_older_version_changes_nothing(make: Callable[..., Path]) -> None:
    atlas = make("one", [versioned("x1", "2401.01234v2", "Alpha"), *OLD])
    before = content(atlas)
    _, change = update_atlas(atlas, add=lines([versioned("a0", "2401.01234v1", "Beta")]))
    assert (change, content(atlas)) == (Change([], [], [], ["a0"]), before)


def test_a_paper_of_another_venue_is_another(make: Callable[..., Path]) -> None:
    atlas = make("one", [versioned("x1", "2401.01234", "Alpha", venue="AAAI"), *OLD])
    _, change = update_atlas(atlas, add=lines([versioned("y1", "2401.01234", "Alpha", venue="IJCAI")]))
    assert change == Change(["y1"], [], [], [])


def test_what_is_taken_away_and_given_back_is_as_before(make: Callable[..., Path]) -> None:
    atlas = make("one", OLD)
    update_atlas(atlas, add=lines(NEW))
    before = content(atlas)
    update_atlas(atlas, remove=["c"])
    update_atlas(atlas, add=lines(NEW))
    assert content(atlas) == before


def test_an_unknown_paper_changes_nothing(make: Callable[..., Path]) -> None:
    atlas = make("one", OLD)
    before = content(atlas)
    with pytest.raises(DataError, match="no paper nope"):
        update_atlas(atlas, remove=["nope"])
    assert content(atlas) == before


def run(*arguments: str, stdin: str | None = None) -> str:
    """Run a command and give what it writes."""
    done = CliRunner().invoke(cli, arguments, input=stdin, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_decisions_are_made_and_undone_on_the_command_line(make: Callable[..., Path]) -> None:
    atlas = make("one", [*OLD, NEW[0]])
    before = content(atlas)
    run("merge", str(atlas), "method/alpha", "method/alpha~2")
    assert {n.id for n in open_atlas(atlas).nodes() if n.name == "Alpha"} == {"method/alpha"}
    text = (atlas / DECISIONS).read_text(encoding="utf-8")
    assert text.endswith("merge method/alpha method/alpha~2\n")
    (atlas / DECISIONS).write_text("", encoding="utf-8")
    run("add", str(atlas))
    after = content(atlas)
    assert {k: after[k] for k in (NODES, EDGES)} == {k: before[k] for k in (NODES, EDGES)}


@pytest.mark.parametrize("name", [n for n, writer in WRITERS.items() if writer.rdf])
def test_rdf_says_what_took_the_place_of_a_merged_iri(make: Callable[..., Path], name: str) -> None:
    atlas = make("one", [*OLD, NEW[0]])
    run("merge", str(atlas), "method/alpha", "method/alpha~2")
    run("export", str(atlas), "-f", name)
    file = atlas / WRITERS[name].file
    found = [(q.subject.value, q.object.value) for q in ox.parse(path=file)
             if q.predicate.value == "http://purl.org/dc/terms/isReplacedBy"]
    assert found == [(f"{BASE}method/alpha~2", f"{BASE}method/alpha")]
    assert graph_hash(read_rdf(file)) == graph_hash(open_atlas(atlas).graph())


def test_a_removed_paper_shows_in_the_difference(make: Callable[..., Path]) -> None:
    old, new = make("one", [*OLD, NEW[0]]), make("two", [*OLD, NEW[0]])
    run("remove", str(new), "c")
    found = orjson.loads(run("diff", str(old), str(new), "--json"))
    assert [p["id"] for p in found["papers"]["went"]] == ["paper/c-2e7d2c03"]
    assert [n["id"] for n in found["nodes"]["went"]] == ["method/alpha~2"]
    assert found["by_paper"] == {"paper/c-2e7d2c03": {"went": 2}}
    assert found["by_rule"] == {"identity:one-name": {"went": 1}, "test:rule": {"went": 1}}
    assert run("diff", str(old), str(new)).splitlines()[0] == "papers: 0 came, 1 went, 0 changed"


def test_review_lists_the_doubtful_pairs(make: Callable[..., Path]) -> None:
    atlas = make("one", [*OLD, NEW[0]])
    rows = orjson.loads(run("review", str(atlas), "--json"))
    assert rows == [{"papers": 2, "score": 0.0, "a": "method/alpha", "a name": "Alpha",
                     "b": "method/alpha~2", "b name": "Alpha"}]


@pytest.mark.parametrize(("query", "answer"), [
    ({"paper": "a", "name": "Alpha", "type": "Method"},
     {"iri": "method/alpha", "family": "method/alpha", "part_of": []}),
    ({"paper": "b", "name": "gpt 4", "type": "Method"}, {"iri": "method/gpt-4", "family": "method/gpt", "part_of": []}),
    ({"paper": "b", "name": "COPA", "type": "Dataset"},
     {"iri": "dataset/copa", "family": "dataset/copa", "part_of": ["benchmark/superglue"]}),
    ({"paper": "b", "name": "Alpha", "type": "Method"}, {"iri": None, "family": None, "part_of": []}),
    ({"paper": "z", "name": "Alpha", "type": "Method"}, {"iri": None, "family": None, "part_of": []}),
])
def test_names_are_resolved(make: Callable[..., Path], query: dict[str, str], answer: dict[str, object]) -> None:
    atlas = make("one", OLD)
    assert orjson.loads(run("resolve", str(atlas), stdin=orjson.dumps(query).decode())) == {**query, **answer}


def test_a_bad_query_is_named(make: Callable[..., Path]) -> None:
    atlas = make("one", OLD)
    with pytest.raises(DataError, match=r"<stdin>:1: no query"):
        CliRunner().invoke(cli, ["resolve", str(atlas)], input="{}\n", catch_exceptions=False)


@pytest.mark.parametrize("paper", ["a", "paper/a-ca978112"])
def test_a_paper_is_asked_for_by_either_of_its_ids(make: Callable[..., Path], paper: str) -> None:
    answer = orjson.loads(run("resolve", str(make("one", OLD)), stdin=orjson.dumps({"paper": paper, "name": "Alpha"})
                              .decode()))
    assert (answer["paper"], answer["iri"]) == (paper, "method/alpha")
