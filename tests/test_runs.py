"""An atlas knows the run that read it: version, lexicons, components; what another run reads does not get in."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from extractors.own import Own
from kg.atlas import MANIFEST, open_atlas
from kg.runs import run_of_own
from kg.writers import BASE
from tests.cli.conftest import Kg, kg

__all__ = ["kg"]

ROWS = "name\taliases\ttype\tcase\tsource\nGlimmer\t\tMethod\texact\tmine\n"


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


def test_quads_stand_in_the_graph_of_the_run(kg: Kg, sample_atlas: Path, tmp_path: Path) -> None:
    quads = tmp_path / "graph.nq"
    assert kg("export", sample_atlas, "-f", "nquads", "-o", quads).code == 0
    graphs = {quad.graph_name for quad in parse(path=quads, format=RdfFormat.N_QUADS)}
    assert graphs == {NamedNode(BASE + run_of_own().id)}
    text = kg("describe", sample_atlas).out
    assert f"prov:wasGeneratedBy <{BASE}{run_of_own().id}>" in text


def test_another_run_adds_nothing(kg: Kg, lexicon: Path, sample: Path, tmp_path: Path) -> None:
    atlas = tmp_path / "atlas"
    assert kg("build", sample, "-o", atlas, "--formats", "none", "--lexicon", lexicon).code == 0
    assert open_atlas(atlas).manifest["run"]["id"] == run_of_own(Own(lexicons=(str(lexicon),))).id
    said = kg("add", atlas, sample)
    assert said.code != 0
    assert said.err == (f"kg: {atlas}: made with other lexicons, learned files or components; it had --lexicon "
                        "mine.tsv; give the same files, as options or in --config, or build it again\n")
    said = kg("add", atlas, sample, "--lexicon", lexicon)
    assert (said.code, said.out[:32]) == (0, "0 added, 0 replaced, 30 as they ")


def test_why_asks_for_what_the_atlas_was_made_with(kg: Kg, lexicon: Path, sample: Path, sample_atlas: Path,
                                                    tmp_path: Path) -> None:
    atlas, own = tmp_path / "atlas", ("--lexicon", lexicon)
    assert kg("build", sample, "-o", atlas, "--formats", "none", *own).code == 0
    paper, name = next((r.paper.id, r.entities[0].name) for r in open_atlas(atlas).records() if r.entities)
    said = kg("why", atlas, paper, name)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "it had --lexicon mine.tsv; give the same" in said.err
    assert kg("why", atlas, paper, name, *own).code == 0
    assert kg("why", sample_atlas, paper, name).code == 0
    assert "it had no --lexicon" in kg("why", sample_atlas, paper, name, *own).err
    assert kg("why", atlas / "records.jsonl", paper, name).code == 0


@pytest.mark.parametrize(("held", "reason"), [
    (None, "kept no run; build it again"),
    ({"id": "run/x", "version": "0.0.1", "configuration": "{}"}, "made by paperatlas 0.0.1"),
])
def test_an_atlas_of_another_version_is_built_again(kg: Kg, held: object, reason: str, sample: Path,
                                                     tmp_path: Path) -> None:
    atlas = tmp_path / "atlas"
    assert kg("build", sample, "-o", atlas, "--formats", "none").code == 0
    manifest = orjson.loads((atlas / MANIFEST).read_bytes())
    manifest["run"] = held
    (atlas / MANIFEST).write_bytes(orjson.dumps({k: v for k, v in manifest.items() if v is not None}))
    said = kg("add", atlas, sample)
    assert said.code != 0
    assert reason in said.err
    assert reason in kg("why", atlas, "x", "y").err
