"""The constraints and indexes of Neo4j (5, Community)."""

from __future__ import annotations

from kg.model import Model

__all__ = ["constraints"]


def constraints(model: Model) -> str:
    """Make neo4j.cypher: ids and claims are unique, names are indexed, as text too.

    Titles and results are found as text alone: a range index refuses what is longer than eight kilobytes.
    """
    lines = ["// Made from model.yaml by `python -m kg.model`; edit that."]
    lines += [f"CREATE CONSTRAINT {name.lower()}_id IF NOT EXISTS FOR (n:{name}) REQUIRE n.id IS UNIQUE;"
              for name in model.nodes]
    lines += [f"CREATE CONSTRAINT {edge.neo4j.lower()}_key IF NOT EXISTS FOR ()-[r:{edge.neo4j}]-() "
              "REQUIRE r.key IS UNIQUE;" for edge in model.edges.values() if edge.claim]
    lines += [f"CREATE INDEX {name.lower()}_{prop.lower()} IF NOT EXISTS FOR (n:{name}) ON (n.{prop});"
              for name, kind in model.nodes.items()
              for prop in (("name", *kind.indexes) if "aliases" in kind.slots else kind.indexes)]
    named = "|".join(name for name, kind in model.nodes.items() if "aliases" in kind.slots)
    lines += [f"CREATE FULLTEXT INDEX names IF NOT EXISTS FOR (n:{named}) ON EACH [n.name, n.aliases];",
              "CREATE FULLTEXT INDEX papers IF NOT EXISTS FOR (n:Paper) ON EACH [n.name, n.abstract];",
              "CREATE FULLTEXT INDEX sentences IF NOT EXISTS FOR (n:Mention) ON EACH [n.sentence];"]
    return "\n".join(lines) + "\n"
