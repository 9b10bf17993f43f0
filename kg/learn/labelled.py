"""Learn from labelled papers all that they teach, and write it (`kg learn --gold GOLD --papers PAPERS`).

What they have too few examples of stays as it is in what learning starts from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extractors.learned import Learned
from extractors.learned_files import JOINS, RELATIONS, RESULTS, ROLES, TAGGER, WEIGHTS
from extractors.lexicon import load_lexicon
from extractors.records import Paper
from kg.learn.claims import learn_claims, write_models
from kg.learn.entities import THRESHOLDS, cross_found, cross_tags, examples_of, fit, write_weights
from kg.learn.joins import cross_joins, learn_joins
from kg.learn.roles import cross_roles, learn_roles
from kg.learn.tagger import learn_tagger, pairs_of, write_tagger

__all__ = ["Taught", "write_labelled"]

Json = dict[str, Any]


class Taught(NamedTuple):
    """What labelled papers taught: the candidates that they judge, and by file what they have too few examples of."""

    candidates: int
    kept: list[str]


def write_labelled(labelled: Sequence[tuple[Paper, Json]], base: Learned, words: str, folder: Path) -> Taught:
    """Write what labelled papers teach to a folder; `words` is the fingerprint of the table of words of `base`."""
    lexicon = load_lexicon()
    pairs = pairs_of(labelled, lexicon)
    write_tagger(learn_tagger(pairs, base.words), folder / TAGGER)
    tagged = cross_tags(pairs, base.words)
    examples = [list(examples_of(paper, record, lexicon, said, base))
                for (paper, record), said in zip(labelled, tagged, strict=True)]
    write_weights({"words": words} | fit([e for mine in examples for e in mine], thresholds=THRESHOLDS),
                  folder / WEIGHTS)
    found = [(paper, record, entities) for (paper, record), entities in zip(
        labelled, cross_found(labelled, tagged, examples, lexicon, base), strict=True)]
    joined = [(paper, record, entities) for (paper, record, _), entities in zip(found, cross_joins(found), strict=True)]
    results, relations = learn_claims(labelled, cross_roles(joined))
    kept = [*_write({"same": learn_joins(found)}, base.joins, folder / JOINS),
            *_write({"roles": learn_roles(joined)}, {"roles": base.roles}, folder / ROLES),
            *_write(results, base.results, folder / RESULTS),
            *_write(relations, base.relations.models, folder / RELATIONS)]
    return Taught(sum(map(len, examples)), kept)


def _write(models: Json, base: Mapping[str, Any], path: Path) -> list[str]:
    """Write models, those of `base` in place of those without weights; says in a line which, if any."""
    bare = [name for name, model in models.items() if not model["weights"]]
    whole = models | {name: base[name] for name in bare}
    write_models(whole["roles"] if path.name == ROLES else whole, path)
    return [f"{path.name}: {', '.join(bare)}"] if bare else []
