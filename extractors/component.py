"""Be a spaCy component: `nlp.add_pipe("paperatlas")` on any pipeline fills `doc.spans["paperatlas"]`.

The first line of a doc's text is read as the title where there is more than one line. Each span carries the
entity's type as its label, the entity's name as its id, and the rule in `span._.paperatlas_rule`; the whole record
is `doc._.paperatlas`. Its offsets count in title + newline + abstract, as in every record: in a doc of one line, which
has no title, they are one ahead of `doc.text`; those of the spans are the doc's own.

The doc keeps the record's JSON object in `doc.user_data["paperatlas"]`, and both attributes are read off it: whatever
way spaCy writes a doc, they come back. A process that reads docs without the component imports this module for them.
"""

from __future__ import annotations

import inspect
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.learned import load_learned
from extractors.learned_files import own_files
from extractors.lexicon import load_lexicon
from extractors.pipeline import extract_all
from extractors.records import Entity, Paper, Record, record_from_json, record_to_json

__all__ = ["PaperAtlas", "make_component"]

KEY = "paperatlas"
_INDUCED = "induced"  # folder of the learned files beside a pipeline


def _paper(doc: Doc) -> tuple[Paper, int]:
    """Read a doc as a paper; gives too how far the paper's offsets are ahead of the doc's."""
    title, line, abstract = doc.text.partition("\n")
    return (Paper("", title, abstract), 0) if line else (Paper("", "", doc.text), 1)


def _spans(doc: Doc, entity: Entity, ahead: int) -> Iterator[Span]:
    for mention in entity.mentions:
        span = doc.char_span(mention.start - ahead, mention.end - ahead, label=entity.type, span_id=entity.name,
                             alignment_mode="expand")
        if span is not None:
            yield span


def _plain(record: Record) -> dict[str, Any]:
    """Give a record as what msgpack and JSON give back unchanged."""
    value: dict[str, Any] = json.loads(json.dumps(record_to_json(record)))
    return value


def _record(doc: Doc) -> Record | None:
    """Get `doc._.paperatlas`: the record, None where no component has read the doc."""
    held = doc.user_data.get(KEY)
    return record_from_json(held) if held else None


def _rule(span: Span) -> str:
    """Get `span._.paperatlas_rule`: the rule of the longest mention in the span of the entity that the span names."""
    _, ahead = _paper(span.doc)
    mentions = [m for entity in span.doc.user_data.get(KEY, {}).get("entities", ())
                if (entity["type"], entity["name"]) == (span.label_, span.id_) for m in entity["mentions"]
                if span.start_char <= m["start"] - ahead and m["end"] - ahead <= span.end_char]
    return str(max(mentions, key=lambda m: m["end"] - m["start"])["rule"]) if mentions else ""


class PaperAtlas:
    """The component: a callable that fills a doc with what it names."""

    def __init__(self, lexicons: Iterable[str], induced: str = "") -> None:
        """Keep the paths of the user's own lexicons and of the folder that `kg learn` wrote."""
        self.lexicons, self.induced = tuple(lexicons), induced

    def __call__(self, doc: Doc) -> Doc:
        """Fill one doc."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Fill docs, a batch at a time."""
        batch: list[Doc] = []
        for doc in docs:
            batch.append(doc)
            if len(batch) == batch_size:
                yield from self._fill(batch)
                batch = []
        yield from self._fill(batch)

    def _fill(self, docs: list[Doc]) -> Iterator[Doc]:
        papers = [_paper(doc) for doc in docs]
        records = extract_all((paper for paper, _ in papers), lexicons=self.lexicons, induced=self.induced)
        for doc, (_, ahead), record in zip(docs, papers, records, strict=True):
            doc.user_data[KEY] = _plain(record)
            doc.spans[KEY] = sorted((span for entity in record.entities for span in _spans(doc, entity, ahead)),
                                    key=lambda span: (span.start, span.end, span.label_, span.id_))
            yield doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the user's lexicons and learned files beside the pipeline."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.induced:
            (folder / _INDUCED).mkdir(exist_ok=True)
            for name, file in own_files(Path(self.induced)).items():
                shutil.copyfile(file, folder / _INDUCED / name)
        for number, lexicon in enumerate(self.lexicons):
            shutil.copyfile(lexicon, folder / f"{number:03}-{Path(lexicon).name}")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> PaperAtlas:  # noqa: ARG002
        """Read what `to_disk` wrote."""
        self.lexicons = tuple(sorted(map(str, Path(path).glob("*.tsv"))))
        self.induced = str(Path(path, _INDUCED)) if Path(path, _INDUCED).is_dir() else ""
        return self


def _is_reading() -> bool:
    """Say whether spaCy makes the component to read it from a folder, where its files are: not where they once were."""
    frame = inspect.currentframe()
    while frame and frame.f_code is not Language.from_config.__func__.__code__:  # type: ignore[attr-defined]
        frame = frame.f_back
    return frame is not None


@Language.factory(KEY, default_config={"lexicons": [], "induced": ""}, assigns=["doc._.paperatlas"])
def make_component(nlp: Language, name: str, lexicons: list[str], induced: str) -> PaperAtlas:  # noqa: ARG001
    """Make the component; `lexicons` and `induced` are the user's own rows and learned files (`docs/extraction.md`).

    ValueError where one of them cannot be read.
    """
    if not _is_reading():
        load_lexicon(tuple(lexicons))
        load_learned(induced)
    return PaperAtlas(lexicons, induced)


if not Doc.has_extension(KEY):
    Doc.set_extension(KEY, getter=_record)
    Span.set_extension(f"{KEY}_rule", getter=_rule)
