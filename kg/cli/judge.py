"""kg evaluate and kg why: measure records against labelled papers, and ask a record for its reasons."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from extractors.records import Record
from kg.cli.build import own_options, read_own_options
from kg.cli.output import output_options, show_rows
from kg.errors import DataError

if TYPE_CHECKING:
    from extractors.own import Own

__all__ = ["evaluate_command", "why_command"]


def _read_records(path: str) -> dict[str, dict[str, Any]]:
    from kg.readers.jsonl import read_objects

    records = {}
    for where, value in read_objects(Path(path)):
        if missing := [key for key in ("id", "entities", "repos", "results", "relations") if key not in value]:
            raise DataError(f"{where}: no {', '.join(missing)}; records of `kg extract` are needed")
        records[value["id"]] = value
    return records


def _extracted(papers: str, own: Own) -> dict[str, dict[str, Any]]:
    from kg.pool import cores, extract_lines
    from kg.readers import read_papers

    records = map(orjson.loads, extract_lines(read_papers(papers), jobs=cores(), own=own))
    return {record["id"]: record for record in records}


@click.command("evaluate")
@click.argument("gold", type=click.Path())
@click.argument("records", type=click.Path(), required=False)
@click.option("--papers", type=click.Path(), help="Extract from these papers instead of reading RECORDS.")
@own_options
@click.option("--errors", "row", help="List what was missed and wrong in this row, such as 'Method (named)'.")
@click.option("--rules", is_flag=True, help="Count what each rule got right.")
@output_options
def evaluate_command(gold: str, records: str | None, papers: str | None, config: str | None,
                     lexicons: tuple[str, ...], induced: str | None, row: str | None, rules: bool,
                     output: str | None) -> None:
    """Score RECORDS (from `kg extract`) against the labelled papers GOLD."""
    from kg.evaluation import error_rows, evaluate, rule_counts, rule_rows, score_rows
    from kg.labels import read_labels

    if (records is None) == (papers is None):
        raise click.UsageError("give either RECORDS or --papers")
    labelled = {label["id"]: label for _, label in read_labels(Path(gold))}
    own = read_own_options(config, lexicons, induced)
    said = _extracted(papers, own) if papers else _read_records(str(records))
    _check_match(gold, labelled.keys(), str(papers or records), said.keys())
    if rules:
        return _show(rule_rows(rule_counts(labelled, said)), output)
    report = evaluate(labelled, said)
    if row is None:
        return _show(score_rows(report), output)
    if row not in report.rows:
        raise click.UsageError(f"no row {row!r}; the rows are {', '.join(report.rows)}")
    return _show(error_rows(report, row), output)


def _check_match(gold: str, labelled: Set[str], source: str, said: Set[str]) -> None:
    """Refuse labels of which nothing can be measured; say how many of the papers have no record."""
    if not labelled:
        raise DataError(f"{gold}: empty: it holds no labelled papers")
    absent = sorted(labelled - said)
    if len(absent) == len(labelled):
        raise DataError(f"{source}: holds none of the {len(labelled)} papers of {gold} (the first: {absent[0]!r}); "
                        "ids must be the same in both")
    if absent:
        click.echo(f"kg: {source} lacks {len(absent)} of the {len(labelled)} papers of {gold} "
                   f"(the first: {absent[0]!r}); what they hold counts as missed", err=True)


def _show(rows: list[dict[str, object]], output: str | None) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    show_rows(columns, ([row.get(name) for name in columns] for row in rows), output)


def _record(source: str, paper: str) -> Record:
    """Find a paper's record in an atlas or in a file of records, by its id or the end of its node's id."""
    from extractors.records import record_from_json
    from kg.atlas import RECORDS
    from kg.readers.jsonl import read_objects

    path = Path(source, RECORDS) if Path(source).is_dir() else Path(source)
    for where, value in read_objects(path):
        if value.get("id") == paper:
            try:
                return record_from_json(value)
            except (KeyError, TypeError) as error:
                raise DataError(f"{where}: not a record: {error}") from error
    raise DataError(f"{path}: no paper {paper!r}; `kg papers` lists the ids of an atlas")


@click.command("why")
@click.argument("records", type=click.Path())
@click.argument("paper")
@click.argument("name")
@own_options
@output_options
def why_command(records: str, paper: str, name: str, config: str | None, lexicons: tuple[str, ...],
                induced: str | None, output: str | None) -> None:
    """Say why NAME, or a printed number, is in the record of PAPER, or what turned it down.

    RECORDS is an atlas or a file from `kg extract`; give the options that it was made with.
    """
    from kg.atlas import open_atlas
    from kg.pool import check_own
    from kg.runs import run_of_own, same_run
    from kg.why import why

    own = read_own_options(config, lexicons, induced)
    check_own(own)
    if Path(records).is_dir():
        same_run(open_atlas(records), run_of_own(own))
    rows = why(_record(records, paper), name, own=own)
    if not rows:
        raise DataError(f"{name!r} was no candidate in {paper}: no lexicon, pattern, shape or abbreviation gave it")
    show_rows(("what", "fact", "evidence"), rows, output)
