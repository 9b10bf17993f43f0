"""Speak to a Neo4j server: open a driver, and say in one line what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.model import schema_file

if TYPE_CHECKING:
    from neo4j import Driver

__all__ = ["ATLAS", "OLDEST", "check_version", "connect", "in_one_line", "schema_statements", "server_version"]

ATLAS = "paperatlas"  # the id of an atlas that has been given none
OLDEST = (5, 13)  # has relationship constraints, full-text search in lists, elementId
_ADVICE = {  # status code -> what is wrong and what to do; {reason} is the server's own word
    "Security.Unauthorized": "wrong user or password; set NEO4J_USERNAME and NEO4J_PASSWORD, or leave the password "
        "out to be asked",
    "Security.AuthenticationRateLimit": "too many wrong passwords; wait some seconds and try again",
    "Security.CredentialsExpired": "the first password must be changed before use; log in to the Browser and do so",
    "Security.Forbidden": "this user may not do that ({reason}); use one that may write and create indexes",
    "General.ForbiddenOnReadOnlyDatabase": "the database is read-only; make it writable or use another (--database)",
    "General.WriteOnReadOnlyAccessDatabase": "the database is read-only; make it writable or use another (--database)",
    "Database.DatabaseNotFound": "no such database ({reason}); name one that is there: --database neo4j",
    "Schema.ConstraintValidationFailed": "a constraint of the database forbids it ({reason}); drop the constraint "
        "(SHOW CONSTRAINTS lists them) and load again",
    "Schema.ConstraintCreationFailed": "a constraint that the graph needs cannot be made ({reason}); remove the "
        "duplicates or use another database, and load again",
    "Schema.IndexAlreadyExists": "an index stands where the graph needs a constraint ({reason}); drop it and load "
        "again",
    "Schema.EquivalentSchemaRuleAlreadyExists": "the database has this schema under another name ({reason}); drop it "
        "and load again",
    "Schema.ConstraintWithNameAlreadyExists": "the database has another constraint of that name ({reason}); drop it "
        "and load again",
    "Schema.IndexWithNameAlreadyExists": "the database has another index of that name ({reason}); drop it and load "
        "again",
}


@contextmanager
def connect(uri: str, *, user: str, password: str) -> Iterator[Driver]:
    """Open a driver whose server answers and is new enough; raises DataError, now and for what is done with it."""
    import logging

    from neo4j import GraphDatabase, NotificationMinimumSeverity

    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # retries are told as errors if they fail
    with in_one_line(uri), GraphDatabase.driver(uri, auth=(user, password), user_agent="paperatlas",
                                                notifications_min_severity=NotificationMinimumSeverity.OFF,
                                                max_transaction_retry_time=20, connection_timeout=10) as driver:
        driver.verify_connectivity()
        check_version(server_version(driver), uri)
        yield driver


def server_version(driver: Driver) -> str:
    """Ask for the server's version."""
    found = driver.execute_query("CALL dbms.components() YIELD versions RETURN versions[0] AS version",
                                 database_="system")
    return str(found.records[0]["version"])


def check_version(version: str, uri: str) -> None:
    """Raise DataError where the server is too old to hold the graph."""
    numbers = tuple(int(n) for n in re.findall(r"\d+", version)[:2])
    if numbers < OLDEST:
        raise DataError(f"{uri}: Neo4j {version} is too old; use {'.'.join(map(str, OLDEST))} or newer, 5.26 at best")


@contextmanager
def in_one_line(uri: str) -> Iterator[None]:
    """Turn what the driver raises into a DataError of one line that says what to do."""
    from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError, ServiceUnavailable

    try:
        yield
    except Neo4jError as error:
        raise DataError(f"{uri}: {_advice(error)}") from error
    except ServiceUnavailable as error:
        raise DataError(f"{uri}: no Neo4j answers there; start one (docker compose up -d, or kg neo4j up) or correct "
                        "the address") from error
    except (ConfigurationError, ValueError) as error:
        raise DataError(f"{uri}: not an address of a Neo4j server ({_short(error)}); write it like "
                        "bolt://localhost:7687") from error
    except (DriverError, OSError) as error:
        raise DataError(f"{uri}: the connection failed ({_short(error)}); run the command again") from error


def _advice(error: Any) -> str:
    code = str(error.code or "").split(".", 2)[-1]  # Neo.ClientError.Schema.X, Neo.DatabaseError.Schema.X
    reason = _short(error.message or error)
    return _ADVICE.get(code, f"the server refused ({code}: {{reason}})").format(reason=reason)


def _short(error: object) -> str:
    return " ".join(str(error).split())[:240]


def schema_statements() -> list[str]:
    """Read the constraints and indexes that the graph needs, one statement each, from `schema/neo4j.cypher`."""
    text = schema_file("neo4j.cypher").read_text(encoding="utf-8")
    plain = re.sub(r"^\s*//.*$", "", text, flags=re.M)
    return [" ".join(part.split()) for part in plain.split(";") if part.strip()]
