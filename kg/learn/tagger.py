"""Learn the tagger's weights from labelled papers: a linear-chain conditional random field (CRFsuite)."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.lexicon import Lexicon
from extractors.records import Paper
from extractors.tag_features import (
    EDGE,
    LEXICON_OFFSETS,
    NARROW,
    WIDE,
    lexicon_features,
    narrow_features,
    wide_features,
)
from extractors.tagger import LABELS, Tokens
from extractors.text import Text, read_text
from extractors.word_table import WordStats

__all__ = ["Labelled", "labels_of", "learn_tagger", "pairs_of", "write_tagger"]

_SETTINGS = {"c1": 0.02, "c2": 0.5, "max_iterations": 100}  # chosen on dev
_LEAST = 0.01  # a smaller weight is dropped

Labelled = tuple[Tokens, list[str]]


def pairs_of(papers: Iterable[tuple[Paper, Mapping[str, Any]]], lexicon: Lexicon) -> list[Labelled]:
    """Give what the tagger reads of labelled papers, words and lexicon matches, with the labels of the words."""
    texts = ((read_text(paper.text, len(paper.title)), record) for paper, record in papers)
    return [(([word.text for word in text.words], lexicon.match(text)), labels_of(text, record))
            for text, record in texts]


def _label(entity: Mapping[str, Any]) -> str:
    if entity["type"] == "Method":
        return "MethodNamed" if entity.get("kind") == "named" else "MethodTerm"
    return str(entity["type"])


def _places(raw: str, surface: str) -> Iterator[tuple[int, int]]:
    """Find a surface in a text where it does not stand inside a word."""
    at = raw.find(surface)
    while at >= 0:
        end = at + len(surface)
        inside = (at and raw[at - 1].isalnum() and raw[at].isalnum()) or (
            end < len(raw) and raw[end - 1].isalnum() and raw[end].isalnum())
        if not inside:
            yield at, end
        at = raw.find(surface, at + 1)


def labels_of(text: Text, gold: Mapping[str, Any]) -> list[str]:
    """Label the tokens of a text with its gold entities: every place of every surface, the longest first."""
    surfaces = sorted({(s, _label(e)) for e in gold["entities"] for s in (e["name"], *e["surfaces"])},
                      key=lambda pair: (-len(pair[0]), pair))
    out = ["O"] * len(text.words)
    taken = bytearray(len(text.raw))
    for surface, label in surfaces:
        for start, end in _places(text.raw, surface):
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            inside = [k for k, s in enumerate(text.starts) if start <= s < end]
            for k in inside:
                out[k] = ("B-" if k == inside[0] else "I-") + label
    return out


def _describe(tokens: Tokens, table: Mapping[str, WordStats]) -> list[list[str]]:
    """Write out the features of every token, with offsets: what the runtime folds into table rows."""
    words, matches = tokens
    size = len(words)
    wide = [wide_features(word, table) for word in (*words, EDGE)]
    narrow = [narrow_features(word, table) for word in (*words, EDGE)]
    lexicon = lexicon_features(matches)

    def at(k: int) -> int:
        return k if 0 <= k < size else size

    return [[f"{o}:{name}" for o in WIDE for name in wide[at(k + o)]]
            + [f"{o}:{name}" for o in NARROW for name in narrow[at(k + o)]]
            + [f"{o}:{name}" for o in LEXICON_OFFSETS for name in lexicon.get(k + o, ())] for k in range(size)]


def learn_tagger(papers: Iterable[Labelled], table: Mapping[str, WordStats]) -> Mapping[str, Any]:
    """Fit the weights; gives `transitions` and `states` as CRFsuite dumps them: (name, label) → weight."""
    import pycrfsuite

    spoken = [(tokens, labels) for tokens, labels in papers if labels]
    if not spoken:
        return {"transitions": {}, "states": {}}
    trainer = pycrfsuite.Trainer(verbose=False)
    for tokens, labels in spoken:
        trainer.append(pycrfsuite.ItemSequence(_describe(tokens, table)), labels)
    trainer.set_params(_SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "model"))
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    return {"transitions": dict(info.transitions), "states": dict(info.state_features)}


def write_tagger(model: Mapping[str, Any], path: Path) -> None:
    """Write the weights in the form that `extractors.tagger.load_tagger` reads."""
    number = {label: k for k, label in enumerate(LABELS)}
    features: dict[str, list[tuple[int, float]]] = {}
    for (name, label), weight in model["states"].items():
        if abs(weight) >= _LEAST:
            features.setdefault(name, []).append((number[label], weight))
    moves = model["transitions"]
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
        lines = ["\t".join(LABELS)]
        lines += ["\t".join(f"{moves.get((a, b), 0.0):.3f}" for b in LABELS) for a in LABELS]
        lines += ["\t".join([name, *(f"{k}:{w:.2f}" for k, w in sorted(pairs))])
                  for name, pairs in sorted(features.items())]
        out.write(("\n".join(lines) + "\n").encode())
