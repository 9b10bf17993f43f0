"""kg learn: redo what the extractor has learned, from a corpus and from labelled papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from extractors.learned_files import NAMES, SHIPPED, WORDS
from extractors.records import Paper
from kg.errors import DataError
from kg.readers import READERS, read_papers

if TYPE_CHECKING:
    from extractors.learned import Learned

__all__ = ["learn_command"]

_Labelled = Sequence[tuple[Paper, dict[str, Any]]]
_NEEDED = {"sklearn": "scikit-learn", "scipy": "scipy", "pycrfsuite": "python-crfsuite"}


@click.command("learn")
@click.argument("corpus", nargs=-1, metavar="[CORPUS...]")
@click.option("--output", "-o", required=True, type=click.Path(), help="Folder to write the learned files to.")
@click.option("--gold", type=click.Path(), help="Labelled papers: JSON Lines (docs/extraction.md).")
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
        return _mean(tuple(map(Path, folders)), Path(output))
    if not corpus and gold is None:
        raise click.UsageError("give CORPUS, or --gold and --papers, or all of them; or --mean")
    if missing := [name for module, name in _NEEDED.items() if find_spec(module) is None]:
        raise DataError(f"kg learn needs {', '.join(missing)}; install them with: pip install 'paperatlas[learn]'")
    labelled = _labelled(gold, papers)
    with _written(Path(output)) as folder:
        if corpus:
            _from_corpus(corpus, format, labelled, folder, Path(output))
        if labelled:
            _from_labelled(labelled, folder, Path(output))
    return None


def _mean(folders: tuple[Path, ...], output: Path) -> None:
    from kg.learn.mean import write_mean

    if len(folders) < 2:
        raise click.UsageError("--mean needs two folders or more")
    with _written(output) as folder:
        write_mean(folders, folder)
    click.echo(f"{output}: the mean of {len(folders)} folders", err=True)


@contextmanager
def _written(folder: Path) -> Iterator[Path]:
    """Give a place to write in whose files move to `folder` at the end, and are gone after an error."""
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".part-", dir=folder) as part:
            yield Path(part)
            for file in sorted(Path(part).iterdir()):
                file.replace(folder / file.name)
    except OSError as error:
        raise DataError(f"{folder}: cannot be written: {error.strerror or error}") from error
    finally:
        if made and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _labelled(gold: str | None, papers: str | None) -> _Labelled:
    from kg.learn.gold import read_gold

    if gold is None or papers is None:
        return ()
    labelled = list(read_gold(Path(gold), Path(papers)))
    if not any(record["entities"] for _, record in labelled):
        raise DataError(f"{gold}: no labelled entity, which is what is learned from")
    return labelled


def _from_corpus(corpus: tuple[str, ...], format: str | None, labelled: _Labelled, folder: Path,
                 output: Path) -> None:
    """Write the word table and the names of a corpus, labelled papers left out."""
    from extractors.words import fold
    from kg.learn.names import learn_names, write_names
    from kg.learn.words import learn_words, write_words

    left_out = {fold(paper.title) for paper, _ in labelled}

    def papers() -> Iterator[Paper]:
        return (paper for paper in read_papers(*corpus, format=format) if fold(paper.title) not in left_out)

    words = learn_words(papers())
    write_words(words, folder / WORDS)
    click.echo(f"{output / WORDS}: {len(words):,} words", err=True)
    names = learn_names(papers())
    write_names(names, folder / NAMES)
    click.echo(f"{output / NAMES}: {len(names):,} names", err=True)


def _from_labelled(labelled: _Labelled, folder: Path, output: Path) -> None:
    """Write what labelled papers give, with the words and names of the folders that hold them."""
    from extractors.learned_files import fingerprint
    from kg.learn.labelled import write_labelled

    words, base = _base(folder, output)
    taught = write_labelled(labelled, base, fingerprint(words), folder)
    click.echo(f"{output}: weights of {len(labelled)} labelled papers, {taught.candidates:,} candidates", err=True)
    if taught.kept:
        click.echo(f"{output}: the package's weights are kept where examples are too few ({'; '.join(taught.kept)})",
                   err=True)


def _base(*folders: Path) -> tuple[Path, Learned]:
    """Give the table of words and all that learning starts from: words and names of the first folder with them."""
    from extractors.induced import load_names
    from extractors.learned import load_learned
    from extractors.word_table import load_words

    words, names = (next(folder / name for folder in (*folders, SHIPPED) if (folder / name).is_file())
                    for name in (WORDS, NAMES))
    try:
        return words, replace(load_learned(), words=load_words(words), names=load_names(names))
    except ValueError as error:
        raise DataError(str(error)) from error
