"""Commands that look at an atlas, on the sample page."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import COMMANDS, cli
from tests.cli.conftest import Kg


def test_stats_counts_what_the_tables_hold(kg: Kg, sample_atlas: Path) -> None:
    rows = json.loads(kg("stats", sample_atlas, "--json").out)
    counts = {(row["group"], row["name"]): row["count"] for row in rows}
    assert counts["nodes", "Paper"] == 30
    manifest = json.loads((sample_atlas / "atlas.json").read_text())["counts"]
    assert {name: n for (group, name), n in counts.items() if group == "nodes"} == manifest["nodes"]
    assert {name: n for (group, name), n in counts.items() if group == "edges"} == manifest["edges"]


def test_show_has_evidence_and_code(kg: Kg, sample_atlas: Path) -> None:
    said = kg("show", sample_atlas, "GraphLoom", "--all")
    assert said.code == 0
    for line in ("proposed by (1)", "  GraphLoom: Weaving Long-range Edges into Message Passing",
                 "  graphloom/graphloom"):
        assert line in said.out.splitlines()
    assert "“Code: https://gitlab.com/graphloom/graphloom.”" in said.out


def test_show_json_is_the_card(kg: Kg, sample_atlas: Path) -> None:
    [card] = json.loads(kg("show", sample_atlas, "Holm", "--json").out)
    assert (card["type"], card["name"]) == ("Method", "Holm")
    assert "proposed by" in [section["title"] for section in card["sections"]]


def test_papers_can_be_narrowed(kg: Kg, sample_atlas: Path) -> None:
    everything = json.loads(kg("papers", sample_atlas, "--json").out)
    coded = json.loads(kg("papers", sample_atlas, "--with-code", "--json").out)
    holm = list(csv.DictReader(io.StringIO(kg("papers", sample_atlas, "--about", "Holm", "--csv").out)))
    assert len(everything) == 30
    assert [row for row in everything if row["code"]] == coded
    assert "Holm: A State Space Backbone That Rivals Attention" in [row["title"] for row in holm]
    assert json.loads(kg("papers", sample_atlas, "--year", 1999, "--json").out) == []


def test_claims_can_be_narrowed(kg: Kg, sample_atlas: Path) -> None:
    rows = json.loads(kg("claims", sample_atlas, "--edge", "proposes", "--json").out)
    assert {row["claim"] for row in rows} == {"proposes"}
    assert all(row["sentence"] and row["papers"] >= 1 for row in rows)
    holm = json.loads(kg("claims", sample_atlas, "--about", "Holm", "--json").out)
    assert holm
    assert all("Holm" in (row["subject"], row["object"]) for row in holm)


def test_the_leaderboard_shows_evidence_and_no_gains(kg: Kg, sample_atlas: Path) -> None:
    rows = json.loads(kg("leaderboard", sample_atlas, "-d", "ImageNet-1K", "--json").out)
    assert rows
    assert all(row["value"].strip("%") in row["sentence"] for row in rows)
    values = {row["value"] for row in rows}
    assert "85.6%" in values
    assert not values & {"0.4", "3.8", "+2.8", "+5.1", "2.9"}


def test_boards_of_two_units_say_which(kg: Kg, tmp_path: Path) -> None:
    paper = {"id": "a", "title": "FooNet: Fast Detection", "abstract": "We propose FooNet, a new detector. "
             "On COCO, FooNet reaches a latency of 8.1 ms and a box AP of 51.5. "
             "FooNet reaches a box AP of 51.2% on COCO."}
    (tmp_path / "in.jsonl").write_text(json.dumps(paper), encoding="utf-8")
    assert kg("build", tmp_path / "in.jsonl", "-o", tmp_path / "atlas", "--formats", "none").code == 0
    rows = json.loads(kg("leaderboard", tmp_path / "atlas", "-d", "COCO", "--json").out)
    assert {(row["metric"], row["unit"], row["value"], row["rank"]) for row in rows} == {
        ("latency", "ms", "8.1 ms", 1), ("AP", None, "51.5", 1), ("AP", None, "51.2%", 2)}


def test_a_leaderboard_without_scores_says_so(kg: Kg, sample_atlas: Path) -> None:
    said = kg("leaderboard", sample_atlas, "-d", "OpenQuill")
    assert (said.code, said.out, said.err) == (0, "", "no scores on OpenQuill that name a method and a metric\n")


@pytest.mark.parametrize("command", ["stats", "papers", "claims", "conflicts"])
def test_tables_are_plain_in_a_pipe(kg: Kg, sample_atlas: Path, command: str) -> None:
    said = kg(command, sample_atlas)
    assert (said.code, "\x1b" in said.out, said.err) == (0, False, "")
    assert said.out.count("\n") >= 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(kg: Kg, name: str) -> None:
    said = kg(name, "--help")
    assert said.code == 0
    assert said.out.startswith(f"Usage: kg {name} ")
    command = cli.commands.get(name) or cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.help


@pytest.mark.parametrize(("format", "file"), [("graphml", "graph.graphml"), ("turtle", "graph.ttl")])
def test_export_gives_what_build_writes(kg: Kg, sample_atlas: Path, tmp_path: Path, format: str, file: str) -> None:
    said = kg("export", sample_atlas, "--format", format, "-o", tmp_path / "out")
    assert (said.code, said.out, said.err) == (0, "", f"{tmp_path / 'out'}\n")
    assert (tmp_path / "out").read_bytes() == (sample_atlas / file).read_bytes()


def test_export_without_a_format_writes_what_a_build_writes(kg: Kg, sample_atlas: Path, tmp_path: Path) -> None:
    copy = tmp_path / "atlas"
    shutil.copytree(sample_atlas, copy)
    for file in copy.glob("graph.*"):
        file.unlink()
    assert kg("export", copy).code == 0
    assert {f.name: f.read_bytes() for f in copy.glob("graph.*")} == {
        f.name: f.read_bytes() for f in sample_atlas.glob("graph.*")}
    assert kg("export", copy, "-o", tmp_path / "out").code == 2


def test_export_to_standard_output(sample_atlas: Path) -> None:
    said = CliRunner().invoke(cli, ["export", str(sample_atlas), "--format", "graphml", "-o", "-"])
    assert said.stdout_bytes == (sample_atlas / "graph.graphml").read_bytes()


def test_a_folder_does_not_fit_in_standard_output(kg: Kg, sample_atlas: Path) -> None:
    said = kg("export", sample_atlas, "--format", "csv", "-o", "-")
    assert (said.code, said.err) == (2, "kg: csv is a folder of files: give -o FOLDER (see kg export --help)\n")


def test_claims_without_a_number(kg: Kg, tmp_path: Path) -> None:
    papers = [{"id": name, "title": f"{name}: A Router for Vision", "abstract": f"We propose {name}, a sparse router. "
               f"On ImageNet, {name} outperforms ResNet-50{more}."}
              for name, more in (("QuillNet", ""), ("TernaNet", ", with 81.2% top-1 accuracy"))]
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, papers)))
    assert kg("build", tmp_path / "p.jsonl", "-o", tmp_path / "atlas", "--formats", "none").code == 0
    claims = json.loads(kg("claims", tmp_path / "atlas", "--without-number", "--json").out)
    assert [(c["subject"], c["claim"], c["object"]) for c in claims] == [("QuillNet", "outperforms", "ResNet-50")]


@pytest.mark.parametrize("narrowed", [(), ("--without-number",)])
def test_claims_say_what_is_hedged(kg: Kg, tmp_path: Path, narrowed: tuple[str, ...]) -> None:
    paper = {"id": "a", "title": "QuillNet: A Router for Vision", "abstract": "We propose QuillNet, a sparse router. "
             "QuillNet outperforms ResNet-50 on ImageNet. It may outperform DenseNet on ImageNet."}
    (tmp_path / "p.jsonl").write_text(json.dumps(paper))
    assert kg("build", tmp_path / "p.jsonl", "-o", tmp_path / "atlas", "--formats", "none").code == 0
    ask = ("claims", tmp_path / "atlas", "--edge", "outperforms", *narrowed)
    claims = json.loads(kg(*ask, "--json").out)
    assert {c["object"]: c["hedged"] for c in claims} == {"DenseNet": True, "ResNet-50": False}
    rows = csv.DictReader(io.StringIO(kg(*ask, "--csv").out))
    assert {row["object"]: row["hedged"] for row in rows} == {"DenseNet": "true", "ResNet-50": "false"}


def test_claims_that_take_no_hedge_leave_it_open(kg: Kg, sample_atlas: Path) -> None:
    rows = json.loads(kg("claims", sample_atlas, "--edge", "proposes", "--json").out)
    assert {row["hedged"] for row in rows} == {None}
