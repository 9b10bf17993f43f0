"""Read a user's own configuration: lexicons, learned files, and spaCy components whose spans count as lexicon matches.

A configuration is a TOML file with any of `lexicons` (paths, from the file's folder), `induced` (a folder that
`kg learn` wrote, from there too), `modules` (Python modules to import, looked for in the file's folder first),
`components` (names of spaCy factories, run in that order on each doc) and `[settings.NAME]` (the configuration of a
factory). A component puts spans into `doc.spans["paperatlas"]`.
"""

from __future__ import annotations

import importlib
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.lexicon import Matches
from extractors.scorer import CLASSES
from extractors.text import Text
from extractors.tokens import blank

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["KEY", "Component", "Own", "add_matches", "make_components", "read_own"]

KEY = "paperatlas"
Component = Callable[["Doc"], "Doc"]
_LISTS = ("lexicons", "modules", "components")
_LABELS = {**{label: label for label in CLASSES[1:]}, "Method": "Method:named", "Metric": "Metric:quality"}


@dataclass(frozen=True, slots=True)
class Own:
    """What a user adds to extraction; it can be sent to another process."""

    lexicons: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    components: tuple[tuple[str, str], ...] = ()  # factory, its configuration as JSON
    induced: str = ""  # a folder that `kg learn` wrote
    file: str = ""  # the configuration file, whose folder modules are looked for in


def read_own(path: Path) -> Own:
    """Read a configuration file; a bad one raises ValueError with the file and the reason."""
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: not TOML: {error}") from error
    _check(path, value)
    lexicons, modules, names = (tuple(value.get(key, ())) for key in _LISTS)
    settings = value.get("settings", {})
    return Own(tuple(str(path.parent / lexicon) for lexicon in lexicons), modules,
               tuple((name, json.dumps(settings.get(name, {}), default=str)) for name in names),
               str(path.parent / value["induced"]) if "induced" in value else "", str(path))


def _check(path: Path, value: Mapping[str, Any]) -> None:
    for key, held in value.items():
        if key not in (*_LISTS, "induced", "settings"):
            raise ValueError(f"{path}: unknown key {key!r}; the keys are {', '.join(_LISTS)}, induced and settings")
        if key == "induced" and not isinstance(held, str):
            raise ValueError(f"{path}: induced must be a string")
        if key == "induced" and not held:
            raise ValueError(f"{path}: induced is empty; give the folder that `kg learn` wrote, or leave it out")
        if key in _LISTS and not (isinstance(held, list) and all(isinstance(item, str) for item in held)):
            raise ValueError(f"{path}: {key} must be a list of strings")
    settings = value.get("settings", {})
    if not isinstance(settings, dict) or not all(isinstance(held, dict) for held in settings.values()):
        raise ValueError(f"{path}: settings must be tables: [settings.NAME]")
    if unused := sorted(settings.keys() - set(value.get("components", ()))):
        raise ValueError(f"{path}: settings for {', '.join(unused)}, which is no component of this file")


@dataclass(frozen=True, slots=True)
class _Made:
    """A component under the name of its factory, so that an error can say which one it was."""

    name: str
    run: Component

    def __call__(self, doc: Doc) -> Doc:
        """Run the component."""
        return self.run(doc)


@lru_cache(maxsize=4)
def make_components(own: Own) -> tuple[Component, ...]:
    """Import the modules and make the components; ValueError where one cannot be."""
    folder = str(Path(own.file).resolve().parent)
    if own.modules and folder not in sys.path:
        sys.path.insert(0, folder)
    for module in own.modules:
        try:
            importlib.import_module(module)
        except Exception as error:
            raise ValueError(f"{own.file}: module {module!r} cannot be imported: "
                             f"{type(error).__name__}: {_one_line(error)}") from error
    return tuple(_component(own.file, name, settings) for name, settings in own.components)


def _component(file: str, name: str, settings: str) -> Component:
    nlp = blank()
    if not nlp.has_factory(name):
        raise ValueError(f"{file}: no spaCy factory {name!r}; is the module that registers it in modules?")
    try:
        made: Component = nlp.create_pipe(name, config=json.loads(settings))
    except Exception as error:
        raise ValueError(f"{file}: component {name!r} cannot be made: {_one_line(error)}") from error
    return _Made(name, made)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _doc(text: Text) -> Doc:
    """Make a spaCy doc of the tokens of a text."""
    from spacy.tokens import Doc as Make

    ends = [*text.starts[1:], len(text.view)]
    return Make(blank().vocab, words=[word.text for word in text.words],
                spaces=[end < start for end, start in zip(text.ends, ends, strict=True)])


def add_matches(matched: Matches, text: Text, components: Iterable[Component]) -> Matches:
    """Run components on the doc of a text and add what they found to its lexicon matches: token range → classes.

    ValueError names the component that failed, gave no doc, or took the tokens apart anew.
    """
    made = tuple(components)
    if not made:
        return matched
    doc = _doc(text)
    for component in made:
        doc = _run(component, doc)
    out = dict(matched)
    for span in doc.spans.get(KEY, ()):
        if span.label_ not in _LABELS:
            raise ValueError(f"a component labelled {span.text!r} {span.label_!r}; "
                             f"the labels are {', '.join(sorted(_LABELS))}")
        if span.end > span.start:
            at = span.start, span.end
            out[at] = out.get(at, frozenset()) | {_LABELS[span.label_]}
    return out


def _run(component: Component, doc: Doc) -> Doc:
    """Run one component and see that what it gives can be used."""
    name = getattr(component, "name", "") or getattr(component, "__qualname__", "") or type(component).__name__
    size = len(doc)
    try:
        given = component(doc)
    except Exception as error:
        raise ValueError(f"component {name!r} failed: {type(error).__name__}: {_one_line(error)}") from error
    if not hasattr(given, "spans"):
        raise ValueError(f"component {name!r} gave {type(given).__name__}, no doc; it must return the doc")
    if len(given) != size:
        raise ValueError(f"component {name!r} made {len(given)} tokens of {size}; it must leave the tokens as they are")
    return given
