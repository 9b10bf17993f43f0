"""An atlas knows the run that read it: version, lexicons, components; what another run reads does not get in."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, parse

from extractors.own import Own
from kg.atlas import MANIFEST, open_atlas
from kg.cli import cli
from kg.runs import run_of_own
from kg.writers import BASE

ROWS = "name\taliases\ttype\tcase\tsource\nGlimmer\t\tMethod\texact\tmine\n"


def run(*arguments: str) -> tuple[int, str]:
    """Run a command and give its exit code and what it says."""
    done = CliRunner().invoke(cli, arguments)
    return done.exit_code, f"{done.output}{done.exception or ''}"


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    """Give a lexicon of one row."""
    path = tmp_path / "mine.tsv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_a_run_is_known_by_what_it_was_made_with_not_by_where(lexicon: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / lexicon.name
    copy.write_bytes(lexicon.read_bytes())
    one = run_of_own(Own(lexicons=(str(lexicon),)))
    assert run_of_own(Own(lexicons=(str(copy),))) == one
    assert run_of_own().id != one.id
    copy.write_text(ROWS.replace("Glimmer", "Shimmer"), encoding="utf-8")
    assert run_of_own(Own(lexicons=(str(copy),))).id != one.id


def test_quads_stand_in_the_graph_of_the_run(sample_atlas: Path, tmp_path: Path) -> None:
    quads = tmp_path / "graph.nq"
    assert run("export", str(sample_atlas), "-f", "nquads", "-o", str(quads))[0] == 0
    graphs = {quad.graph_name for quad in parse(path=quads, format=RdfFormat.N_QUADS)}
    assert graphs == {NamedNode(BASE + run_of_own().id)}
    _, text = run("describe", str(sample_atlas))
    assert f"prov:wasGeneratedBy <{BASE}{run_of_own().id}>" in text


def test_another_run_adds_nothing(lexicon: Path, sample: Path, tmp_path: Path) -> None:
    atlas = tmp_path / "atlas"
    assert run("build", str(sample), "-o", str(atlas), "--formats", "none", "--lexicon", str(lexicon))[0] == 0
    assert open_atlas(atlas).manifest["run"]["id"] == run_of_own(Own(lexicons=(str(lexicon),))).id
    code, said = run("add", str(atlas), str(sample))
    assert code != 0
    assert "made with other lexicons or components" in said
    assert "mine.tsv" in said
    code, said = run("add", str(atlas), str(sample), "--lexicon", str(lexicon))
    assert (code, said[:32]) == (0, "0 added, 0 replaced, 30 as they ")


@pytest.mark.parametrize(("held", "reason"), [
    (None, "kept no run; build it again"),
    ({"id": "run/x", "version": "0.0.1", "configuration": "{}"}, "made by paperatlas 0.0.1"),
])
def test_an_atlas_of_another_version_is_built_again(held: object, reason: str, sample: Path, tmp_path: Path) -> None:
    atlas = tmp_path / "atlas"
    assert run("build", str(sample), "-o", str(atlas), "--formats", "none")[0] == 0
    manifest = orjson.loads((atlas / MANIFEST).read_bytes())
    manifest["run"] = held
    (atlas / MANIFEST).write_bytes(orjson.dumps({k: v for k, v in manifest.items() if v is not None}))
    code, said = run("add", str(atlas), str(sample))
    assert code != 0
    assert reason in said
