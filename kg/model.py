"""The schema, read from `schema/model.yaml`: what nodes and edges there are, and the terms that RDF gives them.

`python -m kg.model` makes the other files of `schema/` and `docs/reference.md` from it; `--check` says which differ.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError

__all__ = ["EdgeType", "Model", "NodeType", "Slot", "load_model", "read_model", "schema_file"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A property: its RDF term, what it holds and how often."""

    name: str
    term: str  # IRI
    ranges: tuple[str, ...]  # datatype, or the classes whose ids it holds
    minimum: int  # how often at least
    maximum: int | None  # how often at most; None: any number
    ordered: bool
    values: tuple[str, ...]  # of an enum, else empty
    bounds: tuple[float | None, float | None]  # least and greatest value of a number
    description: str
    example: str

    @property
    def multivalued(self) -> bool:
        """Say whether the property holds a list."""
        return self.maximum is None

    @property
    def refers(self) -> bool:
        """Say whether the property holds ids of nodes."""
        return self.ranges[0][:1].isupper()


@dataclass(frozen=True, slots=True)
class NodeType:
    """A class of nodes."""

    name: str
    term: str
    also: tuple[str, ...]  # IRIs of the other types that a node has
    id: str  # regular expression of ids
    name_term: str  # what `name` is in RDF
    slots: Mapping[str, Slot]
    indexes: tuple[str, ...]
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A type of edges: between what, and with which properties beside those of every claim."""

    name: str
    term: str
    ends: Mapping[str, tuple[str, ...]]  # class of the source -> classes of the target
    claim: bool
    inferred: tuple[str, ...]  # rules that read no text: a claim of theirs alone needs no evidence
    slots: Mapping[str, Slot]  # of a claim: the common ones and its own
    minimum: int  # edges of a source: how many at least
    maximum: int | None
    close: tuple[str, ...]  # IRIs
    description: str

    @property
    def neo4j(self) -> str:
        """Name the Neo4j relationship type: the name in capitals with underscores."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.name).upper()


@dataclass(frozen=True, slots=True)
class Model:
    """The whole schema."""

    source: Mapping[str, Any]  # the YAML as read
    prefixes: Mapping[str, str]
    base: str
    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]
    claim: Mapping[str, Slot]  # what every claim holds
    units: Mapping[str, str]  # text -> IRI

    def iri(self, curie: str) -> str:
        """Expand `prefix:name`."""
        prefix, _, name = curie.partition(":")
        return self.prefixes[prefix] + name

    def curie(self, iri: str) -> str:
        """Shorten an IRI; give it back where no prefix fits."""
        found = [(len(space), prefix) for prefix, space in self.prefixes.items() if iri.startswith(space)]
        return f"{max(found)[1]}:{iri[max(found)[0]:]}" if found else iri


def schema_file(name: str) -> Path:
    """Find a file of the schema: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "schema", here.parent / "schema"):
        if (folder / name).is_file():
            return folder / name
    raise DataError(f"schema/{name}: not found; install paperatlas again")


@cache
def load_model() -> Model:
    """Read `schema/model.yaml` once a process."""
    path = schema_file("model.yaml")
    return read_model(path.read_text(encoding="utf-8"), name=str(path))


def read_model(text: str, *, name: str = "model.yaml") -> Model:
    """Read the schema from YAML; raises DataError where it is damaged."""
    import yaml

    try:
        source = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return _model(source)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise DataError(f"{name}: not a schema ({' '.join(str(error).split())}); mend it or install again") from error


def _model(source: dict[str, Any]) -> Model:
    prefixes = source["prefixes"]
    model = Model(source, prefixes, source["base"], {}, {}, {}, {})
    claim = _slots(model, source["claim"]["slots"], {}, {})
    nodes = {name: _node(model, name, body) for name, body in source["classes"].items()}
    edges = {name: _edge(model, name, body, claim) for name, body in source["edges"].items()}
    units = {text: model.iri(unit) for text, unit in source["units"].items()}
    for edge in edges.values():
        if unknown := {*edge.ends, *(t for ts in edge.ends.values() for t in ts)} - nodes.keys():
            raise ValueError(f"edge {edge.name} joins an unknown class: {', '.join(sorted(unknown))}")
    return Model(source, prefixes, source["base"], nodes, edges, claim, units)


def _node(model: Model, name: str, body: dict[str, Any]) -> NodeType:
    slots = _slots(model, body["slots"], body.get("slot_usage", {}), body.get("slot_uris", {}))
    return NodeType(name, model.iri(f"pa:{name}"), tuple(map(model.iri, body["also"])), body["id"],
                    model.iri(body["name_uri"]), slots, tuple(body.get("indexes", ())), body["description"],
                    body["example"])


def _edge(model: Model, name: str, body: dict[str, Any], claim: Mapping[str, Slot]) -> EdgeType:
    is_claim = body.get("claim", False)
    slots = {**claim, **_slots(model, body.get("slots", {}), {}, {})} if is_claim else {}
    least, most = _times(body.get("cardinality", "*"))
    ends = {source: tuple(targets) for source, targets in body["ends"].items()}
    return EdgeType(name, model.iri(body.get("edge_uri", f"pa:{name}")), ends, is_claim,
                    tuple(body.get("inferred", ())), slots, least, most,
                    tuple(map(model.iri, body.get("close_mappings", ()))), body["description"])


def _slots(model: Model, times: dict[str, str], ranges: dict[str, str], terms: dict[str, str]) -> dict[str, Slot]:
    return {name: _slot(model, name, str(many), ranges.get(name), terms.get(name)) for name, many in times.items()}


def _slot(model: Model, name: str, many: str, range_: str | None, term: str | None) -> Slot:
    body = model.source["slots"][name]
    least, most = _times(many)
    listed = range_ or body["range"]
    kinds = tuple(listed) if isinstance(listed, list) else (listed,)
    values = tuple(model.source["enums"].get(kinds[0], ()))
    bounds = (body.get("minimum"), body.get("maximum"))
    return Slot(name, model.iri(term or body.get("slot_uri", f"pa:{name}")), ("string",) if values else kinds, least,
                most, body.get("ordered", False), values, bounds, body["description"], body["example"])


def _times(text: str) -> tuple[int, int | None]:
    least, _, most = text.partition("..")
    if least == "*":
        return 0, None
    return int(least), None if most == "*" else int(most or least)


def main(arguments: list[str]) -> int:
    """Write the generated files, or with `--check` name those that differ; give the exit code."""
    from kg.generate import stale, write_all

    root = schema_file("model.yaml").parent.parent
    if arguments == ["--check"]:
        different = stale(root)
        print("\n".join(f"{name} differs from schema/model.yaml; run python -m kg.model" for name in different))
        return 1 if different else 0
    for name in write_all(root):
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
