"""What follows from `schema/model.yaml`: a file each, made by one function from the model to text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from kg.model import Model, load_model

__all__ = ["GENERATED", "generated", "stale", "write_all"]

GENERATED = {
    "schema/ontology.ttl": "kg.generate.ontology:ontology",
    "schema/shapes.ttl": "kg.generate.shapes:shapes",
    "schema/context.jsonld": "kg.generate.json:context",
    "schema/record.schema.json": "kg.generate.json:record_schema",
    "schema/neo4j.cypher": "kg.generate.cypher:constraints",
    "docs/reference.md": "kg.generate.reference:reference",
}


def generated(name: str, model: Model) -> str:
    """Make the text of one file."""
    module, function = GENERATED[name].split(":")
    make: Callable[[Model], str] = getattr(import_module(module), function)
    return make(model)


def write_all(root: Path) -> Iterator[str]:
    """Write every generated file below `root`; gives their names."""
    for name in GENERATED:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(generated(name, load_model()), encoding="utf-8")
        yield name


def stale(root: Path) -> list[str]:
    """Name the generated files that are missing or differ from what the model gives."""
    return [name for name in GENERATED if not (root / name).is_file()
            or (root / name).read_text(encoding="utf-8") != generated(name, load_model())]
