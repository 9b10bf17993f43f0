"""A small corpus, labelled papers of it, and what is learned from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.records import Paper
from tests.cli.conftest import Kg, kg

__all__ = ["gold_of", "kg", "paper_of"]

NETS = ("Quill", "Ferro", "Ambra", "Tundra", "Lumen", "Cobalt", "Marlin", "Saffron", "Onyx", "Pollen", "Ridge", "Sable")


def paper_of(number: int) -> Paper:
    """Give a paper of the corpus."""
    net = f"{NETS[number]}Net"
    return Paper(f"p{number}", f"{net}: Sparse Routing for Image Classification",
                 f"We propose {net}, a sparse router. On the ZorbSet dataset, {net} outperforms ResNet-50 and reaches "
                 f"{80 + number}.5% accuracy. Code: https://github.com/a/{net.lower()}.")


def gold_of(number: int) -> dict[str, Any]:
    """Give the labels of a paper."""
    net, value = f"{NETS[number]}Net", f"{80 + number}.5%"

    def entity(type_: str, name: str, role: str, **more: str) -> dict[str, Any]:
        return {"type": type_, "name": name, "surfaces": [name], "role": role, **more}

    return {"id": f"p{number}", "repos": [], "entities": [
        entity("Method", net, "proposed", kind="named"), entity("Method", "ResNet-50", "baseline", kind="named"),
        entity("Method", "sparse router", "used", kind="term"), entity("Dataset", "ZorbSet", "evaluated"),
        entity("Metric", "accuracy", "reported", kind="quality"), entity("Task", "Image Classification", "addressed")],
        "results": [{"value": value, "form": "absolute", "method": net, "dataset": "ZorbSet", "metric": "accuracy",
                     "task": None, "baseline": None}],
        "relations": [{"head": net, "rel": "outperforms", "tail": "ResNet-50"},
                      {"head": net, "rel": "evaluated_on", "tail": "ZorbSet"}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a corpus, labelled papers and their texts."""
    papers = [paper_of(n) for n in range(12)]
    lines = [json.dumps({"id": p.id, "title": p.title, "abstract": p.abstract}) + "\n" for p in papers]
    (tmp_path / "corpus.jsonl").write_text("".join(lines))
    (tmp_path / "papers.jsonl").write_text("".join(lines[:6]))
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(gold_of(n)) + "\n" for n in range(6)))
    return tmp_path


@pytest.fixture
def learned(kg: Kg, folder: Path) -> Path:
    """Give the folder that is learned from the labelled papers."""
    said = kg("learn", "-o", folder / "out", "--gold", folder / "gold.jsonl", "--papers", folder / "papers.jsonl")
    assert said.code == 0, said.err
    return folder / "out"
