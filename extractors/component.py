"""Be a spaCy component: `nlp.add_pipe("paperatlas")` on any pipeline fills `doc.spans["paperatlas"]`.

The first line of a doc's text is read as the title where there is more than one line. Each span carries the
entity's type as its label, the entity's name as its id, and the rule in `span._.paperatlas_rule`; the whole record
is `doc._.paperatlas`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.learned_files import own_files
from extractors.pipeline import extract_all
from extractors.records import Entity, Paper

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
            span._.paperatlas_rule = mention.rule
            yield span


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
            doc._.paperatlas = record
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


@Language.factory(KEY, default_config={"lexicons": [], "induced": ""}, assigns=["doc._.paperatlas"])
def make_component(nlp: Language, name: str, lexicons: list[str], induced: str) -> PaperAtlas:  # noqa: ARG001
    """Make the component; `lexicons` and `induced` are the user's own rows and learned files (`docs/extraction.md`)."""
    if not Doc.has_extension(KEY):
        Doc.set_extension(KEY, default=None)
        Span.set_extension("paperatlas_rule", default="")
    return PaperAtlas(lexicons, induced)


