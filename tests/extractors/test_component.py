"""The spaCy component: found by name, beside others, written and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extractors.component import PaperAtlas
from extractors.learned import load_learned
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
