"""kg learn: redo what the extractor has learned, from a corpus and from labelled papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.records import Paper
from kg.errors import DataError
from kg.readers import READERS, read_papers

if TYPE_CHECKING:
    from extractors.learned import Learned

__all__ = ["learn_command"]

_NEEDED = {"sklearn": "scikit-learn", "scipy": "scipy", "pycrfsuite": "python-crfsuite"}


@click.command("learn")
@click.argument("corpus", nargs=-1, metavar="[CORPUS...]")
@click.option("--output", "-o", required=True, type=click.Path(), help="Folder to write the learned files to.")
@click.option("--gold", type=click.Path(), help="Labelled papers: JSON Lines with id, entities, results, relations.")
@click.option("--papers", type=click.Path(), help="Their texts: JSON Lines with id, title, abstract.")
@click.option("--mean", "folders", multiple=True, type=click.Path(),
              help="Average what was learned from several sets of labels; give it for each folder.")
@click.option("--format", "-f", type=click.Choice(sorted(READERS)), help="Read every input in this format.")
def learn_command(corpus: tuple[str, ...], output: str, gold: str | None, papers: str | None,
                  folders: tuple[str, ...], format: str | None) -> None:
    """Learn word table and names from CORPUS, and weights from labelled papers (docs/extraction.md).

    CORPUS is as the INPUT of `kg build`. Papers of --papers that stand in it are left out.
    """
    if (gold is None) != (papers is None):
        raise click.UsageError("--gold and --papers go together")
    if folders:
        if corpus or gold is not None:
            raise click.UsageError("--mean goes with neither CORPUS nor --gold")
        return _mean(tuple(map(Path, folders)), _folder(output))
    if not corpus and gold is None:
        raise click.UsageError("give CORPUS, or --gold and --papers, or all of them; or --mean")
    if missing := [name for module, name in _NEEDED.items() if find_spec(module) is None]:
        raise DataError(f"kg learn needs {', '.join(missing)}; install them with: pip install 'paperatlas[learn]'")
    folder = _folder(output)
    if corpus:
        _from_corpus(corpus, format, _titles(gold, papers), folder)
    if gold and papers:
        _from_gold(Path(gold), Path(papers), folder)
    return None


def _mean(folders: tuple[Path, ...], output: Path) -> None:
    from kg.learn.mean import write_mean

    try:
        write_mean(folders, output)
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"--mean: {error}") from error
    click.echo(f"{output}: the mean of {len(folders)} folders", err=True)


def _folder(output: str) -> Path:
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"{output}: cannot be written: {error.strerror}") from error
    return folder


def _titles(gold: str | None, papers: str | None) -> frozenset[str]:
    from extractors.words import fold
    from kg.learn.gold import read_gold

    return frozenset(fold(p.title) for p, _ in read_gold(Path(gold), Path(papers))) if gold and papers else frozenset()


def _from_corpus(corpus: tuple[str, ...], format: str | None, left_out: frozenset[str], folder: Path) -> None:
    """Write the word table and the names of a corpus."""
    from extractors.words import fold
    from kg.learn.names import learn_names, write_names
    from kg.learn.words import learn_words, write_words

    def papers() -> Iterator[Paper]:
        return (paper for paper in read_papers(*corpus, format=format) if fold(paper.title) not in left_out)

    words = learn_words(papers())
    write_words(words, folder / "words.tsv.gz")
    click.echo(f"{folder / 'words.tsv.gz'}: {len(words):,} words", err=True)
    names = learn_names(papers())
    write_names(names, folder / "names.tsv.gz")
    click.echo(f"{folder / 'names.tsv.gz'}: {len(names):,} names", err=True)


def _from_gold(gold: Path, papers: Path, folder: Path) -> None:
    """Write what labelled papers give: the tagger and the weights of candidates, roles, results and relations."""
    from extractors.learned_files import FILES, fingerprint
    from extractors.lexicon import load_lexicon
    from kg.learn.claims import learn_claims, write_models
    from kg.learn.entities import THRESHOLDS, cross_found, cross_tags, examples_of, fit, write_weights
    from kg.learn.gold import read_gold
    from kg.learn.roles import cross_roles, learn_roles
    from kg.learn.tagger import learn_tagger, pairs_of, write_tagger

    labelled, lexicon = list(read_gold(gold, papers)), load_lexicon()
    if not labelled:
        raise DataError(f"{gold}: no labelled papers")
    words_file, base = _base(folder)
    _, _, tagger, weights, *models = (folder / name for name in FILES)
    pairs = pairs_of(labelled, lexicon)
    write_tagger(learn_tagger(pairs, base.words), tagger)
    tagged = cross_tags(pairs, base.words)
    examples = [list(examples_of(paper, record, lexicon, said, base))
                for (paper, record), said in zip(labelled, tagged, strict=True)]
    write_weights({"words": fingerprint(words_file)}
                  | fit([e for mine in examples for e in mine], thresholds=THRESHOLDS), weights)
    found = [(paper, record, entities) for (paper, record), entities in zip(
        labelled, cross_found(labelled, tagged, examples, lexicon, base), strict=True)]
    for path, model in zip(models, (learn_roles(found), *learn_claims(labelled, cross_roles(found))), strict=True):
        write_models(model, path)
    count = sum(map(len, examples))
    click.echo(f"{folder}: weights of {len(labelled)} labelled papers, {count:,} candidates", err=True)


def _base(folder: Path) -> tuple[Path, Learned]:
    """Give the table of words and all that learning starts from: words and names of the folder where it holds them."""
    from extractors.induced import load_names
    from extractors.learned import load_learned
    from extractors.learned_files import NAMES, SHIPPED, WORDS
    from extractors.word_table import load_words

    words, names = (folder / name if (folder / name).is_file() else SHIPPED / name for name in (WORDS, NAMES))
    return words, replace(load_learned(), words=load_words(words), names=load_names(names))
