"""The description of an atlas as a data set: VoID for what it holds, DCAT for its files, PROV-O for its making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.atlas import Atlas
from kg.generate.turtle import block, prefixes, term, text
from kg.graph import Node
from kg.model import Model, load_model
from kg.writers import BASE, WRITERS
from kg.writers.rdf import rdf_lines

__all__ = ["describe"]

_IANA = "https://www.iana.org/assignments/media-types/"
_MEDIA = {"turtle": "text/turtle", "ntriples": "application/n-triples", "nquads": "application/n-quads",
          "jsonld": "application/ld+json", "rdfxml": "application/rdf+xml", "graphml": "application/graphml+xml",
          "csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def describe(atlas: Atlas) -> bytes:
    """Make the description, in Turtle."""
    model, base = load_model(), atlas.manifest.get("base", BASE)
    run = next((node for node in atlas.nodes() if node.type == "Run"), Node("run/unnamed", "Run", ""))
    body = "\n".join([_dataset(model, atlas, base, run),
                      *(_partition(part, base) for part in _partitions(model, atlas)),
                      *_files(atlas, base), *_making(atlas, base, run)])
    return f"{prefixes(model, body)}\n{body}".encode()


def _dataset(model: Model, atlas: Atlas, base: str, run: Node) -> str:
    triples, subjects, classes, predicates = _size(atlas, base)
    used = sorted({model.curie(iri).partition(":")[0] for iri in predicates})
    parts = [*_partitions(model, atlas)]
    return block(f"<{base}>", [
        ("a", "void:Dataset, dcat:Dataset"), ("dcterms:title", text("PaperAtlas")),
        ("dcterms:description", text(model.source["description"])), ("dcterms:license", f"<{model.source['license']}>"),
        ("dcterms:conformsTo", f"<{model.source['id']}>"), ("void:uriSpace", text(base)),
        ("void:triples", str(triples)), ("void:entities", str(subjects)), ("void:distinctSubjects", str(subjects)),
        ("void:properties", str(len(predicates))), ("void:classes", str(classes)),
        *(("void:vocabulary", f"<{model.prefixes[p]}>") for p in used),
        ("void:exampleResource", f"<{base}{_example(atlas.nodes())}>"),
        *((f"void:{kind}Partition", f"<{base}void/{name}>") for kind, name, _, _ in parts),
        *(("dcat:distribution", f"<{base}void/{name}>") for name in sorted(atlas.manifest.get("formats", ()))),
        ("prov:wasGeneratedBy", f"<{base}{run.id}>"),
    ])


def _counts(names: Iterable[str]) -> Counter[str]:
    return Counter(names)


def _example(nodes: Iterable[Node]) -> str:
    return min((node.id for node in nodes if node.type == "Paper"), default="")


def _size(atlas: Atlas, base: str) -> tuple[int, int, int, set[str]]:
    """Count the triples, subjects and classes of the N-Triples, and gather the predicates."""
    triples, predicates, subjects, classes = 0, set(), set(), set()
    for chunk in rdf_lines(atlas.nodes(), atlas.edges(), base=base, replaced=atlas.replaced()):
        for line in chunk.split(b"\n")[:-1]:
            subject, predicate, rest = line.split(b" ", 2)
            triples += 1
            predicates.add(predicate)
            subjects.add(hash(subject))
            if predicate.endswith(b"#type>"):
                classes.add(rest)
    return triples, len(subjects), len(classes), {predicate[1:-1].decode() for predicate in predicates}


def _partitions(model: Model, atlas: Atlas) -> Iterator[tuple[str, str, str, int]]:
    """Give kind, name, term and size of each class and each edge type that there is."""
    for name, count in sorted(_counts(node.type for node in atlas.nodes()).items()):
        yield "class", name, term(model, model.nodes[name].term), count
    pairs = _counts(name for name, _, _ in {(e.type, e.source, e.target) for e in atlas.edges()})
    for name, count in sorted(pairs.items()):
        yield "property", name, term(model, model.edges[name].term), count


def _partition(part: tuple[str, str, str, int], base: str) -> str:
    kind, name, what, count = part
    size = "void:entities" if kind == "class" else "void:triples"
    return block(f"<{base}void/{name}>", [(f"void:{kind}", what), (size, str(count))])


def _files(atlas: Atlas, base: str) -> Iterator[str]:
    for name in sorted(atlas.manifest.get("formats", ())):
        path = atlas.path / WRITERS[name].file
        size = f'"{path.stat().st_size}"^^xsd:nonNegativeInteger' if path.is_file() else ""
        yield block(f"<{base}void/{name}>", [
            ("a", "dcat:Distribution"), ("dcterms:title", text(WRITERS[name].file)),
            ("dcat:mediaType", f"<{_IANA}{_MEDIA[name]}>" if name in _MEDIA else ""),
            ("dcat:byteSize", size), ("dcterms:license", f"<{load_model().source['license']}>"),
        ])


def _making(atlas: Atlas, base: str, run: Node) -> Iterator[str]:
    version = atlas.manifest.get("paperatlas", "")
    counts = atlas.manifest.get("counts", {})
    yield block(f"<{base}{run.id}>", [
        ("a", "prov:Activity"), ("prov:wasAssociatedWith", f"<{base}void/software>"),
        ("rdfs:comment", text(f"{counts.get('papers', 0)} papers of {counts.get('entries', 0)} entries")),
        ("pa:configuration", text(run.props["configuration"]) if "configuration" in run.props else ""),
    ])
    yield block(f"<{base}void/software>", [("a", "prov:SoftwareAgent"), ("rdfs:label", text("paperatlas")),
                                           ("schema:softwareVersion", text(version))])
