"""The JSON-LD context and the JSON Schema of the extraction record."""

from __future__ import annotations

from typing import Any

import orjson

from kg.model import Model
from kg.writers.jsonld import jsonld_context

__all__ = ["context", "record_schema"]


def context(model: Model) -> str:
    """Make context.jsonld."""
    return _text({"@context": jsonld_context(model)})


def record_schema(model: Model) -> str:
    """Make record.schema.json: the object that `kg extract` writes on each line."""
    source = model.source["record"]
    enums = {**source["enums"], **{name: list(values) for name, values in model.source["enums"].items()}}
    parts = {name: _object(body["fields"], enums) for name, body in source.items() if name != "enums"}
    record = parts.pop("Record")
    return _text({"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{model.base}record.schema.json",
                  "title": "What one paper says", "$comment": "Made from model.yaml by `python -m kg.model`.",
                  **record, "$defs": parts})


def _object(fields: dict[str, str], enums: dict[str, list[str]]) -> dict[str, Any]:
    """Write the fields `NAME: TIMES TYPE`; times are 1, 0..1, ? (null allowed), * (a list), *! (always a list)."""
    properties, required = {}, []
    for name, text in fields.items():
        times, _, kind = text.partition(" ")
        properties[name] = _field(times, kind, enums)
        required += [name] if times in ("1", "?", "*!") else []
    return {"type": "object", "properties": properties, "required": required}


def _field(times: str, kind: str, enums: dict[str, list[str]]) -> dict[str, Any]:
    value: dict[str, Any] = {"type": kind}
    if kind in enums:
        value = {"enum": enums[kind]}
    elif kind[0].isupper():
        value = {"$ref": f"#/$defs/{kind}"}
    if times.startswith("*"):
        return {"type": "array", "items": value}
    return {"type": [kind, "null"]} if times == "?" else value


def _text(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
