"""Normal forms: one key for every spelling of a name.

The key of a name ignores case, LaTeX, hyphens and spaces, British spelling, plurals, a leading "the" and a
trailing generic noun; it keeps what tells names apart: digits (and where one number ends and the next begins),
`+`, `*` and letters; `v2`, `2.0` and `2` are one. Which words are generic, synonymous or not plural stands in
`words.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractors.spelling import american

__all__ = ["CLASSES", "class_of", "is_acronym", "is_long", "key_of", "loose", "plain", "stems", "tokens", "words"]

CLASSES: dict[str, str] = {"Method": "Method", "Dataset": "Data", "Benchmark": "Data", "Metric": "Metric",
                           "Task": "Task"}
_MACRO = re.compile(r"\\(?:text(?:bf|it|tt|sc|rm|sf)?|emph|math(?:bf|it|rm|cal|bb|sf|tt)?|bf|it|rm|tt|sc|url)\b\s*")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_LATEX = re.compile(r"[${}^~\\]+|(?<=\d)_(?=\{)")
_DASHES = re.compile(r"[‐‑‒–—―−]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphens and spaces of no width
_MARKS = frozenset("${}^~\\")  # what ASCII names have that is not plain
_DIGITS = frozenset("0123456789")
_TOKEN = re.compile(r"[^\W_]+(?:\.\d+)*[+*]*|[+*]+")
_NUMBERS = re.compile(r"(?<=\d) (?=\d)")
_VERSION = re.compile(r"(?<=[^\W\d_]) ?v ?(?=\d+(?:\.\d+)?$)|(?<=\d)\.0$")


class Words(NamedTuple):
    """What `words.tsv` says, by kind."""

    generic: dict[str, frozenset[str]]
    greek: dict[str, str]
    synonym: dict[str, str]
    keep: frozenset[str]
    function: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """Read the word lists, once."""
    lines = Path(__file__).with_name("words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [tuple(line.split("\t")) for line in lines]
    kinds = {kind: [r for r in rows if r[0] == kind] for kind in {r[0] for r in rows}}
    generic = {c: frozenset(r[2] for r in kinds["generic"] if r[1] == c) for c in {r[1] for r in kinds["generic"]}}
    pairs = {k: {r[2]: r[3] for r in kinds[k]} for k in ("greek", "synonym")}
    return Words(generic, pairs["greek"], pairs["synonym"],
                 frozenset(r[2] for r in kinds["keep"]), frozenset(r[2] for r in kinds["function"]))


def class_of(entity_type: str) -> str:
    """Give the class of names that a type belongs to: Dataset and Benchmark are one."""
    return CLASSES[entity_type]


@lru_cache(maxsize=1 << 18)
def plain(name: str) -> str:
    """Strip LaTeX and odd Unicode from a name, keeping its case and its words."""
    if name.isascii() and _MARKS.isdisjoint(name):
        return " ".join(name.split())
    text = unicodedata.normalize("NFKC", _DASHES.sub("-", _UNSEEN.sub("", name)))
    text = _COMMAND.sub(r" \1 ", _MACRO.sub("", text)) if "\\" in text else text
    text = "".join(words().greek.get(c, c) for c in _LATEX.sub("", text))
    return " ".join(text.split())


def loose(name: str) -> str:
    """Leave out what tells no names apart for a reader: case, blanks, hyphens and slashes, LaTeX, British spelling."""
    return re.sub(r"[\s_/-]+", "", american(plain(name).casefold()))


def tokens(name: str) -> list[str]:
    """Split a name into its words and numbers, as written."""
    text = plain(name).replace("&", " and ").replace("'", "").replace("’", "")
    return _TOKEN.findall(text)


def _singular(token: str) -> str:
    """Take a plural s off: GANs, GPs, networks, categories; not GPS, SQuADS, loss, analysis."""
    low = token.lower()
    if len(low) == 3 and token.endswith("s") and token[:2].isupper():
        return low[:2]
    if len(low) < 4 or not token.endswith("s") or low.endswith(("ss", "us", "is")) or low in words().keep:
        return low
    if low.endswith("ies") and len(low) > 5:
        return low[:-3] + "y"
    if low.endswith(("xes", "ches", "shes", "sses")):
        return low[:-2]
    return low[:-1]


def _unaccented(token: str) -> str:
    """Take accents off: Schrödinger and Schrodinger are one name."""
    if token.isascii():
        return token
    return "".join(c for c in unicodedata.normalize("NFKD", token) if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def _word(token: str) -> str:
    """Give the normal form of one word."""
    low = american(_singular(_unaccented(token)))
    return words().synonym.get(low, low)


@lru_cache(maxsize=1 << 18)
def stems(name: str, cls: str) -> tuple[str, ...]:
    """Give the normal words of a name of a class, without a leading "the" and a trailing generic noun."""
    raw = tokens(name)
    if len(raw) > 1 and raw[0].lower() == "the":
        raw = raw[1:]
    generic = words().generic.get(cls, frozenset())
    if len(raw) == 2 and len(raw[0]) > 2 and is_acronym(raw[0]) and raw[1].lower() in words().generic["Acronym"]:
        raw = raw[:1]
    while len(raw) > 1 and raw[-1].lower() in generic and (len(raw) > 2 or _stands_alone(raw[0])):
        raw = raw[:-1]
    return tuple(_word(t) for t in raw)


def _stands_alone(word: str) -> bool:
    """Say whether a word names something without the noun after it: F1 score, not F-score, not reward function."""
    return len(word) > 1 and word != word.lower()


@lru_cache(maxsize=1 << 18)
def key_of(name: str, cls: str) -> str:
    """Give the key that all spellings of a name share within its class; "" for a name without letters."""
    text = " ".join(stems(name, cls))
    if not text.isascii() or not _DIGITS.isdisjoint(text):
        text = _NUMBERS.sub("_", _VERSION.sub("", _VERSION.sub("", text)))
    joined = text.replace(" ", "")
    return joined if any(c.isalnum() for c in joined) else ""


@lru_cache(maxsize=1 << 18)
def is_acronym(name: str) -> bool:
    """Say whether a name looks like a short form: one short word with two capitals, or capital and digit."""
    text = plain(name)
    if " " in text or len(text) > 14:
        return False
    capitals = sum(c.isupper() for c in text)
    return capitals >= 2 or (capitals == 1 and (len(text) <= 2 or any(c.isdigit() for c in text)))


@lru_cache(maxsize=1 << 18)
def is_long(name: str) -> bool:
    """Say whether a name spells itself out: two or more words that are no acronyms, such as NN and NNs."""
    spelt = [t for t in tokens(name) if len(t) >= 3 and t.isalpha() and not t.removesuffix("s").isupper()]
    return len(spelt) >= 2
