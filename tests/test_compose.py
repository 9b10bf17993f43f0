"""The compose file keeps to the Compose Specification, whose schema (compose-spec.json, Apache-2.0) stands beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest
import yaml

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    """Give the compose file as data."""
    data: dict[str, Any] = yaml.safe_load((root / "docker-compose.yml").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """Give the schema of the Compose Specification."""
    data: dict[str, Any] = orjson.loads((HERE / "compose-spec.json").read_bytes())
    return data


def test_it_keeps_to_the_specification(compose: dict[str, Any], schema: dict[str, Any]) -> None:
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(compose)] == []


def test_the_schema_sees_a_mistake(compose: dict[str, Any], schema: dict[str, Any]) -> None:
    broken = {**compose, "services": {"neo4j": {**compose["services"]["neo4j"], "port": ["7474"]}}}
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(broken)]


def test_the_server_is_for_this_machine_alone(compose: dict[str, Any]) -> None:
    server = compose["services"]["neo4j"]
    assert server["image"] == "neo4j:5.26-community"
    assert server["ports"] == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"]
    assert server["healthcheck"]["test"][0] == "CMD-SHELL"
    assert {volume.split(":")[1] for volume in server["volumes"]} == {"/data", "/logs", "/import"}


def test_the_password_comes_from_the_environment_file(compose: dict[str, Any], root: Path) -> None:
    names = [line.split("=")[0] for line in (root / ".env.example").read_text().splitlines() if line[:1] != "#"]
    assert "NEO4J_PASSWORD" in names
    assert compose["services"]["neo4j"]["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    assert "/.env" in (root / ".gitignore").read_text().splitlines()
