"""Learning from few or partial labels: what they cannot teach is the package's, what fails leaves nothing behind."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from extractors.learned import load_learned
from extractors.learned_files import FILES
from kg.learn.entities import Example, fit
from kg.learn.models import fit as fit_one
from kg.learn.models import fit_choice, fit_classes
from tests.cli.conftest import Kg, Said

Json = dict[str, Any]
NETS = ("QuillNet", "FerroNet", "AmbraNet", "TundraNet")


def _label(net: str) -> Json:
    return {"id": net, "entities": [{"type": "Method", "kind": "named", "name": net, "role": "proposed"},
                                    {"type": "Dataset", "name": "ZorbSet", "role": "evaluated"}],
            "results": [{"value": "81.5%", "form": "absolute", "method": net, "dataset": "ZorbSet"}],
            "relations": [{"head": net, "rel": "evaluated_on", "tail": "ZorbSet"}]}


@pytest.fixture
def learn(kg: Kg, tmp_path: Path) -> Callable[..., Said]:
    """Give a function that learns from labels, to the folder `out`."""
    papers = [{"id": net, "title": f"{net}: Routing", "abstract": f"We propose {net}. On ZorbSet it reaches 81.5%."}
              for net in NETS]
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in papers))

    def run(*labels: Mapping[str, Any]) -> Said:
        (tmp_path / "gold.jsonl").write_text("".join(json.dumps(label) + "\n" for label in labels))
        return kg("learn", "--gold", tmp_path / "gold.jsonl", "--papers", tmp_path / "papers.jsonl",
                  "-o", tmp_path / "out")

    return run


@pytest.mark.parametrize("labels", [
    pytest.param([_label(net) for net in NETS[:1]], id="one paper"),
    pytest.param([_label(net) for net in NETS[:3]], id="three papers"),
    pytest.param([{"id": net, "entities": _label(net)["entities"]} for net in NETS], id="entities alone"),
    pytest.param([_label(net) | {"entities": _label(net)["entities"][1:]} for net in NETS], id="no method"),
])
def test_few_labels_teach_what_they_can(learn: Callable[..., Said], tmp_path: Path, labels: list[Json]) -> None:
    said = learn(*labels)
    assert said.code == 0, said.err
    assert "the package's weights are kept where examples are too few (" in said.err
    assert "trained_on" in said.err
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(FILES[2:])
    learned, shipped = load_learned(str(tmp_path / "out")), load_learned()
    assert learned.relations.models["trained_on"] == shipped.relations.models["trained_on"]
    assert learned.results["metric"] == shipped.results["metric"]


@pytest.mark.parametrize(("label", "reason"), [
    ({"id": "nobody", "entities": []}, "gold.jsonl: line 2: no paper 'nobody' in "),
    ({"id": "QuillNet", "entities": None}, "gold.jsonl: line 2: entities is not a list"),
])
def test_a_faulty_label_leaves_nothing_behind(learn: Callable[..., Said], tmp_path: Path, label: Json,
                                              reason: str) -> None:
    said = learn(_label("QuillNet"), label)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert reason in said.err
    assert not (tmp_path / "out").exists()


def test_no_entity_is_nothing_to_learn_from(learn: Callable[..., Said], tmp_path: Path) -> None:
    said = learn({"id": "QuillNet", "entities": []})
    assert (said.code, said.err) == (
        1, f"kg: {tmp_path / 'gold.jsonl'}: no labelled entity, which is what is learned from\n")


def test_a_failed_run_leaves_a_folder_as_it_was(learn: Callable[..., Said], tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    monkeypatch.setattr("kg.learn.labelled.write_tagger", fail)
    assert learn(_label("QuillNet")).err == f"kg: {tmp_path / 'out'}: cannot be written: No space left on device\n"
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["notes.txt"]


def test_a_class_that_no_label_has_is_never_given() -> None:
    said = [Example("p", frozenset(), [("bias", ""), ("head", head)], label, role)
            for head, label, role in (("net", "Method:named", "used"), ("the", "none", "")) * 3]
    [bias] = fit(said)["slots"]["bias"].values()
    assert [weight == -1000 for weight in bias] == [
        label not in ("none", "Method:named") for label in (
            "none", "Method:named", "Method:term", "Dataset", "Benchmark", "quality", "efficiency", "Task")
    ] + [role != "used" for role in ("proposed", "baseline", "used", "mentioned")] + [False] * 10


def test_nothing_to_fit_gives_no_weights() -> None:
    assert fit_one([], c=1, least=3) == fit_one([(["a"], 0), (["b"], 1)], c=1, least=3) == {"bias": -5.0, "weights": {}}
    assert fit_choice([], c=1, least=3) == fit_choice([([["a"], ["b"]], [1, 0])], c=1, least=3) == {
        "bias": 0.0, "weights": {}}
    assert fit_classes([], ("x", "y"), c=1, least=3) == {}
