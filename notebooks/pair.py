"""Write each notebook from the script beside it, without outputs: python notebooks/pair.py [--check].

A script is plain Python in cells: `# %%` begins code, `# %% [markdown]` begins text, whose lines are comments. Edit the
script, never the notebook; the same script gives the same bytes. `--check` writes nothing and exits with 1 where a
notebook is not its script's.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["cells", "main", "notebook", "pairs"]

FOLDER = Path(__file__).parent
_META = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
         "language_info": {"name": "python"}}


def pairs(folder: Path = FOLDER) -> list[tuple[Path, Path]]:
    """List the scripts and their notebooks."""
    return [(script, script.with_suffix(".ipynb")) for script in sorted(folder.glob("[0-9]-*.py"))]


def cells(text: str) -> list[tuple[str, str]]:
    """Split a script into (kind, source), kind code or markdown; what stands before the first mark is no cell."""
    found = []
    for part in ("\n" + text).split("\n# %%")[1:]:
        head, _, body = part.partition("\n")
        kind = "markdown" if "[markdown]" in head else "code"
        lines = body.strip("\n").split("\n")
        if kind == "markdown":
            lines = [line.removeprefix("#").removeprefix(" ") for line in lines]
        found.append((kind, "\n".join(lines)))
    return found


def notebook(text: str) -> str:
    """Give the notebook of a script, as nbformat 4.5, without outputs."""
    made: list[dict[str, Any]] = []
    for number, (kind, source) in enumerate(cells(text), 1):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {},
                                "source": source.splitlines(keepends=True)}
        made.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
    whole = {"cells": made, "metadata": _META, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write the notebooks, or check them; give the exit code."""
    stale = 0
    for script, target in pairs():
        text = notebook(script.read_text(encoding="utf-8"))
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if "--check" in arguments:
            print(f"{target.name} is not what {script.name} says; run: python notebooks/pair.py", file=sys.stderr)
        else:
            target.write_text(text, encoding="utf-8")
            print(target.name)
    return int("--check" in arguments and stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
