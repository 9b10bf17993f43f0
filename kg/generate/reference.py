"""The reference page of the docs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import EdgeType, Model, NodeType, Slot

__all__ = ["reference"]

_HEAD = """<!-- Made from schema/model.yaml by `python -m kg.model`; edit that. -->
# What the graph holds

Node ids are IRIs below `{base}`; `pa:` is `{space}`. A property has the same name in NetworkX, in Neo4j and in the
tables; its RDF term stands beside it. Times: how often a node has it.
"""


def reference(model: Model) -> str:
    """Make docs/reference.md."""
    parts = [_HEAD.format(base=model.base, space=model.prefixes["pa"]), "## Nodes\n",
             *(_node(model, kind) for kind in model.nodes.values()),
             "## Edges\n", _edges(model), "## Claims\n", _claims(model), "## Words\n", *_enums(model)]
    return "\n".join(parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in lines)


def _node(model: Model, kind: NodeType) -> str:
    also = ", ".join(f"`{model.curie(t)}`" for t in kind.also)
    head = f"### {kind.name}\n\n{kind.description} Also typed {also}. Example: `{kind.example}`.\n"
    name = ("`name`", f"`{model.curie(kind.name_term)}`", "text", "1", "What it is called.", "")
    return f"{head}\n{_slots(model, kind.slots, name)}"


def _slots(model: Model, slots: Mapping[str, Slot], *first: tuple[str, ...]) -> str:
    rows = ((f"`{slot.name}`", f"`{model.curie(slot.term)}`", _range(slot), _times(slot.minimum, slot.maximum),
             slot.description, f"`{slot.example}`") for slot in slots.values())
    return _table(("property", "RDF", "holds", "times", "what", "example"), [*first, *rows])


def _range(slot: Slot) -> str:
    if slot.values:
        return ", ".join(slot.values)
    return ", ".join({"string": "text", "iri": "IRI"}.get(name, name) for name in slot.ranges)


def _times(minimum: int, maximum: int | None) -> str:
    most = "*" if maximum is None else str(maximum)
    if most == str(minimum):
        return most
    return "*" if (minimum, most) == (0, "*") else f"{minimum}..{most}"


def _edges(model: Model) -> str:
    rows = ((f"`{e.name}`", f"`{model.curie(e.term)}`", f"`{e.neo4j}`", _ends(e), _times(e.minimum, e.maximum),
             "yes" if e.claim else "", e.description, ", ".join(f"`{model.curie(c)}`" for c in e.close))
            for e in model.edges.values())
    return _table(("edge", "RDF", "Neo4j", "from → to", "times", "claim", "what", "close to"), rows)


def _ends(edge: EdgeType) -> str:
    return "; ".join(f"{source} → {', '.join(targets)}" for source, targets in edge.ends.items())


def _claims(model: Model) -> str:
    own = {name: slot for edge in model.edges.values() for name, slot in edge.slots.items()}
    extra = own.keys() - model.claim.keys()
    where = {name: [e.name for e in model.edges.values() if name in e.slots] for name in extra}
    notes = [f"`{name}` is for {', '.join(f'`{e}`' for e in where[name])} only." for name in own if name in where]
    return f"{model.source['claim']['description']}\n\n{_slots(model, own)}\n{' '.join(notes)}\n"


def _enums(model: Model) -> Iterable[str]:
    for name, values in model.source["enums"].items():
        yield f"### {name}\n\n" + _table(("word", "means"), ((f"`{word}`", text) for word, text in values.items()))
