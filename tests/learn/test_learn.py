"""Learning from a small corpus and from a few labelled papers: what is written is what the extractor reads."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from importlib import util
from pathlib import Path

import pytest

from extractors.induced import load_names
from extractors.learned import load_learned
from extractors.learned_files import FILES
from extractors.scorer import CLASSES, ROLES
from extractors.word_table import load_words
from kg.errors import DataError
from kg.learn.gold import read_gold
from kg.learn.names import count_names, learn_names, name_rows, write_names
from kg.learn.words import learn_words, write_words
from tests.cli.conftest import Kg
from tests.learn.conftest import paper_of


def test_counts_become_buckets() -> None:
    assert name_rows({
        "rare": [2.0, 2.0, 0, 0, 0, 0], "nothing": [7.0, 0.1, 0.1, 0.1, 0.1, 0.1], "b": [8.0, 0, 0, 0, 0, 0.2],
        "a": [4.0, 3.6, 0.08, 0.3, 0.0, 0.0], "often": [5000.0, 0, 0, 5000.0, 0, 0],
    }) == [("a", 3, 9, 0, 1, 0, 0), ("b", 4, 0, 0, 0, 0, 0), ("often", 10, 0, 0, 9, 0, 0)]


def test_a_corpus_says_what_its_names_are() -> None:
    rows = {row[0]: row[1:] for row in learn_names(paper_of(n) for n in range(12))}
    assert rows["zorbset"][0] == (12).bit_length()
    assert rows["zorbset"][3] == max(rows["zorbset"][1:]) > 0
    assert rows["resnet50"][1] == max(rows["resnet50"][1:]) > 0
    assert "quillnet" not in rows


def test_a_paper_counts_once() -> None:
    counts = count_names([paper_of(0)])
    assert counts["quillnet"][0] == 1.0
    assert 0.0 < sum(counts["quillnet"][1:]) <= 1.0


def test_names_are_read_as_written(tmp_path: Path) -> None:
    write_names([("a", 3, 9, 0, 1, 0, 0)], tmp_path / "one.gz")
    write_names([("a", 3, 9, 0, 1, 0, 0)], tmp_path / "two.gz")
    assert load_names(tmp_path / "one.gz") == {"a": ("3", "9", "0", "1", "0", "0")}
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


def test_words_of_a_small_corpus() -> None:
    rows = {row[0]: row[1:3] for row in learn_words(paper_of(n) for n in range(12))}
    assert rows["ZorbSet"] == (12, 0)
    assert rows["Sparse"] == (24, 5)
    assert "QuillNet" not in rows


def test_a_corpus_without_words(kg: Kg, folder: Path) -> None:
    (folder / "one.jsonl").write_text('{"id": "a", "title": "A", "abstract": "One word."}\n')
    said = kg("learn", folder / "one.jsonl", "-o", folder / "out")
    assert (said.code, said.err) == (1, "kg: the corpus is too small: no word stands in it 4 times\n")
    assert not (folder / "out").exists()


def test_from_a_corpus(kg: Kg, folder: Path) -> None:
    said = kg("learn", folder / "corpus.jsonl", "-o", folder / "out")
    assert (said.code, sorted(p.name for p in (folder / "out").iterdir())) == (0, ["names.tsv.gz", "words.tsv.gz"])
    assert "zorbset" in load_names(folder / "out" / "names.tsv.gz")
    assert load_words(folder / "out" / "words.tsv.gz")["ZorbSet"].seen == 12


def test_labelled_papers_are_left_out_of_the_corpus(kg: Kg, folder: Path) -> None:
    said = kg("learn", folder / "corpus.jsonl", "-o", folder / "out", "--gold", folder / "gold.jsonl",
              "--papers", folder / "papers.jsonl")
    assert said.code == 0, said.err
    assert sorted(p.name for p in (folder / "out").iterdir()) == sorted(FILES)
    learned = load_learned(str(folder / "out"))
    assert learned.words["ZorbSet"].seen == 6
    assert learned.weights.slots.words is learned.words is learned.tagger.words


def test_from_labelled_papers(learned: Path) -> None:
    assert sorted(p.name for p in learned.iterdir()) == sorted(FILES[2:])
    all_of_it = load_learned(str(learned))
    assert all_of_it.weights.table.shape[1] == len(CLASSES) + sum(map(len, ROLES.values()))
    assert "O" in all_of_it.tagger.labels
    assert {"number", "method", "dataset", "metric", "task", "baseline", "absolute"} <= all_of_it.results.keys()
    assert all_of_it.relations.models["outperforms"]["threshold"] == 0.3
    assert {"used", "baseline"} <= {*all_of_it.roles["roles"]}


def test_extraction_with_a_folder(kg: Kg, folder: Path, learned: Path) -> None:
    corpus, own = folder / "corpus.jsonl", ("--induced", learned)
    first, second = kg("extract", corpus, *own), kg("extract", corpus, *own)
    assert (first.code, first.out) == (0, second.out)
    assert first.out != kg("extract", corpus).out
    (folder / "own.toml").write_text('induced = "out"\n')
    assert kg("extract", corpus, "--config", folder / "own.toml").out == first.out
    assert kg("build", corpus, "-o", folder / "atlas", "--formats", "none", *own).code == 0
    assert "learned files" in kg("add", folder / "atlas", folder / "papers.jsonl").err
    assert kg("add", folder / "atlas", folder / "papers.jsonl", *own).code == 0
    (folder / "records.jsonl").write_text(first.out)
    assert kg("why", folder / "records.jsonl", "p0", "QuillNet", *own).code == 0


def test_names_alone(kg: Kg, folder: Path) -> None:
    out = folder / "names"
    out.mkdir()
    write_names([("zorbset", 9, 0, 0, 0, 0, 9)], out / "names.tsv.gz")
    assert kg("extract", folder / "corpus.jsonl", "--induced", out).code == 0
    assert load_learned(str(out)).names == {"zorbset": ("9", "0", "0", "0", "0", "9")}
    assert load_learned(str(out)).roles == load_learned().roles


@pytest.mark.parametrize(("change", "said"), [
    (lambda out: (out / "roles.json").unlink(), "lacks roles.json"),
    (lambda out: shutil.rmtree(out), "no file that `kg learn` writes"),
    (lambda out: [path.unlink() for path in out.iterdir()], "no file that `kg learn` writes"),
    (lambda out: (out / "weights.json").write_text("{"), "weights.json: damaged (JSONDecodeError: Expecting"),
    (lambda out: (out / "tagger.tsv.gz").write_bytes(b"x"), "tagger.tsv.gz: damaged (BadGzipFile: Not a gzipped file"),
    (lambda out: write_words([], out / "words.tsv.gz"), "weights.json: the weights were learned with another words"),
])
def test_what_does_not_fit_is_refused(kg: Kg, folder: Path, learned: Path, change: Callable[[Path], object],
                                      said: str) -> None:
    change(learned)
    refused = kg("extract", folder / "corpus.jsonl", "--induced", learned)
    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err
    assert refused.err.count("\n") == 1


def test_words_without_weights_are_refused(kg: Kg, folder: Path) -> None:
    kg("learn", folder / "corpus.jsonl", "-o", folder / "out")
    assert "needs weights" in kg("extract", folder / "corpus.jsonl", "--induced", folder / "out").err


def test_learning_twice_gives_the_same_bytes(kg: Kg, folder: Path) -> None:
    for name in ("one", "two"):
        assert kg("learn", folder / "corpus.jsonl", "-o", folder / name).code == 0
    for name in ("names.tsv.gz", "words.tsv.gz"):
        one, two = ((folder / at / name).read_bytes() for at in ("one", "two"))
        assert gzip.decompress(one) == gzip.decompress(two)
        assert one == two


@pytest.mark.parametrize(("options", "reason"), [
    (["--gold", "gold.jsonl"], "--gold and --papers go together"),
    (["--papers", "papers.jsonl", "corpus.jsonl"], "--gold and --papers go together"),
    ([], "give CORPUS, or --gold and --papers, or all of them; or --mean"),
])
def test_bad_usage(kg: Kg, folder: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], reason: str) -> None:
    monkeypatch.chdir(folder)
    said = kg("learn", "-o", "out", *options)
    assert (said.code, said.out, said.err) == (2, "", f"kg: {reason} (see kg learn --help)\n")


def test_the_extra_is_asked_for(kg: Kg, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = util.find_spec
    monkeypatch.setattr("kg.cli.learn.find_spec", lambda name: None if name == "pycrfsuite" else real(name))
    said = kg("learn", folder / "corpus.jsonl", "-o", folder / "out")
    assert (said.code, said.err) == (
        1, "kg: kg learn needs python-crfsuite; install them with: pip install 'paperatlas[learn]'\n")
    assert not (folder / "out").exists()


@pytest.mark.parametrize(("gold", "papers", "reason"), [
    ("{", "", "gold.jsonl: line 1: not JSON: "),
    ('{"id": "x"}', "", "gold.jsonl: line 1: no entities"),
    ('{"id": "x", "entities": [], "results": [], "relations": []}', "", "gold.jsonl: line 1: no paper 'x' in "),
    ("", '\n{"id": "x", "title": "t"}', "papers.jsonl: line 2: no abstract"),
])
def test_bad_labelled_papers(tmp_path: Path, gold: str, papers: str, reason: str) -> None:
    (tmp_path / "gold.jsonl").write_text(gold)
    (tmp_path / "papers.jsonl").write_text(papers)
    with pytest.raises(DataError) as error:
        list(read_gold(tmp_path / "gold.jsonl", tmp_path / "papers.jsonl"))
    assert str(error.value).startswith(f"{tmp_path}/{reason}")
