"""The schema is one file, and everything else follows from it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import orjson
import pytest
import rdflib

from extractors import records
from kg.errors import DataError
from kg.generate import GENERATED, generated, stale
from kg.model import load_model, read_model, schema_file
from tests.graphs import every_edge, every_node


def test_committed_files_are_what_the_model_gives(root: Path) -> None:
    assert stale(root) == []


def test_a_new_node_type_is_an_edit_in_one_file() -> None:
    text = schema_file("model.yaml").read_text(encoding="utf-8")
    added = text.replace("classes:\n", """classes:
  Hardware:
    description: What a method runs on.
    also: ["schema:Product"]
    id: "hardware/[^/#]+"
    name_uri: rdfs:label
    example: hardware/a100
    slots: {aliases: "*"}
""", 1).replace("\nedges:\n", """
edges:
  runsOn:
    description: It runs on the hardware.
    ends: {Method: [Hardware]}
    claim: true
""", 1)
    model = read_model(added)
    found = [name for name in GENERATED if "Hardware" in generated(name, model)]
    assert found == ["schema/ontology.ttl", "schema/shapes.ttl", "schema/context.jsonld", "schema/neo4j.cypher",
                     "docs/reference.md"]
    assert "RUNS_ON" in generated("schema/neo4j.cypher", model)


@pytest.mark.parametrize(("old", "new", "says"), [
    ("{Paper: [Method]}", "{Paper: [Thing]}", "edge proposes joins an unknown class: Thing"),
    ("name_uri: dcterms:title", "name_uri: nowhere:title", "'nowhere'"),
    ("prefixes:", "prefixes: [", "not a schema"),
])
def test_a_damaged_schema_is_said_to_be_so(old: str, new: str, says: str) -> None:
    text = schema_file("model.yaml").read_text(encoding="utf-8").replace(old, new, 1)
    with pytest.raises(DataError, match=says):
        read_model(text)


def test_edges_are_named_in_neo4j_as_the_model_says() -> None:
    names = {edge.name: edge.neo4j for edge in load_model().edges.values()}
    assert (names["evaluatedOn"], names["possiblySameAs"], names["ofMethod"]) == (
        "EVALUATED_ON", "POSSIBLY_SAME_AS", "OF_METHOD")


def test_the_hand_made_graph_has_every_type() -> None:
    model = load_model()
    assert {node.type for node in every_node()} == model.nodes.keys()
    assert {edge.type for edge in every_edge()} == model.edges.keys()


@pytest.mark.parametrize("name", ["schema/ontology.ttl", "schema/shapes.ttl"])
def test_turtle_files_parse(name: str, root: Path) -> None:
    assert len(rdflib.Graph().parse(root / name)) > 400


def test_the_ontology_leaves_the_terms_of_others_alone(root: Path) -> None:
    graph = rdflib.Graph().parse(root / "schema/ontology.ttl")
    said = {(s, p) for s, p in graph.subject_predicates() if "paperatlas" not in str(s)}
    assert {p for _, p in said} == {rdflib.RDF.type}


@pytest.mark.parametrize("name", ["Entity", "Mention", "Repo", "Result", "Relation", "Flag"])
def test_the_record_schema_has_the_fields_of_the_records(name: str) -> None:
    written = load_model().source["record"][name]["fields"]
    assert list(written) == [f.name for f in fields(getattr(records, name))]


def test_the_record_schema_accepts_a_record_and_refuses_a_bad_one() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = orjson.loads(schema_file("record.schema.json").read_bytes())
    result = records.Result("87.8%", "absolute", 1, 2, "r", method="A", number="87.8", unit="percent")
    entity = records.Entity("Method", "A", ("A",), "proposed", "named", (records.Mention(0, 1, "A", "r"),))
    paper = records.Paper("p1", "A", "B", year=2024, authors=("Ann",))
    value = orjson.loads(orjson.dumps(records.record_to_json(records.Record(paper, (entity,), (), (result,)))))
    jsonschema.validate(value, schema)
    value["results"][0]["form"] = "guess"
    with pytest.raises(jsonschema.ValidationError, match="'guess' is not one of"):
        jsonschema.validate(value, schema)
