"""A user's own spaCy components and lexicons: what they find counts as a lexicon match, what is wrong is one line."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.tokens import Doc

from extractors.own import Component, Own, add_matches, make_components, read_own
from extractors.records import Paper
from extractors.text import read_text
from kg.errors import DataError
from kg.pool import extract_lines
from tests.cli.conftest import Kg, kg

__all__ = ["kg"]

MODULE = '''
from spacy.language import Language
from spacy.tokens import Span


@Language.factory("{name}", default_config={{"word": "zorbing", "label": "Task"}})
def make(nlp, name, word, label):
    def find(doc):
        doc.spans["paperatlas"] = [Span(doc, t.i, t.i + 2, label=label) for t in doc if t.lower_ == word]
        return doc
    return find
'''
PAPER = Paper("x", "A Study", "We address the task of zorbing sheep on MNIST.")


def _config(folder: Path, name: str, more: str = "") -> Path:
    """Write a module with a factory of that name, and a configuration that uses it."""
    (folder / f"{name}_module.py").write_text(MODULE.format(name=name))
    path = folder / "my.toml"
    path.write_text(f'modules = ["{name}_module"]\ncomponents = ["{name}"]\n{more}')
    return path


def test_a_component_names_things(tmp_path: Path) -> None:
    own = read_own(_config(tmp_path, "own_one"))
    before, after = ({(e["type"], e["name"]) for e in json.loads(line)["entities"]} for one in (Own(), own)
                     for line in extract_lines([PAPER], own=one))
    assert ("Task", "zorbing sheep") not in before
    assert ("Task", "zorbing sheep") in after


def test_why_sees_what_a_component_says(tmp_path: Path, kg: Kg) -> None:
    config, records = _config(tmp_path, "own_why"), tmp_path / "records.jsonl"
    records.write_bytes(b"".join(extract_lines([PAPER], own=read_own(config))))
    said = kg("why", records, "x", "zorbing sheep", "--config", config).out
    assert "named by your own row or component" in said
    assert "named by your own row or component" not in kg("why", records, "x", "zorbing sheep").out


def test_settings_reach_the_factory(tmp_path: Path) -> None:
    own = read_own(_config(tmp_path, "own_two", '[settings.own_two]\nword = "sheep"\nlabel = "Method:term"\n'))
    text = read_text("We herd sheep dogs", 0)
    assert add_matches({(2, 4): frozenset({"Task"})}, text, make_components(own)) == {
        (2, 4): frozenset({"Task", "Method:term"})}


@pytest.mark.parametrize(("label", "class_"), [
    ("Method", "Method:named"), ("Method:named", "Method:named"), ("Method:term", "Method:term"),
    ("Metric", "Metric:quality"), ("Dataset", "Dataset"), ("Benchmark", "Benchmark"), ("Task", "Task")])
def test_labels(tmp_path: Path, label: str, class_: str) -> None:
    own = read_own(_config(tmp_path, "own_labels", f'[settings.own_labels]\nlabel = "{label}"\n'))
    assert add_matches({}, read_text("zorbing sheep", 0), make_components(own)) == {(0, 2): frozenset({class_})}


def test_without_components_matches_are_as_they_were() -> None:
    matched = {(0, 1): frozenset({"Task"})}
    assert add_matches(matched, read_text("sheep", 0), ()) is matched


def test_lexicons_are_found_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text('lexicons = ["rows/mine.tsv"]\n')
    assert read_own(tmp_path / "my.toml").lexicons == (str(tmp_path / "rows" / "mine.tsv"),)


@pytest.mark.parametrize(("text", "reason"), [
    ("a = ", "not TOML: Invalid value (at end of document)"),
    ("lexicon = []", "unknown key 'lexicon'; the keys are lexicons, modules, components, induced and settings"),
    ("induced = 1", "induced must be a string"),
    ('induced = ""', "induced is empty; give the folder that `kg learn` wrote, or leave it out"),
    ('components = "x"', "components must be a list of strings"),
    ("modules = [1]", "modules must be a list of strings"),
    ("settings = 1", "settings must be tables: [settings.NAME]"),
    ("[settings.x]\na = 1", "settings for x, which is no component of this file"),
])
def test_bad_configurations(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "my.toml"
    path.write_text(text)
    with pytest.raises(ValueError) as error:
        read_own(path)
    assert str(error.value) == f"{path}: {reason}"


@pytest.mark.parametrize(("text", "reason"), [
    ('components = ["nobody_made"]',
     "no spaCy factory 'nobody_made'; is the module that registers it in modules?"),
    ('modules = ["no_such_module"]',
     "module 'no_such_module' cannot be imported: ModuleNotFoundError: No module named 'no_such_module'"),
    ('components = ["sentencizer"]\n[settings.sentencizer]\nnope = 1', "component 'sentencizer' cannot be made: "),
])
def test_what_cannot_be_made_is_said_before_work_starts(tmp_path: Path, kg: Kg, text: str, reason: str) -> None:
    path = tmp_path / "my.toml"
    path.write_text(text)
    (tmp_path / "p.jsonl").write_text('{"id": "x", "title": "A", "abstract": "B."}\n')
    said = kg("extract", tmp_path / "p.jsonl", "--config", path)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert said.err.startswith(f"kg: {path}: {reason}")


@pytest.mark.parametrize(("options", "reason"), [
    (["--config", "gone.toml"], "gone.toml: cannot be read: No such file or directory"),
    (["--lexicon", "gone.tsv"], "gone.tsv: cannot be read: No such file or directory"),
    (["--lexicon", "bad.tsv"], "bad.tsv:2: type 'Dog' is none of Method, Dataset, Benchmark, Metric, Task"),
])
def test_files_that_are_wrong(tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch, options: list[str],
                              reason: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.tsv").write_text("name\ttype\nRex\tDog\n")
    Path("p.jsonl").write_text('{"id": "x", "title": "A", "abstract": "B."}\n')
    said = kg("extract", "p.jsonl", *options)
    assert (said.code, said.out, said.err) == (1, "", f"kg: {reason}\n")


def test_a_bad_label_names_the_paper(tmp_path: Path) -> None:
    own = read_own(_config(tmp_path, "own_bad", '[settings.own_bad]\nlabel = "Animal"\n'))
    with pytest.raises(DataError) as error:
        list(extract_lines([PAPER], own=own))
    assert str(error.value).startswith("x: extraction failed: ValueError: a component labelled 'zorbing sheep' "
                                       "'Animal'; the labels are Benchmark, Dataset, Method, Method:named")


@pytest.mark.slow
def test_workers_use_it_too(tmp_path: Path) -> None:
    own = read_own(_config(tmp_path, "own_pool"))
    papers = [replace(PAPER, id=f"x{n:03}") for n in range(201)]
    assert list(extract_lines(papers, jobs=2, own=own)) == list(extract_lines(papers, own=own))


def test_on_the_command_line(tmp_path: Path, kg: Kg) -> None:
    path = _config(tmp_path, "own_cli", 'lexicons = ["mine.tsv"]\n')
    (tmp_path / "mine.tsv").write_text("name\ttype\nblorple\tMetric\n")
    (tmp_path / "p.jsonl").write_text(json.dumps(
        {"id": "x", "title": PAPER.title, "abstract": f"{PAPER.abstract} We report a blorple of 12.5."}) + "\n")
    said = kg("extract", tmp_path / "p.jsonl", "--config", path)
    assert said.code == 0
    assert {(e["type"], e["name"]) for e in json.loads(said.out)["entities"]} >= {
        ("Task", "zorbing sheep"), ("Metric", "blorple")}


def test_the_example_of_the_docs(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "extraction.md").read_text(encoding="utf-8")
    [module, *_], [config] = (re.findall(rf"^```{kind}\n(.*?)^```$", text, re.M | re.S) for kind in ("python", "toml"))
    (tmp_path / "my_extractors.py").write_text(module)
    (tmp_path / "my.toml").write_text(config)
    paper = replace(PAPER, abstract="We address the task of zorbing goats on MNIST.")
    [line] = extract_lines([paper], own=read_own(tmp_path / "my.toml"))
    assert ("Task", "zorbing goats") in {(e["type"], e["name"]) for e in json.loads(line)["entities"]}


def _nothing(_doc: Doc) -> Doc:
    return None  # type: ignore[return-value]


def _broken(_doc: Doc) -> Doc:
    raise OSError("a\nb")


def _merges(doc: Doc) -> Doc:
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    return doc


@pytest.mark.parametrize(("component", "reason"), [
    (_nothing, "component '_nothing' gave NoneType, no doc; it must return the doc"),
    (_broken, "component '_broken' failed: OSError: a b"),
    (_merges, "component '_merges' made 3 tokens of 4; it must leave the tokens as they are"),
])
def test_a_component_that_does_not_do_its_part_is_named(component: Component, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        add_matches({}, read_text("we test zorbing sheep", 0), [component])


def test_a_component_of_a_configuration_is_named_as_its_factory(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "nothing_module.py").write_text(MODULE.format(name="own_nothing").replace("return doc", "pass"))
    (tmp_path / "my.toml").write_text('modules = ["nothing_module"]\ncomponents = ["own_nothing"]\n')
    (tmp_path / "p.jsonl").write_text(json.dumps({"id": "x", "title": PAPER.title, "abstract": PAPER.abstract}))
    said = kg("extract", tmp_path / "p.jsonl", "--config", tmp_path / "my.toml")
    assert said.code == 1
    assert said.err == ("kg: x: extraction failed: ValueError: component 'own_nothing' gave NoneType, no doc; "
                        "it must return the doc\n")
