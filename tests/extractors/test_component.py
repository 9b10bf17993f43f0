"""The spaCy component: found by name, beside others, written and read back."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extractors.component import PaperAtlas
from extractors.learned import load_learned
from extractors.records import Record
from kg.learn.names import write_names

TITLE = "QuillNet: Sparse Routing for Image Classification"
ABSTRACT = ("We propose QuillNet, a sparse router built on ResNet-50. QuillNet reaches 81.2% top-1 accuracy on "
            "ImageNet. Code is at https://github.com/quill/quillnet.")


@pytest.fixture(scope="module")
def nlp() -> Language:
    """An English pipeline with the component, which nobody has imported."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.add_pipe("paperatlas")
    return pipeline


def _named(nlp: Language, text: str) -> set[tuple[str, str, str]]:
    doc = nlp(text)
    return {(span.text, span.label_, span.id_) for span in doc.spans["paperatlas"]}


def test_spans_carry_type_and_name(nlp: Language) -> None:
    named = _named(nlp, f"{TITLE}\n{ABSTRACT}")
    assert {("QuillNet", "Method", "QuillNet"), ("ImageNet", "Dataset", "ImageNet")} <= named


def test_record_and_rules_are_on_the_doc(nlp: Language) -> None:
    doc = nlp(f"{TITLE}\n{ABSTRACT}")
    assert doc._.paperatlas.repos[0].url == "https://github.com/quill/quillnet"
    assert all(span._.paperatlas_rule for span in doc.spans["paperatlas"])
    assert len(list(doc.sents)) > 2


def test_a_text_of_one_line_keeps_its_offsets(nlp: Language) -> None:
    assert ("ImageNet", "Dataset", "ImageNet") in _named(nlp, ABSTRACT)


def test_pipe_gives_what_call_gives(nlp: Language) -> None:
    texts = [f"{TITLE}\n{ABSTRACT}", ABSTRACT, ""]
    piped = [[(s.start, s.end, s.label_) for s in doc.spans["paperatlas"]] for doc in nlp.pipe(texts)]
    called = [[(s.start, s.end, s.label_) for s in doc.spans["paperatlas"]] for doc in map(nlp, texts)]
    assert piped == called
    assert piped[2] == []


def test_survives_the_disk(tmp_path: Path) -> None:
    lexicon = tmp_path / "mine.tsv"
    lexicon.write_text("name\ttype\nblorple\tMetric\n", encoding="utf-8")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("paperatlas", config={"lexicons": [str(lexicon)]})
    pipeline.to_disk(tmp_path / "model")
    lexicon.unlink()
    again = spacy.load(tmp_path / "model")
    text = f"{TITLE}\nWe report a blorple of 12.5 on ImageNet."
    assert ("blorple", "Metric", "blorple") in _named(again, text)


def test_learned_files_survive_the_disk(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    write_names([("zorbset", 9, 0, 0, 9, 0, 0)], own / "names.tsv.gz")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("paperatlas", config={"induced": str(own)})
    pipeline.to_disk(tmp_path / "model")
    (own / "names.tsv.gz").unlink()
    again = spacy.load(tmp_path / "model").get_pipe("paperatlas")
    assert isinstance(again, PaperAtlas)
    assert load_learned(again.induced).names == {"zorbset": ("9", "0", "0", "9", "0", "0")}


def _read(doc: Doc) -> tuple[Record, list[tuple[str, str, str, str]]]:
    return doc._.paperatlas, [(s.text, s.label_, s.id_, s._.paperatlas_rule) for s in doc.spans["paperatlas"]]


@pytest.mark.parametrize("again", [
    lambda doc: Doc(Vocab()).from_bytes(doc.to_bytes()),
    lambda doc: next(DocBin().from_bytes(DocBin(store_user_data=True, docs=[doc]).to_bytes()).get_docs(Vocab())),
    lambda doc: pickle.loads(pickle.dumps(doc)),
    lambda doc: doc.copy(),
], ids=["to_bytes", "DocBin", "pickle", "copy"])
def test_a_doc_comes_back_whole(nlp: Language, again: Callable[[Doc], Doc]) -> None:
    doc = nlp(f"{TITLE}\n{ABSTRACT}")
    assert isinstance(doc._.paperatlas, Record)
    assert _read(again(doc)) == _read(doc)


def test_a_doc_comes_back_whole_from_other_processes(nlp: Language) -> None:
    texts = [f"{TITLE}\n{ABSTRACT}", ABSTRACT]
    assert list(map(_read, nlp.pipe(texts, n_process=2))) == list(map(_read, map(nlp, texts)))


def test_a_process_without_the_pipe_reads_a_doc(nlp: Language, tmp_path: Path) -> None:
    DocBin(store_user_data=True, docs=[nlp(ABSTRACT)]).to_disk(tmp_path / "docs.spacy")
    code = ("import sys, spacy; from spacy.tokens import DocBin; import extractors.component\n"
            "doc, = DocBin().from_disk(sys.argv[1]).get_docs(spacy.blank('en').vocab)\n"
            "print(doc._.paperatlas.repos[0].url, all(s._.paperatlas_rule for s in doc.spans['paperatlas']))")
    said = subprocess.run([sys.executable, "-c", code, str(tmp_path / "docs.spacy")], capture_output=True, check=True)
    assert said.stdout.decode() == "https://github.com/quill/quillnet True\n"


def test_a_doc_that_nobody_read_has_no_record() -> None:
    assert spacy.blank("en")("Some text")._.paperatlas is None


@pytest.mark.parametrize(("config", "reason"), [
    ({"lexicons": ["nosuch.tsv"]}, "nosuch.tsv: cannot be read: No such file or directory"),
    ({"induced": "nosuch"}, "nosuch: no file that `kg learn` writes"),
])
def test_what_cannot_be_read_is_refused_at_once(config: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}"):
        spacy.blank("en").add_pipe("paperatlas", config=config)


def test_offsets_of_a_doc_of_one_line_are_one_ahead(nlp: Language) -> None:
    doc = nlp(ABSTRACT)
    repo = doc._.paperatlas.repos[0]
    assert doc.text[repo.start - 1:repo.end - 1] == doc._.paperatlas.paper.text[repo.start:repo.end] == repo.url
