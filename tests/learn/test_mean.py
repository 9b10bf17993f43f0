"""The mean of what several sets of labels teach; folders that do not fit are refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from extractors.learned import load_learned
from extractors.learned_files import fingerprint
from extractors.word_table import load_words
from kg.learn.names import write_names
from kg.learn.words import write_words
from tests.cli.conftest import Kg
from tests.learn.conftest import gold_of


def test_the_mean_of_folders(kg: Kg, folder: Path, learned: Path) -> None:
    (folder / "few.jsonl").write_text("".join(json.dumps(gold_of(n)) + "\n" for n in range(4)))
    few, out = folder / "few", folder / "mean"
    assert kg("learn", "-o", few, "--gold", folder / "few.jsonl", "--papers", folder / "papers.jsonl").code == 0
    assert kg("learn", "--mean", few, "--mean", learned, "-o", out).code == 0
    held = [json.loads((path / "results.json").read_text())["number"] for path in (few, learned, out)]
    assert held[2]["bias"] == pytest.approx((held[0]["bias"] + held[1]["bias"]) / 2, abs=0.001)
    assert held[2]["threshold"] == held[1]["threshold"]
    tables = [load_learned(str(path)).weights for path in (few, learned, out)]
    first, second, mean = (weights.table[weights.slots.row(("bias", "")) or 0] for weights in tables)
    assert mean == pytest.approx((first + second) / 2, abs=0.02)
    assert (out / "tagger.tsv.gz").read_bytes() == (few / "tagger.tsv.gz").read_bytes()
    assert kg("extract", folder / "corpus.jsonl", "--induced", out).code == 0


def test_no_mean_of_what_does_not_fit(kg: Kg, folder: Path, learned: Path) -> None:
    def refused(*folders: Path) -> str:
        said = kg("learn", *(part for one in folders for part in ("--mean", one)), "-o", folder / "out2")
        assert (said.code, said.err.count("\n"), (folder / "out2").exists()) == (1, 1, False)
        return said.err

    names, broken, other = (folder / name for name in ("names", "broken", "other"))
    assert f"{folder / 'none'}: no file that `kg learn` writes" in refused(learned, folder / "none")
    names.mkdir()
    write_names([("zorbset", 9, 0, 0, 0, 0, 9)], names / "names.tsv.gz")
    assert f"{names}: no weights.json" in refused(names, learned)
    shutil.copytree(learned, broken)
    (broken / "roles.json").write_text("{}")
    assert f"{broken / 'roles.json'}: damaged" in refused(learned, broken)
    shutil.copytree(learned, other)
    write_words([(f"w{n}", 5, 0, 0, 0, 0) for n in range(3)], other / "words.tsv.gz")
    value = json.loads((learned / "weights.json").read_text())
    (other / "weights.json").write_text(json.dumps(value | {"words": fingerprint(other / "words.tsv.gz")}))
    assert "different tables of words" in refused(learned, other)
    assert kg("learn", "--mean", other, "--mean", other, "-o", folder / "out2").code == 0
    assert load_learned(str(folder / "out2")).words == load_words(other / "words.tsv.gz")


@pytest.mark.parametrize(("options", "reason"), [
    (["--mean", "out"], "--mean needs two folders or more"),
    (["--mean", "out", "--mean", "out", "corpus.jsonl"], "--mean goes with neither CORPUS nor --gold"),
])
def test_bad_usage_of_mean(kg: Kg, tmp_path: Path, options: list[str], reason: str) -> None:
    said = kg("learn", "-o", tmp_path / "out2", *options)
    assert (said.code, said.err) == (2, f"kg: {reason} (see kg learn --help)\n")
